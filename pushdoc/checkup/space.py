"""Whether the disks have room: for the ledger, which writes before anything is sent, and for the archives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushdoc.checkup.finding import fault, fine, warning
from pushdoc.watch import Room, RoomErrand, file_system_of, is_remote
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pushdoc.checkup.finding import Finding
    from pushdoc.checkup.survey import Survey
    from pushdoc.watch import Lookout
    from pushdoc.wiring import Plan

#: Some forty of the largest documents, or a million documents in the ledger: below this, a day may fill the disk.
_LITTLE = 1_000_000_000
#: Below this the next large document may not fit, nor the ledger's log while it is written together.
_TOO_LITTLE = 100_000_000


def space(plan: Plan, found: Survey, lookout: Lookout) -> Iterator[Finding]:
    """How much room there is on each disk that is written to, the ledger's first."""
    ledger = plan.rules.ledger.path.parent
    seen = set()
    # On a share it is a fault of its own, and a share may hang.
    if not is_remote(file_system_of(ledger)):
        while not ledger.exists():
            ledger = ledger.parent
        seen.add(ledger.stat().st_dev)
        yield judged(ledger, RoomErrand(ledger).run(lambda: None))
    folders = [found.root, *(each for _, drop, archive in found.routes for each in (drop, archive) if each)]
    for standing in folders:
        if standing.trouble is None and standing.device not in seen:
            seen.add(standing.device)
            yield judged(standing.nearest, lookout.ask(standing.nearest, RoomErrand(standing.nearest)))


def judged(folder: Path, room: Room | Phrase) -> Finding:
    """Whether the room on the disk of a folder will do."""
    if isinstance(room, Phrase):
        return fault(room, name=str(folder))
    values = {"path": str(folder), "free": room.free, "size": room.size, "little": _LITTLE, "least": _TOO_LITTLE}
    if room.no_more_files:
        return fault(Phrase("check.no_more_files", values), name=str(folder))
    # Some mounts do not tell how large they are: 0 of 0.
    if room.size and room.free < _TOO_LITTLE:
        return fault(Phrase("check.disk_full", values), name=str(folder))
    if room.size and room.free < _LITTLE:
        return warning(Phrase("check.disk_low", values), str(folder))
    return fine(Phrase("check.disk", values))
