"""What the ledger's writer asks itself: always of the newest, since a change is durable before its writer goes on."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, func, select

from pushdoc.errors import WrongUseError
from pushdoc.ledger.claiming import dossier_of, next_hour
from pushdoc.ledger.commits import Commits
from pushdoc.ledger.engine import asking, readers
from pushdoc.ledger.notes import Notes
from pushdoc.ledger.rows import document_of
from pushdoc.ledger.schema import IS_LIVE, IS_UNFILED, document
from pushdoc.states import State
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Engine

    from pushdoc.clock import Clock
    from pushdoc.document import Document

# What is asked for every document, or every few seconds, is put together once.
_BY_NUMBER = select(document).where(document.c.id == bindparam("number"))
_DOUBTFUL = (
    select(document)
    .where(
        IS_UNFILED,
        document.c.destination == bindparam("to"),
        document.c.state == State.DOUBTFUL,
        document.c.next_attempt <= bindparam("now"),
    )
    .order_by(document.c.id)
)
_TO_FOLLOW = (
    select(document)
    .where(
        document.c.destination == bindparam("to"),
        document.c.next_follow.is_not(None),
        document.c.next_follow <= bindparam("now"),
    )
    .order_by(document.c.next_follow)
    .limit(500)
)
_AT_EACH = (
    select(document).where(document.c.path.in_(bindparam("paths", expanding=True))).order_by(document.c.id.desc())
)
_FILED = {State.ARCHIVED, State.KEPT}  # those that `IS_UNFILED` leaves out


class Questions:
    """The half of the ledger that only asks; `Ledger` is the whole of it."""

    def __init__(self, engine: Engine, path: Path, clock: Clock) -> None:
        self._engine = engine
        self._path = path
        self._clock = clock
        self._commits = Commits(engine, path)
        self._readers = readers(path)
        self.notes = Notes(self._writing, self._reading)

    def close(self) -> None:
        """Give the file back."""
        self._commits.close()
        self._engine.dispose()
        self._readers.dispose()

    def get(self, document_id: int) -> Document:
        """One document as it stands.

        Raises:
            WrongUseError: the ledger has no such number.
        """
        with self._reading() as connection:
            return self._get(connection, document_id)

    def dossier_of(self, destination: str, client: str) -> str | None:
        """The dossier that a client is mapped to now; None where documents of it may not go anywhere."""
        with self._reading() as connection:
            return dossier_of(connection, destination, client)

    def next_hour(self, destination: str) -> datetime | None:
        """When the next document of a destination is to be sent or asked about; None where none waits for that."""
        with self._reading() as connection:
            return next_hour(connection, destination)

    def at(self, path: Path) -> list[Document]:
        """All documents that were ever dropped at a path, the newest first."""
        return self.at_each([path]).get(path, [])

    def at_each(self, paths: Sequence[Path]) -> dict[Path, list[Document]]:
        """All documents that were ever dropped at each of some paths, the newest first; paths without any are left out.

        A few hundred paths at a time, at most.
        """
        found: dict[Path, list[Document]] = {}
        with self._reading() as connection:
            for row in connection.execute(_AT_EACH, {"paths": list(paths)}):
                known = document_of(row)
                found.setdefault(known.path, []).append(known)
        return found

    def archived_at(self, path: Path) -> list[Document]:
        """All documents that were filed at a path."""
        return self._select(document.c.archive_path.is_not(None) & (document.c.archive_path == path))

    def open_in(self, folder: Path) -> list[Document]:
        """The documents whose file should still lie in a folder and for which something is left to do."""
        return self._select(and_(IS_LIVE, document.c.folder == folder, document.c.state != State.REJECTED))

    def open_folders(self) -> set[Path]:
        """The folders that hold a document for which something is left to do."""
        question = select(document.c.folder).where(IS_LIVE, document.c.state != State.REJECTED).distinct()
        with self._reading() as connection:
            return set(connection.scalars(question))

    def in_states(self, *states: State, destination: str | None = None) -> list[Document]:
        """All documents in some states, oldest first; quick for those that are not filed yet."""
        here = _in_states(states)
        return self._select(here if destination is None else here & (document.c.destination == destination))

    def count(self, *states: State, destination: str) -> int:
        """How many documents of a destination are in some states; quick for those that are not filed yet."""
        here = and_(_in_states(states), document.c.destination == destination)
        with self._reading() as connection:
            return connection.scalar(select(func.count()).where(here)) or 0

    def doubtful(self, destination: str) -> list[Document]:
        """The doubtful documents that the destination should be asked about now."""
        return self._documents(_DOUBTFUL, destination)

    def to_follow(self, destination: str) -> list[Document]:
        """Delivered documents that the destination may have more to say about now, the 500 most overdue first."""
        return self._documents(_TO_FOLLOW, destination)

    def _documents(self, question: Select[Any], destination: str) -> list[Document]:
        with self._reading() as connection:
            asked = {"to": destination, "now": self._clock.now()}
            return [document_of(row) for row in connection.execute(question, asked)]

    def _select(self, condition: Any) -> list[Document]:
        question = select(document).where(condition).order_by(document.c.id)
        with self._reading() as connection:
            return [document_of(row) for row in connection.execute(question)]

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._commits.change() as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with asking(self._readers, self._path) as connection:
            yield connection

    def _get(self, connection: Connection, document_id: int) -> Document:
        row = connection.execute(_BY_NUMBER, {"number": document_id}).one_or_none()
        if row is None:
            raise WrongUseError(Phrase("ledger.no_such_document", {"id": document_id}))
        return document_of(row)


def _in_states(states: tuple[State, ...]) -> ColumnElement[bool]:
    named = document.c.state.in_(states)
    return named if _FILED & set(states) else and_(IS_UNFILED, named)
