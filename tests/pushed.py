"""A clock for tests: time passes when it is pushed, and not otherwise."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta


class PushedClock:
    """A clock that moves only when it is pushed; waiting pushes it."""

    def __init__(self, start: datetime = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)) -> None:
        self._now = start
        self._monotonic = 1000.0
        self._lock = threading.Lock()

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic

    def wait(self, seconds: float, until: threading.Event) -> bool:
        if not until.is_set():
            self.push(seconds)
        return until.is_set()

    def push(self, seconds: float) -> None:
        with self._lock:
            self._now += timedelta(seconds=seconds)
            self._monotonic += seconds
