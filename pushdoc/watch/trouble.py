"""What stands in a drop folder and is no document, and what keeps us from reading it: as phrases, told once."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_NO_RIGHT = frozenset({errno.EACCES, errno.EPERM})
_NO_FOLDER = frozenset({errno.ENOTDIR, errno.ELOOP})
# A mount whose server is gone, restarted or unreachable; EIO is also what a dying disk says.
_AWAY = frozenset({
    errno.EIO, errno.ENODEV, errno.ENXIO, errno.ENOTCONN, errno.ESTALE, errno.ETIMEDOUT, errno.EHOSTDOWN,
    errno.EHOSTUNREACH, errno.ECONNABORTED, errno.ECONNREFUSED, errno.ECONNRESET, errno.ENETUNREACH, errno.ENETDOWN,
    errno.ENOLINK, errno.ENONET, errno.EPIPE, errno.EREMOTEIO, errno.ESHUTDOWN,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Oddity:
    """One entry of a drop folder that is not taken though it is not to be ignored either, and why."""

    path: Path
    phrase: Phrase


class Told:
    """Remembers which oddities were already told, so that each is told once, and again only after it was away."""

    def __init__(self) -> None:
        self._known: dict[Path, frozenset[tuple[Path, str]]] = {}

    def new(self, folder: Path, oddities: Iterable[Oddity]) -> list[Oddity]:
        """Those that the folder's last look did not have."""
        before = self._known.get(folder, frozenset())
        seen = {(oddity.path, oddity.phrase.code): oddity for oddity in oddities}
        if seen:
            self._known[folder] = frozenset(seen)
        else:  # nothing is kept of the thousands of folders where all is well
            self._known.pop(folder, None)
        return [oddity for key, oddity in seen.items() if key not in before]


def trouble(path: Path, error: OSError) -> Phrase:
    """Why a path could not be read, in words that tell apart: no right, no folder, a share that is away."""
    name = errno.errorcode.get(error.errno or 0, "?")
    if error.errno in _NO_RIGHT:
        return Phrase("watch.no_right", {"path": str(path)})
    if error.errno in _NO_FOLDER:
        return Phrase("watch.not_a_folder", {"path": str(path)})
    code = "watch.away" if error.errno in _AWAY else "watch.unreadable"
    return Phrase(code, {"path": str(path), "error": name})


def unheard(reason: int, folders: Sequence[Path]) -> Phrase:
    """Why some folders could not be listened to and are left to regular looks, by the error's number."""
    match reason:
        case errno.ENOSPC:
            # Twice what is missing: other programs of the account watch too, and clients are added.
            enough = max(65536, _granted("max_user_watches") + 2 * len(folders))
            return Phrase("watch.watch_limit", {"count": len(folders), "enough": str(enough)})
        case errno.EMFILE:
            enough = max(1024, 2 * _granted("max_user_instances"))
            return Phrase("watch.instance_limit", {"count": len(folders), "enough": str(enough)})
    error = errno.errorcode.get(reason, "?")
    return Phrase("watch.unheard", {"count": len(folders), "error": error, "path": str(min(folders))})


def _granted(limit: str) -> int:
    try:
        return int(Path(f"/proc/sys/fs/inotify/{limit}").read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0


def unheard_by_reason(folders: Mapping[Path, OSError]) -> list[Phrase]:
    """Why some folders are not listened to, one phrase a reason."""
    reasons: dict[int, list[Path]] = {}
    for folder, error in folders.items():
        reasons.setdefault(error.errno or 0, []).append(folder)
    return [unheard(reason, several) for reason, several in sorted(reasons.items())]
