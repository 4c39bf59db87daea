"""What time it is inside the sandbox: the given clock, plus what it was pushed by."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Hours:
    """Seconds since the sandbox was made, and the wall clock that goes with them."""

    def __init__(self, clock: Callable[[], float], started: datetime | None = None) -> None:
        self._clock = clock
        self._zero = clock()
        self._started = started or datetime.now(UTC)
        self._pushed = 0.0

    def seconds(self) -> float:
        """Seconds since the sandbox was made."""
        return self._clock() - self._zero + self._pushed

    def push(self, seconds: float) -> None:
        """Let time pass at once: documents get further, tokens get older."""
        self._pushed += seconds

    def wall(self, seconds: float) -> datetime:
        """The date and hour at which the sandbox had this age."""
        return self._started + timedelta(seconds=seconds)


def timestamp(moment: datetime) -> str:
    """UTC as Inqom writes it: ISO 8601 with as many decimals as are needed, and Z."""
    text = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f").rstrip("0").rstrip(".")
    return f"{text}Z"
