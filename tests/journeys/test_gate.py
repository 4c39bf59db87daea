"""The gate of a destination: who may go through it, and what it remembers."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, TypeVar

import pytest
from office import Office

from pushdoc.deliver.breaker import Standing
from pushdoc.deliver.destination import Delayed
from pushdoc.journey import Gate
from pushdoc.ledger import Ledger
from pushdoc.pulse import alive
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pushed import PushedClock

T = TypeVar("T")

TROUBLE = Delayed(Phrase("inqom.too_fast"))


@pytest.fixture
def ledger(tmp_path: Path, clock: PushedClock) -> Iterator[Ledger]:
    opened = Ledger.open(tmp_path / "pushdoc.db", clock)
    yield opened
    opened.close()


@pytest.fixture
def gate(ledger: Ledger, clock: PushedClock) -> Gate:
    return Gate("inqom", ledger, clock)


def elsewhere(work: Callable[[], T]) -> T:
    """What another thread gets of this."""
    got: list[T] = []
    thread = threading.Thread(target=lambda: got.append(work()))
    thread.start()
    thread.join()
    return got[0]


def let_in(gate: Gate, at_most: int = 100) -> int:
    """How many couriers, each a thread that lives on, are let in at once; they leave together."""
    done = threading.Event()
    threads = []
    answers: list[bool] = []

    def courier(answered: threading.Event) -> None:
        answers.append(gate.enter())
        answered.set()
        done.wait(10)
        if answers[-1] or gate._inside:
            gate.leave()

    for _ in range(at_most):
        answered = threading.Event()
        threads.append(threading.Thread(target=courier, args=(answered,)))
        threads[-1].start()
        answered.wait(10)
    done.set()
    for thread in threads:
        thread.join(10)
    return sum(answers)


def test_a_destination_that_has_just_come_back_is_given_one_then_two_then_four(gate: Gate, clock: PushedClock) -> None:
    gate.trouble(Delayed(Phrase("deliver.stopped")))
    clock.push(600)
    widths = [let_in(gate)]
    for _ in range(4):
        gate.success()
        widths.append(let_in(gate, 12))

    assert widths == [1, 1, 2, 4, 8]


def test_one_that_is_met_for_the_first_time_is_given_all_after_its_first_document(gate: Gate) -> None:
    widths = [let_in(gate, 12)]
    gate.success()
    widths.append(let_in(gate, 12))

    assert widths == [1, 12]


def test_a_probe_goes_alone_and_the_next_one_only_after_it_has_ended(gate: Gate, clock: PushedClock) -> None:
    gate.trouble(TROUBLE)
    assert not gate.enter()
    clock.push(5)

    assert gate.enter()
    assert not elsewhere(gate.enter)
    gate.leave()
    assert elsewhere(gate.enter)


def test_a_probe_whose_answer_never_came_makes_room_when_its_thread_leaves(gate: Gate) -> None:
    assert gate.enter()
    elsewhere(gate.leave)  # somebody else's end is not the probe's
    assert not elsewhere(gate.enter)

    gate.leave()

    assert elsewhere(gate.enter)


def test_trouble_is_remembered_over_a_restart_with_its_reason_and_its_hour(
    gate: Gate, ledger: Ledger, clock: PushedClock
) -> None:
    gate.trouble(TROUBLE)
    clock.push(5)
    gate.trouble(TROUBLE)

    again = Gate("inqom", ledger, clock)

    assert (again.standing, again.reason, again.until) == (Standing.PAUSED, TROUBLE.reason, gate.until)
    note = ledger.notes.destination("inqom")
    assert note is not None
    assert (note.state, note.pauses) == ("paused", 2)
    assert not again.enter()
    again.try_now()
    assert again.enter()


def test_one_that_was_up_is_begun_with_one_document_after_a_restart(
    gate: Gate, ledger: Ledger, clock: PushedClock
) -> None:
    for _ in range(4):
        gate.success()

    assert let_in(Gate("inqom", ledger, clock), 10) == 1


def test_when_the_destination_is_back_those_that_were_passed_over_go_first_again(
    ledger: Ledger, clock: PushedClock
) -> None:
    office = Office(ledger, clock)
    gate = Gate("inqom", ledger, clock)
    first, suspect, last = office.enter(), office.enter(), office.enter()
    ledger.amend(first, turn=3)
    ledger.amend(suspect, turn=2, suspicions=1)
    gate.trouble(TROUBLE)
    clock.push(5)
    gate.success()

    assert [office.claim().id for _ in range(3)] == [first.id, last.id, suspect.id]


def test_what_passed_is_counted_from_the_moment_asked_for(gate: Gate, clock: PushedClock) -> None:
    before = clock.now()
    assert not gate.passed_since(before)
    clock.push(1)
    gate.success()

    assert gate.passed_since(before)
    assert not gate.passed_since(clock.now())


def test_three_doubts_in_a_row_are_the_destinations_trouble_and_an_answer_in_between_begins_anew(gate: Gate) -> None:
    gate.success()
    for _ in range(2):
        gate.doubt(TROUBLE.reason)
    gate.success()
    for _ in range(2):
        gate.doubt(TROUBLE.reason)
    before = gate.standing
    gate.doubt(TROUBLE.reason)

    assert (before, gate.standing) == (Standing.UP, Standing.PAUSED)


def test_who_is_stuck_keeps_nobody_out_and_a_probe_that_is_stuck_is_followed_by_another(
    gate: Gate, clock: PushedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside, let_go = threading.Event(), threading.Event()

    def pass_through() -> bool:
        entered = gate.enter()
        gate.leave()
        return entered

    def hang() -> None:
        with alive():
            assert gate.enter()
            inside.set()
            let_go.wait(10)
            gate.leave()

    for trouble in (False, True):
        if trouble:
            gate.trouble(TROUBLE)
            clock.push(3600)
        inside.clear()
        courier = threading.Thread(target=hang)
        courier.start()
        assert inside.wait(10)
        assert not elsewhere(gate.enter), "one at a time"
        with monkeypatch.context() as later:
            later.setattr("pushdoc.pulse.STUCK_S", 0.0)
            assert elsewhere(pass_through)
        let_go.set()
        courier.join()
        let_go.clear()
