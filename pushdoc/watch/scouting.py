"""What a scout does: the child process's side of `scout`, started by `python -m pushdoc.watch.scouting DESCRIPTOR`."""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pushdoc.watch.errands import Errand

#: Not more than one sign of life in so many seconds.
_SIGN_S = 0.5


class _Scouting:
    """Runs one errand after the other, and shows now and then that it gets on."""

    def __init__(self, sender: Connection) -> None:
        self._sender = sender
        self._shown = 0.0

    def until_dismissed(self) -> None:
        self._step()
        while True:
            errand: Errand[Any] = self._sender.recv()
            self._sender.send((errand.run(self._step),))

    def _step(self) -> None:
        now = time.monotonic()
        if now - self._shown >= _SIGN_S:
            self._sender.send(None)
            self._shown = now


def main(descriptor: int) -> None:
    """Run errands until the one who sends them has gone."""
    with Connection(descriptor) as sender, suppress(EOFError, ConnectionError):
        _Scouting(sender).until_dismissed()


if __name__ == "__main__":
    main(int(sys.argv[1]))
