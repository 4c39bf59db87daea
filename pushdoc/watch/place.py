"""Where to listen for a folder: at itself, or at the nearest folder above it that exists."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import NamedTuple

#: What is known of a path: device and inode of the folder there, None where there is no folder.
Known = dict[str, "tuple[int, int] | None"]


class Place(NamedTuple):
    """Where to listen for a wanted folder; `next` is the name missing beneath, None where the folder itself is."""

    folder: Path
    device: int
    inode: int
    next: str | None


def place_of(folder: Path, known: Known) -> Place:
    """Where to listen for a folder.

    What is above it is asked once for all who pass the same `known` along: a client has many folders.

    Raises:
        OSError: it cannot be known.
    """
    path, above = str(folder), None
    found = known[path] = _folder_at(path)
    while found is None:
        higher, _, above = path.rpartition("/")
        if not above:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(folder))
        path = higher or "/"
        found = known[path] if path in known else _folder_at(path)
        known[path] = found
    return Place(folder if above is None else Path(path), *found, above)


def _folder_at(path: str) -> tuple[int, int] | None:
    try:
        status = os.stat(path)  # noqa: PTH116 -- asked for every folder at every look: a Path costs thrice as much
    except (FileNotFoundError, NotADirectoryError):
        return None
    return (status.st_dev, status.st_ino) if stat.S_ISDIR(status.st_mode) else None
