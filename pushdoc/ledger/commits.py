"""Many writers, one commit: whoever comes while the disk is still busy with the last one goes into the next together.

A commit costs a wait for the disk, a change next to nothing. So that eight couriers do not wait eight times, each
makes its change in turn and all wait for one commit; nobody goes on before theirs is durable. Alone, a writer waits
for nobody.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pushdoc.ledger.engine import explained

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

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

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._turn = threading.Lock()
        self._batch: _Batch | None = None
        self._count = threading.Lock()
        self._coming = 0

    @contextmanager
    def change(self) -> Iterator[sqlite3.Connection]:
        """The connection for one change: all of it or nothing, and durable once this is left.

        Raises:
            PushdocError: it could not be written; nothing of it was (`engine.explained`).
        """
        with explained(self._path):
            with self._count:
                self._coming += 1
            with self._turn:
                with self._count:
                    self._coming -= 1
                batch = self._begun()
                try:
                    self._set_apart(batch)
                    yield self._connection
                    self._keep(batch)
                except BaseException as error:
                    self._undo(batch, error)
                    raise
                finally:
                    if self._batch is batch and (self._coming == 0 or batch.size >= _MOST):
                        self._commit(batch)
            batch.over.wait()
            if batch.error is not None:
                raise batch.error

    def close(self) -> None:
        """Give the connection back."""
        with self._turn:
            self._connection.close()

    def _begun(self) -> _Batch:
        if self._batch is None:
            # A deferred transaction that reads first and writes later fails at once when another writer came between.
            self._connection.execute("BEGIN IMMEDIATE").close()
            self._batch = _Batch()
        return self._batch

    def _set_apart(self, batch: _Batch) -> None:
        """A change that fails takes nothing of those before it in the batch with it."""
        batch.size += 1
        if batch.size > 1:
            self._connection.execute("SAVEPOINT change").close()

    def _keep(self, batch: _Batch) -> None:
        if batch.size > 1:
            self._connection.execute("RELEASE change").close()

    def _undo(self, batch: _Batch, error: BaseException) -> None:
        # Where the disk is full, say, SQLite itself gives up the whole transaction, and everybody's change with it.
        if batch.size == 1 or not self._connection.in_transaction:
            self._connection.rollback()
            self._end(batch, error)
        else:
            self._connection.execute("ROLLBACK TO change").close()
            self._connection.execute("RELEASE change").close()

    def _commit(self, batch: _Batch) -> None:
        try:
            self._connection.execute("COMMIT").close()
        except Exception as error:  # noqa: BLE001 -- each thread in the batch raises it as its own
            self._connection.rollback()
            self._end(batch, error)
        else:
            self._end(batch, None)

    def _end(self, batch: _Batch, error: BaseException | None) -> None:
        self._batch = None
        batch.error = error
        batch.over.set()
