"""Settings that cannot live together: each alone is right, both at once are not.

Pure. What is wrong with one key alone is refused by `model`; what only the disk or a service knows, by `pushdoc check`.
"""

from __future__ import annotations

import difflib
from fnmatch import fnmatchcase
from itertools import combinations
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from pushdoc.rules.faults import Fault, one_of, shown
from pushdoc.rules.template import nfc
from pushdoc.settings import plain
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pushdoc.rules.draft import Draft
    from pushdoc.rules.model import Rule


def check(draft: Draft) -> list[Fault]:
    """Every fault between settings of the draft that are each sound."""
    return [
        *_zone(draft),
        *_retry(draft),
        *_clients(draft),
        *_destinations(draft),
        *_names(draft),
        *_paths(draft),
        *_mail(draft),
    ]


def _zone(draft: Draft) -> Iterator[Fault]:
    written = draft.rules.timezone
    try:
        ZoneInfo(written)
    except (KeyError, OSError, ValueError):  # a missing zone, a folder of zones, a path
        zones = {zone.casefold(): zone for zone in available_timezones()}
        near = difflib.get_close_matches(written.casefold(), zones, n=1)
        values = {"read": written, "near": zones[near[0]] if near else "Europe/Paris"}
        yield Fault(("timezone",), Phrase("rules.unknown_zone", values))


def _retry(draft: Draft) -> Iterator[Fault]:
    retry = draft.rules.retry
    if retry.first > retry.longest:
        yield Fault(("retry", "first"), Phrase("rules.first_above_longest"))
    if retry.give_up_after < retry.first:
        yield Fault(("retry", "give_up_after"), Phrase("rules.gives_up_before_second_try"))


def _clients(draft: Draft) -> Iterator[Fault]:
    clients = draft.document.get("clients")
    if not draft.document.get("client") and not (isinstance(clients, dict) and "table" in clients):
        yield Fault(("clients",), Phrase("rules.no_clients"))
    yield from _twice(draft, "client", "folder", lambda folder: nfc(folder).strip("/"))


def _destinations(draft: Draft) -> Iterator[Fault]:
    named = draft.document.get("destination", {})
    if not named:
        yield Fault((), Phrase("rules.no_destination"))
        return
    # Told already, and no name can be compared with it.
    if not isinstance(named, dict) or not all(isinstance(table, dict) for table in named.values()):
        return
    for number, entry in _entries(draft, "rule"):
        path = ("rule", number, "destination")
        written = entry.get("destination")
        if isinstance(written, str) and written.strip() and written not in named:
            yield Fault(path, one_of(path, written, named))
        elif written is None and len(named) > 1:
            values = {"rule": shown(entry.get("name", "")), "words": list(named)}
            yield Fault(path[:2], Phrase("rules.which_destination", values))


def _entries(draft: Draft, table: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    """The entries as they stand in the file, with their numbers: also those that another key makes unsound."""
    entries = draft.document.get(table)
    if isinstance(entries, list):
        yield from ((number, entry) for number, entry in enumerate(entries) if isinstance(entry, dict))


def _twice(draft: Draft, table: str, key: str, compared: Callable[[str], str]) -> Iterator[Fault]:
    """A fault for each entry whose key says the same as an earlier one's."""
    seen: set[str] = set()
    for number, entry in _entries(draft, table):
        written = entry.get(key)
        if isinstance(written, str):
            if compared(written) in seen:
                yield Fault((table, number, key), Phrase(f"rules.{table}_twice", {table: written}))
            seen.add(compared(written))


def _names(draft: Draft) -> Iterator[Fault]:
    if not draft.document.get("rule"):
        yield Fault((), Phrase("rules.no_rule"))
    yield from _twice(draft, "rule", "name", plain)


def _paths(draft: Draft) -> Iterator[Fault]:
    rules = draft.rules.rule
    for number, rule in enumerate(rules):
        for other in rules:
            if rule.archive is not None and _share_clients(rule, other) and rule.archive.may_equal(other.drop):
                values = {"archive": str(rule.archive), "rule": other.name}
                yield Fault(draft.path("rule", number, "archive"), Phrase("rules.archive_is_drop", values))
                break
    for (_, first), (number, second) in combinations(enumerate(rules), 2):
        if not _share_clients(first, second):
            continue
        values = {"rule": second.name, "other": first.name}
        for outer, inner in ((first, second), (second, first)):
            if outer.subfolders and outer.drop.may_contain(inner.drop):
                phrase = Phrase("rules.drop_inside_drop", {"inner": inner.name, "outer": outer.name})
                yield Fault(draft.path("rule", number, "drop"), phrase)
        if _takes_all_of(first, second):
            yield Fault(draft.path("rule", number, "drop"), Phrase("rules.never_reached", values))


def _share_clients(one: Rule, other: Rule) -> bool:
    """Whether a client may be under both rules, as far as their patterns tell."""
    return any(
        fnmatchcase(mine, its) or fnmatchcase(its, mine) or (_open(mine) and _open(its))
        for mine in one.clients
        for its in other.clients
    )


def _open(pattern: str) -> bool:
    """Whether a pattern stands for more than one name."""
    return any(char in pattern for char in "*?[")


def _takes_all_of(first: Rule, second: Rule) -> bool:
    """Whether the second rule would never take a document, because the first one always does."""
    return (
        first.drop == second.drop
        and first.look_back >= second.look_back
        and first.subfolders >= second.subfolders
        and ("*" in first.clients or set(first.clients) >= set(second.clients))
        and {name.casefold() for name in first.accept} >= {name.casefold() for name in second.accept}
    )


def _mail(draft: Draft) -> Iterator[Fault]:
    mail = draft.rules.mail
    wanted = next((number for number, person in enumerate(draft.rules.collaborator) if person.digest), None)
    if wanted is not None and "mail" not in draft.document:
        person = draft.rules.collaborator[wanted]
        yield Fault(draft.path("collaborator", wanted), Phrase("rules.digest_without_mail", {"name": person.name}))
    if draft.rules.alerts.to and "mail" not in draft.document:
        yield Fault(("alerts", "to"), Phrase("rules.alerts_without_mail"))
    written = draft.document.get("mail", {})
    if mail is not None and ("username" in written) != ("password" in written):
        yield Fault(("mail",), Phrase("rules.mail_half_account"))
