"""A person at a real terminal: what a program shows is read as it comes, and answered by typing."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
import termios
import time
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

#: Makes the terminal the one that keys like Ctrl-C, and questions for a password, belong to.
_AT_THE_TERMINAL = """
import fcntl, runpy, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
runpy.run_module("pushdoc", run_name="__main__", alter_sys=True)
"""
_CONTROLS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|\r|\x07")


class Keyboard:
    """One command in a pseudo-terminal of 80 columns; a password that is typed must never come back."""

    def __init__(self, *arguments: str, cwd: Path, **environment: str) -> None:
        self.raw = b""
        self._read = 0
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PUSHDOC_")}
        kept |= {"TERM": "xterm", "PYTHONWARNINGS": "error", "PYTHONIOENCODING": "utf-8", **environment}
        self._screen, theirs = os.openpty()
        termios.tcsetwinsize(theirs, (40, 80))
        self._process = subprocess.Popen(
            [sys.executable, "-c", _AT_THE_TERMINAL, *arguments],
            stdin=theirs, stdout=theirs, stderr=theirs, env=kept, cwd=cwd, start_new_session=True,
        )  # fmt: skip
        os.close(theirs)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._screen)

    @property
    def shown(self) -> str:
        """All that stood on the screen, without colours."""
        return _CONTROLS.sub("", self.raw.decode(errors="replace"))

    def awaits(self, words: str, within: float = 30.0) -> str:
        """Read until the words have come; gives what came since the last time, without colours."""
        end = time.monotonic() + within
        while True:
            new = self.shown[self._read :]
            if (at := new.find(words)) >= 0:
                self._read += at + len(words)
                return new[: at + len(words)]
            assert time.monotonic() < end, f"no {words!r} in:\n{new}"
            assert self._more(end), f"ended without {words!r}:\n{new}"

    def types(self, text: str, *, enter: bool = True) -> None:
        """Type a line, or keys without Enter."""
        os.write(self._screen, (text + ("\r" if enter else "")).encode())

    def answers(self, question: str, answer: str) -> str:
        """Wait for a question's words and type the answer; gives what was shown before."""
        before = self.awaits(question)
        self.types(answer)
        return before

    def interrupts(self, words: str) -> str:
        """Type Ctrl-C until some words come; gives what was shown before.

        One that falls between Python's last look at its signals and readline's wait is only seen at the next key.
        """
        for _ in range(20):
            self.types("\x03", enter=False)
            while words not in self.shown[self._read :] and select.select([self._screen], [], [], 0.5)[0]:
                if not self._more(time.monotonic() + 1):
                    break
            if words in self.shown[self._read :]:
                break
        return self.awaits(words)

    def ended(self, within: float = 30.0) -> int:
        """The exit code, once the command has ended; all that it showed is read."""
        end = time.monotonic() + within
        while self._more(end):
            pass
        return self._process.wait(within)

    def _more(self, end: float) -> bool:
        """Read what is there; False where nothing will come any more."""
        ready, _, _ = select.select([self._screen], [], [], max(0.0, end - time.monotonic()))
        assert ready, f"nothing more came after:\n{self.shown[self._read :]}"
        try:
            new = os.read(self._screen, 65536)
        except OSError:  # EIO: the other end is closed
            return False
        self.raw += new
        return bool(new)
