"""OLE files, the little file systems that Word, Excel and Outlook write under their old endings: the names in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pushdoc.formats.excerpt import Excerpt

_SECTORS = 16
_ENTRY = 128
_IN_HEADER = 109


def names(excerpt: Excerpt) -> list[str]:
    """The names of the first streams, up to 64 or, with large sectors, 512; fewer where the file is damaged.

    Source: [MS-CFB] 2.2 (header), 2.3 (sectors), 2.6 (directory).
    """
    header = excerpt.head(512)
    shift = int.from_bytes(header[30:32], "little")
    if len(header) < 512 or shift not in {9, 12}:
        return []
    found = []
    sector = _number(header, 48)
    for _ in range(_SECTORS):
        entries = excerpt.at((sector + 1) << shift, 1 << shift)
        for at in range(0, len(entries), _ENTRY):
            length = int.from_bytes(entries[at + 64 : at + 66], "little")
            if 2 < length <= 64:
                found.append(entries[at : at + length - 2].decode("utf-16-le", "replace"))
        table, place = divmod(sector, (1 << shift) // 4)
        if not entries or table >= _IN_HEADER:
            break
        # Which sector comes next stands in a table, the table's own place in the header. A number that means "the
        # last one" leads behind the end of the file, where there is nothing.
        sector = _number(excerpt.at(((_number(header, 76 + 4 * table) + 1) << shift) + 4 * place, 4), 0)
    return found


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4].ljust(4, b"\xff"), "little")
