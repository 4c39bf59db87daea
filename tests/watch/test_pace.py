from __future__ import annotations

from datetime import timedelta

import pytest

from pushdoc.watch import next_rescan

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("took", "rest"),
    [
        (timedelta(0), MINUTE),
        (timedelta(seconds=3), MINUTE),
        (timedelta(seconds=6), 2 * MINUTE),
        (timedelta(days=1), timedelta(hours=1)),
    ],
)
def test_a_slow_look_is_repeated_less_often(took: timedelta, rest: timedelta) -> None:
    assert next_rescan(MINUTE, took) == rest


def test_never_more_often_than_the_rules_say() -> None:
    assert next_rescan(timedelta(hours=5), timedelta(days=1)) == timedelta(hours=5)
