"""Listening by watchdog 7.1's `InotifyFD`: one kernel descriptor and one thread, however many folders.

The public `Observer` starts a thread for each folder it is given, and its recursive mode walks and watches whole
trees, archives included. Measured on 15,000 folders with 7.1.0, this way and by `Observer`: one thread, 14 MiB and
0.6 s to begin, against 15,003 threads, 341 MiB and 9.9 s.
"""

from __future__ import annotations

import errno
import os
import threading
from itertools import count
from typing import TYPE_CHECKING

from watchdog.observers.inotify_c import CallbackId, InotifyConstants, InotifyFD, Mask

if TYPE_CHECKING:
    from pathlib import Path

    from watchdog.observers.inotify_c import InotifyEvent, WatchDescriptor

    from pushdoc.watch.hearing import Listener

# Not IN_MOVED_FROM: our own archiving moves files away, and need not wake us. Not IN_MODIFY: a slow copy would be
# thousands of events, and settling counts by the clock.
_MASK = Mask(
    InotifyConstants.IN_CREATE
    | InotifyConstants.IN_MOVED_TO
    | InotifyConstants.IN_CLOSE_WRITE
    | InotifyConstants.IN_DELETE
    | InotifyConstants.IN_DELETE_SELF
    | InotifyConstants.IN_MOVE_SELF
    | InotifyConstants.IN_ONLYDIR
)


class InotifyHearing:
    """A `Hearing` on one inotify descriptor.

    Raises:
        OSError: EMFILE where the account has no inotify instance left.
    """

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._ids = count(1)
        # Held while a watch is added, so that news of its end waits until it is written down here.
        self._lock = threading.Lock()
        self._watches: dict[Path, tuple[WatchDescriptor, CallbackId]] = {}
        # More than one where a bind mount gives one folder several paths.
        self._folders: dict[WatchDescriptor, tuple[Path, ...]] = {}
        self._descriptor = InotifyFD()
        self._descriptor.start()

    def add(self, folder: Path) -> None:
        """Listen to what happens directly in a folder; see `Hearing`."""
        with self._lock:
            if folder in self._watches:
                return
            watch = CallbackId(next(self._ids))
            descriptor = self._descriptor.add_callback(os.fsencode(folder), _MASK, self, watch)
            if descriptor < 0:  # watchdog passes over EACCES, and over nothing else
                self._descriptor.remove_callbacks([(descriptor, watch)])
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
            self._watches[folder] = descriptor, watch
            self._folders[descriptor] = (*self._folders.get(descriptor, ()), folder)

    def remove(self, folder: Path) -> None:
        """Listen to it no longer."""
        with self._lock:
            if folder not in self._watches:
                return
            descriptor, watch = self._watches.pop(folder)
            if others := tuple(other for other in self._folders.get(descriptor, ()) if other != folder):
                self._folders[descriptor] = others
            else:
                self._folders.pop(descriptor, None)
            self._descriptor.remove_callbacks([(descriptor, watch)])

    def alive(self) -> bool:
        """Whether watchdog's thread still runs."""
        return self._descriptor.is_alive()

    def close(self) -> None:
        """Give the descriptor back and wait for the thread."""
        with self._lock:
            self._folders.clear()
            self._watches.clear()
        self._descriptor.stop()
        self._descriptor.join()

    def on_event(self, event: InotifyEvent) -> None:
        """Called by watchdog."""
        folders = self._folders.get(event.wd, ())
        for folder in folders:
            if event.is_delete_self or event.is_move_self:
                self._listener.lost(folder)
            elif event.name:
                self._listener.heard(folder, os.fsdecode(event.name), moved=event.is_moved_to)

    def on_watch_deleted(self, wd: WatchDescriptor) -> None:
        """Called by watchdog when the kernel dropped the watch: the folder is gone or unmounted."""
        with self._lock:
            folders = self._folders.pop(wd, ())
            for folder in folders:
                self._watches.pop(folder, None)
        for folder in folders:
            self._listener.lost(folder)

    def on_queue_overflow(self) -> None:
        """Called by watchdog, once for all folders."""
        self._listener.overflowed()
