"""Which folders are watched today, and which rule takes a file, as which client, type and period.

Pure: neither the disk nor the clock is asked. Paths are relative to the clients' root; what a name must not look like
(junk, marks) is `watch`'s business, what a file must not be (too large, empty) its taker's.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, replace
from fnmatch import translate
from functools import cache
from pathlib import PurePath, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from pushdoc.period import Period, watched
from pushdoc.rules.template import complete, nfc
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from pushdoc.document import Client
    from pushdoc.rules.model import Rule, Rules

#: How many of a client's watched folders are named to somebody who dropped beside them.
_NAMED = 4


@dataclass(frozen=True, slots=True)
class Route:
    """One rule for one client in one period: the folder to watch and the folder to file in, both beneath the root."""

    rule: Rule
    client: Client
    period: Period
    drop: PurePosixPath
    archive: PurePosixPath | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules say of one path: the route that takes it, or why none does, with what is known of it by then."""

    reason: Phrase | None = None
    client: Client | None = None
    rule: Rule | None = None
    period: Period | None = None
    archive: PurePosixPath | None = None

    @property
    def taken(self) -> bool:
        """Whether a rule takes the file."""
        return self.reason is None


class Takers(NamedTuple):
    """The rules that take files of one folder, in the order of the rules file; at least one.

    With each the verdict on a file that it accepts: all of them in a folder have one.
    """

    rules: tuple[tuple[Rule, Verdict], ...]

    def verdict(self, name: str) -> Verdict:
        """The first one's that accepts a file of this name; where none does, the first stands beside the reason."""
        taken = next((verdict for rule, verdict in self.rules if accepts(rule, name)), None)
        return taken or replace(self.rules[0][1], reason=_not_accepted([rule for rule, _ in self.rules], name))


def routes(rules: Rules, clients: Iterable[Client], today: date) -> Iterator[Route]:
    """What to watch on a day: every rule for every enabled client in every watched period.

    In the order of the rules file; several routes may have one drop folder, and `within` says which rule takes a file.
    `today` is a day in the rules' time zone.
    """
    enabled = [client for client in clients if client.enabled]
    for rule in rules.rule:
        covers = covering(rule.clients)
        legs = [
            (period, rule.drop.render(period), rule.archive.render(period) if rule.archive else None)
            for period in rule.drop.periods(watched(today, rule.look_back))
        ]
        for client in enabled:
            if covers(client.folder):
                folder = PurePosixPath(client.folder)
                for period, drop, archive in legs:
                    yield Route(rule, client, period, folder / drop, folder / archive if archive else None)


def covering(patterns: Iterable[str]) -> Callable[[str], bool]:
    """Whether a client is meant by one of some patterns: by its folder's whole path, or by its last name."""
    written = {nfc(pattern) for pattern in patterns}
    if "*" in written:
        return lambda _: True
    if not written:
        return lambda _: False  # an empty expression would fit everybody
    # One expression for all: thousands of clients are asked.
    pattern = re.compile("|".join(map(translate, written)))

    def covers(folder: str) -> bool:
        names = (nfc(folder), nfc(folder).rpartition("/")[2])
        # As it is written, too: a name may have brackets.
        return any(name in written or pattern.match(name) for name in names)

    return covers


def accepts(rule: Rule, name: str) -> bool:
    """Whether a rule takes files of this name, whatever the case."""
    return _any_of(rule.accept).match(nfc(name).casefold()) is not None


@cache  # each file is asked about several times
def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(translate(pattern.casefold()) for pattern in patterns))


def _in_archive(rules: Iterable[Rule], folder: Sequence[str], drop: int) -> bool:
    """Whether a folder beneath a client's is an archive, or lies in one that lies inside its drop folder.

    `folder` is the path as its parts, `drop` how many of them are the drop folder's.
    """
    return any(
        rule.archive.match(folder[:depth]) is not None
        for rule in rules
        if rule.archive is not None
        for depth in range(drop, len(folder) + 1)
    )


def where(rules: Rules, clients: Iterable[Client], path: PurePath, today: date) -> Verdict:
    """Which rule takes a file at a path (absolute, or relative to the root), or why none does.

    Nothing is asked of the disk: the file need not be there. `today` is a day in the rules' time zone.
    """
    root = rules.clients.root
    try:
        parts = path.relative_to(root).parts if path.is_absolute() else path.parts
    except ValueError:
        parts = ("..",)
    if ".." in parts:
        return Verdict(Phrase("rules.where_outside", {"root": str(root)}))
    known = {tuple(nfc(client.folder).split("/")): client for client in clients}
    verdict: Verdict | None = None
    # The deepest client first: one client's folder may lie inside another's.
    for depth in range(len(parts), 0, -1):
        client = known.get(tuple(map(nfc, parts[:depth])))
        if client is not None:
            found = within(rules, client, parts[depth:], today)
            if found.taken:
                return found
            verdict = verdict or found
    return verdict or _no_client(parts, known.values())


def _no_client(parts: Sequence[str], clients: Iterable[Client]) -> Verdict:
    folders = [client.folder for client in clients]
    near = difflib.get_close_matches("/".join(parts[:1]), folders, n=1)
    values = {"folder": parts[0] if parts else ".", "near": near[0] if near else ""}
    return Verdict(Phrase("rules.where_no_client_near" if near else "rules.where_no_client", values))


def within(rules: Rules, client: Client, parts: Sequence[str], today: date) -> Verdict:
    """Which rule takes a file of a client, given by its path beneath the client's folder, or why none does."""
    found = takers(rules, client, parts, today)
    return found.verdict("".join(parts[-1:])) if isinstance(found, Takers) else found


def takers(rules: Rules, client: Client, parts: Sequence[str], today: date) -> Takers | Verdict:
    """Which rules take files of the folder that a path lies in, beneath the client's folder; or why none does.

    Who asks about many files of a folder asks this once.
    """
    if not client.enabled:
        return Verdict(Phrase("rules.where_disabled", {"client": client.folder}), client)
    mine = [rule for rule in rules.rule if covering(rule.clients)(client.folder)]
    if not mine:
        return Verdict(Phrase("rules.where_no_rule_for_client", {"client": client.folder}), client)
    folder = parts[:-1]
    for rule in mine:
        if rule.archive is not None and rule.archive.match(folder) is not None:
            return Verdict(Phrase("rules.where_archive", {"rule": rule.name}), client, rule)
    candidates = [(rule, found) for rule in mine if (found := rule.drop.match(folder)) is not None]
    if not candidates:
        candidates = [
            (rule, found)
            for rule in mine
            if rule.subfolders and (found := rule.drop.match(folder[: len(rule.drop.segments)])) is not None
        ]
        for rule, _ in candidates:
            if _in_archive(mine, folder, len(rule.drop.segments)):
                return Verdict(Phrase("rules.where_archive", {"rule": rule.name}), client, rule)
    if not candidates:
        return _beside(mine, client, parts, today)
    open_ = [
        (rule, period) for rule, found in candidates if (period := complete(found, watched(today, rule.look_back)))
    ]
    if not open_:
        rule, found = candidates[0]
        # Not watched, so the path names a year or a month; what it leaves open is as of today.
        period = Period(found.year or today.year, found.month or today.month)
        values = {"rule": rule.name, "period": str(period), "first": str(watched(today, rule.look_back)[-1])}
        code = "rules.where_to_come" if period > Period.of(today) else "rules.where_no_longer"
        return Verdict(Phrase(code, values), client, rule, period)
    return Takers(tuple((rule, _taken(client, rule, period)) for rule, period in open_))


def _taken(client: Client, rule: Rule, period: Period) -> Verdict:
    archive = PurePosixPath(client.folder) / rule.archive.render(period) if rule.archive else None
    return Verdict(None, client, rule, period, archive)


def _not_accepted(sharing: Sequence[Rule], name: str) -> Phrase:
    accepted = list(dict.fromkeys(pattern for rule in sharing for pattern in rule.accept))
    return Phrase("rules.not_accepted", {"name": name, "rule": sharing[0].name, "accepted": accepted})


def _beside(mine: Sequence[Rule], client: Client, parts: Sequence[str], today: date) -> Verdict:
    """Why no rule's drop folder is this one: it is the folder itself, it is written otherwise, or another place."""
    current = Period.of(today)
    for rule in mine:
        if rule.drop.match(parts) is not None:
            return Verdict(Phrase("rules.where_drop_itself", {"rule": rule.name}), client, rule)
    for rule in mine:
        if rule.drop.resembles(parts[:-1]):
            values = {"rule": rule.name, "read": "/".join(parts[:-1]), "expected": str(rule.drop.render(current))}
            return Verdict(Phrase("rules.where_written_otherwise", values), client, rule)
    for rule in mine:
        drop = len(rule.drop.segments)
        if len(parts) - 1 > drop and rule.drop.match(parts[:drop]) is not None:
            return Verdict(Phrase("rules.where_subfolder", {"rule": rule.name}), client, rule)
    drops = list(dict.fromkeys(str(rule.drop.render(current)) for rule in mine))
    return Verdict(Phrase("rules.where_no_drop", {"client": client.folder, "drops": drops[:_NAMED]}), client)
