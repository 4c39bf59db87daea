"""Where pictures end: JPEG, PNG, GIF, WEBP, HEIC. TIFF has no end: its parts lie in any order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pushdoc.formats.ending import Ending, fixed_end
from pushdoc.formats.excerpt import PADDING, TAIL

if TYPE_CHECKING:
    from pushdoc.formats.excerpt import Excerpt

_JPEG_HEAD = 32_768
_SEGMENTS = 256
_BOXES = 64
# A file of several pictures, or with a film behind the picture (phones): the first one's end is not the file's.
_MORE_BEHIND = (b"MPF\0", b"MotionPhoto", b"MicroVideo")
# What cannot stand within a JPEG's compressed data, where 0xFF is followed by 0, a restart or another part's marker.
_FOREIGN = re.compile(rb"\xff[^\x00\xff\xc4\xd0-\xd7\xda\xdb\xdd\xfe]")
_PNG_END = b"\0\0\0\0IEND\xaeB\x60\x82"
_GIF_END = b"\0;"


def jpeg_ending(excerpt: Excerpt) -> Ending:
    """Whether the end-of-image marker closes the file, behind the picture itself and not behind its thumbnail."""
    picture = _picture(excerpt)
    if isinstance(picture, Ending):
        return picture
    head = excerpt.head(_JPEG_HEAD)
    if any(sign in head for sign in _MORE_BEHIND):
        return Ending.UNKNOWN
    start = max(picture, excerpt.size - TAIL)
    data = excerpt.at(start, TAIL).rstrip(PADDING + b"\xff")
    if data.endswith(b"\xff\xd9"):
        return Ending.COMPLETE
    return Ending.UNKNOWN if _FOREIGN.search(data) else Ending.OPEN


def _picture(excerpt: Excerpt) -> int | Ending:
    """Where the picture's data begins, behind the headers; or what can be said where they do not lead to it."""
    offset = 2
    for _ in range(_SEGMENTS):
        marker = excerpt.at(offset, 4)
        if len(marker) < 4:
            return Ending.OPEN
        if marker[0] != 0xFF:
            return Ending.UNKNOWN
        if marker[1] == 0xDA:
            return offset
        # 0xFF before a marker is filling.
        offset += 1 if marker[1] == 0xFF else 2 + int.from_bytes(marker[2:4], "big")
    return Ending.UNKNOWN


def png_ending(excerpt: Excerpt) -> Ending:
    """Whether the last chunk closes the file."""
    return fixed_end(excerpt, _PNG_END)


def gif_ending(excerpt: Excerpt) -> Ending:
    """Whether the trailer closes the file; the end of a picture's data goes before it."""
    return fixed_end(excerpt, _GIF_END)


def webp_ending(excerpt: Excerpt) -> Ending:
    """Whether the file is as long as its first bytes say."""
    declared = int.from_bytes(excerpt.at(4, 4), "little") + 8
    if excerpt.size < declared:
        return Ending.OPEN
    # Too short for a picture: a length that is filled in last.
    return Ending.COMPLETE if excerpt.size == declared and declared > 20 else Ending.UNKNOWN


def heic_ending(excerpt: Excerpt) -> Ending:
    """Whether the boxes that the file is made of fill it exactly, description and picture among them."""
    offset, seen = 0, set()
    for _ in range(_BOXES):
        box = excerpt.at(offset, 16)
        length, kind = int.from_bytes(box[:4], "big"), box[4:8]
        if length == 1:
            length = int.from_bytes(box[8:16], "big")
        if len(box) < 8 or offset + length > excerpt.size:
            return Ending.OPEN
        if length < 8:  # 0 is "to the end of the file", wherever that may be
            return Ending.UNKNOWN
        seen.add(kind)
        offset += length
        if offset == excerpt.size:
            return Ending.COMPLETE if {b"meta", b"mdat"} <= seen else Ending.UNKNOWN
    return Ending.UNKNOWN
