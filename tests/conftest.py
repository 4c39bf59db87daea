"""What all tests share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import structlog
from pushed import PushedClock

from pushdoc import log

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _everything_is_logged() -> Iterator[None]:
    log.configure("debug")
    yield
    structlog.reset_defaults()


@pytest.fixture
def clock() -> PushedClock:
    return PushedClock()
