"""The disks that pushdoc writes to, and whether they are nearly full: asked now and then, and never one that hangs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushdoc.journey.alarm import Sign
from pushdoc.ledger import AlertKind
from pushdoc.watch import Room, RoomErrand, is_remote, mount_of, mounts, real_place
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from pushdoc.clock import Clock
    from pushdoc.rules import Rules
    from pushdoc.watch import Lookout

#: No disk fills so fast that it must be asked more often, in seconds.
_EVERY_S = 60.0
#: One that was nearly full is not so any more when it has so many percent more than the least that is wanted.
_MORE = 10


class Disks:
    """The ledger's disk and those of the clients' folders, where documents are archived, too; for one thread."""

    def __init__(self, rules: Rules, lookout: Lookout, clock: Clock) -> None:
        self._ledger = rules.ledger.path.parent
        self._wanted = rules.alerts.free
        self._lookout = lookout
        self._clock = clock
        self._asked_at: float | None = None
        self._full: list[Sign] = []
        #: The keys of the disks that there are, and of those among them that could not be asked.
        self.asked: set[str] = set()
        self.unclear: set[str] = set()

    def see(self, folders: Iterable[Path], known: Collection[str]) -> list[Sign]:
        """The disks that are nearly full.

        `folders` are those that are watched; `known` are the keys of troubles, for a disk that is known to be nearly
        full must have more room than another to be thought well of.
        """
        now = self._clock.monotonic()
        if self._asked_at is None or now - self._asked_at >= _EVERY_S:
            self._asked_at = now
            self._ask(folders, known)
        return self._full

    def _ask(self, folders: Iterable[Path], known: Collection[str]) -> None:
        self._full = []
        rooms = {f"{AlertKind.DISK}:{path}": (path, room) for path, room in self._rooms(folders)}
        # What is not mounted any more, perhaps by mistake, is a disk of which nothing is known.
        away = {key for key in self.asked if key not in rooms} if self._lookout.gone else set()
        self.asked, self.unclear = rooms.keys() | away, away
        for key, (path, room) in rooms.items():
            if room is None:
                self.unclear.add(key)
            elif (why := lacking(room, path, self._wanted, known=key in known)) is not None:
                self._full.append(Sign(key, AlertKind.DISK, str(path), why))

    def _rooms(self, folders: Iterable[Path]) -> Iterable[tuple[Path, Room | None]]:
        """Each disk by a place on it, with its room; None where it does not tell."""
        mounted = mounts()
        mount = mount_of(str(real_place(self._ledger, mounted)), mounted)
        disks = self._lookout.disks(folders)
        # A ledger on a share is a fault that `check` tells; whoever looks here must not hang with it.
        if mount.point not in disks and not is_remote(mount.type):
            yield self._ledger, _room(RoomErrand(self._ledger).run(lambda: None))
        for path in disks.values():
            answers = self._lookout.answers(path)
            yield path, _room(self._lookout.ask(path, RoomErrand(path))) if answers else None


def _room(told: Room | Phrase) -> Room | None:
    return told if isinstance(told, Room) else None


def lacking(room: Room, path: Path, wanted: int, *, known: bool) -> Phrase | None:
    """Why a disk has too little room; None where it has enough. `wanted` is in bytes."""
    if room.no_more_files:
        return Phrase("alerts.no_more_files", {"path": str(path)})
    least = wanted * (100 + _MORE) // 100 if known else wanted
    # Some mounts do not tell how large they are: 0 of 0.
    if room.size and room.free < least:
        return Phrase("alerts.disk_low", {"path": str(path), "free": room.free, "wanted": wanted})
    return None
