"""How long a whole request may take, whatever each single wait of it may, and how all requests are ended.

A server that sends a byte now and then would hold a thread for ever if only each wait were limited. Here every wait
is also held to what is left of its request, and is cut into short turns so that `stop` is seen.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

import httpx

from pushdoc.pulse import beat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pushdoc.clock import Clock

TURN = 0.1
"""Seconds after which a waiting thread looks whether it should go on."""

_Waited = TypeVar("_Waited")


class OverdueError(httpx.TimeoutException):
    """The request took longer than the whole of it may."""


class StoppedError(httpx.TimeoutException):
    """We were told to stop while the request was under way."""


class Deadline:
    """When the request that this thread is making must be over, and the event that ends all requests."""

    def __init__(self, clock: Clock, stop: threading.Event) -> None:
        self._clock = clock
        self._stop = stop
        self._of_thread = threading.local()

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """All that this thread does with the network in here must be over in so many seconds."""
        self._of_thread.end = self._clock.monotonic() + seconds
        try:
            yield
        finally:
            del self._of_thread.end

    def left(self, seconds: float) -> float:
        """The time that a wait of so many seconds may really take.

        Raises:
            OverdueError: none is left.
            StoppedError: we were told to stop.
        """
        if self._stop.is_set():
            raise StoppedError("told to stop")
        remaining: float = self._of_thread.end - self._clock.monotonic()
        if remaining <= 0:
            raise OverdueError("the whole request took too long")
        return min(seconds, remaining)

    def in_turns(
        self,
        seconds: float,
        wait: Callable[[], _Waited],
        overdue: type[httpx.TimeoutException],
        left_over: Callable[[], int] = lambda: 0,
    ) -> _Waited:
        """What `wait` returns; it is called again when a turn of it ends in a TimeoutError, until the time is over.

        The time begins anew as long as what is `left_over` of something else grows less: that is progress, too.

        Raises:
            TimeoutException: `overdue` when the seconds are over; see `left` for the others.
            OSError: from `wait`; among them the system's own ETIMEDOUT, after which nothing more will come.
        """
        last = self._clock.monotonic() + self.left(seconds)
        before: int | None = None
        while True:
            beat()
            try:
                return wait()
            except TimeoutError as error:
                if error.errno is not None:  # not the end of a turn: the system has given the connection up
                    raise
                remaining = self.left(seconds)
                now = left_over()
                if before is not None and now < before:
                    last = self._clock.monotonic() + remaining
                before = now
                if self._clock.monotonic() >= last:
                    raise overdue("no progress") from error
