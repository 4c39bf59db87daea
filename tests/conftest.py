"""What all tests share."""

from __future__ import annotations

import pytest
from pushed import PushedClock


@pytest.fixture
def clock() -> PushedClock:
    return PushedClock()
