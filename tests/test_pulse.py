"""The sign of life of each thread."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from pushdoc.pulse import alive, at_rest, beat, hanging, stuck

if TYPE_CHECKING:
    import pytest


def test_a_thread_that_takes_no_step_is_named_until_it_does() -> None:
    at_work, go_on, went_on = threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        with alive():
            at_work.set()
            go_on.wait()
            beat()
            went_on.set()
            end.wait()

    end = threading.Event()
    thread = threading.Thread(target=work, name="a courier")
    thread.start()
    at_work.wait()
    assert hanging(0.0) == ["a courier"]
    assert hanging(60.0) == []
    go_on.set()
    went_on.wait()
    assert hanging(60.0) == []
    end.set()
    thread.join()
    assert hanging(0.0) == []


def test_who_never_said_that_it_works_is_not_missed() -> None:
    beat()
    assert hanging(0.0) == []


def test_who_rests_is_not_missed_and_is_again_at_work() -> None:
    with alive():
        with at_rest():
            assert hanging(0.0) == []
        assert hanging(0.0) == [threading.current_thread().name]


def test_who_has_not_come_on_for_some_seconds_is_stuck(monkeypatch: pytest.MonkeyPatch) -> None:
    with alive():
        assert stuck() == set()
        monkeypatch.setattr("pushdoc.pulse.STUCK_S", -1.0)
        assert stuck() == {threading.get_ident()}
        with at_rest():
            assert stuck() == set()
