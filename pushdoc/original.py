"""The paper itself: a file beneath the clients' root, opened without following links, identified and read once.

What is hashed, what is sent and what is moved away must be the same file; this is where "the same" is defined.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from typing import TYPE_CHECKING

from pushdoc.document import Digest, Identity
from pushdoc.way import FOLDER, Held, shortcut

if TYPE_CHECKING:
    from pathlib import Path

_CHUNK = 1 << 18
# O_NONBLOCK: opening a FIFO that someone named x.pdf must not wait for its writer.
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_NOT_WRITTEN = frozenset({errno.EIO, errno.ENOSPC, errno.EDQUOT})


class NotAFileError(OSError):
    """What stands there is no regular file: a folder, a link, a pipe, a device."""


class ChangedError(Exception):
    """The file is no longer the one that was entered in the ledger; its new content is a new document."""


def identity_of(status: os.stat_result) -> Identity:
    """Which file a `stat` result speaks of."""
    return Identity(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


def look_at(path: Path) -> Identity | None:
    """The identity of the regular file at a path, or None where none stands: nothing, a folder, a link, a pipe.

    A file where a folder should be means nothing, too: beneath it there cannot be anything.

    Raises:
        OSError: it cannot be known (no right, the share is gone): never a reason to think that the file is.
    """
    try:
        status = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return identity_of(status) if stat.S_ISREG(status.st_mode) else None


def opened(root: Path, path: Path) -> Held:
    """A descriptor of the regular file at `path`, which lies beneath `root`; no link is followed between the two.

    The root itself is the administrator's word and may be a link.

    Raises:
        NotAFileError: no regular file, a link on the way, or a path that does not stay beneath the root.
        FileNotFoundError: it is gone.
        OSError: it cannot be read.
    """
    depth = len(root.parts)
    if path.parts[:depth] != root.parts or len(path.parts) == depth or ".." in path.parts[depth:]:
        raise NotAFileError(f"not beneath {root}: {path}")
    descriptor = shortcut(root, path, _FILE)
    if descriptor is None:  # the steps say why
        descriptor = _opened_by_steps(root, path)
    try:
        regular = stat.S_ISREG(os.fstat(descriptor).st_mode)
    except OSError:
        os.close(descriptor)
        raise
    if not regular:
        os.close(descriptor)
        raise NotAFileError(f"not a regular file: {path}")
    return Held(descriptor)


def _opened_by_steps(root: Path, path: Path) -> int:
    *folders, name = path.relative_to(root).parts
    held = os.open(root, FOLDER & ~os.O_NOFOLLOW)
    try:
        for folder in folders:
            inner = _open(folder, FOLDER, held, path)
            os.close(held)
            held = inner
        return _open(name, _FILE, held, path)
    finally:
        os.close(held)


def digest(descriptor: int) -> Digest:
    """The digests of a whole file, read from its beginning wherever the descriptor stands."""
    sha256, sha1 = hashlib.sha256(), hashlib.sha1(usedforsecurity=False)
    offset = 0
    while chunk := os.pread(descriptor, _CHUNK, offset):
        sha256.update(chunk)
        sha1.update(chunk)
        offset += len(chunk)
    return Digest(sha256.hexdigest(), sha1.hexdigest())


def make_durable(descriptor: int) -> None:
    """Let a file's bytes outlive a power cut: scanners and copying programs seldom see to it.

    A file system that cannot do this, or not for a reader, is done without.

    Raises:
        OSError: the bytes cannot be written to the disk.
    """
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno in _NOT_WRITTEN:
            raise


def _open(name: str, flags: int, beneath: int, path: Path) -> int:
    try:
        return os.open(name, flags, dir_fd=beneath)
    except NotADirectoryError as error:
        raise NotAFileError(f"a link or a file stands where a folder should: {path}") from error
    except OSError as error:
        # O_NOFOLLOW on a link says ELOOP; a socket opened as a file says ENXIO.
        if error.errno in {errno.ELOOP, errno.ENXIO}:
            raise NotAFileError(f"not a regular file: {path}") from error
        raise
