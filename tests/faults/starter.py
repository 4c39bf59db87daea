"""Starts pushdoc without the half second that reading its modules takes: one process reads them and forks each run.

What is forked has the preloaded library from its birth, begins it anew for its own run, and then is `pushdoc` in every
respect: its own descriptors, its own threads, its own end. Run as a file, this is the process that forks.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import select
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any

from pushdoc import cli

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

#: What a pass imports where it needs it; what is missing here only costs time.
_READ_BEFORE = (
    "pushdoc.cli.working",
    "pushdoc.once",
    "pushdoc.house",
    "pushdoc.wiring",
    "pushdoc.destinations.catalog",
    "pushdoc.destinations.inqom.client",
    "pushdoc.deliver.courier",
    "pushdoc.deliver.http",
    "pushdoc.ledger.migrations",
    "encodings.idna",
    "_strptime",
)


@dataclass
class Starter:
    """Starts pushdoc with a preloaded library; safe to use from several threads, `close` ends what it keeps."""

    library: Path
    _idle: list[subprocess.Popen[str]] = field(default_factory=list)
    _all: list[subprocess.Popen[str]] = field(default_factory=list)

    def run(
        self, arguments: Sequence[str], environment: Mapping[str, str], said: Path, longest_s: float
    ) -> tuple[int | None, str]:
        """Exit code (negative: the signal; None: it took too long and was killed) and standard error of one pushdoc."""
        try:
            forking = self._idle.pop()
        except IndexError:
            forking = self._begun()
        order = {"arguments": list(arguments), "environment": dict(environment), "said": str(said), "s": longest_s}
        assert forking.stdin is not None
        assert forking.stdout is not None
        forking.stdin.write(json.dumps(order) + "\n")
        forking.stdin.flush()
        code: int | None = json.loads(forking.stdout.readline())
        self._idle.append(forking)
        return code, said.read_text()

    def _begun(self) -> subprocess.Popen[str]:
        environment = os.environ | {"LD_PRELOAD": str(self.library)}
        command = [sys.executable, "-P", __file__]  # -P: the modules beside this file are none of pushdoc's
        begun = subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self._all.append(begun)
        return begun

    def close(self) -> None:
        """End the processes that fork."""
        for forking in self._all:
            forking.kill()
            forking.communicate()


def _serve(answers: int) -> dict[str, Any] | None:
    """In each child the order it is to carry out; None at the end, in the process that forked them."""
    for line in sys.stdin:
        order: dict[str, Any] = json.loads(line)
        child = os.fork()
        if not child:
            os.close(answers)
            return order
        os.write(answers, (json.dumps(_end_of(child, order["s"])) + "\n").encode())
    return None


def _end_of(child: int, longest_s: float) -> int | None:
    handle = os.pidfd_open(child)
    try:
        poll = select.poll()
        poll.register(handle, select.POLLIN)
        in_time = bool(poll.poll(longest_s * 1000))
    finally:
        os.close(handle)
    if not in_time:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) if in_time else None


def _become(order: dict[str, Any]) -> None:
    """Descriptors and environment of the child's own, and the library begun with its settings."""
    nothing = os.open("/dev/null", os.O_RDWR)
    said = os.open(order["said"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    for old, new in ((nothing, 0), (nothing, 1), (said, 2)):
        os.dup2(old, new)
    os.close(nothing)
    os.close(said)
    os.environ.clear()
    os.environ.update(order["environment"])
    ctypes.CDLL(os.environ["LD_PRELOAD"]).killpoint_begin()


def _main() -> None:
    answers = os.dup(1)
    for module in _READ_BEFORE:
        import_module(module)
    gc.freeze()  # what no run will ever free need not be looked through by each of them
    order = _serve(answers)
    if order is not None:
        _become(order)
        cli.main(order["arguments"])


if __name__ == "__main__":
    _main()
