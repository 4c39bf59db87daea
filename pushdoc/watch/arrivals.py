"""Hints that something came, so that nobody waits for the next regular look. Only hints: looks are the truth.

Every drop folder is listened to; in the place of one that does not exist yet, the nearest folder above it that does,
so that a new month is noticed when somebody makes its folder. Whatever goes wrong here costs time, never a document.
"""

from __future__ import annotations

import errno
import threading
from typing import TYPE_CHECKING

from pushdoc.watch.ignore import ignored, is_lock
from pushdoc.watch.listening import Listening
from pushdoc.watch.place import place_of
from pushdoc.watch.spelling import composed
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
        self._make_hearing = hearing
        self._started = False
        self._hearing: Hearing | None = None
        self._refusal: OSError | None = None  # why there is no hearing
        self._wanted: dict[Path, None] = {}  # an ordered set
        self._places: dict[Path, Place] = {}  # what is listened to, by folder
        self._unheard: dict[Path, OSError] = {}
        self._overflows = self._revivals = self._rearmed = 0
        # What the listening thread shares with ours; held for a dictionary's time, never while calling anybody.
        self._shared = threading.Lock()
        self._guarded: dict[Path, dict[str, set[Path]]] = {}  # listened to → name missing in it → wanted folders
        self._lost: set[Path] = set()
        self._stale: set[Path] = set()

    @property
    def count(self) -> int:
        """How many folders are listened to, those above missing ones included."""
        return len(self._places)

    def state(self) -> Listening:
        """What is listened to now, and what was mended since the start."""
        unheard = len(self._unheard)
        return Listening(
            len(self._wanted) - unheard, unheard, self.count,
            self._overflows, self._revivals, self._rearmed, tuple(self.problems()),
        )  # fmt: skip

    def start(self) -> None:
        """Begin to listen; where the machine grants nothing, `problems` says so and regular looks must do."""
        self._started = True
        self.watch(self._wanted)

    def stop(self) -> None:
        """Listen to nothing any more; the threads have ended when this returns."""
        self._started = False
        if self._hearing:
            self._hearing.close()
        self._hearing = None
        self._forget_places()

    def watch(self, folders: Iterable[Path]) -> None:
        """Listen to exactly these folders from now on, and check that each is still the one that is listened to.

        To be called before every regular look at all of them: what came before a watch was set is not told by it.
        Costs one `stat` a folder where nothing changed. Where the machine does not grant all, the first ones are
        listened to.
        """
        self._wanted = dict.fromkeys(folders)
        self._unheard.clear()
        if not self._started:
            return
        self._revive()
        with self._shared:
            self._stale.clear()
            lost, self._lost = self._lost, set()
        for folder in lost:
            self._drop(folder)
        used = self._listen(self._wanted)
        unused = self._places.keys() - used
        for folder in unused:
            self._drop(folder)
        self._guard_only_wanted()
        if unused and self._unheard:
            self._listen(list(self._unheard))  # what was given back may do for these

    def renew(self) -> None:
        """Listen again where folders were made, deleted or moved since; to be called before a hinted look."""
        if not self._started:
            return
        self._revive()
        with self._shared:
            lost, self._lost = self._lost, set()
            stale, self._stale = self._stale, set()
            for folder in lost:
                stale |= self._concerned(folder)
                self._guarded.pop(folder, None)
        for folder in lost:
            self._drop(folder)
        self._listen(folder for folder in self._wanted if folder in stale)

    def problems(self) -> list[Phrase]:
        """Why some folders are left to regular looks, one phrase a reason."""
        return unheard_by_reason(self._unheard)

    def heard(self, folder: Path, name: str, *, moved: bool = False) -> None:
        """Something happened in a folder that is listened to (see `Listener`)."""
        if moved:
            self._moved(folder / name)
        with self._shared:
            concerned = set(self._guarded.get(folder, {}).get(composed(name), ()))
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
            concerned = self._concerned(folder)
        for each in concerned:
            self._wake(each)

    def overflowed(self) -> None:
        """Events were lost (see `Listener`)."""
        self._overflows += 1
        self._overflow()

    def _concerned(self, folder: Path) -> set[Path]:
        """The wanted folders for whose sake this one is listened to."""
        beneath = self._guarded.get(folder, {}).values()
        return ({folder} & self._wanted.keys()).union(*beneath)

    def _listen(self, folders: Iterable[Path]) -> set[Path]:
        """Listen for each of these; the folders that are listened to for their sake."""
        used: set[Path] = set()
        known: Known = {}
        refusal = self._refusal
        for folder in folders:
            self._unheard.pop(folder, None)
            try:
                used.add(self._listen_for(folder, known, refusal))
            except OSError as error:
                self._unheard[folder] = error
                if error.errno in _LIMITS:
                    refusal = error  # the machine is not asked again for each of the others
        return used

    def _listen_for(self, folder: Path, known: Known, refusal: OSError | None) -> Path:
        place = place_of(folder, known)
        while not (self._hears(place) and self._guards(place, folder)):
            if place.next is not None:
                with self._shared:
                    self._guarded.setdefault(place.folder, {}).setdefault(composed(place.next), set()).add(folder)
            if not self._hears(place):
                self._hear(place, refusal)
            # Asked until the answer stays the same: somebody may make the missing folder before the one above is
            # listened to, and then nobody tells.
            before, place = place, place_of(folder, {})
            if place == before:
                break
        return place.folder

    def _hears(self, place: Place) -> bool:
        """Whether exactly this folder is listened to, and not one that stood in its place before."""
        heard = self._places.get(place.folder)
        return heard is not None and (heard.device, heard.inode) == (place.device, place.inode)

    def _guards(self, place: Place, folder: Path) -> bool:
        """Whether a missing folder would be noticed, and was so before it was found missing."""
        with self._shared:
            return place.next is None or folder in self._guarded.get(place.folder, {}).get(composed(place.next), ())

    def _guard_only_wanted(self) -> None:
        wanted = self._wanted.keys()
        with self._shared:
            self._guarded = {
                place: {name: kept for name, folders in missing.items() if (kept := folders & wanted)}
                for place, missing in self._guarded.items()
                if place in self._places
            }

    def _hear(self, place: Place, refusal: OSError | None) -> None:
        self._rearmed += place.folder in self._places
        self._drop(place.folder)
        if refusal:
            raise refusal
        if self._hearing:
            self._hearing.add(place.folder)
            self._places[place.folder] = place

    def _drop(self, folder: Path) -> None:
        if self._places.pop(folder, None) and self._hearing:
            self._hearing.remove(folder)

    def _revive(self) -> None:
        """Begin anew where nothing listens: at the start, and when the listening thread has ended."""
        if self._hearing and not self._hearing.alive():
            self._hearing.close()
            self._hearing = None
            self._forget_places()
            self._stale |= self._wanted.keys()
            self._revivals += 1
            self._overflow()
        if self._hearing is None:
            try:
                self._hearing, self._refusal = self._make_hearing(self), None
            except OSError as error:
                self._refusal = error

    def _forget_places(self) -> None:
        self._places.clear()
        with self._shared:
            self._guarded.clear()
            self._lost.clear()
            self._stale.clear()
