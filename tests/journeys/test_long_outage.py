"""The destination is away for three days while the papers pile up."""

from __future__ import annotations

import os
import threading
import tracemalloc
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import structlog
from fakes import ScriptedDestination
from journeys.firm import DOSSIERS, MARTIN, NOVEMBER

from pushdoc.deliver.destination import Delayed
from pushdoc.deliver.limits import Pace
from pushdoc.document import DocumentType
from pushdoc.ledger import Entry
from pushdoc.log import configure
from pushdoc.original import digest, look_at, opened
from pushdoc.period import Period
from pushdoc.states import State
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from journeys.firm import Firm
    from pushed import PushedClock

    from pushdoc.deliver.destination import Outcome, Parcel

PER_SECOND = 12
DAYS = 3
#: Every two minutes pushdoc tries what it may; every six hours it looks.
STEP_S, STEPS_A_LOOK = 120, 180
STEPS = DAYS * 24 * 3600 // STEP_S


@dataclass(frozen=True, slots=True)
class Used:
    """The memory of this process at one moment, in bytes: what Python's objects take, and all that is resident."""

    when: str
    traced: int
    resident: int

    @classmethod
    def at(cls, when: str) -> Used:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
        return cls(when, tracemalloc.get_traced_memory()[0], pages * os.sysconf("SC_PAGE_SIZE"))


class PacedDestination(ScriptedDestination):
    """One that is asked no faster than its account may be."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self._pace = Pace(PER_SECOND, self.clock)

    def send(self, parcel: Parcel) -> Outcome:
        assert self._pace.take(threading.Event())
        return super().send(parcel)


@pytest.fixture
def tmp_path(memory: Path) -> Path:
    return memory


@pytest.fixture
def destination(clock: PushedClock) -> ScriptedDestination:
    return PacedDestination(list(DOSSIERS), clock)


@pytest.fixture(autouse=True)
def _warnings_only() -> Iterator[None]:
    configure("warning")
    yield
    structlog.reset_defaults()


def pile_up(firm: Firm, papers: int) -> None:
    """So many papers, entered one after the other, a second apart."""
    folder = firm.root / MARTIN / NOVEMBER
    folder.mkdir(parents=True)
    for number in range(papers):
        path = folder / f"{number}.pdf"
        path.write_bytes(f"%PDF {number}".encode())
        with opened(firm.root, path) as descriptor:
            read = digest(descriptor)
        identity = look_at(path)
        assert identity is not None
        firm.ledger.enter(
            Entry(
                client=MARTIN,
                siret="81000010900019",
                rule="Achats",
                type=DocumentType.PURCHASE_INVOICE,
                period=Period(2026, 11),
                path=path,
                identity=identity,
                digest=read,
                destination="inqom",
                archive_folder=folder / "Transmis",
            )
        )
        firm.clock.push(1)


@pytest.mark.parametrize(
    "papers",
    [
        pytest.param(500, marks=pytest.mark.timeout(300)),
        pytest.param(20_000, marks=[pytest.mark.slow, pytest.mark.timeout(3600)]),
    ],
)
def test_three_days_without_the_destination_cost_one_warning_and_no_memory_and_then_all_go_oldest_first(
    found: Callable[..., Firm],
    destination: ScriptedDestination,
    clock: PushedClock,
    papers: int,
    capsys: pytest.CaptureFixture[str],
) -> None:
    firm = found()
    pile_up(firm, papers)
    destination.trouble = Delayed(Phrase("inqom.too_fast"))
    capsys.readouterr()
    tracemalloc.start()
    firm.look()
    firm.send()
    memory = [Used.at("at first")]
    for step in range(STEPS):
        clock.push(STEP_S)
        firm.sending.carry()
        firm.roll.refresh_if_due(destination, firm.gate)
        firm.inquiry.ask()
        if step % STEPS_A_LOOK == 0:
            firm.look()
        if step == STEPS // 2:
            memory.append(Used.at("half-way"))
    memory.append(Used.at("at the end"))
    tracemalloc.stop()
    warnings = capsys.readouterr().err.splitlines()
    probes = len(destination.attempts)
    assert firm.ledger.count(State.WAITING, destination="inqom") == papers
    assert len(warnings) == 1, warnings[:5]
    assert "destination is paused" in warnings[0]
    assert probes <= DAYS * 24 * 12 + 10  # every five minutes at the most
    at_first, half_way, at_the_end = (used.traced for used in memory)
    assert at_the_end - at_first < 2_000_000  # caches that fill, and what the destination's stand-in keeps
    assert at_the_end - half_way < 500_000

    destination.trouble = None
    clock.push(300)
    began = clock.monotonic()
    while firm.sending.carry():
        pass
    took = clock.monotonic() - began

    assert firm.ledger.count(State.ARCHIVED, destination="inqom") == papers
    assert len(destination.arrived) == papers
    order = [int(arrival.name.removesuffix(".pdf")) for arrival in destination.arrived]
    assert order[1:] == sorted(order[1:])  # the first was the probe
    expected = papers / PER_SECOND
    assert expected * 0.98 < took < expected * 1.08
    told = [f"{papers} documents waited {DAYS} days: {probes} probes, {len(warnings)} warning"]
    told += [f"  {at.when}: {at.traced / 1e6:.1f} MB traced, {at.resident / 1e6:.0f} MB resident" for at in memory]
    told += [f"  they went in the order {order[:4]} ... {order[-2:]}"]
    told += [f"  in {took:.0f} s of the pushed clock; at {PER_SECOND} a second: {expected:.0f} s"]
    with capsys.disabled():
        print("", *told, sep="\n")  # noqa: T201 -- the figures are asked for by people
