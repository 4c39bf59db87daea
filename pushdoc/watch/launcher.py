"""How scouts come to life while a share hangs: by way of a process that has none of our files open.

A new process closes what it inherits before it begins, and closing a file on a share that hangs hangs as well. So the
one that starts scouts is itself started early, and knows nothing but them.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress

#: So long may an interpreter take to start on a machine that is very busy, in seconds.
START_S = 60.0


class Launched:
    """A process that was started for us by another."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._handle: int | None = None
        self._handle = os.pidfd_open(pid)

    def kill(self) -> None:
        """End it; one that is stuck in the kernel ends when it is let go."""
        if self._handle is not None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def ended(self, seconds: float) -> bool:
        """Whether it has ended, or does so within this time."""
        if self._handle is not None and select.select([self._handle], [], [], seconds)[0]:
            self._let_go()
        return self._handle is None

    def __del__(self) -> None:
        self._let_go()

    def _let_go(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


class Launcher:
    """Starts scouts; for any number of threads. Its process ends when this one does, or closes it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._orders: socket.socket | None = None

    def launch(self, descriptor: int) -> Launched:
        """A new scout, that is sent its errands by the connection of this descriptor.

        Raises:
            OSError: no process can be started.
        """
        with self._lock:
            try:
                return self._ask_for_one(descriptor)
            except ConnectionError:  # somebody has ended it
                self._close()
                return self._ask_for_one(descriptor)

    def close(self) -> None:
        """Start no more of them; those that live go on."""
        with self._lock:
            self._close()

    def _ask_for_one(self, descriptor: int) -> Launched:
        orders = self._orders or self._start()
        socket.send_fds(orders, [b"!"], [descriptor])
        answer = orders.recv(16)
        if not answer:
            raise ConnectionResetError("the process that starts scouts has ended")
        return Launched(int(answer))

    def _start(self) -> socket.socket:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            try:
                # A session of its own: Ctrl-C is for us. No fork of our own: other threads may hold locks.
                self._process = subprocess.Popen(  # noqa: S603 -- our own interpreter and module, no word from outside
                    [sys.executable, "-P", "-m", "pushdoc.watch.scouting", str(theirs.fileno())],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    pass_fds=[theirs.fileno()],
                    start_new_session=True,
                )
            except OSError:
                ours.close()
                raise
        ours.settimeout(START_S)
        self._orders = ours
        return ours

    def _close(self) -> None:
        if self._orders is not None:
            self._orders.close()
            self._orders = None
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
