"""A day of a firm in fast motion: thousands of things that people do with files, by chance, while pushdoc works."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
import structlog
from fakes import delayed, doubtful, refused
from journeys.desk import RULE, Desk, bring_to_rest, some_files

from pushdoc.log import configure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fakes import ScriptedDestination
    from journeys.firm import Firm


# Long on a busy machine: left out of the ordinary run until it was measured on a quiet one.
pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    configure("error")
    yield
    structlog.reset_defaults()


def work_a_little(firm: Firm, destination: ScriptedDestination, random: Random) -> None:
    """One of the things that pushdoc, its service or its administrator may do next."""
    match random.randrange(16):
        case 0:
            destination.next(doubtful(arrived=random.random() < 0.5))
        case 1:
            destination.next(refused())
        case 2:
            destination.next(delayed())
        case 3:
            firm.restart()
        case 4 | 5:
            firm.look()
        case _:
            firm.work()
            firm.clock.push(random.choice([1, 60, 600]))


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "operations",
    [2000, pytest.param(10_000, marks=[pytest.mark.slow, pytest.mark.timeout(900)])],
)
def test_after_thousands_of_operations_everything_is_in_its_place_and_at_the_destination_once(
    found: Callable[..., Firm],
    destination: ScriptedDestination,
    operations: int,
    record_property: Callable[[str, object], None],
) -> None:
    random = Random(operations)  # noqa: S311 -- a seed, so that a failure can be seen again
    firm = found(rules_text=RULE)
    desk = Desk(firm, destination)
    for number in range(operations):
        some_files(desk, random)
        if number % 5 == 0:
            work_a_little(firm, destination, random)
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
    record_property(
        "told", f"{operations} operations: {sum(desk.put.values())} files, {len(copies)} documents delivered"
    )
