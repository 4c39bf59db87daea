"""How much memory a large backlog takes: mostly small papers, and one of 25 MB in every thousand."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from benchmarks import corpus
from benchmarks.figures import OURS, Figure, Measure, Row
from benchmarks.ours import Ours
from benchmarks.yardsticks import CURL, NAIVE, Errand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.figures import Bench

_SMALL = 2_000
_PATIENCE_S = 3600
_MB = 1_000_000


def at(bench: Bench, backlog: int) -> Iterator[Figure]:
    """The most memory that was held while a backlog went out."""
    row = Row(f"memory at its peak, backlog of {backlog:,}", "MB", "≤ 64, flat", places=0)
    count = bench.documents(backlog)
    with bench.home() as home:
        ours = Ours(home, bench.stand)
        ours.begin()
        papers = corpus.write(ours.folders, _sizes(count))
        for yardstick in (CURL, NAIVE):
            apart = home / yardstick.name
            apart.mkdir()
            if yardstick is NAIVE:  # moves what it has sent, and so comes last
                with ours.daemon() as (program, _):
                    bench.stand.until(count, _PATIENCE_S)
                    used = program.stop()
                yield Figure(row, OURS, used.peak / _MB)
                papers = corpus.write(ours.folders, _sizes(count))
            ours.begin()
            with yardstick.at_work(Errand(apart, ours.root, bench.stand, papers)) as program:
                if not yardstick.lasting:
                    program.wait(_PATIENCE_S)
                bench.stand.until(count, _PATIENCE_S)
                used = program.stop()
            yield Figure(row, yardstick.name, used.peak / _MB)


def _sizes(count: int) -> Iterator[int]:
    every = min(1000, count)
    return (corpus.LARGEST - 1000 if number % every == every // 2 else _SMALL for number in range(count))


MEASURES = (
    Measure("memory", partial(at, backlog=10_000)),
    Measure("memory-100000", partial(at, backlog=100_000), usual=False),
)
