"""An office whose ledger is told of, and its readers."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from morning import Morning
from office import Office

from pushdoc.ledger import History, Ledger
from pushdoc.tell import Reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from pushed import PushedClock

PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def office(tmp_path: Path, clock: PushedClock) -> Iterator[Office]:
    ledger = Ledger.open(tmp_path / "pushdoc.db", clock)
    yield Office(ledger, clock)
    ledger.close()


@pytest.fixture
def history(office: Office, tmp_path: Path) -> Callable[[], AbstractContextManager[History]]:
    @contextmanager
    def opened() -> Iterator[History]:
        history = History.open(tmp_path / "pushdoc.db")
        try:
            yield history
        finally:
            history.close()

    return opened


@pytest.fixture
def fr() -> Reader:
    return Reader("fr", PARIS)


@pytest.fixture
def en() -> Reader:
    return Reader("en", PARIS)


@pytest.fixture
def morning(office: Office, clock: PushedClock, tmp_path: Path) -> Morning:
    return Morning(office.ledger, clock, tmp_path / "pushdoc.db")
