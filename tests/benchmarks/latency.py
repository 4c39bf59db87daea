"""How long a complete file that is moved in waits for its request to reach the server."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

from benchmarks import corpus
from benchmarks.figures import OURS, Figure, Measure, Row
from benchmarks.ours import Ours
from benchmarks.yardsticks import INOTIFYWAIT, NAIVE, Errand

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from benchmarks.figures import Bench

_SETTLE = "1s"
_MIDDLE = Row(f"complete file moved in → request, middle of 200 (settle {_SETTLE})", "ms", "≤ 20 where proved whole")
_LATE = Row("the same, the slowest but one in a hundred", "ms", "≤ 100 where proved whole")
_TWICE = Row("of these sent twice", "", "0", places=0)
_FILES = 200
_APART_S = 0.05
_PATIENCE_S = 60


def moved_in(bench: Bench) -> Iterator[Figure]:
    """Files moved in one by one, at uneven times."""
    count = bench.documents(_FILES)
    with bench.home() as home:
        ours = Ours(home, bench.stand, settle=_SETTLE)
        ours.begin()
        with ours.daemon():
            moved = _move(home, ours.folders, count)
            bench.stand.until(count, _PATIENCE_S)
        yield from _told(bench, OURS, moved)
    for yardstick in (INOTIFYWAIT, NAIVE):
        if yardstick.missing:
            yield Figure(_MIDDLE, yardstick.name, None, f"install {yardstick.missing}")
            continue
        with bench.home() as home:
            folder = home / "root" / "Client 001"
            folder.mkdir(parents=True)
            ours.begin()
            errand = Errand(home, folder.parent, bench.stand, ())
            with yardstick.at_work(errand) as program:
                if yardstick is NAIVE:
                    while not (errand.sent / ".ready").exists():
                        time.sleep(0.1)  # between two looks
                else:
                    program.until_said("Watches established", 30)
                moved = _move(home, [folder], count)
                bench.stand.until(count, _PATIENCE_S)
        yield from _told(bench, yardstick.name, moved)


def _move(home: Path, folders: Sequence[Path], count: int) -> dict[int, float]:
    """When each paper was moved in, by its number; a moment of the machine's monotonic clock."""
    apart = home / "apart"
    apart.mkdir()
    drawn = random.Random(4)  # noqa: S311 -- the same pauses each time
    moved = {}
    for paper in corpus.write([apart], corpus.sizes(count, seed=5)):
        target = folders[paper.number % len(folders)] / paper.path.name
        moved[paper.number] = time.monotonic()
        paper.path.rename(target)
        time.sleep(drawn.uniform(0.5, 1.5) * _APART_S)  # people do not drop in step
    return moved


def _told(bench: Bench, subject: str, moved: dict[int, float]) -> Iterator[Figure]:
    seen = bench.stand.seen()
    waits = sorted((seen.arrived[number][0] - at) * 1000 for number, at in moved.items() if number in seen.arrived)
    lost = len(moved) - len(waits)
    yield Figure(_MIDDLE, subject, waits[len(waits) // 2] if waits else None, f"{lost} never sent" if lost else "")
    yield Figure(_LATE, subject, waits[len(waits) * 99 // 100] if waits else None)
    yield Figure(_TWICE, subject, seen.twice)


MEASURES = (Measure("latency", moved_in),)
