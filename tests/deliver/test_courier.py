from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
import structlog

from pushdoc.deliver.courier import Couriers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pushed import PushedClock

#: Seconds that a test waits for a thread that has something to do; it is never slept through.
SOON = 10.0


class Desk:
    """A pile of letters; carrying one waits at its gate, if it has one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pile: list[Callable[[], None]] = []
        self.carried: list[str] = []
        self.looks = 0

    def lay(self, name: str, carry: Callable[[], object] = lambda: None) -> None:
        def carry_it() -> None:
            carry()
            self.carried.append(name)

        with self._lock:
            self._pile.append(carry_it)

    def carry(self) -> bool:
        with self._lock:
            self.looks += 1
            taken = self._pile.pop(0) if self._pile else None
        if taken is None:
            return False
        taken()
        return True


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def hire(desk: Desk, clock: PushedClock) -> Iterator[Callable[[int], Couriers]]:
    hired: list[Couriers] = []

    def begin(parallel: int) -> Couriers:
        couriers = Couriers("inqom", parallel, desk.carry, clock)
        couriers.start()
        hired.append(couriers)
        return couriers

    yield begin
    for couriers in hired:
        assert couriers.stop(SOON)


def test_everything_on_the_pile_is_carried_and_then_they_are_idle(desk: Desk, hire: Callable[[int], Couriers]) -> None:
    letters = [f"letter {number}" for number in range(50)]
    for letter in letters:
        desk.lay(letter)

    couriers = hire(4)

    assert couriers.wait_until_idle(SOON)
    assert sorted(desk.carried) == sorted(letters)


def test_as_many_as_were_hired_carry_at_the_same_time(desk: Desk, hire: Callable[[int], Couriers]) -> None:
    together = threading.Barrier(4)
    for number in range(4):
        desk.lay(f"letter {number}", lambda: together.wait(SOON))  # passes only when all four are under way

    assert hire(4).wait_until_idle(SOON)
    assert len(desk.carried) == 4


def test_one_that_is_slow_does_not_stop_the_others(desk: Desk, hire: Callable[[int], Couriers]) -> None:
    gate, arrived = threading.Event(), threading.Event()
    desk.lay("slow", lambda: gate.wait(SOON))
    desk.lay("quick")
    desk.lay("last", arrived.set)

    couriers = hire(2)

    assert arrived.wait(SOON)
    assert "slow" not in desk.carried
    gate.set()
    assert couriers.wait_until_idle(SOON)
    assert desk.carried[-1] == "slow"


def test_a_call_wakes_whoever_rests(
    desk: Desk, hire: Callable[[int], Couriers], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pushdoc.deliver.courier._REST_S", 3600.0)
    couriers = hire(3)
    assert couriers.wait_until_idle(SOON)
    arrived = threading.Event()

    desk.lay("letter", arrived.set)
    couriers.call()

    assert arrived.wait(SOON)


def test_what_came_without_a_call_is_taken_up_after_a_rest(
    desk: Desk, hire: Callable[[int], Couriers], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pushdoc.deliver.courier._REST_S", 0.001)
    couriers = hire(1)
    assert couriers.wait_until_idle(SOON)
    arrived = threading.Event()

    desk.lay("retried by another process", arrived.set)

    assert arrived.wait(SOON)


def test_nobody_is_idle_while_one_of_them_is_on_the_way(
    desk: Desk, hire: Callable[[int], Couriers], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pushdoc.deliver.courier._REST_S", 0.001)
    couriers = hire(2)
    assert couriers.wait_until_idle(SOON)
    left, gate = threading.Event(), threading.Event()

    def carry() -> None:
        left.set()
        gate.wait(SOON)

    desk.lay("found after a rest, without a call", carry)
    assert left.wait(SOON)

    assert not couriers.wait_until_idle(0.02)
    gate.set()
    assert couriers.wait_until_idle(SOON)


def test_a_call_that_comes_while_one_looks_is_not_missed(
    desk: Desk, clock: PushedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pushdoc.deliver.courier._REST_S", 3600.0)
    arrived = threading.Event()
    couriers: Couriers

    def look_and_be_called() -> bool:
        worked = desk.carry()
        if desk.looks == 1:  # the pile was empty; now there is a letter, and the call comes before the rest begins
            desk.lay("letter", arrived.set)
            couriers.call()
        return worked

    couriers = Couriers("inqom", 1, look_and_be_called, clock)
    couriers.start()

    assert arrived.wait(SOON)
    assert couriers.stop(SOON)


def test_an_error_is_logged_and_its_courier_goes_on(desk: Desk, hire: Callable[[int], Couriers]) -> None:
    def stumble() -> None:
        raise OSError("the ledger's disk is gone")

    with structlog.testing.capture_logs() as logged:
        desk.lay("stumbles", stumble)
        couriers = hire(1)
        assert couriers.wait_until_idle(SOON)
        desk.lay("goes well")
        couriers.call()
        assert couriers.wait_until_idle(SOON)

    assert desk.carried == ["goes well"]
    assert [(line["event"], line["courier"]) for line in logged] == [("courier stumbled", "inqom-0")]


def test_stopping_waits_for_what_is_under_way_and_takes_up_nothing_new(
    desk: Desk, hire: Callable[[int], Couriers]
) -> None:
    left, gate = threading.Event(), threading.Event()

    def carry() -> None:
        left.set()
        gate.wait(SOON)

    desk.lay("under way", carry)
    desk.lay("still on the pile")
    couriers = hire(1)
    assert left.wait(SOON)

    assert not couriers.stop(0.0)
    gate.set()

    assert couriers.stop(SOON)
    assert desk.carried == ["under way"]


def test_stopping_wakes_whoever_rests(hire: Callable[[int], Couriers], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pushdoc.deliver.courier._REST_S", 3600.0)
    couriers = hire(8)
    assert couriers.wait_until_idle(SOON)

    assert couriers.stop(SOON)


def test_couriers_that_never_began_are_stopped_at_once(desk: Desk, clock: PushedClock) -> None:
    couriers = Couriers("inqom", 2, desk.carry, clock)

    assert not couriers.wait_until_idle(0.0)
    assert couriers.stop(0.0)


def test_of_many_who_rest_one_looks_out_and_calls_the_others(desk: Desk, hire: Callable[[int], Couriers]) -> None:
    assert hire(8).wait_until_idle(SOON)
    before, both = desk.looks, threading.Event()
    side_by_side = threading.Barrier(3, action=both.set)

    desk.lay("a")  # nobody is called: who looks out finds it
    desk.lay("b", lambda: side_by_side.wait(SOON))
    desk.lay("c", lambda: side_by_side.wait(SOON))
    desk.lay("d", lambda: side_by_side.wait(SOON))

    assert both.wait(SOON)
    assert desk.looks - before < 3 * 8


def test_for_one_that_is_stuck_another_carries_and_twice_as_many_at_most(
    desk: Desk, hire: Callable[[int], Couriers], monkeypatch: pytest.MonkeyPatch
) -> None:
    both, let_go, carried = threading.Barrier(3), threading.Event(), threading.Event()

    def hang() -> None:
        both.wait(SOON)
        let_go.wait(SOON)

    desk.lay("stuck", hang)
    desk.lay("stuck, too", hang)
    couriers = hire(2)
    both.wait(SOON)
    couriers.relieve()
    assert len(couriers._threads) == 2, "they have only just begun"
    desk.lay("goes well", carried.set)
    monkeypatch.setattr("pushdoc.pulse.STUCK_S", 0.0)
    couriers.relieve()
    couriers.relieve()
    assert carried.wait(SOON)
    assert len(couriers._threads) == 4
    let_go.set()
    assert couriers.wait_until_idle(SOON)
