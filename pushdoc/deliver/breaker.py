"""A destination's trouble, kept from being every document's: it pauses, is probed, and comes back.

Pure: a `Breaker` is a value, and each thing that happens to it gives another.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from pushdoc.deliver.destination import Delayed
    from pushdoc.words import Phrase

_FIRST_PAUSE = timedelta(seconds=5)
_LONGEST_PAUSE = timedelta(minutes=5)
_LONGEST_ASKED = timedelta(hours=1)
#: From so many documents at once on, a destination that came back is trusted as before.
_WIDEST = 64
_DOUBLINGS = 6  # 5 s doubled so often is past the longest pause


class Standing(StrEnum):
    """How a destination stands; the values are what `status --json` prints."""

    UP = "up"
    PAUSED = "paused"
    DOWN = "down"
    UNKNOWN = "unknown"


class Leave(Enum):
    """What may be sent now: nothing, one document to see whether the destination is back, or all that wait."""

    NONE = "none"
    PROBE = "probe"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Breaker:
    """How a destination stands, `since` when, and what it waits for.

    `until` is when a probe may go, `pauses` how many troubles came in a row. `down` is trouble that only a person
    can end; it is probed all the same, since nobody tells us when they have.

    `width` is how many documents may be on their way at once: one after trouble, then twice as many with each success,
    so that a service that has just come back is not run over.
    """

    state: Standing = Standing.UNKNOWN
    since: datetime | None = None
    until: datetime | None = None
    reason: Phrase | None = None
    pauses: int = 0
    width: int = 1

    def may_send(self, now: datetime) -> Leave:
        """What may be sent; the caller lets one probe out at a time."""
        if self.state is Standing.UP:
            return Leave.ALL
        return Leave.NONE if self._waits(now) else Leave.PROBE

    def on_trouble(self, delayed: Delayed, now: datetime) -> Breaker:
        """The breaker after an answer that was the destination's fault.

        A pause already under way is not made longer by the answers of requests that left before it, unless the
        service asks for more.
        """
        state = Standing.DOWN if delayed.needs_person else Standing.PAUSED
        under_way = self._waits(now) and state is self.state
        asked = None if delayed.retry_after is None else _clamped(delayed.retry_after)
        if under_way and self.until:
            pauses = self.pauses
            until = max(self.until, now + (asked or timedelta(0)))
        else:
            pauses = self.pauses + 1
            until = now + _pause(state, pauses, asked)
        since = self.since if state is self.state else now
        return Breaker(state=state, since=since, until=until, reason=delayed.reason, pauses=pauses)

    def on_success(self, now: datetime) -> Breaker:
        """The breaker after an answer that shows the service at work.

        During a pause it changes nothing: that request left before the trouble.
        """
        if self.state is Standing.UP:
            return self if self.width >= _WIDEST else replace(self, width=2 * self.width)
        if self.state is not Standing.UNKNOWN and self._waits(now):
            return self
        # Where no trouble is known of, after a start for one, nothing has to recover.
        return Breaker(state=Standing.UP, since=now, width=_WIDEST if self.state is Standing.UNKNOWN else 1)

    def try_now(self, now: datetime) -> Breaker:
        """The breaker when something has changed that may end the trouble, new rules for one: a probe may go."""
        return self if self.until is None else replace(self, until=now)

    def _waits(self, now: datetime) -> bool:
        # A wall clock that was set back must not make a pause of days out of one of minutes.
        return self.until is not None and now < self.until <= now + _LONGEST_ASKED


def _pause(state: Standing, pauses: int, asked: timedelta | None) -> timedelta:
    grown = min(_FIRST_PAUSE * 2.0 ** min(pauses - 1, _DOUBLINGS), _LONGEST_PAUSE)
    if state is Standing.DOWN:
        return _LONGEST_PAUSE
    if asked is None:
        return grown
    # The first time the service is taken at its word; one that keeps saying "at once" is not hammered.
    return asked if pauses == 1 else max(asked, grown)


def _clamped(asked: timedelta) -> timedelta:
    return min(max(asked, timedelta(0)), _LONGEST_ASKED)
