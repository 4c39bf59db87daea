from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pushdoc.deliver.backoff import give_up, next_attempt

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
FIRST, LONGEST = timedelta(minutes=1), timedelta(hours=4)


def waits(jitter: float) -> list[timedelta]:
    return [next_attempt(attempts, FIRST, LONGEST, jitter, NOW) - NOW for attempts in range(1, 11)]


def test_the_wait_doubles_from_the_first_to_the_longest() -> None:
    assert [wait / FIRST for wait in waits(0)] == [1, 2, 4, 8, 16, 32, 64, 128, 240, 240]


def test_chance_brings_it_forward_by_a_fifth_at_most() -> None:
    assert waits(1)[0] == FIRST * 0.8
    assert FIRST * 0.8 < waits(0.5)[0] < FIRST


@given(
    st.integers(0, 10**9),
    st.timedeltas(timedelta(milliseconds=1), timedelta(days=3650)),
    st.timedeltas(timedelta(milliseconds=1), timedelta(days=3650)),
    st.floats(0, 1),
)
def test_it_never_waits_longer_than_the_longest(
    attempts: int, first: timedelta, longest: timedelta, jitter: float
) -> None:
    assert NOW < next_attempt(attempts, first, longest, jitter, NOW) <= NOW + longest


def test_it_gives_up_when_the_time_is_over() -> None:
    assert not give_up(NOW, timedelta(hours=48), NOW + timedelta(hours=47, minutes=59))
    assert give_up(NOW, timedelta(hours=48), NOW + timedelta(hours=48))
