"""What is lost, and what is sent twice: a service that fails now and then, and a process that is killed on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks import corpus
from benchmarks.answers import Terms
from benchmarks.figures import OURS, Figure, Measure, Row
from benchmarks.ours import Ours
from benchmarks.yardsticks import NAIVE, XARGS, Errand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from benchmarks.figures import Bench
    from benchmarks.process import Program

_TERMS = Terms(failed=0.05, too_fast=0.02, reset=0.01, answer_s=0.02)
_WHAT = "5 % 503, 2 % 429, 1 % reset, killed twice"
_NEVER = Row(f"{_WHAT}: of 1,000 never sent", "", "0", places=0)
_TWICE = Row(f"{_WHAT}: of 1,000 sent twice", "", "0", places=0)
_TOOK = Row(f"{_WHAT}: until all of 1,000 are there", "s", places=0)
_DOCUMENTS = 1000
_PATIENCE_S = 900
_GIVEN_UP_S = 20


def trouble(bench: Bench) -> Iterator[Figure]:
    """Killed after a third and after two thirds, started again each time."""
    count = bench.documents(_DOCUMENTS)
    with bench.home() as home:
        ours = Ours(home, bench.stand)
        ours.begin(_TERMS)
        papers = corpus.write(ours.folders, corpus.sizes(count, seed=7))
        yield from _figures(bench, OURS, count, lambda: ours.running("run", "--log", "warning"), _PATIENCE_S)
    for yardstick in (NAIVE, XARGS):
        if yardstick.missing:
            yield Figure(_NEVER, yardstick.name, None, f"install {yardstick.missing}")
            continue
        with bench.home() as home:
            root = home / "root"
            root.mkdir()
            papers = corpus.write([root], corpus.sizes(count, seed=7))
            bench.stand.begin(_TERMS)
            errand = Errand(home, root, bench.stand, papers)
            yield from _figures(bench, yardstick.name, count, lambda: yardstick.at_work(errand), _GIVEN_UP_S)  # noqa: B023 -- called within this turn


def _figures(
    bench: Bench, subject: str, count: int, start: Callable[[], AbstractContextManager[Program]], patience: float
) -> Iterator[Figure]:
    for killed_at in (count // 3, 2 * count // 3):
        with start() as program:
            bench.stand.until(killed_at, patience)
            program.kill()
    with start() as program:
        came = bench.stand.until(count, patience)
        program.stop(60)
    seen = bench.stand.seen()
    yield Figure(_NEVER, subject, seen.never(range(1, count + 1)))
    yield Figure(_TWICE, subject, seen.twice)
    yield Figure(_TOOK, subject, seen.seconds if came else None, "" if came else "never")


MEASURES = (Measure("trouble", trouble, counts=True),)
