"""PDF by its end: the last trailer, whether it ends the file, and whether it says that the document is encrypted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pushdoc.formats.ending import Ending
from pushdoc.formats.excerpt import PADDING, TAIL

if TYPE_CHECKING:
    from pushdoc.formats.excerpt import Excerpt

#: Where the first bytes of a PDF may stand: Acrobat looks for them so far, since printers put commands before them.
HEADER = 1024
MAGIC = b"%PDF-"

_FAR_TAIL = 32_768
_SECTION = 16_384
_END = b"%%EOF"
_START = re.compile(rb"startxref\s+(\d{1,19})(?!\d)")
_OBJECT = re.compile(rb"\b\d+\s+\d+\s+obj\b")
_TABLE_OR_STREAM = re.compile(rb"\s*(?:(xref)\b|\d+\s+\d+\s+obj\b)")
_LINEARIZED = re.compile(rb"<<(?:(?!>>).)*/Linearized\b(?:(?!>>).)*>>", re.DOTALL)
_LENGTH = re.compile(rb"/L\s+(\d{1,19})(?!\d)")
_NOTHING = re.compile(rb"/Count\s+0\b")
_ENCRYPT = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R\b|<<)")


def pdf_ending(excerpt: Excerpt) -> Ending:
    """Whether the last trailer closes the file and leads to the list of objects that it stands for.

    A file that says how long it is (linearized, "for fast web view") and is shorter is open, whatever its end.
    Padding may follow the end. Each page that a scanner adds as an update has such an end of its own.
    """
    head = excerpt.head(HEADER)
    before = max(0, head.find(MAGIC))
    linearized = _LINEARIZED.search(head) if b"/Linearized" in head else None
    length = _LENGTH.search(linearized[0]) if linearized else None
    if length and excerpt.size < before + int(length[1]):
        return Ending.OPEN
    tail = excerpt.tail(TAIL)
    body, found, behind = tail.rpartition(_END)
    if not found:
        return _without_end(excerpt)
    if _OBJECT.search(behind):
        return Ending.OPEN  # an update has begun
    starts = _START.findall(body)
    if behind.strip(PADDING) or not starts or _section(excerpt, int(starts[-1]), before) is None:
        return Ending.UNKNOWN
    return Ending.COMPLETE


def _without_end(excerpt: Excerpt) -> Ending:
    """What can be said where the file's last bytes bear no end: it is older, or was left out, or is still to come."""
    tail = excerpt.tail(_FAR_TAIL)
    _, found, behind = tail.rpartition(_END)
    if found and not _OBJECT.search(behind):
        return Ending.UNKNOWN  # something follows that is no PDF
    # Some programs leave out the very last line.
    return Ending.UNKNOWN if _START.search(tail[-TAIL:].rstrip(PADDING)[-64:]) else Ending.OPEN


def is_encrypted(excerpt: Excerpt) -> bool | None:
    """Whether the last trailer says that the document is encrypted; None where no trailer is found.

    Encrypted is not locked: many banks' statements open without a password and only forbid to change them.
    """
    trailer = _trailer(excerpt)
    return None if trailer is None else _ENCRYPT.search(trailer) is not None


def may_lack_pages(excerpt: Excerpt) -> bool:
    """Whether the first or the last 32 kB of a PDF count none of something: worth to ask `pdf_faults`, which knows.

    So most documents need not be opened by the library; one whose lists are compressed is not found without pages.

    Raises:
        OSError: it cannot be read.
    """
    return any(_NOTHING.search(part) for part in (excerpt.head(_FAR_TAIL), excerpt.tail(_FAR_TAIL)))


def _trailer(excerpt: Excerpt) -> bytes | None:
    """The dictionary of the last trailer, with some bytes around it; None where it is not found."""
    tail = excerpt.tail(TAIL)
    starts = list(_START.finditer(tail))
    if not starts:
        return None
    section = _section(excerpt, int(starts[-1][1]), max(0, excerpt.head(HEADER).find(MAGIC)))
    if section is None:
        return None
    if not section.lstrip().startswith(b"xref"):
        dictionary, found, _ = section.partition(b"stream")
        return dictionary if found else None
    _, found, dictionary = section.partition(b"trailer")
    if not found:  # the list of objects is longer than what was read: its trailer goes directly before the end
        _, found, dictionary = tail[: starts[-1].start()].rpartition(b"trailer")
    return dictionary.partition(b"startxref")[0] if found else None


def _section(excerpt: Excerpt, offset: int, before: int) -> bytes | None:
    """What stands where the file's end leads to: a list of objects, as a table or as a stream; None for anything else.

    Offsets count from the PDF's first byte, or from the file's where a program did not know better.
    """
    for place in dict.fromkeys((offset + before, offset)):
        section = excerpt.at(place, _SECTION)
        if _TABLE_OR_STREAM.match(section):
            return section
    return None
