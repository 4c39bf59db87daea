"""Whose turn it is to send."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from pushdoc.journey import Gate
from pushdoc.journey.turns import Turns
from pushdoc.ledger import Ledger
from pushdoc.pulse import alive

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pushed import PushedClock


@pytest.fixture
def gate(tmp_path: Path, clock: PushedClock) -> Iterator[Gate]:
    ledger = Ledger.open(tmp_path / "pushdoc.db", clock)
    yield Gate("inqom", ledger, clock)
    ledger.close()


@pytest.mark.parametrize("stuck", [False, True], ids=["who sends", "who is stuck in a share"])
def test_one_more_may_send_when_another_has_ended_or_is(
    gate: Gate, monkeypatch: pytest.MonkeyPatch, *, stuck: bool
) -> None:
    turns = Turns(gate, 1)
    sending, let_go, may = threading.Event(), threading.Event(), threading.Event()
    monkeypatch.setattr("pushdoc.journey.turns._TURN_S", 0.01)

    def send() -> None:
        with alive(), turns.one():
            sending.set()
            let_go.wait(10)

    def come() -> None:
        with turns.one() as mine:
            if mine:
                may.set()

    for _ in range(5):  # let in one after the other, so that the gate is wide
        gate.success()
    first, second = threading.Thread(target=send), threading.Thread(target=come)
    first.start()
    assert sending.wait(10)
    second.start()
    assert not may.wait(0.1)
    if stuck:
        monkeypatch.setattr("pushdoc.pulse.STUCK_S", 0.0)
        assert may.wait(10)
    let_go.set()
    assert may.wait(10)
    first.join()
    second.join()
