"""What is wrong with a document's content, said to people: locked, cut short, without pages, not what its name says.

Only what is sure is called wrong. Whether it is sent all the same is the rule's word, not this room's.
"""

from __future__ import annotations

import io
import logging
import warnings
from importlib.util import find_spec
from typing import TYPE_CHECKING

from pushdoc.formats import pdf
from pushdoc.formats.ending import Ending
from pushdoc.formats.kind import Kind, kind_of, matches
from pushdoc.formats.whole import ending_of
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from pushdoc.formats.excerpt import Excerpt


def can_read_pdf() -> bool:
    """Whether the library is there that says if a PDF opens without a password (the extra `pdf`)."""
    try:
        return find_spec("pypdf") is not None
    except ValueError:
        return False


def mismatch(kind: Kind | None, name: str) -> Phrase | None:
    """How a file's name contradicts what the file is; None where it does not."""
    if matches(kind, name):
        return None
    named = name.rpartition(".")[2].strip().upper()
    if kind is None:
        return Phrase("formats.not_named_kind", {"named": named})
    return Phrase("formats.other_kind", {"kind": str(kind), "named": named})


def pdf_faults(excerpt: Excerpt, limit: int) -> Phrase | None:
    """What is surely wrong with a PDF, or None: nothing, or it cannot be judged, or it is no PDF at all.

    `formats.pdf_cut`: it ends before its end. `formats.pdf_locked`: it needs a password. `formats.pdf_without_pages`.
    And, where there is no knowing whether a password is needed (no library, or more than `limit` bytes, or an
    encryption that it cannot read), `formats.pdf_encrypted`, which alone is no reason to refuse: most such open.

    The library reads at most `limit` bytes and repairs nothing, which bounds its time; it is asked with warnings
    silenced for the whole process, so from one thread only.

    Raises:
        OSError: it cannot be read.
    """
    if kind_of(excerpt) is not Kind.PDF:
        return None
    if ending_of(excerpt) is Ending.OPEN:
        return Phrase("formats.pdf_cut")
    found = _asked(excerpt) if excerpt.size <= limit and can_read_pdf() else None
    if found is not None:
        return Phrase(found) if found else None
    return Phrase("formats.pdf_encrypted") if pdf.is_encrypted(excerpt) else None


def _asked(excerpt: Excerpt) -> str | None:
    """What the library finds wrong: a phrase's code, "" for nothing, None where it cannot judge."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            import pypdf  # noqa: PLC0415 -- an extra; and it takes time and memory that most runs need not spend

            # It warns of each small fault in its log, which would be ours; what it says there changes nothing here.
            logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)
            reader = pypdf.PdfReader(io.BufferedReader(_Paper(excerpt)), strict=True)
            if reader.is_encrypted and reader.decrypt("") is pypdf.PasswordType.NOT_DECRYPTED:
                return "formats.pdf_locked"
            pages = reader.root_object["/Pages"].get_object()
            if not isinstance(pages, pypdf.generic.DictionaryObject):
                return None
            without = pages.get("/Count") == 0 and not pages.get("/Kids")
        except Exception:  # noqa: BLE001 -- a damaged file makes it raise anything: then it cannot judge; nor where the disk is gone
            return None
    return "formats.pdf_without_pages" if without else ""


class _Paper(io.RawIOBase):
    """An excerpt as the file that the library wants; closing it closes nothing."""

    def __init__(self, excerpt: Excerpt) -> None:
        super().__init__()
        self._excerpt = excerpt
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._excerpt.size}[whence]
        if base + offset < 0:
            raise ValueError("before the beginning")
        self._at = base + offset
        return self._at

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # Buffer came with Python 3.12
        view = memoryview(buffer).cast("B")
        read = self._excerpt.at(self._at, len(view))
        view[: len(read)] = read
        self._at += len(read)
        return len(read)
