"""Hints that something came, so that nobody waits for the next regular look. Only hints: looks are the truth.

Every drop folder is listened to; in the place of one that does not exist yet, the nearest folder above it that does,
so that a new month is noticed when somebody makes its folder. Whatever goes wrong here costs time, never a document.
"""

from __future__ import annotations

import errno
import math
import threading
from typing import TYPE_CHECKING

from pushdoc.watch.ears import Ears
from pushdoc.watch.guards import Guards
from pushdoc.watch.ignore import ignored, is_lock
from pushdoc.watch.listening import Listening
from pushdoc.watch.place import place_of
from pushdoc.watch.trouble import unheard_by_reason

try:
    from pushdoc.watch.inotify import InotifyHearing as _Hearing
except ImportError:  # watchdog 6 has no InotifyFD
    from pushdoc.watch.observer import ObserverHearing as _Hearing  # type: ignore[assignment]  # the same Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from pushdoc.watch.hearing import Hearing, Listener
    from pushdoc.watch.place import Known, Place
    from pushdoc.words import Phrase

_LIMITS = frozenset({errno.ENOSPC, errno.EMFILE})
#: So often a folder may be taken away between being found and being listened to, until regular looks must do.
_CHASES = 20


class Arrivals:
    """Calls `wake(folder)` when something may have come to a drop folder, `overflow()` when hints were lost.

    Before that, `moved(path)` for a name that was given by renaming. All are called from another thread and must return
    at once, without raising. `watch`, `renew`, `start` and `stop` belong to one thread.
    """

    def __init__(
        self,
        wake: Callable[[Path], None],
        overflow: Callable[[], None],
        hearing: Callable[[Listener], Hearing] = _Hearing,
        moved: Callable[[Path], None] = lambda _: None,
    ) -> None:
        self._wake = wake
        self._overflow = overflow
        self._moved = moved
        self._started = False
        self._wanted: dict[Path, None] = {}  # an ordered set
        self._ears = Ears(lambda: hearing(self))
        self._guards = Guards()
        self._unheard: dict[Path, OSError] = {}
        self._now = math.nan  # during `watch`
        self._overflows = self._revivals = 0
        # What the listening thread shares with ours; held for a set's time, never while calling anybody.
        self._shared = threading.Lock()
        self._lost: set[Path] = set()
        self._stale: set[Path] = set()

    @property
    def count(self) -> int:
        """How many folders are listened to, those above missing ones included."""
        return len(self._ears)

    def state(self) -> Listening:
        """What is listened to now, and what was mended since the start."""
        unheard = len(self._unheard)
        return Listening(
            len(self._wanted) - unheard, unheard, self.count,
            self._overflows, self._revivals, self._ears.rearmed, tuple(self.problems()),
        )  # fmt: skip

    def start(self) -> None:
        """Begin to listen; where the machine grants nothing, `problems` says so and regular looks must do."""
        self._started = True
        self._forget_places()
        self.watch(self._wanted)

    def stop(self) -> None:
        """Listen to nothing any more; the threads have ended when this returns."""
        self._started = False
        self._ears.close()
        self._forget_places()

    def watch(self, folders: Iterable[Path], now: float = math.nan) -> set[Path]:
        """Listen to exactly these folders from now on, and check that each is still the one that is listened to.

        To be called before every regular look: what came before a watch was set is not told by it. Those of the folders
        come back where nothing was made, renamed or taken away since that look: by their stamps (`place`), which cost
        one `stat` for each folder that is listened to. So all others must be looked at before the next call. `now` are
        monotonic seconds; who does not say them gets no such folders.

        Where the machine does not grant all, the first ones are listened to.
        """
        self._now = now
        wanted = dict.fromkeys(folders)
        stale: set[Path] = set()
        if list(wanted) != list(self._wanted):
            stale |= wanted.keys() - self._wanted.keys()
            self._want(wanted)
        if not self._started:
            return set()
        self._revive()
        stamped = self._ears.ask(now)
        for folder in stamped.gone:
            stale |= self._concerned(folder)
        stale |= self._guards.beneath(*stamped.changed) | self._take_stale() | self._unheard.keys()
        if stale:
            self._listen_anew([folder for folder in wanted if folder in stale])
        self._now = math.nan
        # Who is looked out for at a folder that rests is still missing.
        return ((stamped.resting & wanted.keys()) | self._guards.beneath(*stamped.resting)) - stale

    def renew(self) -> None:
        """Listen again where folders were made, deleted or moved since; to be called before a hinted look."""
        if self._started:
            self._revive()
            self._listen_anew(sorted(self._take_stale() & self._wanted.keys()))

    def problems(self) -> list[Phrase]:
        """Why some folders are left to regular looks, one phrase a reason."""
        return unheard_by_reason(self._unheard)

    def heard(self, folder: Path, name: str, *, moved: bool = False) -> None:
        """Something happened in a folder that is listened to (see `Listener`)."""
        if moved:
            self._moved(folder / name)
        concerned = self._guards.named(folder, name)
        with self._shared:
            self._stale |= concerned
        # The end of an office lock may be what a document was waiting for.
        if folder in self._wanted and (is_lock(name) or not ignored(name)):
            concerned.add(folder)
        for wanted in concerned:
            self._wake(wanted)

    def lost(self, folder: Path) -> None:
        """A folder is not listened to any more (see `Listener`)."""
        with self._shared:
            self._lost.add(folder)
        for each in self._concerned(folder):
            self._wake(each)

    def overflowed(self) -> None:
        """Events were lost (see `Listener`)."""
        self._overflows += 1
        self._overflow()

    def _concerned(self, folder: Path) -> set[Path]:
        """The wanted folders for whose sake this one is listened to."""
        return self._guards.beneath(folder) | ({folder} & self._wanted.keys())

    def _want(self, wanted: dict[Path, None]) -> None:
        """Other folders are wanted from now on; those that are not any more are given up first, to make room."""
        former = self._wanted.keys() - wanted.keys()
        self._wanted = wanted
        left = {above for folder in former if (above := self._guards.release(folder))}
        for folder in former:
            self._unheard.pop(folder, None)
        self._drop_unused(left | former)

    def _take_stale(self) -> set[Path]:
        """The wanted folders for which events say that they must be listened to anew."""
        with self._shared:
            lost, self._lost = self._lost, set()
            stale, self._stale = self._stale, set()
        for folder in lost:
            stale |= self._concerned(folder)
            self._ears.drop(folder)
        return stale

    def _listen_anew(self, folders: Iterable[Path]) -> None:
        """Listen for each of these, wherever each is by now, and no longer where none is any more."""
        folders = list(folders)
        if self._drop_unused(self._listen(folders).union(folders)) and self._unheard:
            self._listen(list(self._unheard))  # what was given back may do for these

    def _listen(self, folders: Iterable[Path]) -> set[Path]:
        """Listen for each of these; the folders that were listened to for their sake before."""
        left: set[Path] = set()
        known: Known = {}
        refusal = self._ears.refusal
        for folder in folders:
            self._unheard.pop(folder, None)
            try:
                self._listen_for(folder, known, refusal, left)
            except OSError as error:
                self._unheard[folder] = error
                if error.errno in _LIMITS:
                    refusal = error  # the machine is not asked again for each of the others
        return left

    def _listen_for(self, folder: Path, known: Known, refusal: OSError | None, left: set[Path]) -> None:
        place, chased = place_of(folder, known), 0
        while not (self._ears.hears(place) and self._looks_out(place, folder)):
            before = self._guards.post(folder, place.folder, place.next) if place.next else self._guards.release(folder)
            if before is not None:
                left.add(before)
            vanished = False
            try:
                if not self._ears.hears(place):
                    self._ears.hear(place, refusal, self._now)
            except (FileNotFoundError, NotADirectoryError):
                # Taken away since it was found, as by who deletes a whole tree: no reason to leave it to regular looks.
                vanished, chased = True, chased + 1
                if chased > _CHASES:
                    raise
            # Asked until the answer stays the same: somebody may make the missing folder before the one above is
            # listened to, and then nobody tells.
            former, place = place, place_of(folder, {})
            if place.same(former) and not vanished:
                break

    def _looks_out(self, place: Place, folder: Path) -> bool:
        """Whether a missing folder would be noticed, and was so before it was found missing."""
        if place.next is None:
            return not self._guards.missing(folder)
        return self._guards.posted(folder, place.folder, place.next)

    def _drop_unused(self, folders: Iterable[Path]) -> int:
        """Listen no longer to those for whose sake nobody needs it; how many they were."""
        return sum(
            self._ears.drop(folder)
            for folder in folders
            if not self._guards.beneath(folder)
            and (folder not in self._wanted or folder in self._unheard or self._guards.missing(folder))
        )

    def _revive(self) -> None:
        """Begin anew where nothing listens: at the start, and when the listening thread has ended."""
        if not self._ears.revive():
            self._forget_places()
            self._revivals += 1
            self._overflow()

    def _forget_places(self) -> None:
        """Nothing is listened to: everything that is wanted is to be listened to anew."""
        self._guards.clear()
        with self._shared:
            self._lost.clear()
            self._stale = set(self._wanted)
