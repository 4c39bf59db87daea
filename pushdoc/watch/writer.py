"""Whether somebody on this machine still has a file open for writing, which the kernel knows and no time stamp says."""

from __future__ import annotations

import fcntl
import os
import signal
from contextlib import suppress
from typing import TYPE_CHECKING

from pushdoc.watch.mounts import file_system_of, is_remote

if TYPE_CHECKING:
    from pathlib import Path

_OPEN = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


def has_writer(path: Path, descriptor: int | None = None) -> bool:
    """Whether another process surely has the file open for writing; False also where that cannot be known.

    `descriptor` is the file itself where the caller has it open, for reading only.

    The kernel grants a read lease only on a file that nobody has open for writing. It grants leases to the file's
    owner (or with CAP_LEASE), and on file systems that have them; everywhere else this knows nothing and objects to
    nothing. The lease is given back at once: an opener who meets it waits for that moment, and is not turned away.
    """
    return _written(path, descriptor) is True


def surely_closed(path: Path, descriptor: int | None = None) -> bool:
    """Whether surely nobody has the file open for writing; False also where that cannot be known, as on a share.

    `descriptor` as for `has_writer`.
    """
    return _written(path, descriptor) is False and not is_remote(file_system_of(path))


def _written(path: Path, opened: int | None) -> bool | None:
    """Whether another process has the file open for writing, by this machine's word; None where it has none to say."""
    try:
        descriptor = os.open(path, _OPEN) if opened is None else opened
    except BlockingIOError:
        return True  # somebody holds a write lease, as Samba does for a client who is at work in the file
    except OSError:
        return None
    try:
        refused = _writer_refuses(descriptor)
        return None if refused and is_remote(file_system_of(path)) else refused
    finally:
        if opened is None:
            os.close(descriptor)


def _writer_refuses(descriptor: int) -> bool | None:
    """Whether a read lease is refused because of a writer; None where leases are not given at all.

    Shares also refuse it so (EAGAIN) where they merely hold no oplock or delegation of the file.
    """
    try:
        # Whoever opens the file in this instant makes the kernel signal us: SIGIO by default, of which a process
        # dies. SIGURG is passed over unless somebody asks for it, and nothing here does. Set first, lease after.
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except BlockingIOError:
        return True
    except OSError:
        return None
    with suppress(OSError):  # the kernel may have taken it back already
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    return False
