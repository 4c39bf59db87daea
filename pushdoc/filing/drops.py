"""Drop folders made before anybody needs them: those of a client in one go, like the folder that they are made in.

Nothing is made durable: what a power cut takes is made again the next time.
"""

from __future__ import annotations

import errno
import os
import stat
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from pushdoc.way import FOLDER
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path, PurePosixPath

_BARRED = frozenset({errno.ELOOP, errno.ENOTDIR})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


class Stand(Enum):
    """How it stands with one drop folder."""

    THERE = "there"
    MISSING = "missing"
    MADE = "made"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Laid:
    """One drop folder by its path beneath the root; `trouble` says why it could not be found out, or made."""

    folder: PurePosixPath
    stand: Stand
    trouble: Phrase | None = None


def lay(root: Path, client: PurePosixPath, drops: Iterable[PurePosixPath], *, make: bool) -> Iterator[Laid]:
    """How it stands with a client's drop folders, given beneath the client's folder; with `make` the missing are made.

    A new folder gets mode, group and owner of the one it lies in, as far as our rights go; names that are there in
    another normalisation are used. No link beneath the root is followed, and the client's own folder is never made.

    Raises:
        OSError: the root itself cannot be entered.
    """
    above = os.open(root, FOLDER & ~os.O_NOFOLLOW)
    try:
        try:
            here, _ = _entered(above, client, make=False)
        except OSError as error:
            trouble = _trouble(error, "drops.no_client")
            yield from (Laid(client / drop, Stand.FAILED, trouble) for drop in drops)
            return
        try:
            for drop in drops:
                yield _laid(here, client, drop, make=make)
        finally:
            os.close(here)
    finally:
        os.close(above)


def _laid(here: int, client: PurePosixPath, drop: PurePosixPath, *, make: bool) -> Laid:
    try:
        held, made = _entered(here, drop, make=make)
    except FileNotFoundError as error:
        if make:  # somebody takes away what we make
            return Laid(client / drop, Stand.FAILED, _trouble(error, "drops.failed"))
        return Laid(client / drop, Stand.MISSING)
    except OSError as error:
        return Laid(client / drop, Stand.FAILED, _trouble(error, "drops.failed"))
    os.close(held)
    return Laid(client / drop, Stand.MADE if made else Stand.THERE)


def _entered(above: int, path: PurePosixPath, *, make: bool) -> tuple[int, bool]:
    """A descriptor of the folder at a path, and whether any of it was made."""
    held, made = os.dup(above), False
    try:
        for name in path.parts:
            inner = _there(held, name)
            if inner is None:
                inner, made = (_made if make else _none)(held, name), True
            os.close(held)
            held = inner
    except BaseException:
        os.close(held)
        raise
    return held, made


def _there(folder: int, name: str) -> int | None:
    if name == "..":
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), name)
    with suppress(FileNotFoundError):
        return os.open(name, FOLDER, dir_fd=folder)
    if not name.isascii():
        # macOS decomposes accents: « millésime » has two spellings on a share.
        wanted = unicodedata.normalize("NFC", name)
        for other in sorted(os.listdir(folder)):
            if unicodedata.normalize("NFC", other) == wanted:
                return os.open(other, FOLDER, dir_fd=folder)
    return None


def _made(folder: int, name: str) -> int:
    pattern = os.fstat(folder)
    with suppress(FileExistsError):  # another pushdoc was faster
        os.mkdir(name, stat.S_IMODE(pattern.st_mode), dir_fd=folder)
    made = os.open(name, FOLDER, dir_fd=folder)
    for owner in (pattern.st_uid, -1):
        try:
            os.fchown(made, owner, pattern.st_gid)
        except OSError:
            continue
        break
    # Setting an owner takes the set-group bit away, and the mode that `mkdir` gives depends on the umask.
    with suppress(OSError):
        os.fchmod(made, stat.S_IMODE(pattern.st_mode))
    return made


def _none(_folder: int, name: str) -> int:
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name)


def _trouble(error: OSError, missing: str) -> Phrase:
    if error.errno in _BARRED:
        return Phrase("drops.barred")
    if error.errno in _FORBIDDEN:
        return Phrase("drops.forbidden")
    if error.errno == errno.ENOENT:
        return Phrase(missing, {"error": os.strerror(errno.ENOENT)})
    return Phrase("drops.failed", {"error": error.strerror or type(error).__name__})
