"""Which of our threads get on: the sign of life that systemd is given is only as true as this.

A thread that works takes a pulse with every step and rests where it ends. Steps are short by themselves (the network
is waited for in turns, looks have a limit), so one that has not come for minutes hangs: in a lock, in a share that
does not answer, in a ledger's disk.
"""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Who has not come a step further for so many seconds is stuck, and others go on in its place.
STUCK_S = 10.0

# By thread, and not by its name, which the couriers of the next house bear again. Here for all, since it is beaten from
# everywhere beneath the couriers and there is one process. Single operations on a dictionary need no lock.
_beats: dict[threading.Thread, float] = {}


@contextmanager
def alive() -> Iterator[None]:
    """This thread is at work in here, and is missed when it does not get on."""
    thread = threading.current_thread()
    _beats[thread] = time.monotonic()
    try:
        yield
    finally:
        _beats.pop(thread, None)


def beat() -> None:
    """This thread has come one step further; nothing where it is not `alive`."""
    thread = threading.current_thread()
    if thread in _beats:
        _beats[thread] = time.monotonic()


@contextmanager
def at_rest() -> Iterator[None]:
    """This thread has nothing to do in here, and is not missed however long that lasts."""
    thread = threading.current_thread()
    at_work = _beats.pop(thread, None) is not None
    try:
        yield
    finally:
        if at_work:
            _beats[thread] = time.monotonic()


def hanging(seconds: float) -> list[str]:
    """The threads at work that have not come a step further for so long, by name."""
    return sorted(thread.name for thread in _late(seconds))


def stuck() -> set[int]:
    """The threads at work that have not come a step further for `STUCK_S`, by number (`threading.get_ident`)."""
    return {thread.ident for thread in _late(STUCK_S) if thread.ident is not None}


def _late(seconds: float) -> list[threading.Thread]:
    latest = time.monotonic() - seconds
    return [thread for thread, at in tuple(_beats.items()) if at < latest]
