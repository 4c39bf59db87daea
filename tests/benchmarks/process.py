"""A program under measurement: what it used of the processor, and how much memory at most."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_LOOK_S = 0.02


@dataclass(frozen=True, slots=True)
class Used:
    """What a program and everything it started has used: seconds, seconds of processor, bytes at its peak."""

    code: int
    seconds: float
    cpu: float
    peak: int


class Program:
    """A running program; what it says goes to a file.

    The peak is the kernel's own mark (VmHWM) read often: what `wait4` gives counts the parent's memory too.
    """

    def __init__(self, command: Sequence[str | Path], said: Path, environment: Mapping[str, str] | None = None) -> None:
        self.said = said
        self.started = time.monotonic()
        self.peak = 0
        with said.open("ab") as out:
            self._process = subprocess.Popen(
                command,
                start_new_session=True,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                env=None if environment is None else {**os.environ, **environment},
            )
        self.pid = self._process.pid
        self._used: Used | None = None
        self._ended = threading.Event()
        self._watching = threading.Thread(target=self._watch, daemon=True)
        self._watching.start()

    def cpu(self) -> float:
        """Seconds of processor that it has used so far, without its children."""
        return cpu_of(self.pid)

    def resident(self) -> int:
        """Bytes of memory that it holds now."""
        return _status(self.pid, "VmRSS:")

    @property
    def running(self) -> bool:
        """Whether it has not ended yet."""
        return not self._ended.is_set()

    def ended(self, within: float) -> bool:
        """Whether it has ended, waiting so many seconds at most for it."""
        return self._ended.wait(within)

    def until_said(self, words: str, within: float) -> None:
        """Come back once it has said these words.

        Raises:
            TimeoutError: it did not.
        """
        end = time.monotonic() + within
        while words not in self.said.read_text(errors="replace"):
            if time.monotonic() > end or not self.running:
                raise TimeoutError(f"{words!r} was not said by {self._process.args!r}")
            time.sleep(_LOOK_S)

    def kill(self) -> None:
        """End it, and everything it started, as a power cut does."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)

    def stop(self, within: float = 60.0) -> Used:
        """Ask it to end, and what it used."""
        if self.running:
            os.kill(self.pid, signal.SIGTERM)
        return self.wait(within)

    def wait(self, within: float) -> Used:
        """What it used, once it has ended.

        Raises:
            TimeoutError: it had to be killed.
        """
        if not self._ended.wait(within):
            self.kill()
            self._ended.wait()
            said = self.said.read_text(errors="replace")[-2000:]
            raise TimeoutError(f"{self._process.args!r} did not end within {within} s; it said:\n{said}")
        assert self._used is not None
        return self._used

    def _watch(self) -> None:
        while True:
            self.peak = max(self.peak, _status(self.pid, "VmHWM:"))
            pid, status, usage = os.wait4(self.pid, os.WNOHANG)
            if pid:
                break
            time.sleep(_LOOK_S)
        self._process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - self.started
        self._used = Used(self._process.returncode, seconds, usage.ru_utime + usage.ru_stime, self.peak)
        self._ended.set()


@contextmanager
def running(
    command: Sequence[str | Path], said: Path, environment: Mapping[str, str] | None = None
) -> Iterator[Program]:
    """A program that does not outlive the block, nor does anything it started."""
    program = Program(command, said, environment)
    try:
        yield program
    finally:
        program.kill()
        program.wait(10)


def cpu_of(pid: int) -> float:
    """Seconds of processor that a process has used, without its children; 0 once it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _status(pid: int, name: str) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(name)), 0)
