"""Parts of a file, read where they are asked for: a format is recognised by its beginning and its end, never whole."""

from __future__ import annotations

import os
from dataclasses import dataclass

#: How much of a file's end is read for its format's own end, in bytes.
TAIL = 2048
#: What may follow a whole document: the padding of disks, tapes and faxes, and line ends.
PADDING = b"\0\t\n\f\r \x1a"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A file of `size` bytes behind a descriptor; where the descriptor stands does not matter and does not change.

    What was written after `size` was learnt is not seen; what was cut off since reads as missing.

    Raises, in each of its questions:
        OSError: the disk or the share does not answer, which says nothing of the document.
    """

    descriptor: int
    size: int

    def at(self, offset: int, length: int) -> bytes:
        """The bytes from `offset` on, fewer than `length` where the file ends before."""
        if not 0 <= offset < self.size:
            return b""
        left = min(length, self.size - offset)
        parts = []
        while left > 0 and (part := os.pread(self.descriptor, left, offset)):
            parts.append(part)
            offset += len(part)
            left -= len(part)
        return b"".join(parts)

    def head(self, length: int) -> bytes:
        """The first bytes."""
        return self.at(0, length)

    def tail(self, length: int) -> bytes:
        """The last bytes."""
        return self.at(max(0, self.size - length), length)

    def is_reserved(self) -> bool:
        """Whether the file ends in space that was reserved and is not written yet, which reads as NUL: 2 kB or more."""
        tail = self.tail(TAIL)
        return len(tail) == TAIL and not tail.strip(b"\0")
