"""What pushdoc costs while nothing happens: five thousand watched folders, for a minute."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from benchmarks.figures import OURS, Figure, Measure, Row
from benchmarks.ours import Ours
from benchmarks.yardsticks import NAIVE, Errand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.figures import Bench
    from benchmarks.process import Program

_CPU = Row("5,000 watched folders idle: CPU between rescans", "% of a core", "≤ 0.1", places=2)
_MEMORY = Row("the same: memory", "MB", "≤ 50", places=0)
_READY = Row("the same: ready after", "s", "≤ 1", places=2)
_RESCAN = Row("the same: one rescan of them all", "s of CPU", "said", places=3)
_FOLDERS = 5000
_MINUTE_S = 60.0
_SETTLED_S = 8.0  # by then the first look, and the questions that come with a start, are over
_OFTEN_S = 5


def idle(bench: Bench) -> Iterator[Figure]:
    """Once with no rescan within the minute, once with many: the difference is what rescans cost."""
    folders, lasting = bench.documents(_FOLDERS), _MINUTE_S / 6 if bench.quick else _MINUTE_S
    with bench.home() as home:
        ours = Ours(home, bench.stand, clients=folders, rescan="1h")
        ours.begin()
        with ours.daemon() as (program, ready):
            used = _used(program, lasting)
            yield Figure(_CPU, OURS, 100 * used / lasting)
            yield Figure(_MEMORY, OURS, program.resident() / 1e6)
            yield Figure(_READY, OURS, ready)
            program.stop()
        rules = ours.firm.rules
        rules.write_text(rules.read_text().replace('rescan = "1h"', f'rescan = "{_OFTEN_S}s"'))
        with ours.daemon() as (program, _):
            often = _used(program, lasting)
            yield Figure(_RESCAN, OURS, max(0.0, often - used) / (lasting / _OFTEN_S))
            program.stop()
        apart = home / "naive"
        apart.mkdir()
        errand = Errand(apart, ours.root, bench.stand, ())
        with NAIVE.at_work(errand) as program:
            while not (errand.sent / ".ready").exists():
                time.sleep(0.01)  # between two looks
            yield Figure(_READY, NAIVE.name, time.monotonic() - program.started)
            yield Figure(_CPU, NAIVE.name, 100 * _used(program, lasting) / lasting)
            yield Figure(_MEMORY, NAIVE.name, program.resident() / 1e6)


def _used(program: Program, seconds: float) -> float:
    """Seconds of processor used within so many seconds, from when it has come to rest."""
    time.sleep(_SETTLED_S)
    before = program.cpu()
    time.sleep(seconds)
    return program.cpu() - before


MEASURES = (Measure("idle", idle),)
