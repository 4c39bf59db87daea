from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pushdoc.deliver.breaker import Breaker, Leave, Standing
from pushdoc.deliver.destination import Delayed
from pushdoc.words import Phrase

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
S = timedelta(seconds=1)
UP = Breaker().on_success(NOW)


def trouble(retry_after: timedelta | None = None, *, needs_person: bool = False) -> Delayed:
    return Delayed(Phrase("deliver.stopped"), retry_after=retry_after, needs_person=needs_person)


def test_one_that_was_never_asked_is_probed_first() -> None:
    assert Breaker().state is Standing.UNKNOWN
    assert Breaker().may_send(NOW) is Leave.PROBE
    assert UP.may_send(NOW) is Leave.ALL


def test_trouble_pauses_it_and_a_probe_goes_first_afterwards() -> None:
    paused = UP.on_trouble(trouble(), NOW)
    assert (paused.state, paused.since, paused.until) == (Standing.PAUSED, NOW, NOW + 5 * S)
    assert paused.may_send(NOW + 4 * S) is Leave.NONE
    assert paused.may_send(NOW + 5 * S) is Leave.PROBE


def test_a_probe_that_succeeds_lets_all_go() -> None:
    back = UP.on_trouble(trouble(), NOW).on_success(NOW + 5 * S)
    assert (back.state, back.since, back.reason) == (Standing.UP, NOW + 5 * S, None)
    assert back.may_send(NOW + 5 * S) is Leave.ALL


def test_pauses_grow_to_five_minutes_while_probes_fail() -> None:
    breaker, now, pauses = UP, NOW, []
    for _ in range(9):
        breaker = breaker.on_trouble(trouble(), now)
        assert breaker.until is not None
        pauses.append((breaker.until - now) / S)
        now = breaker.until
    assert pauses == [5, 10, 20, 40, 80, 160, 300, 300, 300]
    assert breaker.since == NOW


def test_pauses_begin_short_again_after_a_success() -> None:
    twice = UP.on_trouble(trouble(), NOW).on_trouble(trouble(), NOW + 5 * S)
    again = twice.on_success(NOW + 60 * S).on_trouble(trouble(), NOW + 61 * S)
    assert again.until == NOW + 66 * S


def test_four_answers_to_requests_that_left_together_are_one_trouble() -> None:
    breaker = UP
    for _ in range(4):
        breaker = breaker.on_trouble(trouble(), NOW)
    assert (breaker.pauses, breaker.until) == (1, NOW + 5 * S)


@pytest.mark.parametrize(
    ("asked", "obeyed"),
    [(7, 7), (2, 2), (0, 0), (-3, 0), (3600, 3600), (10 * 365 * 86_400, 3600)],
)
def test_retry_after_is_obeyed_between_nothing_and_one_hour(asked: int, obeyed: int) -> None:
    assert UP.on_trouble(trouble(asked * S), NOW).until == NOW + obeyed * S


def test_a_service_that_always_says_at_once_is_not_hammered() -> None:
    breaker = UP.on_trouble(trouble(0 * S), NOW).on_trouble(trouble(0 * S), NOW)
    assert breaker.until == NOW + 10 * S


def test_a_later_answer_can_ask_for_more_during_a_pause() -> None:
    assert UP.on_trouble(trouble(), NOW).on_trouble(trouble(60 * S), NOW + S).until == NOW + 61 * S


def test_what_needs_a_person_takes_it_down_and_is_probed_every_five_minutes() -> None:
    down = UP.on_trouble(trouble(needs_person=True), NOW)
    assert (down.state, down.until) == (Standing.DOWN, NOW + 300 * S)
    assert down.may_send(NOW + 299 * S) is Leave.NONE
    assert down.may_send(NOW + 300 * S) is Leave.PROBE
    again = down.on_trouble(trouble(needs_person=True), NOW + 300 * S)
    assert (again.until, again.since) == (NOW + 600 * S, NOW)


def test_trouble_that_needs_a_person_overrules_a_pause_under_way() -> None:
    assert UP.on_trouble(trouble(), NOW).on_trouble(trouble(needs_person=True), NOW + S).state is Standing.DOWN


def test_new_rules_let_a_probe_go_at_once() -> None:
    assert UP.on_trouble(trouble(needs_person=True), NOW).try_now(NOW + S).may_send(NOW + S) is Leave.PROBE
    assert UP.try_now(NOW) == UP


def test_the_success_of_a_request_that_left_before_the_trouble_does_not_end_the_pause() -> None:
    paused = UP.on_trouble(trouble(60 * S), NOW)
    assert paused.on_success(NOW + S) is paused


def test_a_clock_that_was_set_back_does_not_make_a_pause_last_for_days() -> None:
    paused = UP.on_trouble(trouble(), NOW)
    assert paused.may_send(NOW - timedelta(days=2)) is Leave.PROBE
