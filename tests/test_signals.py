"""Signals that come in the middle of what the main thread does with them."""

from __future__ import annotations

import subprocess
import sys
import threading
import time

import pytest

from pushdoc.signals import Flag

# A handler runs between any two lines of what is asked of a flag; one that waits for itself is ended by the test.
INTERRUPTED = """
import signal, sys
from pushdoc.signals import Flag

flag = Flag()
signal.signal(signal.SIGHUP, lambda number, frame: flag.set())

def interrupted(what, at):
    lines = 0

    def trace(frame, event, argument):
        nonlocal lines
        lines += event == "line"
        if lines == at:
            sys.settrace(None)
            signal.raise_signal(signal.SIGHUP)
        return trace

    sys.settrace(trace)
    what()
    sys.settrace(None)
    return lines == at

for what in (flag.set, flag.clear, flag.is_set, lambda: flag.wait(0.01), lambda: (flag.clear(), flag.wait(0.01))):
    at = 1
    while interrupted(what, at):
        at += 1
    print(at)
"""


def test_a_signal_that_comes_in_the_middle_of_heeding_another_stops_nobody() -> None:
    program = [sys.executable, "-c", INTERRUPTED]

    ended = subprocess.run(program, capture_output=True, text=True, timeout=60, check=True)

    assert len(ended.stdout.split()) == 5


def test_a_flag_is_what_an_event_is() -> None:
    flag = Flag()
    assert not flag.is_set()
    assert not flag.wait(0.01)

    threading.Timer(0.05, flag.set).start()
    begun = time.monotonic()
    assert flag.wait(30)
    assert time.monotonic() - begun < 20
    assert flag.wait(0)

    flag.clear()
    assert not flag.is_set()


def test_a_flag_without_a_limit_is_waited_for_as_long_as_it_takes() -> None:
    flag = Flag()
    threading.Timer(1.2, flag.set).start()

    assert flag.wait()


@pytest.mark.parametrize("seconds", [0, -1])
def test_a_wait_of_no_time_comes_back_at_once(seconds: float) -> None:
    assert not Flag().wait(seconds)
