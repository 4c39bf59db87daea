"""Documents as a table for a spreadsheet that a French Excel opens by a double click."""

from __future__ import annotations

import csv
import io
from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_BYTE_ORDER_MARK = "\ufeff"
#: A spreadsheet takes a cell that begins with one of these for a formula, and runs it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_lines(documents: Iterator[Mapping[str, Any]]) -> Iterator[str]:
    """A line of heads, then one a document; semicolons between, a byte order mark before, and no cell is a formula."""
    first = next(documents, None)
    if first is None:
        return
    yield _BYTE_ORDER_MARK + _line(list(first))
    for document in chain([first], documents):
        yield _line(list(document.values()))


def _line(cells: list[Any]) -> str:
    line = io.StringIO()
    csv.writer(line, delimiter=";", lineterminator="").writerow(map(_cell, cells))
    return line.getvalue()


def _cell(value: Any) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
