"""A CSV file as other programs write it, as text and rows: encoding, delimiter, quotes, line numbers.

What the columns mean is `table`'s business.
"""

from __future__ import annotations

import codecs
import csv
import io
import stat
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from pushdoc.errors import Problem, ProblemsError
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

DELIMITERS = ";,\t"

# Zip (xlsx, ods) and OLE (xls): people save the workbook instead of exporting it.
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


class Row(NamedTuple):
    """One row and the physical line it starts on, from 1; `fields` is None where its quotes do not close."""

    line: int
    fields: list[str] | None

    @property
    def blank(self) -> bool:
        """Whether it holds nothing but blanks and delimiters."""
        return self.fields is not None and not "".join(self.fields).strip(f"{DELIMITERS} \u00a0\r\n")


def lines_of(path: Path) -> list[str]:
    r"""The file's lines with their ends, from UTF-8, UTF-16 with a mark, or else Windows-1252.

    Raises:
        ProblemsError: there is no such file, or it holds no text; one problem says which.
    """
    try:
        # Asked first: reading a pipe that stands there would wait for its writer.
        regular = stat.S_ISREG(path.stat().st_mode)
        content = path.read_bytes() if regular else b""
    except FileNotFoundError:
        raise _unusable(path, "absent") from None
    except PermissionError:
        raise _unusable(path, "forbidden") from None
    except OSError as error:
        raise ProblemsError(
            [Problem(path, Phrase("clients.table_unreadable", {"error": str(error.strerror)}))]
        ) from None
    if not regular:
        raise _unusable(path, "no_file")
    if content.startswith(_WORKBOOKS):
        raise _unusable(path, "workbook")
    text = _decoded(content)
    if text is None:
        raise _unusable(path, "binary")
    if not text.strip():
        raise _unusable(path, "empty")
    return list(io.StringIO(text, newline=""))


def rows(lines: Sequence[str], delimiter: str) -> Iterator[Row]:
    """All rows, blank ones too; after one whose quotes do not close, reading goes on at the next line."""
    start = 0
    while start < len(lines):
        reader = csv.reader(islice(lines, start, None), delimiter=delimiter, skipinitialspace=True, strict=True)
        at = start
        try:
            for fields in reader:
                yield Row(at + 1, fields)
                at = start + reader.line_num
        except csv.Error:
            yield Row(at + 1, None)
            start = at + 1
        else:
            return


def _decoded(content: bytes) -> str | None:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        # No text has a NUL; UTF-16 without its mark has one in every other byte.
        return None if "\0" in text else text
    return None


def _unusable(path: Path, what: str) -> ProblemsError:
    return ProblemsError([Problem(path, Phrase(f"clients.table_{what}"))])
