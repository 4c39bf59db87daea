"""While one document is on its way, the next is claimed; it goes when its turn comes, and may not go at all."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest
from fakes import delayed

from pushdoc.states import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakes import ScriptedDestination
    from journeys.firm import Firm

_PATIENCE_S = 10.0


@pytest.fixture
def couriers(firm: Firm, destination: ScriptedDestination) -> Iterator[list[threading.Thread]]:
    """Two couriers of a destination that takes one document at a time: one sends, the other has claimed and waits."""
    firm.drop("first of all.pdf")  # after which the destination is trusted with several
    firm.look()
    assert firm.send() == 1
    firm.drop("a.pdf")
    firm.drop("b.pdf")
    firm.look()
    destination.held.clear()
    destination.hold()
    threads = [threading.Thread(target=firm.sending.carry) for _ in range(2)]
    threads[0].start()
    assert destination.held.wait(_PATIENCE_S)
    threads[1].start()
    until(firm, [State.SENDING, State.SENDING])
    yield threads
    destination.let_go()
    for thread in threads:
        thread.join(_PATIENCE_S)


def until(firm: Firm, states: list[State]) -> None:
    """Come back once the two are in these states."""
    patience = time.monotonic() + _PATIENCE_S
    while firm.states[1:] != states:
        assert time.monotonic() < patience, firm.states


def end(destination: ScriptedDestination, couriers: list[threading.Thread]) -> None:
    destination.let_go()
    for courier in couriers:
        courier.join(_PATIENCE_S)
        assert not courier.is_alive()


def test_the_next_document_is_claimed_while_the_last_is_sent_and_both_arrive(
    firm: Firm, destination: ScriptedDestination, couriers: list[threading.Thread]
) -> None:
    assert destination.attempts == ["first of all.pdf", "a.pdf"]

    end(destination, couriers)

    assert destination.attempts == ["first of all.pdf", "a.pdf", "b.pdf"]
    assert firm.states == [State.ARCHIVED] * 3


def test_what_was_claimed_is_given_back_unsent_when_trouble_comes_before_its_turn(
    firm: Firm, destination: ScriptedDestination, couriers: list[threading.Thread]
) -> None:
    destination.trouble = delayed().answer  # type: ignore[assignment]  # for whoever asks from now on
    firm.gate.trouble(destination.trouble)  # type: ignore[arg-type]  # another courier met with it

    until(firm, [State.SENDING, State.WAITING])
    end(destination, couriers)

    assert "b.pdf" not in destination.attempts
    assert firm.states == [State.ARCHIVED, State.ARCHIVED, State.WAITING]
    waiting = firm.documents[-1]
    assert (waiting.attempts, waiting.turn, waiting.suspicions) == (0, 0, 0)


def test_what_was_claimed_is_given_back_unsent_when_the_house_closes(
    firm: Firm, destination: ScriptedDestination, couriers: list[threading.Thread]
) -> None:
    firm.gate.shut()

    until(firm, [State.SENDING, State.WAITING])
    end(destination, couriers)

    assert "b.pdf" not in destination.attempts
    assert firm.states == [State.ARCHIVED, State.ARCHIVED, State.WAITING]
    firm.restart()
    assert firm.send() == 1
    assert destination.attempts[-1] == "b.pdf"
