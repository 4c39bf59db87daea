"""What a large firm costs while nothing happens: `python tests/benchmarks/firm_5000.py`.

Five thousand clients with three rules each, and ten years of folders; then the same with five more years, which should
change nothing. One run takes some six minutes, most of them spent waiting beside an idle pushdoc.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import socket
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).parents[1])  # as pytest does it; this folder's own modules have common names

from benchmarks.answers import Terms
from benchmarks.process import running
from benchmarks.stand import server
from service.firm import KINDS, Firm

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.process import Program
    from benchmarks.stand import Stand

_YEARS, _MORE_YEARS = 10, 5
_ROUND = re.compile(r"looked everywhere.* folders=(\d+) listed=(\d+) seconds=([0-9.]+)")
_WITHIN_S = 180.0


@dataclass(frozen=True, slots=True)
class Idle:
    """What one pushdoc cost. Seconds of processor are of all its threads; a round is a look at every watched folder."""

    directories: int
    watched: int
    watches: int
    listed: tuple[int, ...]
    seconds: tuple[float, ...]
    ready: float
    minute: float
    between: float
    resident: int


def main(given: Sequence[str] | None = None) -> int:
    """Measure twice and print the table."""
    options = _options(given)
    with tempfile.TemporaryDirectory(dir=options.folder) as folder, server() as stand:
        firm = Firm(Path(folder), clients=options.clients)
        firm.write_rules(stand.url, ('rescan = "1s"', f'rescan = "{options.rescan}s"'))
        sirets = {number: firm.sirets[name] for name, number in firm.dossiers.items()}
        stand.begin(Terms(sirets=sirets))
        made = _this_month(firm)
        costs = []
        for first, years in ((0, _YEARS), (_YEARS, _MORE_YEARS)):
            begun = time.monotonic()
            made += _archives(firm, first, years, options.directories * years // _YEARS)
            _say(f"{made} directories, the last ones made in {time.monotonic() - begun:.0f} s", sys.stderr)
            costs.append(_measured(firm, stand, made, options))
            _say(str(costs[-1]), sys.stderr)
        _say(_table(costs, options), sys.stdout)
    return 0


def _options(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=5000, metavar="N", help="so many clients (5000)")
    parser.add_argument(
        "--directories", type=int, default=600_000, metavar="N", help="so many folders of the past ten years (600000)"
    )
    parser.add_argument("--rescan", type=int, default=30, metavar="SECONDS", help="as in the rules file (30)")
    parser.add_argument("--idle", type=int, default=60, metavar="SECONDS", help="how long to stand beside it (60)")
    parser.add_argument("--folder", type=Path, help="where the firm is made (the system's temporary folder)")
    return parser.parse_args(given)


def _this_month(firm: Firm) -> int:
    """Make the drop folders of this month and of the last one; how many directories that were."""
    months = [(firm.period.year, firm.period.month), divmod(firm.period.year * 12 + firm.period.month - 2, 12)]
    months[1] = (months[1][0], months[1][1] + 1)
    for name, kind, (year, month) in product(firm.names, KINDS, months):
        (firm.root / name / kind / str(year) / f"{month:02}").mkdir(parents=True, exist_ok=True)
    return len(firm.names) * (1 + len(KINDS) * (1 + len(months) + (months[0][0] != months[1][0])))


def _archives(firm: Firm, first: int, years: int, directories: int) -> int:
    """Make the folders of some past years, as many months of each as the number allows; how many were made."""
    months = max(1, min(12, round(directories / (len(firm.names) * len(KINDS) * years)) - 1))
    past = [str(firm.period.year - 1 - first - back) for back in range(years)]
    for name, kind, year in product(firm.names, KINDS, past):
        folder = f"{firm.root}/{name}/{kind}/{year}"
        os.mkdir(folder)  # noqa: PTH102 -- hundreds of thousands: a Path costs as much as the folder
        for month in range(1, months + 1):
            os.mkdir(f"{folder}/{month:02}")  # noqa: PTH102 -- as above
    return len(firm.names) * len(KINDS) * years * (1 + months)


def _measured(firm: Firm, stand: Stand, directories: int, options: argparse.Namespace) -> Idle:
    """What an idle pushdoc costs, once two rounds have shown it that nothing happens."""
    said = firm.said / f"{directories}"
    with _daemon(firm, said) as (program, ready):
        before = _rounds(said, 2, _WITHIN_S + options.rescan)
        begun, started = _processor(program.pid), time.monotonic()
        time.sleep(max(1.0, options.rescan - 5.0))
        between = (_processor(program.pid) - begun) / (time.monotonic() - started)
        time.sleep(max(0.0, options.idle - (time.monotonic() - started)))
        minute = (_processor(program.pid) - begun) / (time.monotonic() - started)
        rounds = _rounds(said, len(before) + 1, _WITHIN_S + options.rescan)
        watched, watches, resident = rounds[-1][0], _watches(program.pid), program.resident()
        program.stop()
    assert stand.seen().bytes == 0
    listed, seconds = tuple(each[1] for each in rounds), tuple(each[2] for each in rounds)
    return Idle(directories, watched, watches, listed, seconds, ready, 100 * minute, 100 * between, resident)


@contextmanager
def _daemon(firm: Firm, said: Path) -> Iterator[tuple[Program, float]]:
    """The daemon once it says to systemd that it is ready, and the seconds until it was."""
    address = firm.home / "notify"
    address.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pushdoc", "-c", str(firm.rules), "run", "--log", "debug"]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.bind(str(address))
        heard.settimeout(_WITHIN_S)
        with running(command, said, {"NOTIFY_SOCKET": str(address)}) as program:
            while b"READY=1" not in heard.recv(4096):
                pass
            ready = time.monotonic() - program.started
            heard.close()  # whoever is not listened to must not wait for it, either
            yield program, ready


def _rounds(said: Path, count: int, within: float) -> list[tuple[int, int, float]]:
    """The rounds so far, at least so many: folders watched, folders listed, seconds.

    Raises:
        TimeoutError: there were not so many in time.
    """
    end = time.monotonic() + within
    while len(found := _ROUND.findall(said.read_text())) < count:
        if time.monotonic() > end:
            raise TimeoutError(f"{count} rounds were not made within {within} s: {said.read_text()[-2000:]}")
        time.sleep(0.2)  # between two looks
    return [(int(folders), int(listed), float(seconds)) for folders, listed, seconds in found]


def _processor(pid: int) -> float:
    """Seconds of processor that the threads of a process have used, to the nanosecond: an idle one uses few ticks."""
    tasks = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9


def _watches(pid: int) -> int:
    """How many watches the kernel keeps for a process."""
    descriptors = Path(f"/proc/{pid}/fdinfo").iterdir()
    return sum(descriptor.read_text().count("inotify wd:") for descriptor in descriptors)


def _table(costs: Sequence[Idle], options: argparse.Namespace) -> str:
    """The table, one column for each size of the past."""
    cheap = [round(1000 * each.seconds[-1]) for each in costs]
    rows: list[tuple[str, list[str]]] = [
        ("directories beneath the clients' root", [f"{each.directories:,}" for each in costs]),
        ("folders watched", [f"{each.watched:,}" for each in costs]),
        ("inotify watches", [f"{each.watches:,}" for each in costs]),
        ("folders listed, round by round", [", ".join(map(str, each.listed)) for each in costs]),
        ("seconds, round by round", [", ".join(f"{took:.2f}" for took in each.seconds) for each in costs]),
        ("the last round, ms", [str(each) for each in cheap]),
        ("ready (READY=1) after, s", [f"{each.ready:.2f}" for each in costs]),
        ("an idle minute, rounds included, % of a core", [f"{each.minute:.3f}" for each in costs]),
        ("between two rounds, % of a core", [f"{each.between:.3f}" for each in costs]),
        ("resident memory, MB", [f"{each.resident / 1e6:.1f}" for each in costs]),
    ]
    machine = f"{os.cpu_count()} cores, Linux {platform.release().split('-')[0]}, Python {platform.python_version()}"
    head = f"{options.clients} clients × {len(KINDS)} rules, rescan every {options.rescan} s, on {machine}"
    columns = [f"{years} years" for years in (_YEARS, _YEARS + _MORE_YEARS)]
    lines = [f"| {title} | {' | '.join(cells)} |" for title, cells in rows]
    return "\n".join([head, "", f"| | {' | '.join(columns)} |", "|---|---:|---:|", *lines])


def _say(text: str, where: object) -> None:
    print(text, file=where, flush=True)  # type: ignore[call-overload]


if __name__ == "__main__":
    sys.exit(main())
