"""Listening by watchdog's public `Observer`, for watchdog 6: one thread or two, and one inotify instance, a folder.

An account has 128 inotify instances by default, so that beyond some hundred folders the rest is left to regular
looks, and `problems` says so. An overflow is not told by watchdog 6 at all.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

if TYPE_CHECKING:
    from watchdog.observers.api import ObservedWatch

    from pushdoc.watch.hearing import Listener

# Always a filter: without one, watchdog 7 hears its own reading and can overflow its queue for ever.
_EVENTS: list[type[FileSystemEvent]] = [
    FileCreatedEvent, FileMovedEvent, FileClosedEvent, FileDeletedEvent,
    DirCreatedEvent, DirMovedEvent, DirDeletedEvent,
]  # fmt: skip


class ObserverHearing:
    """A `Hearing` with one scheduled watch a folder."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._watches: dict[Path, ObservedWatch] = {}
        self._refusal: OSError | None = None
        self._observer = Observer()
        self._observer.start()

    def add(self, folder: Path) -> None:
        """Listen to what happens directly in a folder; see `Hearing`."""
        if folder in self._watches:
            return
        if self._refusal:
            # watchdog 6 leaks three descriptors at every refused watch: not tried again until one was given back.
            raise self._refusal
        try:
            self._watches[folder] = self._observer.schedule(
                _Handler(folder, self._listener), str(folder), event_filter=_EVENTS
            )
        except OSError as error:
            if error.errno not in {errno.ENOENT, errno.ENOTDIR}:  # a folder that was taken away says nothing of others
                self._refusal = error
            raise

    def remove(self, folder: Path) -> None:
        """Listen to it no longer."""
        if watch := self._watches.pop(folder, None):
            self._observer.unschedule(watch)
            self._refusal = None

    def alive(self) -> bool:
        """Whether the observer's own thread still runs."""
        return self._observer.is_alive()

    def close(self) -> None:
        """End all threads and wait for them."""
        self._watches.clear()
        self._observer.stop()
        self._observer.join()


class _Handler(FileSystemEventHandler):
    def __init__(self, folder: Path, listener: Listener) -> None:
        self._folder = folder
        self._listener = listener

    def on_any_event(self, event: FileSystemEvent) -> None:
        paths = [Path(os.fsdecode(path)) for path in (event.src_path, event.dest_path) if path]
        if event.event_type == "deleted" and self._folder in paths:
            self._listener.lost(self._folder)
        for path in paths:
            if path.parent == self._folder:
                # A file that comes from a folder that is not listened to is told as a new one.
                self._listener.heard(self._folder, path.name, moved=bool(event.dest_path) and path is paths[-1])
