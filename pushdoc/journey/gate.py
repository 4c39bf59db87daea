"""Whether a destination may be used now: its breaker, shared by its couriers and kept in the ledger."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from pushdoc.deliver.breaker import Breaker, Leave, Standing
from pushdoc.deliver.destination import Delayed
from pushdoc.ledger import DestinationNote
from pushdoc.log import logger
from pushdoc.pulse import stuck

if TYPE_CHECKING:
    from datetime import datetime

    from pushdoc.clock import Clock
    from pushdoc.ledger import Ledger
    from pushdoc.words import Phrase

#: So many doubtful outcomes in a row are the destination's trouble: it takes bodies and answers nothing readable.
_DOUBTS = 3


class Gate:
    """One destination's gate; safe to use from all its couriers."""

    def __init__(self, name: str, ledger: Ledger, clock: Clock) -> None:
        self.name = name
        self._ledger = ledger
        self._clock = clock
        self._lock = threading.Lock()
        self._prober: int | None = None  # its thread
        self._inside: set[int] = set()  # the threads that were let in
        self._passed: datetime | None = None
        self._doubts = 0
        self._shut = False
        self._breaker = _remembered(ledger.notes.destination(name))

    def enter(self) -> bool:
        """Whether one more document may go now; while the destination is being probed, only one may at a time.

        Who was let in says `leave` afterwards, whatever happened.
        """
        with self._lock:
            match self._breaker.may_send(self._clock.now()):
                case _ if self._shut:
                    return False
                case Leave.ALL if self._has_room():
                    pass
                case Leave.PROBE if self._prober is None or self._prober in stuck():
                    self._prober = threading.get_ident()
                case _:
                    return False
            self._inside.add(threading.get_ident())
            return True

    def _has_room(self) -> bool:
        """Whether one more fits in; who is stuck in a share that does not answer keeps nobody out."""
        width = self._breaker.width
        return len(self._inside) < width or len(self._inside - stuck()) < width

    def lets_go(self) -> bool:
        """Whether this thread, which was let in a while ago, may still send: trouble may have come since."""
        with self._lock:
            if self._shut or threading.get_ident() == self._prober:
                return not self._shut
            return self._breaker.may_send(self._clock.now()) is Leave.ALL

    def shut(self) -> None:
        """Let nobody in any more, and nobody go: the house is closing."""
        with self._lock:
            self._shut = True

    def leave(self) -> None:
        """Whoever was let in, by the same thread, has ended."""
        with self._lock:
            self._inside.discard(threading.get_ident())
            # Those who were let in before the trouble end while a probe is out: that is not the probe's end.
            if self._prober == threading.get_ident():
                self._prober = None

    def success(self) -> None:
        """The destination answered as it should."""
        with self._lock:
            self._doubts = 0
            self._passed = self._clock.now()
            self._become(self._breaker.on_success(self._passed))

    def trouble(self, delayed: Delayed) -> None:
        """The destination answered with its own trouble, or not at all."""
        with self._lock:
            self._become(self._breaker.on_trouble(delayed, self._clock.now()))

    def doubt(self, reason: Phrase) -> None:
        """A body went out and nothing readable came back: once is an accident, several in a row are trouble."""
        with self._lock:
            self._doubts += 1
            if self._doubts >= _DOUBTS:
                self._become(self._breaker.on_trouble(Delayed(reason), self._clock.now()))

    def try_now(self) -> None:
        """Something has changed that may end the trouble: probe at once."""
        with self._lock:
            self._become(self._breaker.try_now(self._clock.now()))

    def passed_since(self, moment: datetime) -> bool:
        """Whether the destination has answered as it should since then: what failed then is not to be blamed on it."""
        return self._passed is not None and self._passed > moment

    @property
    def standing(self) -> Standing:
        """How the destination is, as far as is known."""
        return self._breaker.state

    @property
    def reason(self) -> Phrase | None:
        """Why it is as it is, where it is in trouble."""
        return self._breaker.reason

    @property
    def until(self) -> datetime | None:
        """Until when it is left alone; None while it is not."""
        return self._breaker.until

    def _become(self, breaker: Breaker) -> None:
        if breaker == self._breaker:
            return
        changed = breaker.state is not self._breaker.state
        only_wider = replace(breaker, width=self._breaker.width) == self._breaker
        self._breaker = breaker
        if only_wider:
            return
        if breaker.state is Standing.UP:
            self._ledger.level_turns(self.name)
        since = breaker.since or self._clock.now()
        self._ledger.notes.keep_destination(
            DestinationNote(self.name, breaker.state.value, since, breaker.until, breaker.reason, breaker.pauses)
        )
        if changed:
            level = logger().info if breaker.state is Standing.UP else logger().warning
            said = f"destination is {breaker.state.value}"
            level(said, destination=self.name, until=breaker.until, reason=breaker.reason)


def _remembered(note: DestinationNote | None) -> Breaker:
    if note is None:
        return Breaker()
    return Breaker(Standing(note.state), note.since, note.until, note.reason, note.pauses)
