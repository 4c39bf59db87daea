"""What a measure brings home, and what it is given to work with."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.stand import Stand

OURS = "pushdoc"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: what is measured, in which unit, and what pushdoc aims at.

    `more` says that more is better; it decides which way round a ratio is told. `places` are those behind the point.
    """

    title: str
    unit: str
    aim: str = ""
    more: bool = False
    places: int = 1


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its row, whose it is, and the value in the row's unit; None says why there is none, in `note`."""

    row: Row
    subject: str
    value: float | None
    note: str = ""

    def __str__(self) -> str:
        value = "–" if self.value is None else f"{self.value:.{self.row.places}f}"
        return f"{self.row.title}: {self.subject}: {value} {self.row.unit} {self.note}".rstrip()


@dataclass(frozen=True, slots=True)
class Bench:
    """Where a measure works. `quick` asks for a fiftieth of the documents, to see that it works, not how fast it is."""

    folder: Path
    stand: Stand
    quick: bool = False

    def documents(self, count: int) -> int:
        """So many documents, or fewer where it is to be quick."""
        return max(20, count // 50) if self.quick else count

    @contextmanager
    def home(self) -> Iterator[Path]:
        """An empty folder, gone afterwards: what one run leaves on the disk must not weigh on the next."""
        home = Path(tempfile.mkdtemp(dir=self.folder))
        try:
            yield home
        finally:
            shutil.rmtree(home)


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure by its name on the command line; each call of `run` gives the figures of one run.

    `repeats` says that it repeats by itself what is quick, after a preparation that is slow: it is run once only.
    `counts` says that it counts what is lost, and that other work on the machine does not show in it.
    """

    name: str
    run: Callable[[Bench], Iterator[Figure]]
    usual: bool = True  # part of a run that names none
    repeats: bool = False
    counts: bool = False
