"""ZIP files and the office documents that are ZIP files: their directory, which stands at their end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pushdoc.formats.ending import Ending
from pushdoc.formats.excerpt import PADDING, TAIL

if TYPE_CHECKING:
    from pushdoc.formats.excerpt import Excerpt

_END = b"PK\5\6"
_END_LENGTH = 22
_COMMENT = 65_535
_END_64 = b"PK\6\6"
_LOCATOR_64 = b"PK\6\7"
_ENTRY = b"PK\1\2"
_ENTRY_LENGTH = 46
_NAMES = 16_384
_HEAD = 4096
# A part's own header: its name's length and its name; what is between the two is not needed.
_PART = re.compile(rb"PK\x03\x04.{22}(..)..", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Directory:
    """Where a ZIP's directory lies, in bytes."""

    offset: int
    size: int


def zip_ending(excerpt: Excerpt) -> Ending:
    """Whether the directory is there, where the file's end says, and nothing but padding follows it."""
    end, found = _end(excerpt)
    if not found:
        return Ending.OPEN
    directory = _directory(excerpt, end, found)
    if directory is None:
        return Ending.UNKNOWN  # of a ZIP within this one, perhaps
    length = _END_LENGTH + int.from_bytes(found[20:22], "little")  # with the comment
    if len(found) < length:
        return Ending.OPEN
    return Ending.UNKNOWN if found[length:].strip(PADDING) else Ending.COMPLETE


def names(excerpt: Excerpt) -> list[bytes]:
    """The names of the first parts, some hundreds; fewer where the directory is missing."""
    end, found = _end(excerpt)
    directory = _directory(excerpt, end, found) if found else None
    if directory is None:
        head = excerpt.head(_HEAD)
        return [head[part.end() :][: int.from_bytes(part[1], "little")] for part in _PART.finditer(head)]
    listed, rest = [], excerpt.at(directory.offset, min(directory.size, _NAMES))
    while rest.startswith(_ENTRY) and len(rest) >= _ENTRY_LENGTH:
        name, extra, comment = (int.from_bytes(rest[at : at + 2], "little") for at in (28, 30, 32))
        listed.append(rest[_ENTRY_LENGTH:][:name])
        rest = rest[_ENTRY_LENGTH + name + extra + comment :]
    return listed


def mimetype(excerpt: Excerpt) -> bytes:
    """What an OpenDocument says of itself in its first part, which is stored as it is; empty for other ZIP files."""
    head = excerpt.head(200)
    name = 30 + int.from_bytes(head[26:28], "little")
    return head[name + int.from_bytes(head[28:30], "little") :] if head[30:name] == b"mimetype" else b""


def _end(excerpt: Excerpt) -> tuple[int, bytes]:
    """Where the end of the directory stands, and all bytes from there on; empty where there is none."""
    # A long comment is rare: the short tail goes first.
    for length in (TAIL, _END_LENGTH + _COMMENT):
        tail = excerpt.tail(length)
        at = tail.rfind(_END)
        if at >= 0:
            return excerpt.size - len(tail) + at, tail[at:]
    return 0, b""


def _directory(excerpt: Excerpt, end: int, found: bytes) -> _Directory | None:
    """The directory that lies directly before its end, as both say of it."""
    if len(found) < _END_LENGTH:
        return None
    size, offset = int.from_bytes(found[12:16], "little"), int.from_bytes(found[16:20], "little")
    locator = excerpt.at(end - 20, 20)
    if locator.startswith(_LOCATOR_64):
        end = int.from_bytes(locator[8:16], "little")
        record = excerpt.at(end, 56)
        if len(record) < 56 or not record.startswith(_END_64):
            return None
        size, offset = int.from_bytes(record[40:48], "little"), int.from_bytes(record[48:56], "little")
    if offset + size != end or not (size == 0 or excerpt.at(offset, 4) == _ENTRY):
        return None
    return _Directory(offset, size)
