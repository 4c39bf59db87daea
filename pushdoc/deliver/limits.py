"""How fast one account of a service may be asked: a sliding window that all its routes and threads share."""

from __future__ import annotations

import math
import threading
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pushdoc.clock import Clock

#: Seconds by which a slot stays used after its window: two requests can arrive closer together than they left.
#: At a steady load it costs a twentieth of the rate. Leave more room by a lower rate, as the default of Inqom does.
MARGIN = 0.05

_SHORTEST_WAIT = 0.01


class Window:
    """The slots of one sliding window, by their moments (seconds of a monotonic clock). Pure.

    A rate between two whole numbers is rounded down; one below a request a window makes the window longer.
    """

    def __init__(self, per_second: float, seconds: float = 1.0) -> None:
        self._slots = max(1, math.floor(per_second * seconds))
        self._span = max(seconds, 1 / per_second) + MARGIN
        # What stays free of background requests, so that a document that comes now need not wait for them.
        self._kept_free = min(self._slots - 1, max(1, self._slots // 4))
        self._taken: deque[float] = deque(maxlen=self._slots)

    def next_free(self, now: float) -> float:
        """When the next request may go: now, or when the oldest slot of a full window is free again."""
        if len(self._taken) < self._slots:
            return max(now, self._taken[-1]) if self._taken else now
        return max(now, self._taken[-1], self._taken[0] + self._span)

    def next_spare(self, now: float) -> float:
        """When a background request may go, if no other comes before."""
        room = self._slots - self._kept_free
        last = self._taken[-1] if self._taken else now
        if len(self._taken) < room:
            return max(now, last)
        return max(now, last, self._taken[-room] + self._span)

    def take(self, moment: float) -> None:
        """Use a slot at that moment, which `next_free` has given."""
        self._taken.append(moment)


class Pace:
    """The pace of one account.

    Foreground requests are served strictly in the order in which they came: each books the next free moment and
    waits for it. Background ones go only when none of those waits, and leave a quarter of the window free.
    """

    def __init__(self, per_second: float, clock: Clock, window: float = 1.0) -> None:
        self._window = Window(per_second, window)
        self._clock = clock
        self._lock = threading.Lock()

    def take(self, stop: threading.Event, *, background: bool = False) -> bool:
        """Wait for a turn; True when it has come, False when `stop` was set before."""
        return self._take_spare(stop) if background else self._take_next(stop)

    def _take_next(self, stop: threading.Event) -> bool:
        with self._lock:
            moment = self._window.next_free(self._clock.monotonic())
            self._window.take(moment)
        while (left := moment - self._clock.monotonic()) > 0:
            if self._clock.wait(left, stop):
                return False
        return not stop.is_set()

    def _take_spare(self, stop: threading.Event) -> bool:
        while not stop.is_set():
            with self._lock:
                now = self._clock.monotonic()
                moment = self._window.next_spare(now)
                if moment <= now:
                    self._window.take(now)
                    return True
            self._clock.wait(max(moment - now, _SHORTEST_WAIT), stop)
        return False
