"""What time it is, brought in from outside so that tests push the clock instead of waiting."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from pushdoc.pulse import beat

if TYPE_CHECKING:
    import threading

#: Whoever waits on purpose gets on all the same, and shows it this often (seconds).
_TURN = 10.0


class Clock(Protocol):
    """The two times of the house, and the only way to let time pass."""

    def now(self) -> datetime:
        """The wall clock in UTC: what is recorded and shown. It can jump."""

    def monotonic(self) -> float:
        """Seconds that never run backwards: what settling, paces and deadlines count with."""

    def wait(self, seconds: float, until: threading.Event) -> bool:
        """Let time pass, at most until the event is set; True where it was."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The machine's wall clock, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """The machine's monotonic clock, in seconds."""
        return time.monotonic()

    def wait(self, seconds: float, until: threading.Event) -> bool:
        """Sleep until the event is set or the seconds are over."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            beat()
            if until.wait(min(left, _TURN)):
                return True
        return until.is_set()
