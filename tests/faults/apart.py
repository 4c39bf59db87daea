"""A network and mounts of a test's own: made in a thread, gone with it, and nothing of the machine's is touched.

What is started from the test (threads, processes, servers) lives in there too. What the test takes as fixtures does
not: they are made before it, in the machine's network.
"""

from __future__ import annotations

import ctypes
import functools
import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, ParamSpec

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_Given = ParamSpec("_Given")

#: Source: unshare(2), in <sched.h>; Python has them from 3.12 on.
_NEW_MOUNTS, _NEW_NETWORK = 0x00020000, 0x40000000
_PACKAGES = {
    "ip": "iproute2",
    "mkfs.ext4": "e2fsprogs",
    "mount": "mount",
    "sync": "coreutils",
    "tc": "iproute2",
    "umount": "mount",
}


def apart(test: Callable[_Given, None]) -> Callable[_Given, None]:
    """The test in a network of its own, where only `lo` is up, and with mounts that nobody else sees."""

    @functools.wraps(test)
    def run_apart(*args: _Given.args, **kwargs: _Given.kwargs) -> None:
        def work() -> None:
            _leave()
            test(*args, **kwargs)

        with ThreadPoolExecutor(max_workers=1) as thread:
            thread.submit(work).result()

    return run_apart


def do(*command: str | Path) -> None:
    """Run one of the system's programs, which must succeed; the test is skipped where it is missing."""
    program = str(command[0])
    if shutil.which(program) is None:
        pytest.skip(f"needs the package {_PACKAGES.get(program, program)}")
    ended = subprocess.run(command, check=False, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr


def possible(*command: str | Path) -> bool:
    """Whether the machine lets us do this; done where it does."""
    try:
        do(*command)
    except AssertionError:
        return False
    return True


def overlay(file: Path, text: str, kept: Path) -> None:
    """Let a file of the system say something else, in here only; `kept` is where that is written."""
    kept.write_text(text)
    do("mount", "--bind", kept, file)


def _leave() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_NEW_MOUNTS | _NEW_NETWORK):
        pytest.skip(f"needs the right to make namespaces, as root has it: {os.strerror(ctypes.get_errno())}")
    do("mount", "--make-rprivate", "/")
    do("ip", "link", "set", "lo", "up")
