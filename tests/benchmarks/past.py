"""Pushdoc with years behind it: a ledger of many documents, and as many files in the archives."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from benchmarks import corpus
from benchmarks.figures import OURS, Figure, Measure, Row
from benchmarks.ours import Ours
from benchmarks.process import running
from benchmarks.yardsticks import NAIVE, Errand

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benchmarks.figures import Bench

_FIRST = Row(
    "first document sent, ledger and archives of 100,000, 1,000 waiting", "s", "≤ 1 from the process's start", places=2
)
_STATUS = Row("`status` as a whole process, ledger of {:,}", "s", "≤ 0.25", places=3)
_PER_FOLDER = 500
_PATIENCE_S = 120
_TIMES = 5

#: What differs from one document to the next; all else is copied from the one that was really archived.
_OWN = {
    "id": "id + :step",
    "sha256": "lower(hex(randomblob(32)))",
    "sha1": "lower(hex(randomblob(20)))",
    "receipt": "'r' || (id + :step)",
    "reference": "'pushdoc-' || lower(hex(randomblob(12)))",
    "path": "CAST(path || (id + :step) AS BLOB)",
    "archive_path": "CAST(archive_path || (id + :step) AS BLOB)",
    "next_follow": "NULL",
}


def first_document(bench: Bench) -> Iterator[Figure]:
    """From the process's start to its first request, with years behind it and a thousand documents waiting."""
    past, waiting = bench.documents(100_000), bench.documents(1000)
    with bench.home() as home:
        ours = Ours(home, bench.stand)
        make_past(ours, past)
        for number in range(past):
            folder = (
                ours.folders[number % len(ours.folders)].parent / f"{number // _PER_FOLDER % 12 + 1:02}" / "Transmis"
            )
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"ancien {number:09}.pdf").touch()
        papers = corpus.write(ours.folders, corpus.sizes(waiting, seed=6), first=1000)
        ours.begin()
        with ours.running("run", "--log", "warning") as program:
            bench.stand.until(1, _PATIENCE_S)
            program.stop()
        yield Figure(_FIRST, OURS, (bench.stand.seen().first or 0.0) - program.started)
        left = [paper for paper in papers if paper.path.exists()]
        ours.begin()
        apart = home / "naive"
        apart.mkdir()
        with NAIVE.at_work(Errand(apart, ours.root, bench.stand, left)) as program:
            bench.stand.until(1, _PATIENCE_S)
            program.stop()
        yield Figure(_FIRST, NAIVE.name, (bench.stand.seen().first or 0.0) - program.started)


def status(bench: Bench, documents: int) -> Iterator[Figure]:
    """The whole of `pushdoc status`, and a bare count by SQLite beside it."""
    count = bench.documents(documents)
    row = Row(_STATUS.title.format(count), _STATUS.unit, _STATUS.aim, places=_STATUS.places)
    with bench.home() as home:
        ours = Ours(home, bench.stand)
        make_past(ours, count)
        for _ in range(_TIMES):
            with ours.running("status") as program:
                yield Figure(row, OURS, program.wait(_PATIENCE_S).seconds)
        asked = "SELECT state, count(*) FROM document GROUP BY state"
        bare = f"import sqlite3; print(sqlite3.connect({str(ours.firm.ledger)!r}).execute({asked!r}).fetchall())"
        for _ in range(_TIMES):
            with running([sys.executable, "-c", bare], home / "said") as program:
                yield Figure(row, "bare sqlite3", program.wait(_PATIENCE_S).seconds)


def make_past(ours: Ours, documents: int) -> None:
    """Fill the ledger: one document is really sent and archived, the others are made after it."""
    ours.begin()
    corpus.write(ours.folders[:1], corpus.sizes(1, seed=1), first=999_999_999)
    with ours.running("once", "--wait") as program:
        program.wait(_PATIENCE_S)
    _multiply(ours.firm.ledger, documents)


def _multiply(ledger: Path, documents: int) -> None:
    """Copy all rows of the ledger onto new numbers until there are so many documents, each with its history."""
    with closing(sqlite3.connect(ledger)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        columns = [name for _, name, *_ in connection.execute("PRAGMA table_info(document)")]
        events = [name for _, name, *_ in connection.execute("PRAGMA table_info(event)") if name != "id"]
        taken = [_OWN.get(name, name) for name in columns]
        copied = ["document + :step" if name == "document" else name for name in events]
        copies = [
            ("document", ", ".join(columns), ", ".join(taken), "id"),
            ("event", ", ".join(events), ", ".join(copied), "document"),
        ]
        while (step := connection.execute("SELECT max(id) FROM document").fetchone()[0]) < documents:
            for table, names, values, key in copies:
                copy = f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE {key} <= :most"
                connection.execute(copy, {"step": step, "most": documents - step})
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


MEASURES = (
    Measure("first-document", first_document),
    Measure("status", partial(status, documents=1_000_000), repeats=True),
)
