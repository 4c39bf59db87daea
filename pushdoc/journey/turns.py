"""Who may send now: fewer than carry, so that while some send, the others claim the next document and file the last."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pushdoc.pulse import beat, stuck

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pushdoc.journey.gate import Gate

#: Whoever waits for others to end looks so often whether waiting still makes sense.
_TURN_S = 1.0


class Turns:
    """So many couriers of one destination send at once, whoever is stuck not counted."""

    def __init__(self, gate: Gate, at_once: int) -> None:
        self._gate = gate
        self._at_once = at_once
        self._changed = threading.Condition()
        self._sending: set[int] = set()

    @contextmanager
    def one(self) -> Iterator[bool]:
        """Whether this courier may send in here, having waited until fewer do; False where the gate was shut since."""
        me = threading.get_ident()
        with self._changed:
            while not (mine := self._has_room()) and self._gate.lets_go():
                self._changed.wait(_TURN_S)
                beat()
            if mine:
                self._sending.add(me)
        try:
            yield mine and self._gate.lets_go()
        finally:
            if mine:
                with self._changed:
                    self._sending.discard(me)
                    self._changed.notify()

    def _has_room(self) -> bool:
        return len(self._sending) < self._at_once or len(self._sending - stuck()) < self._at_once
