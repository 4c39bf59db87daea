"""Which day's digest is due, whatever clocks do."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from pushdoc.journey.due import NO_WAIT, day_due, is_due, next_attempt

PARIS = ZoneInfo("Europe/Paris")
SEVEN, HALF_PAST_TWO = time(7, 0), time(2, 30)
NOW = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-11-21T05:59:59.999999", "2026-11-20"),
        ("2026-11-21T06:00:00", "2026-11-21"),  # 07:00 in Paris
        ("2026-11-21T22:59:59", "2026-11-21"),
        ("2026-11-21T23:30:00", "2026-11-21"),  # the 22nd in Paris, whose hour has not come
        ("2026-07-01T05:00:00", "2026-07-01"),  # summer time
        ("2026-07-01T04:59:59", "2026-06-30"),
    ],
)
def test_a_day_is_due_from_its_hour_on_in_the_firms_zone(now: str, day: str) -> None:
    assert day_due(SEVEN, PARIS, utc(now)) == date.fromisoformat(day)


@pytest.mark.parametrize(("now", "day"), [("2026-03-29T01:29:59", 28), ("2026-03-29T01:30:00", 29)])
def test_an_hour_that_summer_time_leaves_out_comes_as_much_later(now: str, day: int) -> None:
    assert day_due(HALF_PAST_TWO, PARIS, utc(now)).day == day


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-10-25T00:29:59", 24),
        ("2026-10-25T00:30:00", 25),
        ("2026-10-25T01:29:59", 25),
        ("2026-10-25T01:30:00", 25),
    ],
)
def test_of_an_hour_that_winter_time_repeats_the_first_counts(now: str, day: int) -> None:
    assert day_due(HALF_PAST_TWO, PARIS, utc(now)).day == day


@pytest.mark.parametrize("at", [SEVEN, HALF_PAST_TWO, time(0, 0), time(23, 59)])
@pytest.mark.parametrize("zone", ["Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Pacific/Chatham"])
def test_every_day_of_a_year_is_due_once_in_its_order(at: time, zone: str) -> None:
    days: list[date] = []
    for quarter in range(4 * 24 * 365):
        day = day_due(at, ZoneInfo(zone), NOW + timedelta(minutes=15 * quarter))
        if not days or day != days[-1]:
            days.append(day)

    assert days == [days[0] + timedelta(days=number) for number in range(len(days))]


@pytest.mark.parametrize(
    ("last", "due"),
    [
        (None, True),
        ("2026-11-20", True),
        ("2026-11-01", True),
        ("2026-11-21", False),
        ("2026-11-22", False),  # a clock that was ahead a little: tomorrow's came today
        ("2026-11-23", True),
        ("2027-11-21", True),
    ],
)
def test_each_day_is_due_once_and_a_day_that_never_was_keeps_nobody_waiting(last: str | None, due: bool) -> None:  # noqa: FBT001 -- a column of the table
    assert is_due(date(2026, 11, 21), last and date.fromisoformat(last)) is due  # type: ignore[arg-type]  # None stays


def test_the_waits_double_from_a_minute_to_an_hour_and_stay_there() -> None:
    waits = [(next_attempt(attempts, NOW) - NOW).total_seconds() / 60 for attempts in range(1, 9)]

    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    assert next_attempt(10_000, NOW) - NOW < NO_WAIT
