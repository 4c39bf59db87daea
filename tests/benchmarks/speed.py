"""How fast pushdoc is, held against what else a firm might use: `python tests/benchmarks/speed.py`.

Pushdoc and the yardsticks run in turn, on the same tree, against the same server process; the table says medians. A run
takes an hour and some 10 GB of disk: `--quick` and `--measure` make it shorter.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import platform
import sys
import tempfile
from contextlib import contextmanager, nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).parents[1])  # as pytest does it; this folder's own modules have common names

from benchmarks import backlog, idle, latency, limits, memory, past, trouble
from benchmarks.figures import Bench
from benchmarks.stand import server
from benchmarks.table import table, write

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.figures import Figure, Measure

_ROOMS = (backlog, memory, latency, past, idle, trouble, limits)
MEASURES: dict[str, Measure] = {measure.name: measure for room in _ROOMS for measure in room.MEASURES}


def main(given: Sequence[str] | None = None) -> int:
    """Measure what was asked for and print the table; 1 where a program did not end, or never began to send."""
    options = _options(given)
    wanted = options.measure or [name for name, measure in MEASURES.items() if measure.usual]
    figures: list[Figure] = []
    failed = False
    with tempfile.TemporaryDirectory(dir=options.folder) as folder, server() as stand:
        bench = Bench(Path(folder), stand, quick=options.quick)
        for name in wanted:
            for turn in range(1, 2 if MEASURES[name].repeats else options.repeat + 1):
                free = options.lock is None or MEASURES[name].counts
                with nullcontext() if free else _alone(options.lock):
                    try:
                        for figure in MEASURES[name].run(bench):
                            figures.append(figure)
                            _say(f"{name} {turn}: {figure}", sys.stderr)
                    except TimeoutError as error:  # the other measures may still be had
                        failed = True
                        _say(f"{name} {turn}: {error}", sys.stderr)
    said = f"{_circumstances(options)}\n\n{table(figures)}"
    _say(said, sys.stdout)
    if options.write:
        write(options.write, said)
    return int(failed)


def _options(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--measure",
        choices=MEASURES,
        action="append",
        metavar="NAME",
        help=f"only this (may be repeated): {', '.join(MEASURES)}",
    )
    parser.add_argument("--repeat", type=int, default=5, metavar="N", help="so many runs of each (5)")
    parser.add_argument("--quick", action="store_true", help="a fiftieth of the documents: does it work at all?")
    parser.add_argument(
        "--lock",
        type=Path,
        metavar="FILE",
        help="hold flock(1)'s lock on FILE while measuring, so that others wait",
    )
    parser.add_argument("--folder", type=Path, help="where trees and ledgers are made (the system's temporary folder)")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="put the table into this page, between its marks")
    return parser.parse_args(given)


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Nothing else on this machine that asks for the lock, in here."""
    with lock.open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _circumstances(options: argparse.Namespace) -> str:
    """When and on what it was measured."""
    runs = "one run" if options.repeat == 1 else f"medians of {options.repeat} runs"
    quick = ", `--quick`: the figures show only that it works" if options.quick else ""
    machine = f"{os.cpu_count()} cores, Linux {platform.release().split('-')[0]}, Python {platform.python_version()}"
    return f"Measured {date.today():%Y-%m-%d} on {machine}; {runs}{quick}."  # noqa: DTZ011 -- the reader's own day


def _say(text: str, where: TextIO) -> None:
    print(text, file=where, flush=True)


if __name__ == "__main__":
    sys.exit(main())
