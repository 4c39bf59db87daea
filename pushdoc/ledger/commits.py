"""Many writers, one commit: whoever comes while the disk is still busy with the last one goes into the next together.

A commit costs a wait for the disk, a change next to nothing. So that eight couriers do not wait eight times, each
makes its change in turn and all wait for one commit; nobody goes on before theirs is durable. Alone, a writer waits
for nobody.
"""

from __future__ import annotations

import sqlite3
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pushdoc.ledger.engine import begin, explained

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection, Engine

#: Where changes come without end, so many wait for one commit at most.
_MOST = 64


class _Batch:
    """The changes that one commit makes durable; `error` is why it did not."""

    def __init__(self) -> None:
        self.size = 0
        self.over = threading.Event()
        self.error: BaseException | None = None


class Commits:
    """The ledger's one writing connection, shared by all threads."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self._engine = engine
        self._path = path
        self._turn = threading.Lock()
        self._connection: Connection | None = None
        self._batch: _Batch | None = None
        self._count = threading.Lock()
        self._coming = 0

    @contextmanager
    def change(self) -> Iterator[Connection]:
        """The connection for one change: all of it or nothing, and durable once this is left.

        Raises:
            PushdocError: it could not be written; nothing of it was (`engine.explained`).
        """
        with explained(self._path):
            with self._my_turn():
                connection, batch = self._open()
                try:
                    with self._apart(connection, batch):
                        yield connection
                finally:
                    if self._batch is batch and (self._coming == 0 or batch.size >= _MOST):
                        self._commit(connection, batch)
            batch.over.wait()
            if batch.error is not None:
                raise batch.error

    def close(self) -> None:
        """Give the connection back."""
        with self._turn:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    @contextmanager
    def _my_turn(self) -> Iterator[None]:
        with self._count:
            self._coming += 1
        with self._turn:
            with self._count:
                self._coming -= 1
            yield

    def _open(self) -> tuple[Connection, _Batch]:
        if self._connection is None:
            self._connection = self._engine.connect()
        if self._batch is None:
            begin(self._connection)
            self._batch = _Batch()
        return self._connection, self._batch

    @contextmanager
    def _apart(self, connection: Connection, batch: _Batch) -> Iterator[None]:
        """A change that fails takes nothing of the others in its batch with it."""
        first = batch.size == 0
        batch.size += 1
        if not first:
            _driver(connection).execute("SAVEPOINT change").close()
        try:
            yield
            if not first:
                _driver(connection).execute("RELEASE change").close()
        except BaseException as error:
            # Where the disk is full, say, SQLite itself gives up the whole transaction, and everybody's change with it.
            if first or not _driver(connection).in_transaction:
                connection.rollback()
                self._end(batch, error)
            else:
                _driver(connection).execute("ROLLBACK TO change").close()
                _driver(connection).execute("RELEASE change").close()
            raise

    def _commit(self, connection: Connection, batch: _Batch) -> None:
        try:
            connection.commit()
        except Exception as error:  # noqa: BLE001 -- each thread in the batch raises it as its own
            connection.rollback()
            self._end(batch, error)
        else:
            self._end(batch, None)

    def _end(self, batch: _Batch, error: BaseException | None) -> None:
        self._batch = None
        batch.error = error
        batch.over.set()


def _driver(connection: Connection) -> sqlite3.Connection:
    # Savepoints are half of all statements: the driver's own way to them is ten times as short.
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver
