"""How much room there is on a disk: asked of it here, or by a scout where it lies on a share."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pushdoc.watch.trouble import trouble

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pushdoc.words import Phrase


@dataclass(frozen=True, slots=True)
class Room:
    """How much a disk still takes: bytes free for us and altogether, and whether it takes no more files."""

    free: int
    size: int
    no_more_files: bool


@dataclass(frozen=True, slots=True)
class RoomErrand:
    """How much the disk of a folder still takes."""

    folder: Path

    def run(self, step: Callable[[], None]) -> Room | Phrase:
        """Ask."""
        step()
        try:
            disk = os.statvfs(self.folder)
        except OSError as error:
            return trouble(self.folder, error)
        # Some file systems count no files: 0 of 0.
        return Room(
            disk.f_bavail * disk.f_frsize, disk.f_blocks * disk.f_frsize, bool(disk.f_files and not disk.f_favail)
        )
