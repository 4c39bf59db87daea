"""How fast a backlog goes out, and what that costs the processor."""

from __future__ import annotations

import shutil
from functools import partial
from typing import TYPE_CHECKING

from benchmarks import corpus
from benchmarks.answers import Terms
from benchmarks.figures import OURS, Figure, Measure, Row
from benchmarks.ours import Ours
from benchmarks.slow_disk import slow_disk
from benchmarks.yardsticks import ALL, CURL, NAIVE, XARGS, Errand

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from benchmarks.figures import Bench
    from benchmarks.process import Used
    from benchmarks.yardsticks import Yardstick

_AT_ONCE = Row("backlog of 1,000, answers at once, 8 in parallel", "docs/s", "≥ the naive script", more=True, places=0)
_CPU = Row("CPU per 1,000 documents", "s", "≤ 1.8", places=2)
_DELAYED = Row("the same at 150 ms per answer (bound 53.3)", "docs/s", "≥ 51.5", more=True)
_WIDE = Row("the same at 150 ms, 32 in parallel (bound 213)", "docs/s", "≥ 190", more=True)
_SLOW_DISK = Row("150 ms per answer, 10 ms added to every fsync", "docs/s", "≥ 48", more=True)
_DOCUMENTS = 1000
_PATIENCE_S = 600
_FSYNC_MS = 10


def at_once(bench: Bench) -> Iterator[Figure]:
    """The backlog against a server that answers at once: the rate, and the processor's time."""
    yield from _run(bench, Terms(), _AT_ONCE, ALL, cpu=True)


def delayed(bench: Bench, row: Row, parallel: int, yardsticks: Sequence[Yardstick]) -> Iterator[Figure]:
    """The backlog against a server that answers after 150 ms."""
    yield from _run(bench, Terms(answer_s=0.15), row, yardsticks, parallel=parallel)


def on_a_slow_disk(bench: Bench) -> Iterator[Figure]:
    """The backlog with a slow disk beneath; the yardsticks sync nothing, so they are left out."""
    yield from _run(bench, Terms(answer_s=0.15), _SLOW_DISK, (), fsync_ms=_FSYNC_MS)


def _run(
    bench: Bench,
    terms: Terms,
    row: Row,
    yardsticks: Sequence[Yardstick],
    *,
    parallel: int = 8,
    fsync_ms: int = 0,
    cpu: bool = False,
) -> Iterator[Figure]:
    count = bench.documents(_DOCUMENTS)
    with bench.home() as home:
        ours = Ours(home, bench.stand, parallel=str(parallel))
        corpus.write(ours.folders, corpus.sizes(count, seed=4))
        ours.begin(terms)
        environment = slow_disk(home, fsync_ms) if fsync_ms else None
        with ours.running("once", "--wait", environment=environment) as program:
            used = program.wait(_PATIENCE_S)
        yield from _told(bench, row, OURS, count, used, cpu=cpu)
    for yardstick in yardsticks:
        if yardstick.missing:
            yield Figure(row, yardstick.name, None, f"install {yardstick.missing}")
            continue
        with bench.home() as home:
            used = _yardstick(bench, home, yardstick, terms, parallel)
        yield from _told(bench, row, yardstick.name, count, used, cpu=cpu)


def _yardstick(bench: Bench, home: Path, yardstick: Yardstick, terms: Terms, parallel: int) -> Used:
    """What a yardstick used to send the same papers."""
    count = bench.documents(_DOCUMENTS)
    root, apart = home / "clients", home / "apart"
    folders = [root / f"Client {number:03}" for number in range(1, 41)]
    for folder in (*folders, apart):
        folder.mkdir(parents=True)
    papers = corpus.write([apart] if yardstick.moved else folders, corpus.sizes(count, seed=4))
    bench.stand.begin(terms)
    with yardstick.at_work(Errand(home, root, bench.stand, papers, parallel)) as program:
        if yardstick.moved:
            program.until_said("Watches established", 30)
            for paper in papers:
                shutil.move(paper.path, folders[paper.number % len(folders)])
        if not yardstick.lasting:
            return program.wait(_PATIENCE_S)
        bench.stand.until(count, _PATIENCE_S)
        if not yardstick.moved:
            return program.stop()
        for number in range(100):  # the loop ends at the first; inotifywait finds out when it next has something to say
            (root / f"{number}.end").touch()
            if program.ended(0.2):
                break
        return program.wait(10)


def _told(bench: Bench, row: Row, subject: str, count: int, used: Used, *, cpu: bool) -> Iterator[Figure]:
    seen = bench.stand.seen()
    if lost := count - len(seen.kept):
        yield Figure(row, subject, None, f"{lost} never sent, exit code {used.code}")
        return
    yield Figure(row, subject, (count - 1) / seen.seconds)
    if cpu:
        yield Figure(_CPU, subject, used.cpu / count * 1000)


MEASURES = (
    Measure("backlog", at_once),
    Measure("answer-150", partial(delayed, row=_DELAYED, parallel=8, yardsticks=(CURL, NAIVE, XARGS))),
    Measure("answer-150-wide", partial(delayed, row=_WIDE, parallel=32, yardsticks=(CURL, NAIVE))),
    Measure("slow-disk", on_a_slow_disk),
)
