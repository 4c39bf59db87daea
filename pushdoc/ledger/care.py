"""Care for the ledger's file: is it sound, and a copy of it that is whole even while it is written."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from pushdoc.errors import PushdocError, WrongUseError
from pushdoc.ledger.engine import explained, open_for_reading
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from pathlib import Path

_PAGES = 1000  # copied at a time; the writer gets its turn between


def faults(path: Path, *, quick: bool = False) -> list[str]:
    """What SQLite finds wrong in the file, in its own words; empty where it is sound. `quick` leaves the indexes out.

    Raises:
        PushdocError: it cannot be read at all.
    """
    open_for_reading(path).close()  # says clearly what is no ledger, or of another version
    with explained(path), closing(_connect(path)) as connection:
        pragma = "quick_check" if quick else "integrity_check"
        said = [row[0] for row in connection.execute(f"PRAGMA {pragma}")]
        broken = [f"{row[0]} {row[1]}" for row in connection.execute("PRAGMA foreign_key_check")]
    return ([] if said == ["ok"] else said) + broken


def backup(path: Path, target: Path) -> int:
    """Copy the ledger, as it stands at one moment, to a new file of mode 0640; how many bytes it has.

    Works while pushdoc runs. The copy is durable when this returns.

    Raises:
        WrongUseError: the target exists.
        PushdocError: the ledger cannot be read, or the target not written; nothing is left of it then.
    """
    open_for_reading(path).close()
    try:
        descriptor = os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o640)
    except FileExistsError:
        raise WrongUseError(Phrase("ledger.backup_exists", {"path": str(target)})) from None
    except OSError as error:
        said = os.strerror(error.errno) if error.errno else str(error)
        raise PushdocError(Phrase("ledger.backup_failed", {"path": str(target), "said": said})) from error
    try:
        with explained(path), closing(_connect(path)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy, pages=_PAGES)
            # One file, without the -wal beside it that the original has.
            copy.execute("PRAGMA journal_mode=DELETE").close()
        os.fsync(descriptor)
        return os.fstat(descriptor).st_size
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    finally:
        os.close(descriptor)


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=5.0)
