from __future__ import annotations

import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fakes import ScriptedDestination
from journeys.firm import DOSSIERS, Firm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pushed import PushedClock


@pytest.fixture
def destination(clock: PushedClock) -> ScriptedDestination:
    return ScriptedDestination(list(DOSSIERS), clock)


@pytest.fixture
def memory() -> Iterator[Path]:
    """A folder that is kept in memory, where the system has a place for that: many transactions wait for no disk."""
    place = Path("/dev/shm")  # noqa: S108 -- tempfile makes the folder in it
    with tempfile.TemporaryDirectory(dir=place if os.access(place, os.W_OK) else None) as folder:
        yield Path(folder)


@pytest.fixture
def found(tmp_path: Path, clock: PushedClock, destination: ScriptedDestination) -> Iterator[Callable[..., Firm]]:
    """Founds a firm; `rules_text`, `clients_text` and `on`, the day (UTC) that it is, may be given."""
    firms: list[Firm] = []

    def found_it(on: datetime | None = None, **given: str) -> Firm:
        if on is not None:
            clock.push((on.astimezone(UTC) - clock.now()).total_seconds())
        firms.append(Firm(tmp_path, clock, destination, **given))
        firms[-1].begin()
        return firms[-1]

    yield found_it
    for firm in firms:
        firm.close()


@pytest.fixture
def firm(found: Callable[..., Firm]) -> Firm:
    """A firm with one rule: purchases, by month, into an archive beneath the drop folder."""
    return found()
