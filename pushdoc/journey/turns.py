"""Who may send now: fewer than carry, so that while some send, the others claim the next document and file the last."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pushdoc.pulse import beat

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pushdoc.journey.gate import Gate

#: Whoever waits for others to end looks so often whether waiting still makes sense.
_TURN_S = 1.0


class Turns:
    """So many couriers of one destination send at once."""

    def __init__(self, gate: Gate, at_once: int) -> None:
        self._gate = gate
        self._free = threading.Semaphore(at_once)

    @contextmanager
    def one(self) -> Iterator[bool]:
        """Whether this courier may send in here, having waited until fewer do; False where the gate was shut since."""
        while not (mine := self._free.acquire(timeout=_TURN_S)) and self._gate.lets_go():
            beat()
        try:
            yield mine and self._gate.lets_go()
        finally:
            if mine:
                self._free.release()
