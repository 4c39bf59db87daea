"""How it stands with folders: what is there, and what we may do in it. Asked for here, or by a scout on a share.

Nothing is opened and nothing written; beneath the root no link is followed.
"""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pushdoc.watch import spelt
from pushdoc.watch.trouble import trouble

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path, PurePosixPath

    from pushdoc.words import Phrase


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a folder or, where it is missing, of the `nearest` one above it that is there.

    `listed` is whether we may list and enter it, `changed` whether names in it may be made, renamed and taken away;
    `kept` whether of all files only our own may be taken away. `trouble` says why nothing is known.
    """

    nearest: Path
    there: bool = False
    device: int = 0
    inode: int = 0
    listed: bool = False
    changed: bool = False
    read_only: bool = False
    kept: bool = False
    trouble: Phrase | None = None


@dataclass(frozen=True, slots=True)
class StandingErrand:
    """How it stands with folders beneath a root, given by their paths from there; the answers in the same order."""

    root: Path
    folders: tuple[PurePosixPath, ...]

    def run(self, step: Callable[[], None]) -> tuple[Standing, ...]:
        """Ask."""
        step()
        known: dict[Path, Standing | None] = {}
        told = []
        for folder in spelt(self.root, self.folders, step):
            step()
            told.append(_standing(self.root, folder, known))
        return tuple(told)


def _standing(root: Path, folder: Path, known: dict[Path, Standing | None]) -> Standing:
    """`known` holds what was found of each folder on the way: a client's folders share most of theirs."""
    ahead = [folder, *folder.parents]
    ahead = ahead[: ahead.index(root) + 1]
    above: Standing | None = None
    for path in reversed(ahead):
        if path not in known:
            known[path] = _seen(path, link=path == root)
        found = known[path]
        if found is None:
            assert above is not None  # of the root, there is always something to say
            return replace(above, there=False)
        if found.trouble is not None:
            return found
        above = found
    assert above is not None
    return above


def _seen(path: Path, *, link: bool) -> Standing | None:
    """What is known of one folder; None where it is missing. With `link` it may be one."""
    try:
        status = path.stat(follow_symlinks=link)
        if not stat.S_ISDIR(status.st_mode):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        changed = os.access(path, os.W_OK | os.X_OK)
        return Standing(
            path,
            there=True,
            device=status.st_dev,
            inode=status.st_ino,
            listed=os.access(path, os.R_OK | os.X_OK),
            changed=changed,
            read_only=not changed and bool(os.statvfs(path).f_flag & os.ST_RDONLY),
            kept=bool(status.st_mode & stat.S_ISVTX) and os.geteuid() not in {0, status.st_uid},
        )
    except FileNotFoundError as error:
        return Standing(path, trouble=trouble(path, error)) if link else None
    except OSError as error:
        return Standing(path, trouble=trouble(path, error))
