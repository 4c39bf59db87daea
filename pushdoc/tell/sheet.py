"""Documents as a table for a spreadsheet that a French Excel opens by a double click.

No cell is a formula, whatever a name begins with, and none becomes another value than the one that was meant: a
spreadsheet makes 8,1E+13 of a SIRET and the fourth of March of `4-3`.
"""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pushdoc.tell.sayer import Sayer
from pushdoc.words import moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pushdoc.tell.answers import Reader

_BYTE_ORDER_MARK = "\ufeff"
#: The columns from left to right: the keys of `answers.document`, what a person looks at first.
COLUMNS = (
    *("id", "state", "client", "name", "reason", "advice", "first_seen", "delivered", "next_attempt", "attempts"),
    *("rule", "type", "period", "siret", "destination", "dossier", "receipt", "remote_status"),
    *("duplicate_of", "duplicate_there", "size", "path", "archive_path", "filed", "sha256"),
)
#: Whose head has another word than its key; `….advice` would be one about a phrase.
_HEADS = {"advice": "todo"}
_MOMENTS = frozenset({"first_seen", "delivered", "next_attempt", "filed"})
#: A spreadsheet takes a cell that begins with one of these for a formula, and runs it; the wide forms are theirs, too.
_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r]")
#: Digits and what stands between them in numbers, dates and hours; an exponent.
_LIKE_A_VALUE = re.compile(r"\s*[0-9][0-9\s.,:/'\-]*(?:[eE][+\-]?[0-9]+)?\s*%?")
#: A number that comes out as it went in: from 12 digits on it would be shown as 8,1E+13, and a leading zero be lost.
_NUMBER = re.compile(r"0|[1-9][0-9]{0,10}")
_SIRET = re.compile(r"([0-9]{3})([0-9]{3})([0-9]{3})([0-9]{5})")


def csv_lines(documents: Iterable[Mapping[str, Any]], reader: Reader) -> Iterator[str]:
    r"""A line of heads in the reader's language, then one a document; semicolons between, a byte order mark before.

    Each ends in the `\r` of a line's end; whoever writes it adds the `\n`.
    """
    say_ = Sayer(reader)
    yield _BYTE_ORDER_MARK + _line([say_(f"tell.sheet.{_HEADS.get(name, name)}") for name in COLUMNS])
    for told in documents:
        yield _line([_cell(name, told, reader, say_) for name in COLUMNS])


def _line(cells: list[str]) -> str:
    line = io.StringIO()
    csv.writer(line, delimiter=";", lineterminator="\r").writerow(cells)
    return line.getvalue()


def _cell(name: str, told: Mapping[str, Any], reader: Reader, say_: Sayer) -> str:
    value = told[name]
    if value is None:
        return ""
    if isinstance(value, int):
        return str(value)
    if name == "state":
        return say_.state(told)
    if name in _MOMENTS:
        return moment(datetime.fromisoformat(value), reader.language)
    if name == "period":
        return str(value)  # 2026-11: a month to a spreadsheet, which it is
    if name == "siret" and (grouped := _SIRET.fullmatch(value)):
        return " ".join(grouped.groups())  # as it is written on paper, and text: no groups of a number are like that
    return _text(str(value))


def _text(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would make something else of it."""
    harmful = _FORMULA.match(text) or (_LIKE_A_VALUE.fullmatch(text) and not _NUMBER.fullmatch(text))
    return f"'{text}" if harmful else text
