"""A child process that is sent to look where looking may hang.

A thread that reads from a share whose server is gone is stuck in the kernel, and nobody can call it back; a process can
be given up. A scout shows with every step that it gets on, so that a large folder on a slow line may take its time, and
one that hangs is noticed soon.
"""

from __future__ import annotations

from contextlib import suppress
from multiprocessing.connection import Pipe
from typing import TYPE_CHECKING, Any, TypeVar

from pushdoc.watch.launcher import START_S

if TYPE_CHECKING:
    from pushdoc.clock import Clock
    from pushdoc.watch.errands import Errand
    from pushdoc.watch.launcher import Launcher

_Answer = TypeVar("_Answer")

#: So long does the end of a killed process take that is not stuck in the kernel.
_END_S = 0.5


class HangsError(Exception):
    """No sign of life for longer than our patience."""


class LostError(Exception):
    """The scout has ended, and brought no answer."""


class Scout:
    """One child process, for one thread at a time; it ends by itself when this process does.

    Raises:
        OSError: no process can be started.
    """

    def __init__(self, clock: Clock, launcher: Launcher) -> None:
        self._clock = clock
        self._connection, theirs = Pipe()
        try:
            self._process = launcher.launch(theirs.fileno())
        except OSError:
            self._connection.close()
            raise
        finally:
            theirs.close()
        self.heard_at = clock.monotonic()
        self._patience_at_start = START_S

    def run(self, errand: Errand[_Answer], patience: float) -> _Answer:
        """The answer.

        Raises:
            HangsError: no sign of life for `patience` seconds; the answer may still come (`answered`).
            LostError: it ended.
        """
        self.send(errand)
        answer: _Answer = self._answer(patience)
        return answer

    def send(self, errand: Errand[Any]) -> None:
        """Send it, and do not wait."""
        with suppress(ConnectionError):  # it has ended: the answer will not come, and that says so
            self._connection.send(errand)

    def answered(self, patience: float) -> bool:
        """Whether it has answered what it was sent for, or does so with no silence longer than `patience` seconds.

        Raises:
            LostError: it ended.
        """
        try:
            self._answer(patience)
        except HangsError:
            return False
        return True

    def _answer(self, patience: float) -> Any:
        while self._connection.poll(max(patience, self._patience_at_start) if patience else 0):
            try:
                said = self._connection.recv()
            except (EOFError, ConnectionError) as error:
                raise LostError from error
            self.heard_at = self._clock.monotonic()
            self._patience_at_start = 0.0
            if said is not None:
                return said[0]
        raise HangsError

    @property
    def ended(self) -> bool:
        """Whether the process has ended; one that is stuck in the kernel does so when the share lets go of it."""
        return self._process.ended(0)

    def end(self) -> None:
        """Kill it and come back, whether it has `ended` or is stuck."""
        self._connection.close()
        self._process.kill()
        self._process.ended(_END_S)
