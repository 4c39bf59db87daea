"""The destination is away for three days while the papers pile up."""

from __future__ import annotations

import resource
import threading
import tracemalloc
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

# Long on a busy machine: left out of the ordinary run until it was measured on a quiet one.
pytestmark = pytest.mark.slow

PER_SECOND = 12
DAYS = 3


class PacedDestination(ScriptedDestination):
    """One that is asked no faster than its account may be."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self._pace = Pace(PER_SECOND, self.clock)

    def send(self, parcel: Parcel) -> Outcome:
        assert self._pace.take(threading.Event())
        return super().send(parcel)


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


@pytest.mark.timeout(300)
@pytest.mark.parametrize("papers", [1000, pytest.param(20_000, marks=[pytest.mark.slow, pytest.mark.timeout(1800)])])
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
    memory = tracemalloc.get_traced_memory()[0]
    for step in range(DAYS * 24 * 30):
        clock.push(120)
        firm.sending.carry()
        firm.roll.refresh_if_due(destination, firm.gate)
        firm.inquiry.ask()
        if step % 180 == 0:
            firm.look()
    grown = tracemalloc.get_traced_memory()[0] - memory
    tracemalloc.stop()
    said = capsys.readouterr().err.splitlines()
    warned = len(said)
    probes = len(destination.attempts)
    assert firm.ledger.count(State.WAITING, destination="inqom") == papers
    assert warned == 1, said[:5]
    assert "destination is paused" in said[0]
    assert probes <= DAYS * 24 * 12 + 10  # every five minutes at the most
    assert grown < 2_000_000

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
    resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    told = f"{papers} waiting {DAYS} days: {probes} probes, {warned} warning, {grown / 1000:.0f} kB more, "
    told += f"{resident} MB at the most, drained in {took:.0f} s (at {PER_SECOND} a second: {expected:.0f} s)"
    with capsys.disabled():
        print(f"\n{told}")  # noqa: T201 -- the figures are asked for by people
