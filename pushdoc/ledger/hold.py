"""Who holds the ledger: one pushdoc at a time sends from it, however it is started.

A lock of the kernel (`flock`), not a pid file: it ends with its process, whatever ends that.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pushdoc.errors import HeldError
from pushdoc.ledger.engine import explained
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def _lock_file(ledger: Path) -> Path:
    return ledger.with_name(ledger.name + ".lock")


@contextmanager
def hold(ledger: Path) -> Iterator[None]:
    """Holds the ledger while the block runs.

    Raises:
        HeldError: another pushdoc has it; its process id is named.
        ConfigurationError: the lock's file cannot be written.
    """
    path = _lock_file(ledger)
    with explained(path):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640)
    try:
        while not _locked(descriptor, fcntl.LOCK_EX):
            # None: what stood in the way was `holder` looking, in another process; it is gone by now.
            if (pid := holder(ledger)) is not None:
                raise HeldError(Phrase("ledger.held", {"path": str(ledger), "pid": pid}))
        with explained(path):
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(descriptor)


def holder(ledger: Path) -> int | None:
    """The process that holds the ledger now, None where none does; 0 where one does that cannot be named."""
    try:
        descriptor = os.open(_lock_file(ledger), os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        if _locked(descriptor, fcntl.LOCK_SH):
            return None
        written = os.pread(descriptor, 20, 0)
        return int(written) if written.isdigit() else 0
    finally:
        os.close(descriptor)


def _locked(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
