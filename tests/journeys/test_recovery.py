"""Killed at any step: nothing is lost, nothing is sent twice."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from fakes import Turn, breaks, delivered, doubtful, refused
from journeys.firm import NOVEMBER
from journeys.mortal import KilledError, MortalLedger

from pushdoc.filing import archive
from pushdoc.states import Event, State

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakes import ScriptedDestination
    from journeys.firm import Firm


def begin_to_send(firm: Firm) -> None:
    firm.drop("facture.pdf")
    firm.look()
    firm.send()


def test_what_was_being_sent_is_in_doubt_and_is_asked_about_first(firm: Firm, destination: ScriptedDestination) -> None:
    destination.next(breaks(KilledError(), arrived=True))
    with pytest.raises(KilledError):
        begin_to_send(firm)
    assert firm.states == [State.SENDING]

    firm.restart()
    assert (firm.states, firm.reason(1), firm.one.attempts) == ([State.DOUBTFUL], "journey.interrupted", 1)
    assert firm.send() == 0
    assert firm.inquiry.ask() == 1

    assert (firm.states, firm.one.receipt) == ([State.ARCHIVED], "inqom-1")
    assert destination.attempts == ["facture.pdf"]


def test_what_was_being_sent_and_is_surely_not_there_is_sent_again(
    firm: Firm, destination: ScriptedDestination
) -> None:
    def die() -> None:
        raise KilledError

    destination.next(delivered(meanwhile=die))
    with pytest.raises(KilledError):
        begin_to_send(firm)

    firm.restart()
    firm.work(hours=0.1)

    assert firm.states == [State.ARCHIVED]
    assert destination.contents == [b"%PDF facture.pdf"]


def test_a_document_that_kills_the_process_each_time_is_left_to_a_person(
    firm: Firm, destination: ScriptedDestination
) -> None:
    destination.next(*[breaks(KilledError())] * 9)
    firm.drop("poison.pdf")
    for _ in range(9):
        try:
            firm.work(hours=0.1)
        except KilledError:
            firm.restart()

    assert (firm.states, firm.reason(1)) == ([State.NON_TRANSMIS], "journey.poison")
    assert len(destination.attempts) == 5


def test_what_was_delivered_and_not_filed_is_filed_at_the_start(firm: Firm, destination: ScriptedDestination) -> None:
    path = firm.drop("facture.pdf")
    firm.look()
    claimed = firm.ledger.claim("inqom")
    assert claimed is not None
    firm.ledger.record(claimed, Event.DELIVER, receipt="7", delivered=firm.clock.now())

    firm.restart()

    assert (firm.states, path.exists()) == ([State.ARCHIVED], False)
    assert destination.attempts == []


def test_a_duplicate_that_was_not_filed_is_filed_at_the_start(firm: Firm) -> None:
    begin_to_send(firm)
    path = firm.drop("again.pdf", b"%PDF facture.pdf")
    firm.look()
    firm.ledger.claim("inqom")
    assert firm.states == [State.ARCHIVED, State.DUPLICATE]

    firm.restart()

    assert (firm.states, path.exists()) == ([State.ARCHIVED, State.ARCHIVED], False)


@pytest.mark.parametrize("moved", [False, True], ids=["before the move", "after the move"])
def test_killed_around_the_move_it_is_in_the_archive_once(
    firm: Firm, destination: ScriptedDestination, monkeypatch: pytest.MonkeyPatch, *, moved: bool
) -> None:
    def archive_and_die(*what: Any) -> None:
        if moved:
            archive(*what)
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr("pushdoc.journey.after.archive", archive_and_die)
        with pytest.raises(KilledError):
            begin_to_send(firm)

    firm.restart()
    firm.work()

    assert firm.states == [State.ARCHIVED]
    assert firm.files() == {f"{NOVEMBER}/Transmis/facture.pdf": b"%PDF facture.pdf"}
    assert len(destination.arrived) == 1


#: Between one step that is tried and the next: looks are many, and each takes several.
STRIDE = 1


@pytest.mark.parametrize("later", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(
    ("turns", "hours"),
    [
        pytest.param([], 0.01, id="all well"),
        pytest.param([doubtful(arrived=True)], 0.01, id="in doubt, arrived"),
        pytest.param([doubtful(arrived=False)], 0.07, id="in doubt, lost"),
    ],
)
def test_killed_at_any_step_of_the_ledger_everything_arrives_once_and_is_filed(
    found: Callable[..., Firm],
    destination: ScriptedDestination,
    monkeypatch: pytest.MonkeyPatch,
    turns: list[Turn],
    hours: float,
    *,
    later: bool,
) -> None:
    monkeypatch.setattr(MortalLedger, "after", later)
    firm = found()
    step, killed = 0, True
    while killed:
        step, killed = step + STRIDE, False
        destination.arrived.clear()
        destination.script.clear()
        destination.next(*turns)
        contents = [f"%PDF {step} {number}".encode() for number in range(2)]
        first = firm.drop(f"{step}-a.pdf", contents[0])
        firm.drop(f"{step}-b.pdf", contents[1])
        firm.drop(f"{step}-c.pdf", contents[0])

        monkeypatch.setattr(MortalLedger, "left", float("inf"))
        firm.restart(ledger=MortalLedger)
        monkeypatch.setattr(MortalLedger, "left", step)
        try:
            firm.work(hours=hours, step_s=30)
        except KilledError:
            killed = True
        monkeypatch.setattr(MortalLedger, "left", float("inf"))
        firm.restart()
        firm.work(hours=0.1, step_s=30)

        assert sorted(destination.contents) == sorted(contents), f"killed at step {step}"
        assert not first.exists()
        assert set(firm.states) == {State.ARCHIVED}, f"killed at step {step}"
    assert step >= 10 * STRIDE  # a life has that many steps
    archived = [content for name, content in firm.files().items() if "/Transmis/" in name]
    assert len(archived) == len(firm.files()) == 3 * (step // STRIDE)


def test_killed_between_the_refusal_and_its_mark_the_mark_is_made_by_the_next_look(
    firm: Firm, destination: ScriptedDestination, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: Any) -> None:
        raise KilledError

    destination.next(refused())
    with monkeypatch.context() as patch:
        patch.setattr("pushdoc.journey.after.write_mark", die)
        with pytest.raises(KilledError):
            begin_to_send(firm)
    assert (firm.states, firm.marked(firm.one.path)) == ([State.NON_TRANSMIS], False)

    firm.restart()
    firm.look()

    assert firm.marked(firm.one.path)


def test_a_ledger_that_cannot_record_the_outcome_leaves_a_doubt_and_nothing_is_sent_twice(
    found: Callable[..., Firm], destination: ScriptedDestination, monkeypatch: pytest.MonkeyPatch
) -> None:
    firm = found()
    firm.drop("facture.pdf")
    firm.look()

    def no_space(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(firm.ledger, "record", no_space)
        for _ in range(3):
            with pytest.raises(OSError, match="No space"):
                firm.send()

    firm.work()

    assert firm.states == [State.ARCHIVED]
    assert len(destination.arrived) == 1


def test_two_couriers_and_the_round_that_finishes_leftovers_file_each_paper_once(
    firm: Firm, destination: ScriptedDestination
) -> None:
    papers = [firm.drop(f"{number}.pdf") for number in range(12)]
    firm.look()
    stop = threading.Event()
    errors: list[BaseException] = []

    def keep_on(work: Callable[[], object]) -> None:
        try:
            while not stop.is_set():
                work()
        except BaseException as error:  # noqa: BLE001 -- told at the end
            errors.append(error)

    carry, finish = firm.sending.carry, firm.sending.file_leftovers
    threads = [threading.Thread(target=keep_on, args=(work,)) for work in (carry, carry, finish)]
    for thread in threads:
        thread.start()
    for _ in range(2000):
        if errors or firm.ledger.in_states(State.ARCHIVED)[len(papers) - 1 :]:
            break
        stop.wait(0.005)
    stop.set()
    for thread in threads:
        thread.join(10)

    assert errors == []
    assert firm.states == [State.ARCHIVED] * len(papers)
    assert sorted(firm.files()) == sorted(f"{NOVEMBER}/Transmis/{path.name}" for path in papers)
    assert [firm.events(document.id).count("archived") for document in firm.documents] == [1] * len(papers)
    assert len(destination.arrived) == len(papers)


def test_who_comes_late_to_file_a_paper_finds_nothing_to_do(firm: Firm) -> None:
    firm.drop("facture.pdf")
    firm.look()
    claimed = firm.ledger.claim("inqom")
    assert claimed is not None
    known = firm.ledger.record(claimed, Event.DELIVER, receipt="7", delivered=firm.clock.now())
    firm.sending.file_leftovers()
    life = firm.events(1)

    firm.after.file(known)

    assert (firm.states, firm.events(1)) == ([State.ARCHIVED], life)


def test_a_document_that_is_on_its_way_is_left_to_its_courier(firm: Firm, destination: ScriptedDestination) -> None:
    destination.hold()
    firm.drop("facture.pdf")
    firm.look()
    courier = threading.Thread(target=firm.sending.carry)
    courier.start()
    assert destination.held.wait(10)

    assert firm.sending.carry() is False
    firm.sending.file_leftovers()
    firm.inquiry.ask()
    firm.look()
    assert firm.states == [State.SENDING]

    destination.let_go()
    courier.join(10)
    assert firm.states == [State.ARCHIVED]
