"""A day of a firm in fast motion: thousands of things that people do with files, by chance, while pushdoc works."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
import structlog
from fakes import delayed, delivered, doubtful, refused
from journeys.desk import RULE, Desk, bring_to_rest, die_while_sending, some_files

from pushdoc.log import configure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from fakes import ScriptedDestination
    from journeys.firm import Firm


@pytest.fixture
def tmp_path(memory: Path) -> Path:
    return memory


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    configure("error")
    yield
    structlog.reset_defaults()


def work_a_little(desk: Desk, destination: ScriptedDestination, random: Random) -> None:
    """One of the things that pushdoc, its service or its administrator may do next."""
    firm = desk.firm
    match random.randrange(16):
        case 0:
            destination.next(doubtful(arrived=random.random() < 0.5))
        case 1:
            destination.next(refused())
        case 2:
            destination.next(delayed())
        case 3:
            firm.restart()
        case 4:
            die_while_sending(firm, destination, arrived=random.random() < 0.5)
        case 5:  # somebody is at the files just when the last byte has gone
            destination.next(delivered(at_the_end=lambda: some_files(desk, random)))
        case 6 | 7:
            firm.look()
        case _:
            firm.work()
            firm.clock.push(random.choice([1, 60, 600]))


@pytest.mark.parametrize(
    "operations",
    [
        pytest.param(1000, marks=pytest.mark.timeout(300)),
        pytest.param(10_000, marks=[pytest.mark.slow, pytest.mark.timeout(1800)]),
    ],
)
def test_after_thousands_of_operations_everything_is_in_its_place_and_at_the_destination_once(
    found: Callable[..., Firm],
    destination: ScriptedDestination,
    operations: int,
    capsys: pytest.CaptureFixture[str],
) -> None:
    random = Random(operations)  # noqa: S311 -- a seed, so that a failure can be seen again
    firm = found(rules_text=RULE)
    desk = Desk(firm, destination)
    for number in range(operations):
        some_files(desk, random)
        if number % 5 == 0:
            work_a_little(desk, destination, random)
        if number % 100 == 0:
            desk.right()

    destination.script.clear()
    desk.close()
    bring_to_rest(firm, firm.clock)

    desk.right()
    desk.settled()
    desk.lives()
    copies = destination.arrived
    assert len({(arrival.dossier, arrival.sha256) for arrival in copies}) == len(copies)
    told = f"{operations} operations: {sum(desk.put.values())} files lie there, {len(copies)} documents were delivered"
    with capsys.disabled():
        print(f"\n{told}, none twice")  # noqa: T201 -- the figures are asked for by people
