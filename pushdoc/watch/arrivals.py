"""Hints that something came, so that nobody waits for the next regular look. Only hints: looks are the truth.

Every drop folder is listened to; in the place of one that does not exist yet, the nearest folder above it that does,
so that a new month is noticed when somebody makes its folder. Whatever goes wrong here costs time, never a document.
"""

from __future__ import annotations

import errno
import os
import stat
import threading
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from pushdoc.watch.ignore import ignored, is_lock
from pushdoc.watch.trouble import unheard

try:
    from pushdoc.watch.inotify import InotifyHearing as _Hearing
except ImportError:  # watchdog 6 has no InotifyFD
    from pushdoc.watch.observer import ObserverHearing as _Hearing  # type: ignore[assignment]  # the same Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from pushdoc.watch.hearing import Hearing, Listener
    from pushdoc.words import Phrase

_LIMITS = frozenset({errno.ENOSPC, errno.EMFILE})


class _Place(NamedTuple):
    """Where to listen for a wanted folder; `next` is the name missing beneath, None where the folder itself is."""

    folder: Path
    device: int
    inode: int
    next: str | None


class Arrivals:
    """Calls `wake(folder)` when something may have come to a drop folder, `overflow()` when hints were lost.

    Both are called from another thread and must return at once, without raising (set an event, add to a set).
    `watch`, `renew`, `start` and `stop` belong to one thread.
    """

    def __init__(
        self,
        wake: Callable[[Path], None],
        overflow: Callable[[], None],
        hearing: Callable[[Listener], Hearing] = _Hearing,
    ) -> None:
        self._wake = wake
        self._overflow = overflow
        self._make_hearing = hearing
        self._started = False
        self._hearing: Hearing | None = None
        self._refusal: OSError | None = None  # why there is no hearing
        self._wanted: dict[Path, None] = {}  # an ordered set
        self._places: dict[Path, _Place] = {}  # what is listened to, by folder
        self._unheard: dict[Path, OSError] = {}
        # What the listening thread shares with ours; held for a dictionary's time, never while calling anybody.
        self._shared = threading.Lock()
        self._guarded: dict[Path, dict[str, set[Path]]] = {}  # listened to → name missing in it → wanted folders
        self._lost: set[Path] = set()
        self._stale: set[Path] = set()

    @property
    def count(self) -> int:
        """How many folders are listened to, those above missing ones included."""
        return len(self._places)

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
            self._guarded.clear()
            self._stale.clear()
            lost, self._lost = self._lost, set()
        for folder in lost:
            self._drop(folder)
        used = self._listen(self._wanted)
        unused = self._places.keys() - used
        for folder in unused:
            self._drop(folder)
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
        reasons: dict[int, list[Path]] = {}
        for folder, error in self._unheard.items():
            reasons.setdefault(error.errno or 0, []).append(folder)
        return [unheard(reason, folders) for reason, folders in sorted(reasons.items())]

    def heard(self, folder: Path, name: str) -> None:
        """Something happened in a folder that is listened to (see `Listener`)."""
        with self._shared:
            concerned = set(self._guarded.get(folder, {}).get(_composed(name), ()))
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
        for wanted in concerned:
            self._wake(wanted)

    def overflowed(self) -> None:
        """Events were lost (see `Listener`)."""
        self._overflow()

    def _concerned(self, folder: Path) -> set[Path]:
        """The wanted folders for whose sake this one is listened to."""
        beneath = self._guarded.get(folder, {}).values()
        return ({folder} & self._wanted.keys()).union(*beneath)

    def _listen(self, folders: Iterable[Path]) -> set[Path]:
        """Listen for each of these; the folders that are listened to for their sake."""
        used: set[Path] = set()
        refusal = self._refusal
        for folder in folders:
            self._unheard.pop(folder, None)
            try:
                used.add(self._listen_for(folder, refusal))
            except OSError as error:
                self._unheard[folder] = error
                if error.errno in _LIMITS:
                    refusal = error  # the machine is not asked again for each of the others
        return used

    def _listen_for(self, folder: Path, refusal: OSError | None) -> Path:
        # Asked until the answer stays the same: somebody may make the missing folder before the one above is listened
        # to, and then nobody tells.
        known = None
        while (place := _place(folder)) != known:
            if place.next is not None:
                with self._shared:
                    missing = self._guarded.setdefault(place.folder, {})
                    missing.setdefault(_composed(place.next), set()).add(folder)
            heard = self._places.get(place.folder)
            if not heard or (heard.device, heard.inode) != (place.device, place.inode):
                self._hear(place, refusal)
            elif place.next is None:
                break
            known = place
        return place.folder

    def _hear(self, place: _Place, refusal: OSError | None) -> None:
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


def _place(folder: Path) -> _Place:
    """Where to listen for a folder: itself, or the nearest folder above it that exists.

    Raises:
        OSError: it cannot be known.
    """
    above = None
    for place in (folder, *folder.parents):
        try:
            status = place.stat()
        except (FileNotFoundError, NotADirectoryError):
            status = None
        if status and stat.S_ISDIR(status.st_mode):
            return _Place(place, status.st_dev, status.st_ino, above)
        above = place.name
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(folder))


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)
