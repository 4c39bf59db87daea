"""Opening the ledger's database: durable, one writer at a time, at the newest version, or a clear word why not."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import quote

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, text
from sqlalchemy.exc import DatabaseError

from pushdoc.errors import ConfigurationError, HeldError, PushdocError
from pushdoc.ledger.schema import APPLICATION_ID, HEAD
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Seconds that one writer waits for another before it gives up.
_BUSY_S = 5.0
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


def open_for_writing(path: Path, busy_s: float = _BUSY_S) -> Engine:
    """The ledger at `path`, made or brought to the newest version where needed; its folder is made with mode 0750.

    A writer waits `busy_s` seconds for another program's transaction. What is no ledger is left as it was.

    Raises:
        ConfigurationError: no ledger of pushdoc, a newer one, a broken one, or no right to write there.
        HeldError: something else keeps it locked.
    """
    with explained(path):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
        engine = _engine(path, "rwc", busy_s)
        try:
            _bring_up_to_date(engine, path)
            _write_ahead(engine)
        except BaseException:
            engine.dispose()
            raise
    return engine


def open_for_reading(path: Path) -> Engine:
    """The ledger at `path` for questions only; nothing in it can be changed through this.

    Raises:
        ConfigurationError: no ledger of pushdoc, one of another version, or it cannot be read.
    """
    with explained(path):
        engine = readers(path)
        try:
            with engine.connect() as connection:
                version = _version(connection, path)
        except BaseException:
            engine.dispose()
            raise
    if version != HEAD:
        engine.dispose()
        raise ConfigurationError(Phrase("ledger.older", {"path": str(path)}))
    return engine


def readers(path: Path) -> Engine:
    """Connections to an up-to-date ledger that see what is durable and can change nothing."""
    return _engine(path, "ro", _BUSY_S)


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns what SQLite or the file system says of the ledger into an error that says what to do.

    Raises:
        ConfigurationError, HeldError, PushdocError: see `_explain`.
    """
    try:
        yield
    except (DatabaseError, sqlite3.DatabaseError, OSError) as error:
        raise _explain(path, error) from error


def _explain(path: Path, error: Exception) -> PushdocError:
    """By the code, never by the text: an error of the file system says the path, and that may say anything."""
    where = {"path": str(path)}
    if isinstance(error, OSError):
        if error.errno in _FULL_DISK:
            return PushdocError(Phrase("ledger.no_space", where))
        return ConfigurationError(Phrase("ledger.no_access", where))
    said = getattr(error, "orig", None) or error
    # The low byte of an extended code is its primary one.
    code = getattr(said, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code in _MEANINGS:
        kind, phrase = _MEANINGS[code]
        return kind(Phrase(phrase, where))
    return PushdocError(Phrase("ledger.trouble", {**where, "said": str(said)}))


def _engine(path: Path, mode: str, busy_s: float) -> Engine:
    address = f"file:{quote(str(path))}?mode={mode}"

    def connect() -> sqlite3.Connection:
        # isolation_level None: the driver begins nothing by itself. Writers do (`begin`); a question is one statement.
        return sqlite3.connect(address, uri=True, timeout=busy_s, isolation_level=None, check_same_thread=False)

    # By the address alone SQLAlchemy takes this for a database in memory, with one connection a thread: a question
    # asked while another is being read would fall into its transaction.
    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool)
    pragmas = ["foreign_keys=ON", "trusted_schema=OFF"]
    if mode != "ro":
        # FULL: what is committed survives a power cut; the promise rests on it.
        pragmas.append("synchronous=FULL")

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}").close()

    return engine


def _version(connection: Connection, path: Path) -> str | None:
    """The ledger's migration, None for an empty database.

    Raises:
        ConfigurationError: somebody else's database, or a newer pushdoc's.
    """
    tables = set(connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")))
    if not tables:
        return None
    known = connection.scalar(text("PRAGMA application_id")) == APPLICATION_ID and "alembic_version" in tables
    if not known:
        raise ConfigurationError(Phrase("ledger.foreign", {"path": str(path)}))
    version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if version is not None and version > HEAD:
        raise ConfigurationError(Phrase("ledger.newer", {"path": str(path), "version": version, "known": HEAD}))
    return version


def _bring_up_to_date(engine: Engine, path: Path) -> None:
    with engine.begin() as connection:
        begin(connection)
        if _version(connection, path) == HEAD:
            return
        # Imported only when there is something to do: alembic costs more than all the rest of a start.
        from pushdoc.ledger.migrations import upgrade  # noqa: PLC0415

        upgrade(connection)
        connection.execute(text(f"PRAGMA application_id = {APPLICATION_ID}"))


def begin(connection: Connection) -> None:
    """Begin to write, in SQLite's way."""
    # A deferred transaction that reads first and writes later fails at once when another writer came between.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _write_ahead(engine: Engine) -> None:
    """Readers do not stop the writer in this mode; the file keeps it, but a restored backup may have lost it."""
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA journal_mode=WAL")
    finally:
        connection.close()


@contextmanager
def asking(engine: Engine, path: Path) -> Iterator[Connection]:
    """A connection for questions, with errors explained; each question sees what is durable when it is asked.

    Raises:
        PushdocError: it cannot be read.
    """
    with explained(path), engine.begin() as connection:
        yield connection
