from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pushdoc.clock import SystemClock
from pushdoc.deliver.limits import MARGIN, Pace, Window

if TYPE_CHECKING:
    from pushed import PushedClock


def most_within(moments: list[float], seconds: float) -> int:
    """The most moments that lie in any one window, its end not included."""
    return max((sum(start <= moment < start + seconds for moment in moments) for start in moments), default=0)


def test_so_many_go_at_once_and_the_next_one_waits_for_the_first_to_leave_the_window(clock: PushedClock) -> None:
    pace, stop, start = Pace(12, clock), threading.Event(), clock.monotonic()
    moments = []
    for _ in range(13):
        assert pace.take(stop)
        moments.append(clock.monotonic() - start)
    assert moments[:12] == [0] * 12
    assert moments[12] == pytest.approx(1 + MARGIN)


@given(
    st.sampled_from([0.5, 1, 2.5, 3, 12, 15]),
    st.lists(st.tuples(st.floats(0, 0.7), st.booleans()), max_size=120),
)
def test_no_second_ever_holds_more_than_its_limit(rate: float, arrivals: list[tuple[float, bool]]) -> None:
    window, now, taken = Window(rate), 1000.0, []
    for gap, background in arrivals:
        now += gap
        moment = window.next_spare(now) if background else window.next_free(now)
        assert moment >= now
        window.take(moment)
        taken.append(moment)
        now = max(now, moment) if background else now
    assert taken == sorted(taken)
    # The margin, less what adding floats loses.
    assert most_within(taken, 1 + MARGIN - 1e-6) <= max(1, rate)


def test_a_steady_load_gets_nearly_all_of_the_rate(clock: PushedClock) -> None:
    pace, stop, start = Pace(12, clock), threading.Event(), clock.monotonic()
    for _ in range(1201):
        pace.take(stop)
    assert 1200 / (clock.monotonic() - start) >= 12 * 0.95


def test_below_one_a_second_each_waits_for_its_share(clock: PushedClock) -> None:
    pace, stop, start = Pace(0.5, clock), threading.Event(), clock.monotonic()
    for _ in range(3):
        pace.take(stop)
    assert clock.monotonic() - start == pytest.approx(2 * (2 + MARGIN))


def test_background_leaves_a_quarter_of_the_window_free(clock: PushedClock) -> None:
    pace, stop, start = Pace(12, clock), threading.Event(), clock.monotonic()
    for _ in range(9):
        assert pace.take(stop, background=True)
    for _ in range(3):
        assert pace.take(stop)
    assert clock.monotonic() == start
    assert pace.take(stop, background=True)
    assert clock.monotonic() - start == pytest.approx(1 + MARGIN)


def test_background_never_passes_one_that_waits_in_the_foreground() -> None:
    window = Window(2)
    for _ in range(3):
        window.take(window.next_free(1000.0))
    assert window.next_spare(1000.0) >= 1000 + 1 + MARGIN


def test_one_that_is_told_to_stop_does_not_wait() -> None:
    pace, stop = Pace(1, SystemClock()), threading.Event()
    assert pace.take(stop)
    stop.set()
    assert not pace.take(stop)
    assert not pace.take(stop, background=True)


def test_threads_are_served_in_the_order_in_which_they_came() -> None:
    class StandingClock(SystemClock):
        """A clock that stands still and notes who waits for how long."""

        def __init__(self) -> None:
            self.waits: list[float] = []
            self.waiting = threading.Semaphore(0)

        def monotonic(self) -> float:
            return 1000.0

        def wait(self, seconds: float, until: threading.Event) -> bool:
            self.waits.append(seconds)
            self.waiting.release()
            return until.wait()

    clock, stop = StandingClock(), threading.Event()
    pace = Pace(1, clock)
    assert pace.take(stop)
    threads = [threading.Thread(target=pace.take, args=(stop,)) for _ in range(4)]
    for thread in threads:
        thread.start()
        clock.waiting.acquire()
    stop.set()
    for thread in threads:
        thread.join()
    assert clock.waits == [pytest.approx(turn * (1 + MARGIN)) for turn in (1, 2, 3, 4)]


def test_many_threads_together_keep_the_pace_in_real_time() -> None:
    pace, stop, clock = Pace(100, SystemClock(), window=0.2), threading.Event(), SystemClock()
    start = clock.monotonic()
    threads = [threading.Thread(target=lambda: [pace.take(stop) for _ in range(10)]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # Eighty by twenties: the last twenty go when three windows are over.
    assert clock.monotonic() - start >= 3 * (0.2 + MARGIN)
