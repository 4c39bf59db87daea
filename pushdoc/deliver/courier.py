"""The couriers of one destination: a few threads that each carry one document at a time.

What carrying is, they are told; here is only how they work side by side, rest, and end.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from pushdoc.log import logger
from pushdoc.pulse import alive, at_rest, beat, stuck

if TYPE_CHECKING:
    from collections.abc import Callable

    from pushdoc.clock import Clock

#: A document that was retried by another process, or whose hour has come, is taken up within this time: of the couriers
# that rest, one looks so often, and calls the others where there is something to do.
_REST_S = 1.0


class Couriers:
    """`parallel` threads that call `carry` until it finds nothing to do, rest, and try again.

    `carry` returns whether it did something. An error that it lets through is logged, and its thread rests before it
    goes on: one bad hour of the ledger's disk must not end the service.
    """

    def __init__(self, name: str, parallel: int, carry: Callable[[], bool], clock: Clock) -> None:
        self._carry = carry
        self._clock = clock
        self._stop = threading.Event()
        lock = threading.Lock()
        self._call = threading.Condition(lock)
        # Of its own: whoever rests must not be woken each time that another begins to.
        self._idle = threading.Condition(lock)
        self._calls = 0
        self._rested: set[int] = set()
        self._stumbles = 0  # in a row, by whichever of them
        self._stumbled: Exception | None = None
        self._somebody_looks_out = False
        self._name = name
        self._parallel = parallel
        self._wanted = parallel
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Begin to carry."""
        self._hire()

    def relieve(self) -> None:
        """Let somebody else carry for each that is stuck, in a share that does not answer; twice as many at most."""
        missing = stuck().intersection(thread.ident for thread in self._threads)
        self._wanted = max(self._wanted, self._parallel + min(len(missing), self._parallel))
        self._hire()

    def _hire(self) -> None:
        for number in range(len(self._threads), self._wanted):
            thread = threading.Thread(target=self._work, name=f"{self._name}-{number}", args=(number,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def call(self) -> None:
        """Something may be due: whoever rests looks at once."""
        with self._call:
            self._calls += 1
            self._rested.clear()
            self._call.notify_all()

    def wait_until_idle(self, seconds: float) -> bool:
        """Whether every courier has found nothing to do since the last call, waiting so long at most for it."""
        with self._idle:
            return self._idle.wait_for(lambda: len(self._rested) == self._wanted, timeout=seconds)

    def stuck_by(self) -> Exception | None:
        """Why none of them can do anything, where each that tried of late was stopped by an error."""
        return self._stumbled if self._stumbles >= self._wanted else None

    def stop(self, seconds: float) -> bool:
        """Take up nothing new and wait so long for what is under way; whether all of it ended."""
        self._stop.set()
        self.call()
        deadline = self._clock.monotonic() + seconds
        for thread in self._threads:
            if thread.is_alive():
                thread.join(max(0.0, deadline - self._clock.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _work(self, number: int) -> None:
        with alive():
            self._go_round(number)

    def _go_round(self, number: int) -> None:
        looked_out = False
        while not self._stop.is_set():
            beat()
            calls = self._calls
            try:
                worked = self._carry()
            except Exception as error:  # noqa: BLE001 -- the one place where a thread would end unheard
                logger().exception("courier stumbled", courier=threading.current_thread().name)
                self._stumbles, self._stumbled, worked = self._stumbles + 1, error, False
            else:
                if worked:
                    self._stumbles = 0
            if worked and looked_out:
                self.call()
            looked_out = not worked and self._rest(number, calls)

    def _rest(self, number: int, calls: int) -> bool:
        """Sleep until there may be something to do; whether it was this one that looked out for all."""
        with self._call:
            if calls != self._calls or self._stop.is_set():
                return False
            looks_out = not self._somebody_looks_out
            self._somebody_looks_out = True
            self._rested.add(number)
            self._idle.notify_all()
            with at_rest():
                self._call.wait_for(lambda: self._calls != calls, timeout=_REST_S if looks_out else None)
            self._rested.discard(number)
            if looks_out:
                self._somebody_looks_out = False
            return looks_out
