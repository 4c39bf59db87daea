"""Folders beneath the clients' root, entered one by one so that no link leads out of it, and what stands in them.

Everything the room does to a file goes through a descriptor of its folder: whoever swaps a folder for a link
meanwhile changes nothing.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from pushdoc.original import NotAFileError, digest
from pushdoc.way import FOLDER, Held, shortcut

if TYPE_CHECKING:
    from pathlib import Path

# O_NONBLOCK: a FIFO that took the file's place must not hold us up.
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_CANNOT_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF})
# EIO: what FUSE mounts of SMB shares say (seen: rclone 1.60). A share that is away says it at the next step, too.
_CANNOT_LINK = frozenset({errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK, errno.EIO})


def opened(root: Path, folder: Path, *, make: bool = False) -> Held:
    """A descriptor of a folder beneath the root, with `make` also of one that was missing; the root is never made.

    A new folder gets the mode and group of the folder it lies in.

    Raises:
        NotAFileError: a link or a file stands in the way.
        FileNotFoundError: a folder is missing, or the root.
        OSError: it cannot be entered or made.
    """
    held = shortcut(root, folder, FOLDER)
    if held is None:
        held = _opened_by_steps(root, folder, make=make)
    return Held(held)


def _opened_by_steps(root: Path, folder: Path, *, make: bool) -> int:
    held = os.open(root, FOLDER & ~os.O_NOFOLLOW)
    try:
        for name in folder.relative_to(root).parts:
            try:
                inner = _enter(held, name, folder)
            except FileNotFoundError:
                if not make:
                    raise
                _make(held, name)
                inner = _enter(held, name, folder)
            os.close(held)
            held = inner
    except BaseException:
        os.close(held)
        raise
    return held


def look(folder: int, name: str) -> os.stat_result | None:
    """What stands at a name, a link itself and not its target, or None."""
    try:
        return os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return None


def open_file(folder: int, name: str) -> int:
    """A descriptor for reading; that it is a regular file is for the caller to see.

    Raises:
        OSError: it is gone, a link, or not to be read.
    """
    return os.open(name, _FILE, dir_fd=folder)


def sha256_of(folder: int, name: str) -> str | None:
    """The SHA-256 of what a name holds, or None where no bytes can be read there."""
    with suppress(OSError):
        descriptor = open_file(folder, name)
        try:
            return digest(descriptor).sha256
        finally:
            os.close(descriptor)
    return None


def sync(folder: int) -> None:
    """Make the folder's names last through a power cut, where its file system can."""
    try:
        os.fsync(folder)
    except OSError as error:
        if error.errno not in _CANNOT_SYNC:
            raise


def resemble(copy: int, original: os.stat_result, mode: int) -> None:
    """Give a copy its original's group and times, and a mode; what the file system or our rights forbid is left out."""
    with suppress(OSError):
        os.fchown(copy, -1, original.st_gid)
    with suppress(OSError):
        os.fchmod(copy, mode)
    with suppress(OSError):
        os.utime(copy, ns=(original.st_atime_ns, original.st_mtime_ns))


def discard(folder: int, name: str) -> None:
    """Take a name away, if it is there."""
    with suppress(FileNotFoundError):
        os.unlink(name, dir_fd=folder)


def give(source: int, name: str, folder: int, new: str, reservation: bytes = b"") -> bool:
    """Whether the file at `name` now stands at `new` and there only; False: `new` is somebody's, nothing was touched.

    Overwrites nothing, whoever comes in between: a hard link takes a free name or fails. Where there are no links (FAT,
    some shares, files of other owners) the name is first reserved by a small file that contains `reservation`, by which
    the same caller knows it again after a crash; an empty reservation is not known again.

    Raises:
        OSError: neither could be done; the file still stands at `name`.
    """
    try:
        os.link(name, new, src_dir_fd=source, dst_dir_fd=folder, follow_symlinks=False)
    except FileExistsError:
        if not is_reserved(folder, new, reservation):
            return False
    except OSError as error:
        if error.errno not in _CANNOT_LINK:
            raise
        if not is_reserved(folder, new, reservation) and not _reserve(source, name, folder, new, reservation):
            return False
    else:
        sync(folder)
        os.unlink(name, dir_fd=source)
        sync(source)
        return True
    os.rename(name, new, src_dir_fd=source, dst_dir_fd=folder)
    sync(folder)
    sync(source)
    return True


def is_reserved(folder: int, name: str, reservation: bytes) -> bool:
    """Whether a name is held by this very reservation and nothing else."""
    standing = look(folder, name)
    if not reservation or standing is None or standing.st_size != len(reservation):
        return False
    return sha256_of(folder, name) == hashlib.sha256(reservation).hexdigest()


def _reserve(source: int, name: str, folder: int, new: str, reservation: bytes) -> bool:
    try:
        if stat.S_ISDIR(os.stat(name, dir_fd=source, follow_symlinks=False).st_mode):
            # Only an empty folder can be renamed over by a folder.
            os.mkdir(new, dir_fd=folder)
            return True
        held = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600, dir_fd=folder)
    except FileExistsError:
        return False
    try:
        if reservation:
            os.write(held, reservation)
    finally:
        os.close(held)
    return True


def _make(parent: int, name: str) -> None:
    pattern = os.fstat(parent)
    mode = stat.S_IMODE(pattern.st_mode)
    try:
        os.mkdir(name, mode, dir_fd=parent)
    except FileExistsError:
        return
    made = os.open(name, FOLDER, dir_fd=parent)
    try:
        # Whose group we are not in cannot be given; the folder then serves as it is.
        with suppress(OSError):
            os.fchown(made, -1, pattern.st_gid)
        with suppress(OSError):
            os.fchmod(made, mode)
        sync(made)
    finally:
        os.close(made)
    sync(parent)


def _enter(parent: int, name: str, folder: Path) -> int:
    if name == "..":
        raise NotAFileError(errno.ELOOP, "a path that climbs", str(folder))
    try:
        return os.open(name, FOLDER, dir_fd=parent)
    except OSError as error:
        if error.errno in {errno.ELOOP, errno.ENOTDIR}:
            raise NotAFileError(error.errno, "a link or a file stands where a folder should", str(folder)) from error
        raise
