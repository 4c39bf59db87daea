"""How much room there is on a disk: asked of it here, or by a scout where it lies on a share."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pushdoc.disk import takes_no_file
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
            folder = os.open(self.folder, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
            try:
                disk = os.fstatvfs(folder)
                no_more_files = takes_no_file(folder, disk.f_favail)
            finally:
                os.close(folder)
        except OSError as error:
            return trouble(self.folder, error)
        return Room(disk.f_bavail * disk.f_frsize, disk.f_blocks * disk.f_frsize, no_more_files)
