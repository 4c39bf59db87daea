"""MCF's export: one row a client folder, the columns found by their names; every fault with its line.

A missing or malformed SIRET is no fault of the table: `mapping` judges it.
"""

from __future__ import annotations

import difflib
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pushdoc.clients import folder as folders
from pushdoc.clients import siret
from pushdoc.clients.listing import Listing, once
from pushdoc.clients.sheet import DELIMITERS, Row, lines_of, rows
from pushdoc.document import Client
from pushdoc.errors import Problem, ProblemsError
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

_MOST_COLUMNS_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Table:
    """What a table says: its clients with their lines, and what is wrong in it.

    `fatal` where nothing of it can be used (no file, no such column, no row); else each problem is one row's, and the
    clients of the other rows stand.
    """

    listings: tuple[Listing, ...]
    problems: tuple[Problem, ...]
    fatal: bool = False

    @property
    def clients(self) -> tuple[Client, ...]:
        """The clients in the order of their rows."""
        return tuple(listing.client for listing in self.listings)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the two columns stand among how many."""

    folder: int
    siret: int
    count: int


def read_table(path: Path, folder_column: str, siret_column: str) -> Table:
    """The clients of an export, by the names of its two columns; capitals and accents of the names do not count.

    Other columns are not looked at. A client that stands in two rows is kept only where they agree on its SIRET.
    """
    try:
        lines = lines_of(path)
        delimiter, header = _header(path, lines, {_folded(folder_column), _folded(siret_column)})
        columns = _columns(path, header, folder_column, siret_column)
        told = _told(path, lines, delimiter, header)
    except ProblemsError as error:
        return Table((), error.problems, fatal=True)
    listings, problems = _listings(path, told, columns)
    kept, twice = once(listings)
    problems.extend(twice)
    return Table(tuple(kept), tuple(sorted(problems, key=lambda problem: problem.line or 0)))


def _header(path: Path, lines: Sequence[str], wanted: set[str]) -> tuple[str, Row]:
    """The delimiter under which the first row has most of the wanted columns, else most columns; and that row."""
    readings = []
    for delimiter in DELIMITERS:
        first = next((row for row in rows(lines, delimiter) if not row.blank), None)
        if first is None:
            raise ProblemsError([Problem(path, Phrase("clients.table_empty"))])
        titles = first.fields or []
        found = len(wanted & {_folded(title) for title in titles})
        readings.append((found, len(titles), delimiter, first))
    *_, delimiter, header = max(readings, key=lambda reading: reading[:2])
    return delimiter, header


def _columns(path: Path, header: Row, folder_column: str, siret_column: str) -> _Columns:
    if header.fields is None:
        raise ProblemsError([Problem(path, Phrase("clients.row_quotes"), header.line)])
    titles = [title.strip() for title in header.fields]
    places, problems = [], []
    for name in (folder_column, siret_column):
        match [place for place, title in enumerate(titles) if _folded(title) == _folded(name)]:
            case [place]:
                places.append(place)
            case []:
                problems.append(Problem(path, _missing(name, titles), header.line))
            case several:
                values = {"column": name, "places": [place + 1 for place in several]}
                problems.append(Problem(path, Phrase("clients.column_twice", values), header.line))
    if problems:
        raise ProblemsError(problems)
    return _Columns(places[0], places[1], len(titles))


def _missing(name: str, titles: Sequence[str]) -> Phrase:
    by_folded = {_folded(title): title for title in titles if title}
    values = {"column": name, "columns": list(by_folded.values())[:_MOST_COLUMNS_SHOWN]}
    if near := difflib.get_close_matches(_folded(name), by_folded, n=1):
        return Phrase("clients.column_misspelt", {**values, "nearest": by_folded[near[0]]})
    return Phrase("clients.column_missing", values)


def _told(path: Path, lines: Sequence[str], delimiter: str, header: Row) -> list[Row]:
    told = [row for row in rows(lines, delimiter) if row.line > header.line and not row.blank]
    if not told:
        raise ProblemsError([Problem(path, Phrase("clients.table_no_rows"), header.line)])
    return told


def _listings(path: Path, told: Iterable[Row], columns: _Columns) -> tuple[list[Listing], list[Problem]]:
    listings, problems = [], []
    for row in told:
        match _client(row, columns):
            case Client() as client:
                listings.append(Listing(client, path, row.line))
            case fault:
                problems.append(Problem(path, fault, row.line))
    return listings, problems


def _client(row: Row, columns: _Columns) -> Client | Phrase:
    fields = row.fields
    if fields is None:
        return Phrase("clients.row_quotes")
    counts = {"count": len(fields), "expected": columns.count}
    # Spreadsheets leave trailing empty fields out of some rows: only the two columns must be there.
    if len(fields) <= max(columns.folder, columns.siret):
        return Phrase("clients.row_short", counts)
    # An unquoted « Durand, Père » moves the rest to the right: "Durand" may be another client.
    if any(extra.strip() for extra in fields[columns.count :]):
        return Phrase("clients.row_long", counts)
    folder = folders.clean(fields[columns.folder])
    return folders.fault(folder) or Client(folder, siret.clean(fields[columns.siret]))


def _folded(title: str) -> str:
    """A column's name without what people do not mind: capitals, accents, blanks around."""
    plain = (char for char in unicodedata.normalize("NFKD", title) if not unicodedata.combining(char))
    return " ".join("".join(plain).casefold().split())
