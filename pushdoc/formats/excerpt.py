"""Parts of a file, read where they are asked for: a format is recognised by its beginning and its end, never whole."""

from __future__ import annotations

import os

#: How much of a file's end is read for its format's own end, in bytes.
TAIL = 2048
#: What may follow a whole document: the padding of disks, tapes and faxes, and line ends.
PADDING = b"\0\t\n\f\r \x1a"
#: So much of the beginning and of the end is read at once: the most that any usual question asks for.
_AT_ONCE = 32_768


class Excerpt:
    """A file of `size` bytes behind a descriptor; where the descriptor stands does not matter and does not change.

    Its beginning and its end are read once, however many questions there are: a PDF is asked seven, and read twice.
    What was written after `size` was learnt is not seen; what was cut off since reads as missing.

    Raises, in each of its questions:
        OSError: the disk or the share does not answer, which says nothing of the document.
    """

    def __init__(self, descriptor: int, size: int) -> None:
        self._descriptor = descriptor
        self.size = size
        self._head = self._tail = b""
        self._tail_at = max(0, size - _AT_ONCE)

    def at(self, offset: int, length: int) -> bytes:
        """The bytes from `offset` on, fewer than `length` where the file ends before."""
        end = min(offset + length, self.size)
        if not 0 <= offset < end:
            return b""
        if end <= _AT_ONCE:
            self._head = self._head or self._read(0, min(_AT_ONCE, self.size))
            return self._head[offset:end]
        if offset >= self._tail_at:
            self._tail = self._tail or self._read(self._tail_at, self.size)
            return self._tail[offset - self._tail_at : end - self._tail_at]
        return self._read(offset, end)

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

    def _read(self, offset: int, end: int) -> bytes:
        parts = []
        while offset < end and (part := os.pread(self._descriptor, end - offset, offset)):
            parts.append(part)
            offset += len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)
