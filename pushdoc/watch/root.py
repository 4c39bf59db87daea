"""Is the root still the disk or share that it was? Where it is not, nothing may be concluded from what lies there.

A share that is not mounted shows the folder beneath it: empty, or with somebody else's files. It bears no sign of
ours, and its device is another one, or it has emptied from one look to the next.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pushdoc.watch.ignore import ignored
from pushdoc.watch.trouble import trouble
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

#: A sign is a line of text; whatever is longer is none.
_SIGN_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Sight:
    """What was seen of the root: which folder it is, the content of its sign, whether there is nothing at all."""

    device: int = 0
    inode: int = 0
    sign: bytes | None = None
    empty: bool = True
    trouble: Phrase | None = None


def sight(root: Path, sign: str) -> Sight:
    """What is seen of the root now; `sign` is the name of the hidden file by which it is known."""
    try:
        status = root.stat()
        if not stat.S_ISDIR(status.st_mode):
            return Sight(trouble=Phrase("watch.not_a_folder", {"path": str(root)}))
        written = _read(root / sign)
        return Sight(status.st_dev, status.st_ino, written, written is None and _empty(root))
    except FileNotFoundError:
        return Sight(trouble=Phrase("watch.root_gone", {"path": str(root)}))
    except OSError as error:
        return Sight(trouble=trouble(root, error))


def _empty(root: Path) -> bool:
    with os.scandir(root) as listing:
        return all(ignored(entry.name) for entry in listing)


def _read(file: Path) -> bytes | None:
    """What stands in a small file; None where there is none.

    Raises:
        OSError: it cannot be known.
    """
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        return os.read(descriptor, _SIGN_BYTES)
    finally:
        os.close(descriptor)


class Presence:
    """Whether the root is there, and since when it is not.

    `ours` says whether a sign was written by this pushdoc; `known` whether documents of this root are known from
    earlier runs, so that an empty one without a sign is not the one they lie in.
    """

    def __init__(self, root: Path, ours: Callable[[bytes], bool], *, known: bool) -> None:
        self._root = root
        self._ours = ours
        self._known = known
        self._last: Sight | None = None
        self.away_since: datetime | None = None

    def trust(self) -> None:
        """Whoever's sign the root bears, it is the right one from now on: a person has said so."""
        self._ours = lambda _: True

    def see(self, seen: Sight, now: datetime) -> Phrase | None:
        """Why nothing may be concluded from the root as it was just seen; None where it is the one it was.

        A sign of ours is believed wherever it stands: a share that is mounted anew often has another device.
        """
        why = seen.trouble or self._stranger(seen)
        if why is None:
            self._last, self.away_since = seen, None
            return None
        self.away_since = self.away_since or now
        return Phrase(why.code, {**why.values, "since": self.away_since.isoformat()})

    def _stranger(self, seen: Sight) -> Phrase | None:
        if seen.sign is not None:
            return None if self._ours(seen.sign) else self._phrase("watch.root_of_others")
        if seen.empty and (self._known if self._last is None else not self._last.empty):
            return self._phrase("watch.root_empty")
        if self._last is not None and seen.device != self._last.device:
            return self._phrase("watch.root_changed")
        return None

    def _phrase(self, code: str) -> Phrase:
        return Phrase(code, {"path": str(self._root)})
