"""Formats that are text: XML, HTML, RTF, and text of no format (CSV, mail)."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from pushdoc.formats.ending import Ending
from pushdoc.formats.excerpt import PADDING, TAIL

if TYPE_CHECKING:
    from pushdoc.formats.excerpt import Excerpt

_HEAD = 4096
# Control characters that no text has; tab, line ends, form feed, DOS' end of file and escapes are in some.
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x19\x1c-\x1f]")
_XML = re.compile(r"<\?xml\s|<[A-Za-z_][\w.:-]*\s[^<>]*\bxmlns\b")
_HTML = re.compile(r"(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
# The first element: neither a declaration nor a comment, with its name.
_ROOT = re.compile(r"<([A-Za-z_][\w.:-]*)")
_ASIDE = re.compile(r"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)", re.DOTALL)


def beginning(head: bytes) -> str | None:
    """A file's first bytes as text without a byte order mark; None where they are no text.

    UTF-16 is read where it says so by its mark; anything else by one byte a character: only ASCII is looked for.
    """
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = head.decode("utf-16", "replace")
    else:
        # Space that is reserved and not written yet reads as NUL.
        text = head.removeprefix(codecs.BOM_UTF8).rstrip(b"\0").decode("latin-1")
    return None if _NOT_TEXT.search(text) else text


def is_xml(text: str) -> bool:
    """Whether a text begins as XML: with its declaration, or with an element that names a namespace."""
    return _XML.match(text.lstrip()) is not None


def is_html(text: str) -> bool:
    """Whether a text begins as a web page."""
    return _HTML.match(text.lstrip()) is not None


def xml_ending(excerpt: Excerpt) -> Ending:
    """Whether the first element is closed at the very end; only for XML of one byte a character (UTF-8 and alike)."""
    head = beginning(excerpt.head(_HEAD))
    if head is None or excerpt.head(2) in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
        return Ending.UNKNOWN
    root = _ROOT.search(_ASIDE.sub("", head))
    tail = excerpt.tail(TAIL).rstrip(PADDING).decode("latin-1")
    if root is None or tail.endswith(("-->", "?>")):
        return Ending.UNKNOWN
    if re.search(rf"</{re.escape(root[1])}\s*>\Z", tail):
        return Ending.COMPLETE
    return Ending.UNKNOWN if tail.endswith("/>") else Ending.OPEN
