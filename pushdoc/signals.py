"""What signals ask of a running pushdoc, kept until somebody has time for it: to stop, or to begin again."""

from __future__ import annotations

import faulthandler
import signal
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Signals:
    """Set by signals while `heard`; whoever rests on the `bell` is woken by each."""

    def __init__(self) -> None:
        self.bell = threading.Condition()
        self.stop = threading.Event()
        self.again = threading.Event()

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
