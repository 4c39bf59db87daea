"""The clients' folders: there, readable, and documents can be moved out of them and into their archives."""

from __future__ import annotations

import difflib
import shlex
from typing import TYPE_CHECKING

from pushdoc.checkup.finding import fault, fine, warning
from pushdoc.checkup.overlaps import overlaps
from pushdoc.errors import ExitCode
from pushdoc.journey.owner import OWNER_FILE
from pushdoc.period import Period
from pushdoc.watch import ignored
from pushdoc.words import Phrase, visible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from pushdoc.checkup.finding import Finding
    from pushdoc.checkup.standing import Standing
    from pushdoc.checkup.survey import Survey
    from pushdoc.rules import Route, Rule
    from pushdoc.wiring import Plan

#: For so many clients without a folder, one of a like name is looked for.
_COMPARED = 20


def folders(plan: Plan, found: Survey, account: str, today: date) -> Iterator[Finding]:
    """What there is to say of the folders that were surveyed; `account` is whose rights counted."""
    root = plan.rules.clients.root
    if found.root.trouble is not None:
        gone = found.root.trouble.code == "watch.root_gone"
        phrase = Phrase("check.root_missing", {"path": str(root)}) if gone else found.root.trouble
        yield fault(phrase, ExitCode.WRONG_CONFIGURATION if gone else ExitCode.NEEDS_A_PERSON)
        return
    yield fine(Phrase("check.root_remote" if found.remote else "check.root", {"path": str(root)}))
    if not found.root.changed:
        yield warning(Phrase("check.root_without_sign", {"path": str(root), "sign": OWNER_FILE}))
    yield from _clients(plan, found)
    judge = _Judge(root, account, today)
    for route, drop, archive in found.routes:
        if not found.clients[route.client.folder].there:
            continue  # told already
        takes_away = route.archive is not None or plan.rules.marks.style != "none"
        yield from judge.drop(route, drop, takes_away=takes_away)
        if archive is not None:
            yield from judge.archive(drop, archive)
    yield from judge.all_in_all()
    yield from overlaps(plan, found, today)


def _clients(plan: Plan, found: Survey) -> Iterator[Finding]:
    for folder, trouble in found.troubles.items():
        yield fault(trouble, name=folder)
    for folder in found.unasked:
        yield warning(Phrase("check.not_looked_at", {"client": folder}), folder)
    missing = [folder for folder, standing in found.clients.items() if not (standing.there or standing.trouble)]
    strangers = _strangers(plan, found) if missing and found.root.listed and not found.remote else {}
    for number, folder in enumerate(missing):
        near = difflib.get_close_matches(folder.casefold(), strangers, n=1, cutoff=0.8) if number < _COMPARED else []
        values = {"client": folder, "near": strangers[near[0]] if near else ""}
        yield warning(Phrase("check.client_missing_near" if near else "check.client_missing", values), folder)
    for folder, standing in found.clients.items():
        if standing.trouble is not None:
            yield fault(standing.trouble, name=folder)
    there = sum(standing.there for standing in found.clients.values())
    if there:
        yield fine(Phrase("check.client_folders", {"count": there}), there)


def _strangers(plan: Plan, found: Survey) -> dict[str, str]:
    """Folders in the root that are no client's, by their names in small letters."""
    known = {client.folder.partition("/")[0] for client in plan.clients}
    return {
        path.name.casefold(): path.name
        for path in sorted(found.root.nearest.iterdir())
        if path.name not in known and not ignored(path.name) and path.is_dir()
    }


class _Judge:
    """Says of each folder what is wrong with it once, however many routes lead there, and counts the others."""

    def __init__(self, root: Path, account: str, today: date) -> None:
        self._root = root
        self._now = Period.of(today)
        self._account = account
        self._told: set[tuple[str, str]] = set()
        self._there: set[Path] = set()
        self._missing = 0
        self._archives = 0
        self._rules: dict[str, Rule] = {}
        self._somewhere: set[str] = set()

    def drop(self, route: Route, standing: Standing, *, takes_away: bool) -> Iterator[Finding]:
        """What keeps documents of a drop folder from being read, and from leaving it."""
        if standing.there or standing.trouble is not None:
            self._somewhere.add(route.rule.name)
        self._rules[route.rule.name] = route.rule
        if standing.trouble is not None:
            yield from self._once(standing.trouble, standing.nearest)
        elif not standing.listed:
            yield from self._once(Phrase("check.cannot_read", self._values(standing)), standing.nearest)
        elif not standing.there:
            # Nobody makes the folder of a month that has passed.
            self._missing += route.period == self._now
        elif takes_away and standing.read_only:
            yield from self._once(Phrase("filing.read_only", self._values(standing)), standing.nearest)
        elif takes_away and not standing.changed:
            yield from self._once(Phrase("check.cannot_move", self._values(standing)), standing.nearest)
        elif takes_away and standing.kept:
            yield from self._once(Phrase("check.sticky", self._values(standing)), standing.nearest)
        else:
            self._there.add(standing.nearest)

    def archive(self, drop: Standing, standing: Standing) -> Iterator[Finding]:
        """What keeps a document from its archive, or makes the way there long."""
        if standing.trouble is not None:
            yield from self._once(standing.trouble, standing.nearest)
        elif standing.read_only:
            yield from self._once(Phrase("filing.read_only", self._values(standing)), standing.nearest)
        elif not standing.changed:
            if standing.nearest == drop.nearest and ("check.cannot_move", str(drop.nearest)) in self._told:
                return  # an archive inside: mended with its drop folder
            yield from self._once(Phrase("check.cannot_archive", self._values(standing)), standing.nearest)
        elif drop.trouble is None and standing.device != drop.device:
            values = {"folder": visible(str(standing.nearest)), "drop": visible(str(drop.nearest))}
            found = warning(Phrase("check.other_disk", values), self._name(standing.nearest))
            yield from self._unless_told("check.other_disk", standing.nearest, found)
        else:
            self._archives += 1

    def all_in_all(self) -> Iterator[Finding]:
        """What is well, and rules whose drop path nobody has."""
        values = {"count": len(self._there), "missing": self._missing}
        yield fine(Phrase("check.drops" if self._missing else "check.drops_all", values), len(self._there))
        if self._archives:
            yield fine(Phrase("check.archives", {"count": self._archives}), self._archives)
        for rule in (rule for name, rule in self._rules.items() if name not in self._somewhere):
            yield warning(Phrase("check.drop_nowhere", {"rule": rule.name, "drop": str(rule.drop)}), rule.name)

    def _values(self, standing: Standing) -> dict[str, str]:
        folder = visible(str(standing.nearest))
        return {"folder": folder, "quoted": shlex.quote(folder), "user": self._account}

    def _once(self, phrase: Phrase, folder: Path) -> Iterator[Finding]:
        return self._unless_told(phrase.code, folder, fault(phrase, name=self._name(folder)))

    def _unless_told(self, code: str, folder: Path, found: Finding) -> Iterator[Finding]:
        if (code, str(folder)) not in self._told:
            self._told.add((code, str(folder)))
            yield found

    def _name(self, folder: Path) -> str:
        return str(folder.relative_to(self._root))
