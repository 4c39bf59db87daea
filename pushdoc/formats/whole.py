"""Whether a file ends where its own format says that it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pushdoc.formats import images, zipped
from pushdoc.formats.ending import Ending
from pushdoc.formats.kind import Kind, kind_of
from pushdoc.formats.pdf import pdf_ending
from pushdoc.formats.text import xml_ending

if TYPE_CHECKING:
    from pushdoc.formats.excerpt import Excerpt

_ZIPPED = frozenset({Kind.ZIP, Kind.DOCX, Kind.XLSX, Kind.PPTX, Kind.ODT, Kind.ODS, Kind.ODP})
_WITH_END = _ZIPPED | {Kind.PDF, Kind.JPEG, Kind.PNG, Kind.GIF, Kind.WEBP, Kind.HEIC, Kind.XML}


class Nature(NamedTuple):
    """What a file is by its content, and what its format says of its end."""

    kind: Kind | None
    ending: Ending


def nature_of(excerpt: Excerpt) -> Nature:
    """What a file is (`kind_of`), and whether it ends (`ending_of`).

    Raises:
        OSError: it cannot be read.
    """
    kind = kind_of(excerpt)
    return Nature(kind, _ending(kind, excerpt))


def ending_of(excerpt: Excerpt) -> Ending:
    """What a file's format says of its end; for what COMPLETE does not promise, see `Ending`.

    TIFF, OLE, RTF and text have no end that proves anything: UNKNOWN. For the others, space that was reserved and is
    not written yet (2 kB or more of nothing but NUL) is OPEN. At most some 100 kB are read, however large the file is.

    Raises:
        OSError: it cannot be read.
    """
    return nature_of(excerpt).ending


def _ending(kind: Kind | None, excerpt: Excerpt) -> Ending:
    if kind in _WITH_END and excerpt.is_reserved():
        return Ending.OPEN
    match kind:
        case Kind.PDF:
            return pdf_ending(excerpt)
        case Kind.JPEG:
            return images.jpeg_ending(excerpt)
        case Kind.PNG:
            return images.png_ending(excerpt)
        case Kind.GIF:
            return images.gif_ending(excerpt)
        case Kind.WEBP:
            return images.webp_ending(excerpt)
        case Kind.HEIC:
            return images.heic_ending(excerpt)
        case _ if kind in _ZIPPED:
            return zipped.zip_ending(excerpt)
        case Kind.XML:
            return xml_ending(excerpt)
    return Ending.UNKNOWN
