"""MCF's export before anybody has said which of its columns is which: read whole, and guessed about.

How the export is read once its two columns are known is `clients.table`'s business.
"""

from __future__ import annotations

import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pushdoc.assistant.question import fold
from pushdoc.clients import folder as folders
from pushdoc.clients import siret as sirets
from pushdoc.clients.sheet import DELIMITERS, lines_of, rows
from pushdoc.errors import Problem, ProblemsError
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

#: A file that lies near is opened to see whether it is the export; more of them, or larger ones (bytes), are not.
_MOST_OPENED = 20
_LARGEST = 20_000_000
#: Titles that MCF and its users give to the two columns.
_FOLDER_TITLES = ("dossier", "chemin", "chemin du dossier", "dossier client", "client", "nom")
_SIRET_TITLES = ("siret", "n° siret", "no siret", "numero siret", "siret client")


@dataclass(frozen=True, slots=True)
class Export:
    """The cells of an export, each row as long as the titles."""

    path: Path
    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The titles by which a column can be named: neither empty nor borne by two."""
        folded = [fold(title) for title in self.titles]
        return tuple(title for title in self.titles if title and folded.count(fold(title)) == 1)

    def column(self, title: str) -> list[str]:
        """The cells of a column."""
        place = self.titles.index(title)
        return [row[place] for row in self.rows]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many cells of a column are filled, and how many hold a valid SIRET."""

    title: str
    filled: int
    valid: int


def read_export(path: Path) -> Export:
    """All rows of an export whose quotes close.

    Raises:
        ProblemsError: there is no such file, it is no table, or it has no rows.
    """
    lines = lines_of(path)
    readings = []
    for delimiter in DELIMITERS:
        read = [row.fields for row in rows(lines, delimiter) if row.fields is not None and not row.blank]
        readings.append(read)
    titles, *told = max(readings, key=lambda read: len(read[0]) if read else 0) or [[]]
    if not told:
        raise ProblemsError([Problem(path, Phrase("clients.table_no_rows"))])
    width = len(titles)
    padded = (tuple(cells[:width]) + ("",) * (width - len(cells)) for cells in told)
    return Export(path, tuple(title.strip() for title in titles), tuple(padded))


def named(export: Export, title: str, beneath: Collection[str]) -> int:
    """How many of some folders a column names."""
    known = {folders.same(folder) for folder in beneath}
    return len(known & {folders.same(folders.clean(cell)) for cell in export.column(title)})


def folder_column(export: Export, beneath: Collection[str]) -> str | None:
    """The column that names most of the clients' folders; where none does, one that is called like it, or None."""
    counts = {title: named(export, title, beneath) for title in export.columns}
    best = max(counts, key=lambda title: counts[title], default=None)
    if best is not None and counts[best]:
        return best
    return _called(export, _FOLDER_TITLES)


def siret_columns(export: Export) -> list[Tally]:
    """Every column with its valid SIRETs, the likely one first; of two that hold as many, the one called so."""
    likely = _called(export, _SIRET_TITLES)
    tallies = [_tally(export, title) for title in export.columns]
    return sorted(tallies, key=lambda tally: (-tally.valid, tally.title != likely))


def nearby(places: Iterable[Path]) -> list[Path]:
    """The CSV files in some folders that may be an export, in the order of the folders."""
    found: dict[Path, None] = {}
    for place in places:
        try:
            files = sorted(file for file in place.iterdir() if file.suffix.lower() == ".csv")
            fit = [file for file in files if stat.S_ISREG((seen := file.stat()).st_mode) and seen.st_size <= _LARGEST]
        except OSError:
            continue
        found |= dict.fromkeys(fit)
    return list(found)[:_MOST_OPENED]


def likely_export(files: Iterable[Path], beneath: Collection[str]) -> Export | None:
    """The export among some files that names most of the clients' folders; None where none names any."""
    best: tuple[int, Export | None] = (0, None)
    for file in files:
        try:
            export = read_export(file)
        except ProblemsError:
            continue
        column = folder_column(export, beneath)
        count = named(export, column, beneath) if column else 0
        best = max(best, (count, export), key=lambda one: one[0])
    return best[1]


def _tally(export: Export, title: str) -> Tally:
    cells = [sirets.clean(cell) for cell in export.column(title)]
    return Tally(title, sum(map(bool, cells)), sum(len(cell) == 14 and sirets.fault(cell) is None for cell in cells))


def _called(export: Export, titles: Iterable[str]) -> str | None:
    known = {fold(title): title for title in export.columns}
    return next((known[title] for title in titles if title in known), None)
