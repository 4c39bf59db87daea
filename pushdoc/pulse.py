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

# By thread: it is beaten from everywhere beneath the couriers, and there is one process. Single operations on a
# dictionary need no lock.
_beats: dict[str, float] = {}


@contextmanager
def alive() -> Iterator[None]:
    """This thread is at work in here, and is missed when it does not get on."""
    name = threading.current_thread().name
    _beats[name] = time.monotonic()
    try:
        yield
    finally:
        _beats.pop(name, None)


def beat() -> None:
    """This thread has come one step further; nothing where it is not `alive`."""
    name = threading.current_thread().name
    if name in _beats:
        _beats[name] = time.monotonic()


@contextmanager
def at_rest() -> Iterator[None]:
    """This thread has nothing to do in here, and is not missed however long that lasts."""
    name = threading.current_thread().name
    at_work = _beats.pop(name, None) is not None
    try:
        yield
    finally:
        if at_work:
            _beats[name] = time.monotonic()


def hanging(seconds: float) -> list[str]:
    """The threads at work that have not come a step further for so long, by name."""
    latest = time.monotonic() - seconds
    return sorted(name for name, at in tuple(_beats.items()) if at < latest)
