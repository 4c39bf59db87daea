from __future__ import annotations

import socket
import threading

import httpx
import pytest
from pushed import PushedClock
from rude import FINE

from pushdoc.deliver.connection import Connection, Origin
from pushdoc.deliver.deadline import Deadline

HOST = "inqom.example"
BODY = bytes(500_000)


class Counted(PushedClock):
    """A clock that knows how often it was asked since it was pushed; `over` when nobody asks it any more."""

    def __init__(self) -> None:
        super().__init__()
        self._asked = threading.Semaphore(0)
        self.over = threading.Event()

    def monotonic(self) -> float:
        self._asked.release()
        return super().monotonic()

    def let_pass(self, seconds: float) -> None:
        """Push it, and come back when somebody has waited for at least a turn since."""
        self.push(seconds)
        while self._asked.acquire(blocking=False):
            pass
        asked = 0
        while asked < 6 and not self.over.is_set():  # of one turn two are certain
            asked += self._asked.acquire(timeout=0.1)


@pytest.mark.parametrize("each_time", [40_000, 0])
def test_who_takes_a_little_at_a_time_is_waited_for_and_who_takes_nothing_is_not(each_time: int) -> None:
    ours, theirs = socket.socketpair()
    # The system lets us write on when a quarter is left of what it keeps: after more time than we wait for no progress.
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 200_000)
    clock = Counted()
    taken = 0

    def take() -> None:
        nonlocal taken
        while taken < len(BODY) and not clock.over.is_set():
            if each_time:
                taken += len(theirs.recv(each_time))
            clock.let_pass(2)
        if each_time:
            theirs.sendall(FINE)

    deadline = Deadline(clock, threading.Event())
    connection = Connection(Origin("http", HOST, 80), ours, deadline, 5.0)
    service = threading.Thread(target=take)
    service.start()
    request = httpx.Request("POST", f"http://{HOST}/up", content=BODY)
    try:
        with deadline.within(3600.0):
            if each_time:
                assert connection.ask(request).status_code == httpx.codes.OK
            else:
                with pytest.raises(httpx.WriteTimeout):
                    connection.ask(request)
    finally:
        clock.over.set()
        connection.close()
        service.join()
        theirs.close()
