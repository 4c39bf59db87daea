from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from office import Office

from pushdoc.ledger import History, Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pushed import PushedClock


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "var" / "pushdoc.db"


@pytest.fixture
def ledger(path: Path, clock: PushedClock) -> Iterator[Ledger]:
    opened = Ledger.open(path, clock)
    yield opened
    opened.close()


@pytest.fixture
def office(ledger: Ledger, clock: PushedClock) -> Office:
    return Office(ledger, clock)


@pytest.fixture
def history(ledger: Ledger, path: Path) -> Iterator[History]:
    opened = History.open(path)
    yield opened
    opened.close()
