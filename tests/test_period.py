from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pushdoc.period import Period, watched

periods = st.builds(Period, st.integers(1900, 9999), st.integers(1, 12))


@given(periods)
def test_a_period_is_read_back_as_it_was_written(period: Period) -> None:
    assert Period.parse(str(period)) == period


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026",
        "2026-1",
        "2026-13",
        "2026-00",
        "26-11",
        "2026-11-01",
        "2026/11",
        " 2026-11",
        "2026-xx",
        "2026-\uff11\uff11",
    ],
)
def test_what_is_not_written_as_year_and_month_is_no_period(text: str) -> None:
    with pytest.raises(ValueError, match=r"period|int\(\)"):
        Period.parse(text)


@given(periods, st.integers(0, 600), st.integers(0, 600))
def test_going_back_twice_is_going_back_once_by_both(period: Period, some: int, more: int) -> None:
    assert period.back(some).back(more) == period.back(some + more)


@given(periods, st.integers(1, 600))
def test_an_earlier_period_sorts_before(period: Period, months: int) -> None:
    assert period.back(months) < period
    assert str(period.back(months)) < str(period)


def test_december_lies_before_january() -> None:
    assert Period(2027, 1).back(1) == Period(2026, 12)
    assert Period(2027, 1).back(13) == Period(2025, 12)


def test_the_current_month_is_watched_first_then_those_before_it() -> None:
    assert watched(date(2026, 1, 15), 2) == [Period(2026, 1), Period(2025, 12), Period(2025, 11)]
    assert watched(date(2026, 11, 30), 0) == [Period(2026, 11)]


def test_the_year_turns_over_at_midnight_of_the_firm_not_of_greenwich() -> None:
    last_minute = datetime(2026, 12, 31, 22, 59, tzinfo=UTC)
    paris = ZoneInfo("Europe/Paris")

    assert Period.of(last_minute.astimezone(paris).date()) == Period(2026, 12)
    assert Period.of((last_minute + timedelta(minutes=1)).astimezone(paris).date()) == Period(2027, 1)
