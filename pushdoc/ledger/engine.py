"""Opening the ledger's database: durable, one writer at a time, at the newest version, or a clear word why not."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import quote

from pushdoc.errors import ConfigurationError, HeldError, PushdocError
from pushdoc.ledger.schema import make
from pushdoc.ledger.version import HEAD, version
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Seconds that one writer waits for another before it gives up.
_BUSY_S = 5.0
#: So many connections are kept for the next questions; each may hold 2 MB of the ledger in memory.
_KEPT = 4
#: So often it is tried to change the ledger's mode while others do the same.
_TRIES = 20
#: What each primary result code means for the reader. Source: sqlite.org/rescode.html.
_MEANINGS: dict[int, tuple[type[PushdocError], str]] = {
    sqlite3.SQLITE_BUSY: (HeldError, "ledger.locked"),
    sqlite3.SQLITE_LOCKED: (HeldError, "ledger.locked"),
    sqlite3.SQLITE_NOTADB: (ConfigurationError, "ledger.broken"),
    sqlite3.SQLITE_CORRUPT: (ConfigurationError, "ledger.broken"),
    sqlite3.SQLITE_FULL: (PushdocError, "ledger.no_space"),
    sqlite3.SQLITE_IOERR: (PushdocError, "ledger.no_space"),
    sqlite3.SQLITE_READONLY: (ConfigurationError, "ledger.no_access"),
    sqlite3.SQLITE_CANTOPEN: (ConfigurationError, "ledger.no_access"),
    sqlite3.SQLITE_PERM: (ConfigurationError, "ledger.no_access"),
}
_FULL_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})


def open_for_writing(path: Path, busy_s: float = _BUSY_S) -> sqlite3.Connection:
    """The ledger at `path`, made or brought to the newest version where needed; its folder is made with mode 0750.

    A writer waits `busy_s` seconds for another program's transaction. What is no ledger is left as it was.

    Raises:
        ConfigurationError: no ledger of pushdoc, a newer one, a broken one, or no right to write there.
        HeldError: something else keeps it locked.
    """
    with explained(path):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
        connection = _connect(path, "rwc", busy_s)
        try:
            found = _version_or_make(connection, path)
            if found != HEAD:
                # Imported only when there is something to do: it costs more than all the rest of a start.
                from pushdoc.ledger.migrations import upgrade  # noqa: PLC0415

                upgrade(lambda: _connect(path, "rw", busy_s))
            _write_ahead(connection)
        except BaseException:
            connection.close()
            raise
    return connection


def open_for_reading(path: Path) -> Readers:
    """The ledger at `path` for questions only; nothing in it can be changed through this.

    Raises:
        ConfigurationError: no ledger of pushdoc, one of another version, or it cannot be read.
    """
    readers = Readers(path)
    try:
        with readers.asking() as connection:
            found = version(connection, path)
    except BaseException:
        readers.close()
        raise
    if found != HEAD:
        readers.close()
        raise ConfigurationError(Phrase("ledger.older", {"path": str(path)}))
    return readers


def _version_or_make(connection: sqlite3.Connection, path: Path) -> str:
    """The version of the ledger there is, or of the one that was just made where there was none."""
    # Alone from the beginning: two programs may find nothing at once.
    connection.execute("BEGIN IMMEDIATE").close()
    try:
        found = version(connection, path)
        if found is None:
            make(connection)
    except BaseException:
        connection.rollback()
        raise
    connection.execute("COMMIT").close()
    return found or HEAD


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Readers do not stop the writer in this mode; the file keeps it, but a restored backup may have lost it."""
    for tries_left in reversed(range(_TRIES)):
        try:
            connection.execute("PRAGMA journal_mode=WAL").close()
        except sqlite3.OperationalError:
            if not tries_left:
                raise
            # SQLite waits for nobody in this, so that programs that open a new ledger at once would stop each other.
            # To begin a transaction it does wait.
            connection.execute("BEGIN IMMEDIATE").close()
            connection.execute("COMMIT").close()
        else:
            return


class Readers:
    """Connections to an up-to-date ledger that see what is durable and can change nothing."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._free: list[sqlite3.Connection] = []

    @contextmanager
    def asking(self) -> Iterator[sqlite3.Connection]:
        """A connection for questions; each question sees what is durable when it is asked.

        Whoever asks has it alone: a question that was asked while another is being read would see what that one sees.

        Raises:
            PushdocError: it cannot be read.
        """
        with explained(self._path):
            try:
                connection = self._free.pop()
            except IndexError:
                connection = _connect(self._path, "ro", _BUSY_S)
            try:
                yield connection
            finally:
                if len(self._free) < _KEPT:
                    self._free.append(connection)
                else:
                    connection.close()

    def close(self) -> None:
        """Give the file back."""
        while self._free:
            self._free.pop().close()


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns what SQLite or the file system says of the ledger into an error that says what to do.

    Raises:
        ConfigurationError, HeldError, PushdocError: see `_explain`.
    """
    try:
        yield
    except (sqlite3.DatabaseError, OSError) as error:
        raise _explain(path, error) from error


def _explain(path: Path, error: Exception) -> PushdocError:
    """By the code, never by the text: an error of the file system says the path, and that may say anything."""
    where = {"path": str(path)}
    if isinstance(error, OSError):
        if error.errno in _FULL_DISK:
            return PushdocError(Phrase("ledger.no_space", where))
        return ConfigurationError(Phrase("ledger.no_access", where))
    # The low byte of an extended code is its primary one.
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code in _MEANINGS:
        kind, phrase = _MEANINGS[code]
        return kind(Phrase(phrase, where))
    return PushdocError(Phrase("ledger.trouble", {**where, "said": str(error)}))


def _connect(path: Path, mode: str, busy_s: float) -> sqlite3.Connection:
    # isolation_level None: the driver begins nothing by itself. Writers do (`Commits`); a question is one statement.
    connection = sqlite3.connect(
        f"file:{quote(str(path))}?mode={mode}",
        uri=True,
        timeout=busy_s,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.execute("PRAGMA foreign_keys=ON").close()
    connection.execute("PRAGMA trusted_schema=OFF").close()
    if mode != "ro":
        # FULL: what is committed survives a power cut; the promise rests on it.
        connection.execute("PRAGMA synchronous=FULL").close()
    return connection
