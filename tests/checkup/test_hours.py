from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from pushdoc.checkup.hours import clock
from pushdoc.words import say

if TYPE_CHECKING:
    from pathlib import Path

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


def test_the_hour_is_told_in_the_firms_time_zone(tmp_path: Path) -> None:
    (found,) = clock(NOW, PARIS, tmp_path / "none")
    assert "21/11/2026 10:30" in say(found.phrase, "fr", PARIS)


@pytest.mark.parametrize("year", [1970, 2025, 2056])
def test_a_year_that_cannot_be_is_a_fault(year: int, tmp_path: Path) -> None:
    (found,) = clock(NOW.replace(year=year), PARIS, tmp_path / "none")
    assert found.phrase.code == "check.clock_wrong"


def test_a_clock_that_no_time_server_has_set_is_warned_of_where_that_can_be_known(tmp_path: Path) -> None:
    assert [found.phrase.code for found in clock(NOW, PARIS, tmp_path)] == ["check.clock", "check.clock_adrift"]
    (tmp_path / "synchronized").touch()
    assert [found.phrase.code for found in clock(NOW, PARIS, tmp_path)] == ["check.clock"]
