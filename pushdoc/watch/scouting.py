"""What scouts do, and who starts them: the other side of `scout` and `launcher`.

`python -m pushdoc.watch.scouting DESCRIPTOR` waits on that socket for connections, and becomes a scout for each.
"""

from __future__ import annotations

import os
import signal
import socket
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
    """Start scouts until the one who asks for them has gone."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those who have ended
    with socket.socket(fileno=descriptor) as orders:
        while True:
            order, descriptors, *_ = socket.recv_fds(orders, 1, 1)
            if not order:
                return
            pid = os.fork()
            if pid == 0:
                break
            os.close(descriptors[0])
            orders.send(str(pid).encode())
    # The scout: the one who asked is spoken to by its own connection, and by nothing else.
    with Connection(descriptors[0]) as sender, suppress(EOFError, ConnectionError):
        _Scouting(sender).until_dismissed()


if __name__ == "__main__":
    main(int(sys.argv[1]))
