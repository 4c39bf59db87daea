"""The seam to watchdog: folders are listened to one by one, not recursively, so that cost follows what is watched.

watchdog 7.1 has one kernel descriptor and one thread for any number of folders (`inotify`); on watchdog 6 its public
observer must do, at two threads and one of the account's few inotify instances a folder (`observer`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path


class Listener(Protocol):
    """Who is told; called from threads of watchdog, and must neither block nor raise."""

    def heard(self, folder: Path, name: str, *, moved: bool = False) -> None:
        """Something appeared, was closed after writing, was deleted, or `moved` (renamed) to this name."""

    def lost(self, folder: Path) -> None:
        """The folder was deleted, moved or unmounted: it is not listened to any more."""

    def overflowed(self) -> None:
        """The kernel's queue was full: any number of events were not told."""


class Hearing(Protocol):
    """Some folders, listened to."""

    def add(self, folder: Path) -> None:
        """Listen to what happens directly in a folder.

        Raises:
            OSError: it cannot be; ENOSPC and EMFILE where the machine grants no more.
        """

    def remove(self, folder: Path) -> None:
        """Listen to it no longer; nothing where it was not listened to."""

    def alive(self) -> bool:
        """Whether the thread that listens still runs."""

    def close(self) -> None:
        """Listen to nothing any more, and wait for the threads to end."""
