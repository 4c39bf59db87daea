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
from typing import NamedTuple


class Stamp(NamedTuple):
    """Which folder stands at a path, and when what lies in it last changed; ns since the epoch.

    A person or a program may set the modification time back, but not the time of the change (`changed_ns`).
    """

    # In the order of likely difference: two stamps are compared for every folder at every round.

    changed_ns: int
    modified_ns: int
    inode: int
    device: int

    def same_folder(self, other: Stamp) -> bool:
        """Whether it is the same folder, whatever happened in it."""
        return self.inode == other.inode and self.device == other.device


#: What is known of a path: the stamp of the folder there, None where there is no folder.
Known = dict[str, "Stamp | None"]


class Place(NamedTuple):
    """Where to listen for a wanted folder; `next` is the name missing beneath, None where the folder itself is."""

    folder: Path
    stamp: Stamp
    next: str | None

    def same(self, other: Place) -> bool:
        """Whether it is the same place, whatever happened there."""
        return self.folder == other.folder and self.next == other.next and self.stamp.same_folder(other.stamp)


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
    return Stamp(status.st_ctime_ns, status.st_mtime_ns, status.st_ino, status.st_dev)


def bears(path: str, stamp: Stamp) -> bool:
    """Whether the folder at a path still has this stamp; not so either where that cannot be known."""
    try:
        status = os.stat(path)  # noqa: PTH116 -- as above
    except OSError:
        return False
    return (status.st_ctime_ns, status.st_mtime_ns, status.st_ino, status.st_dev) == stamp
