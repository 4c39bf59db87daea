"""What signals ask of a running pushdoc, kept until somebody has time for it: to stop, or to begin again."""

from __future__ import annotations

import faulthandler
import signal
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


#: The longest rest in which a handler's word may go unheard, in seconds.
_REST_S = 1.0


class Flag(threading.Event):
    """An event that a signal's handler may set.

    A handler runs in the middle of whatever the main thread does. Where that is a plain event's own `clear` or `wait`,
    its `set` waits for ever for the lock that its own thread holds; this one's lock lets a thread in twice.
    """

    def __init__(self) -> None:
        super().__init__()
        self._raised = False
        self._bell = threading.Condition(threading.RLock())

    def is_set(self) -> bool:
        """Whether it was set, and not cleared since."""
        return self._raised

    def set(self) -> None:
        """Set it, and wake whoever waits for that."""
        self._raised = True
        with self._bell:
            self._bell.notify_all()

    def clear(self) -> None:
        """Begin anew."""
        self._raised = False

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until it is set, so many seconds at most; whether it is."""
        ends = None if timeout is None else time.monotonic() + timeout
        with self._bell:
            while not self._raised:
                left = _REST_S if ends is None else min(ends - time.monotonic(), _REST_S)
                if left <= 0:
                    break
                self._bell.wait(left)  # whoever sets it between the look and the rest wakes nobody: never for long
        return self._raised


class Signals:
    """Set by signals while `heard`; whoever rests on the `bell` is woken by each."""

    def __init__(self) -> None:
        self.bell = threading.Condition()
        self.stop = Flag()
        self.again = Flag()

    @contextmanager
    def heard(self) -> Iterator[None]:
        """SIGTERM and SIGINT stop, the second one at once; SIGHUP reads the rules anew and looks everywhere.

        SIGABRT, by which systemd ends who gives no sign of life, leaves on standard error where each thread stood: a
        thread that hangs with the ledger in hand keeps the one that would say so from saying it.
        """

        def stop(_number: int, _frame: object) -> None:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, signal.SIG_DFL)
            self.stop.set()
            ring()

        def again(_number: int, _frame: object) -> None:
            self.again.set()
            ring()

        def ring() -> None:
            # The looking thread itself runs this, in the middle of whatever it does: the bell's lock lets it in twice.
            with self.bell:
                self.bell.notify_all()

        if not faulthandler.is_enabled():
            with suppress(RuntimeError, OSError):  # no standard error, or none of the system's
                faulthandler.enable()
        before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)}
        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        signal.signal(signal.SIGHUP, again)
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
