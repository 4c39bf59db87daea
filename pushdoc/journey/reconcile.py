"""After a ledger was lost, or an old copy of it put back: find out what was sent, before anything is sent anew.

What lies in an archive was delivered: it is entered as archived. What lies in a drop folder, or waits in an old
ledger, may have been delivered: it is entered as doubtful, and the destination is asked about it like about any other
doubtful document.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from pushdoc.journey.owner import Owner, write
from pushdoc.ledger import Entry
from pushdoc.original import NotAFileError, digest, opened
from pushdoc.period import Period
from pushdoc.rules import covering
from pushdoc.states import Event, State
from pushdoc.watch import look, resolve
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pushdoc.clock import Clock
    from pushdoc.document import Client
    from pushdoc.journey.intake import Intake
    from pushdoc.journey.roll import Roll
    from pushdoc.ledger import Ledger
    from pushdoc.rules import Rule, Rules, Template
    from pushdoc.watch import Sighting


_SHORTEST_S = 0.05


@dataclass(frozen=True, slots=True)
class Tally:
    """What was found: documents in archives, and documents that the destination will be asked about."""

    archived: int
    doubtful: int


def reconcile(
    rules: Rules, roll: Roll, intake: Intake, ledger: Ledger, clock: Clock, tell: Callable[[], None]
) -> Tally:
    """Rebuild what the ledger should know, then make the root ours; the mapping must be fresh, and no courier at work.

    May be repeated after any end of an earlier one. `tell` is called for each document that was found.
    """
    reason = Phrase("journey.reconciled")
    for document in ledger.in_states(State.WAITING):
        ledger.suspect(document, reason)
    archived = 0
    today = clock.now().astimezone(rules.zone).date()
    for rule, client in _pairs(rules, roll):
        for period, folder in _archives(rules.clients.root, client, rule, Period.of(today)):
            for seen in look(rules.clients.root, folder).sightings:
                if _adopt(rules, rule, client, period, seen, ledger):
                    archived += 1
                    tell()
    intake.take_over()
    intake.entering.suspected = reason
    _take_in(rules, intake, clock, tell)
    intake.entering.suspected = None
    write(rules.clients.root, Owner.here(ledger.notes.identity(), rules.ledger.path, ledger.notes.length()))
    return Tally(archived, len(ledger.in_states(State.DOUBTFUL)))


def _take_in(rules: Rules, intake: Intake, clock: Clock, tell: Callable[[], None]) -> None:
    """Enter what lies in the drop folders and does not change; what is still being written is new, and no suspect."""
    longest = max((rule.settle for rule in rules.rule), default=timedelta(0))
    deadline = clock.monotonic() + 2 * longest.total_seconds() + 1
    never = threading.Event()
    intake.look_everywhere()
    while (ripe := intake.next_ripe()) is not None and clock.monotonic() < deadline:
        clock.wait(max(ripe, _SHORTEST_S), never)
        for _ in range(intake.look_at_ripe()):
            tell()


def _pairs(rules: Rules, roll: Roll) -> Iterator[tuple[Rule, Client]]:
    for rule in rules.rule:
        covers = covering(rule.clients)
        for client in roll.clients:
            if rule.archive is not None and covers(client.folder):
                yield rule, client


def _archives(root: Path, client: Client, rule: Rule, today: Period) -> Iterator[tuple[Period, Path]]:
    """Every archive folder of a rule that a client has, of whatever period."""
    base = resolve(root, PurePosixPath(client.folder))
    if base is None or rule.archive is None:
        return
    for parts in _matching(base, rule.archive):
        found = rule.archive.match(parts)
        if found is not None:
            yield Period(found.year or today.year, found.month or today.month), base.joinpath(*parts)


def _matching(base: Path, template: Template) -> list[tuple[str, ...]]:
    """The folders beneath a client's that a template can name, as their parts."""
    found: list[tuple[str, ...]] = [()]
    for segment in template.segments:
        deeper = []
        for parts in found:
            try:
                folders = [
                    inner for inner in base.joinpath(*parts).iterdir() if inner.is_dir() and not inner.is_symlink()
                ]
            except (FileNotFoundError, NotADirectoryError):
                continue
            deeper += [(*parts, folder.name) for folder in sorted(folders) if segment.match(folder.name) is not None]
        found = deeper
    return found


def _adopt(rules: Rules, rule: Rule, client: Client, period: Period, seen: Sighting, ledger: Ledger) -> bool:
    """Enter one archived paper, unless the ledger knows it; whether it did not."""
    if ledger.archived_at(seen.path):
        return False
    try:
        with opened(rules.clients.root, seen.path) as descriptor:
            read = digest(descriptor)
    except (FileNotFoundError, NotAFileError):
        return False
    written = datetime.fromtimestamp(seen.identity.modified_ns / 1e9, UTC)
    destination = rules.destination_of(rule)
    entry = Entry(
        client=client.folder,
        siret=client.siret,
        rule=rule.name,
        type=rule.type,
        period=period,
        path=seen.path,
        identity=seen.identity,
        digest=read,
        destination=destination,
        archive_folder=seen.path.parent,
    )
    dossier = ledger.dossier_of(destination, client.folder)
    ledger.enter(entry, Event.ADOPT, dossier=dossier, archive_path=seen.path, delivered=written, filed=written)
    return True
