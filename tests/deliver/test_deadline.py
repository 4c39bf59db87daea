"""What a wait that is cut into turns takes for the end of a turn, and what for the end of the connection."""

from __future__ import annotations

import errno
import os
import threading
from typing import TYPE_CHECKING

import httpx
import pytest

from pushdoc.deliver.deadline import Deadline

if TYPE_CHECKING:
    from pushed import PushedClock


def waiting(*ends: BaseException | str, deadline: Deadline) -> str:
    """What comes of a wait whose turns end like this, one after the other."""
    turns = iter(ends)

    def turn() -> str:
        end = next(turns)
        if isinstance(end, BaseException):
            raise end
        return end

    with deadline.within(60.0):
        return deadline.in_turns(60.0, turn, httpx.ReadTimeout)


def test_a_turn_that_brings_nothing_is_followed_by_another(clock: PushedClock) -> None:
    deadline = Deadline(clock, threading.Event())
    assert waiting(TimeoutError("timed out"), TimeoutError("timed out"), "answer", deadline=deadline) == "answer"


def test_a_connection_that_the_system_has_given_up_is_not_waited_for(clock: PushedClock) -> None:
    # Python tells both by TimeoutError; only the system's has a number.
    given_up = OSError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT))
    assert isinstance(given_up, TimeoutError)
    deadline = Deadline(clock, threading.Event())
    with pytest.raises(TimeoutError, match=os.strerror(errno.ETIMEDOUT)):
        waiting(given_up, "never", deadline=deadline)


def test_what_is_still_on_its_way_to_the_service_is_progress_and_what_stands_still_is_none(clock: PushedClock) -> None:
    on_its_way = iter([900, 600, 300, 0, 0, 0, 0])
    turns: list[None] = []

    def turn() -> str:
        turns.append(None)
        clock.push(25)
        raise TimeoutError

    deadline = Deadline(clock, threading.Event())
    with deadline.within(3600.0), pytest.raises(httpx.ReadTimeout):
        deadline.in_turns(60.0, turn, httpx.ReadTimeout, lambda: next(on_its_way))
    assert len(turns) == 7  # 60 s after it had all arrived
