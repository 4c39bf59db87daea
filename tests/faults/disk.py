"""Disks whose power can fail: what comes back is what was on the disk at that instant, and nothing that was not."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Protocol

import pytest
from faults.apart import do, possible
from pushed import PushedClock

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

_BYTES = 16 << 20
#: The file system writes nothing by itself for so many seconds: what is not synced is lost indeed.
_OPTIONS = "loop,commit=300"


class PowerCutError(BaseException):
    """The power has failed: nobody who catches errors hears of it."""


class Disk(Protocol):
    """Where a firm's folders, its rules and the ledger lie, at `place`."""

    place: Path

    def settle(self) -> None:
        """Write down what was written until now: it came long ago."""

    def cut(self) -> None:
        """Keep what is on the disk now; all that is written from now on is lost."""

    def come_back(self) -> None:
        """Put what was kept in its place."""

    def close(self) -> None:
        """Give the disk back."""


class Image:
    """A file system in a file; what nobody has synced is not in it. For a test that is `apart`."""

    def __init__(self, home: Path) -> None:
        self.place = home / "disk"
        self._image, self._kept = home / "image", home / "kept"
        self.place.mkdir()
        with self._image.open("wb") as file:
            file.truncate(_BYTES)
        do("mkfs.ext4", "-q", self._image)
        if not possible("mount", "-o", _OPTIONS, self._image, self.place):
            pytest.skip("needs the right to mount, and loop devices")

    def settle(self) -> None:
        do("sync", "-f", self.place)

    def cut(self) -> None:
        shutil.copyfile(self._image, self._kept)

    def come_back(self) -> None:
        self.close()
        self._kept.replace(self._image)
        do("mount", "-o", _OPTIONS, self._image, self.place)

    def close(self) -> None:
        do("umount", self.place)


class Folder:
    """A folder: what was written is kept, synced or not; for machines where nothing may be mounted."""

    def __init__(self, home: Path) -> None:
        self.place, self._kept = home / "disk", home / "kept"
        self.place.mkdir()

    def settle(self) -> None:
        """All that was written is kept anyway."""

    def cut(self) -> None:
        shutil.copytree(self.place, self._kept, symlinks=True)

    def come_back(self) -> None:
        shutil.rmtree(self.place)
        self._kept.rename(self.place)

    def close(self) -> None:
        """Nothing is to be given back."""


class Mains(PushedClock):
    """The clock of a machine whose power fails at the look at it that is `last`, the first being 1.

    pushdoc asks for the time before and after whatever it does, so that these are the instants between its steps.
    """

    def __init__(self, disk: Disk, last: int) -> None:
        super().__init__()
        self._disk = disk
        self._last = last
        self.looks = 0
        self.working = False

    def now(self) -> datetime:
        if self.working:
            self.looks += 1
            if self.looks == self._last:
                self.working = False
                self._disk.cut()
                raise PowerCutError
        return super().now()
