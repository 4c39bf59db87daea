"""What keeps a paper from being filed or marked, in words: nothing is lost, and it can be tried again."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pushdoc.original import NotAFileError
from pushdoc.words import Phrase, visible

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

_CODES = {
    "filing.full": (errno.ENOSPC, errno.EDQUOT),
    "filing.no_right": (errno.EACCES, errno.EPERM),
    "filing.read_only": (errno.EROFS,),
    "filing.missing": (errno.ENOENT,),
    "filing.in_use": (errno.EBUSY, errno.ETXTBSY),
    "filing.name_refused": (errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ),
    "filing.no_attributes": (errno.ENOTSUP,),
    "filing.unreachable": (
        errno.EIO,
        errno.ESTALE,
        errno.ENODEV,
        errno.ENXIO,
        errno.ENOTCONN,
        errno.ETIMEDOUT,
        errno.EHOSTDOWN,
        errno.EHOSTUNREACH,
        errno.ENETUNREACH,
        errno.ECONNREFUSED,
        errno.ECONNRESET,
        errno.EREMOTEIO,
    ),
}
_CODE_OF = {number: code for code, numbers in _CODES.items() for number in numbers}


@dataclass(frozen=True, slots=True)
class Obstructed:
    """It could not be done now; everything is where it was, or where the next try finds it."""

    reason: Phrase


class ObstacleError(Exception):
    """A step that met an obstacle, on its way to the caller who tells of it as a value."""

    def __init__(self, obstructed: Obstructed) -> None:
        super().__init__(obstructed.reason.code)
        self.obstructed = obstructed


def obstructed(error: OSError, folder: Path) -> Obstructed:
    """The obstacle that an error of the system in a folder stands for."""
    if isinstance(error, NotAFileError):
        return about("filing.link_in_the_way", folder)
    if error.errno in _CODE_OF:
        return about(_CODE_OF[error.errno], folder)
    return about("filing.failed", folder, what=os.strerror(error.errno) if error.errno else str(error))


def about(code: str, folder: Path, **values: str) -> Obstructed:
    """An obstacle by its phrase; the folder is shown so that every ledger can keep the phrase."""
    return Obstructed(Phrase(code, {"folder": visible(str(folder)), **values}))


class Within:
    """Errors of the system met in here become obstacles in this folder.

    Raises:
        ObstacleError: one was met.
    """

    __slots__ = ("_folder",)

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> None:
        return

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, OSError):
            raise ObstacleError(obstructed(error, self._folder)) from error
