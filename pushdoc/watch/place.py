"""Where to listen for a folder: at itself, or at the nearest folder above it that exists; and what stands there.

The stamp of a folder changes whenever something in it is made, renamed or taken away, so that one `stat` says that a
listing would find the same names again. It does not change when a file is written on in its place: that is told by
events (IN_CLOSE_WRITE), or found by the regular looks that ask no stamp. Nor does it for what is made within the same
tick of the file system's clock, so that a listing proves something only once the stamp has rested for a while.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from struct import Struct
from typing import NamedTuple, NewType

#: Which folder stands at a path, and when what lies in it last changed. One is kept for every folder that is listened
# to: as bytes it takes 65 of them, as four numbers in a tuple 230.
Stamp = NewType("Stamp", bytes)
_NUMBERS = Struct("=4Q")
_WHICH = slice(16, 32)  # of these bytes are the folder's own numbers, those before are moments
_64_BITS = (1 << 64) - 1

#: What is known of a path: the stamp of the folder there, None where there is no folder.
Known = dict[str, Stamp | None]


class Place(NamedTuple):
    """Where to listen for a wanted folder; `next` is the name missing beneath, None where the folder itself is."""

    folder: Path
    stamp: Stamp
    next: str | None

    def same(self, other: Place) -> bool:
        """Whether it is the same place, whatever happened there."""
        return self.folder == other.folder and self.next == other.next and same_folder(self.stamp, other.stamp)


def place_of(folder: Path, known: Known) -> Place:
    """Where to listen for a folder.

    What is above it is asked once for all who pass the same `known` along: a client has many folders.

    Raises:
        OSError: it cannot be known.
    """
    path, above = str(folder), None
    found = known[path] = stamp_at(path)
    while found is None:
        higher, _, above = path.rpartition("/")
        if not above:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(folder))
        path = higher or "/"
        found = known[path] if path in known else stamp_at(path)
        known[path] = found
    return Place(folder if above is None else Path(path), found, above)


def stamp_at(path: str) -> Stamp | None:
    """The stamp of the folder at a path, None where there is none.

    Raises:
        OSError: it cannot be known.
    """
    try:
        status = os.stat(path)  # noqa: PTH116 -- asked for every folder at every round: a Path costs thrice as much
    except (FileNotFoundError, NotADirectoryError):
        return None
    if not stat.S_ISDIR(status.st_mode):
        return None
    return _stamp(status)


def bears(path: str, stamp: Stamp) -> bool:
    """Whether the folder at a path still has this stamp; not so either where that cannot be known."""
    try:
        status = os.stat(path)  # noqa: PTH116 -- as above
    except OSError:
        return False
    return _stamp(status) == stamp


def same_folder(one: Stamp, other: Stamp) -> bool:
    """Whether both are of one folder, whatever happened in it."""
    return one[_WHICH] == other[_WHICH]


def _stamp(status: os.stat_result) -> Stamp:
    # A person or a program may set the modification time back, before 1970 even, but not the time of the change.
    when = status.st_ctime_ns & _64_BITS, status.st_mtime_ns & _64_BITS
    return Stamp(_NUMBERS.pack(*when, status.st_ino, status.st_dev))
