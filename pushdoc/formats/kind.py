"""What a file really is, by its first bytes and, for office documents, by the names of its parts."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from pushdoc.formats import compound, text, zipped
from pushdoc.formats.pdf import HEADER, MAGIC

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pushdoc.formats.excerpt import Excerpt

_HEAD = 4096


class Kind(StrEnum):
    """A format, by the name that people know in both languages."""

    PDF = "PDF"
    JPEG = "JPEG"
    PNG = "PNG"
    GIF = "GIF"
    WEBP = "WEBP"
    TIFF = "TIFF"
    HEIC = "HEIC"
    DOCX = "Word (docx)"
    XLSX = "Excel (xlsx)"
    PPTX = "PowerPoint (pptx)"
    ODT = "OpenDocument (odt)"
    ODS = "OpenDocument (ods)"
    ODP = "OpenDocument (odp)"
    ZIP = "ZIP"
    DOC = "Word (doc)"
    XLS = "Excel (xls)"
    PPT = "PowerPoint (ppt)"
    MSG = "Outlook (msg)"
    OLE = "OLE"
    XML = "XML"
    HTML = "HTML"
    RTF = "RTF"
    TEXT = "TXT"


_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (MAGIC, Kind.PDF),
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"GIF87a", Kind.GIF),
    (b"GIF89a", Kind.GIF),
    (b"II*\0", Kind.TIFF),
    (b"MM\0*", Kind.TIFF),
    (b"II+\0", Kind.TIFF),  # BigTIFF
    (b"MM\0+", Kind.TIFF),
    (b"PK\3\4", Kind.ZIP),
    (b"PK\5\6", Kind.ZIP),  # empty
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OLE),
    (b"{\\rtf", Kind.RTF),
)
_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_IN_OOXML = ((b"word/", Kind.DOCX), (b"xl/", Kind.XLSX), (b"ppt/", Kind.PPTX))
_IN_OLE = (
    ("WordDocument", Kind.DOC),
    ("Workbook", Kind.XLS),
    ("Book", Kind.XLS),
    ("PowerPoint Document", Kind.PPT),
    ("__properties_version1.0", Kind.MSG),
)
_OPEN_DOCUMENTS = (
    (b"application/vnd.oasis.opendocument.text", Kind.ODT),
    (b"application/vnd.oasis.opendocument.spreadsheet", Kind.ODS),
    (b"application/vnd.oasis.opendocument.presentation", Kind.ODP),
)

_WORD = {"docx", "docm", "dotx", "dotm"}
_EXCEL = {"xlsx", "xlsm", "xltx", "xltm", "xlsb"}
_POWERPOINT = {"pptx", "pptm", "potx", "potm", "ppsx", "ppsm"}
_OPEN = {"odt", "ott", "ods", "ots", "odp", "otp"}
_OLD = {"doc", "dot", "xls", "xlt", "xla", "ppt", "pps", "pot", "msg"}
_PLAIN = {"txt", "csv", "tsv", "tab", "asc", "log", "json", "eml", "ics", "vcf", "md", "ofx", "qif"}
_MARKED = {"xml", "xsd", "xsl", "xslt", "xbrl", "svg", "fodt", "fods", "fodp", "html", "htm", "xhtml"}
#: The endings, in lower case, that fit each format. The general ones (ZIP, OLE, text) fit all that are made of them:
#: which of them a file is may lie too deep in it to be found, and an ending must not be called wrong by mistake.
_ENDINGS: dict[Kind, set[str]] = {
    Kind.PDF: {"pdf", "ai"},
    Kind.JPEG: {"jpg", "jpeg", "jpe", "jfif", "jif"},
    Kind.PNG: {"png"},
    Kind.GIF: {"gif"},
    Kind.WEBP: {"webp"},
    Kind.TIFF: {"tif", "tiff"},
    Kind.HEIC: {"heic", "heif"},
    Kind.DOCX: _WORD | {"zip"},
    Kind.XLSX: _EXCEL | {"zip"},
    Kind.PPTX: _POWERPOINT | {"zip"},
    Kind.ODT: {"odt", "ott", "zip"},
    Kind.ODS: {"ods", "ots", "zip"},
    Kind.ODP: {"odp", "otp", "zip"},
    Kind.ZIP: {"zip"} | _WORD | _EXCEL | _POWERPOINT | _OPEN,
    Kind.DOC: {"doc", "dot"},
    Kind.XLS: {"xls", "xlt", "xla"},
    Kind.PPT: {"ppt", "pps", "pot"},
    Kind.MSG: {"msg"},
    # A document of Office 2007 and later that needs a password is an OLE file with the document encrypted in it.
    Kind.OLE: _OLD | _WORD | _EXCEL | _POWERPOINT,
    Kind.XML: _MARKED | _PLAIN,
    Kind.HTML: {"html", "htm", "xhtml", "xml", "mht", "mhtml"} | _PLAIN,
    Kind.RTF: {"rtf", "doc", "dot"},  # Word itself writes RTF under `.doc`
    Kind.TEXT: _PLAIN | _MARKED | {"mht", "mhtml"},
}
_KNOWN = frozenset[str]().union(*_ENDINGS.values())


def kind_of(excerpt: Excerpt) -> Kind | None:
    """What a file really is, whatever its name; None where it is nothing known, or empty.

    The first bytes decide, as they do for the programs that open it: a file cut short is still what it was to be.

    Raises:
        OSError: it cannot be read.
    """
    head = excerpt.head(_HEAD)
    kind = next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)
    match kind:
        case Kind.ZIP:
            return _zipped(excerpt)
        case Kind.OLE:
            return _first(_IN_OLE, compound.names(excerpt)) or kind
        case None:
            return _unmarked(head)
    return kind


def _unmarked(head: bytes) -> Kind | None:
    """What the first bytes are that bear no mark at their very beginning."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Kind.WEBP
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC:
        return Kind.HEIC
    beginning = text.beginning(head)
    if beginning is not None and text.is_xml(beginning):
        return Kind.XML
    if beginning is not None and text.is_html(beginning):
        return Kind.HTML
    if MAGIC in head[: HEADER + len(MAGIC)]:
        return Kind.PDF
    return Kind.TEXT if beginning else None


def _zipped(excerpt: Excerpt) -> Kind:
    said = zipped.mimetype(excerpt)
    for mimetype, kind in _OPEN_DOCUMENTS:
        if said.startswith(mimetype):
            return kind
    return next((kind for name in zipped.names(excerpt) for part, kind in _IN_OOXML if name.startswith(part)), Kind.ZIP)


def _first(kinds: Iterable[tuple[str, Kind]], names: list[str]) -> Kind | None:
    return next((kind for name, kind in kinds if name in names), None)


def matches(kind: Kind | None, name: str) -> bool:
    """Whether a file's name does not contradict what it is, whatever the case of its ending.

    A name without ending, or with one that belongs to no known format, contradicts nothing; a known ending on
    something that is no known format does, unless it is one of text: a text may have odd characters.
    """
    stem, dot, ending = name.rpartition(".")
    ending = ending.strip().lower()
    if not stem or not dot or ending not in _KNOWN:
        return True
    return ending in _ENDINGS[kind] if kind is not None else ending in _PLAIN | _MARKED
