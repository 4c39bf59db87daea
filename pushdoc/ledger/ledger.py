"""The only writer of documents: each method is one transaction, durable before it returns.

A state changes only by `states.next_state`, and never without its row in the history.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, and_, func, insert, select, update

from pushdoc.errors import WrongUseError
from pushdoc.ledger.claiming import next_due, next_hour, reference_for, twin_of
from pushdoc.ledger.engine import open_for_writing, transaction
from pushdoc.ledger.notes import Notes
from pushdoc.ledger.rows import document_of, row_of
from pushdoc.ledger.schema import IS_LIVE, IS_OPEN, document, event
from pushdoc.states import Event, NoSuchArrowError, OvertakenError, State, next_state
from pushdoc.words import Phrase, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Engine

    from pushdoc.clock import Clock
    from pushdoc.document import Document
    from pushdoc.ledger.rows import Entry

#: The destination has a document and keeps it; one that is SUBMITTED may still be thrown out.
_KEEPS = State.DELIVERED, State.ARCHIVED, State.KEPT
#: How long a document waits for another of the same bytes whose sending is not decided yet.
_TWIN_PAUSE = timedelta(seconds=2)


class Ledger:
    """The ledger of one machine, open for writing; safe to use from several threads."""

    def __init__(self, engine: Engine, path: Path, clock: Clock) -> None:
        self._engine = engine
        self._path = path
        self._clock = clock
        # SQLite has one writer anyway; queueing here is fair, queueing there is by luck.
        self._lock = threading.Lock()
        self.notes = Notes(self._writing)

    @classmethod
    def open(cls, path: Path, clock: Clock) -> Ledger:
        """The ledger at `path`, made or brought to the newest version where needed.

        Raises:
            ConfigurationError, HeldError: see `engine.open_for_writing`.
        """
        return cls(open_for_writing(path), path, clock)

    def close(self) -> None:
        """Give the file back."""
        self._engine.dispose()

    def enter(self, entry: Entry) -> Document:
        """The document that was made of a whole file; it waits to be sent or released, or is refused at once."""
        happened = Event.HOLD if entry.hold else Event.ENTER
        now = self._clock.now()
        state = next_state(None, happened)
        values = {**row_of(entry), "state": state, "first_seen": now, "since": now, "next_attempt": now}
        with self._writing() as connection:
            made = connection.execute(insert(document).values(values)).inserted_primary_key
            assert made is not None
            detail = {"path": visible(str(entry.path)), "size": entry.identity.size, "sha256": entry.digest.sha256}
            self._write_down(connection, made[0], happened, state, None, detail)
            entered = self._get(connection, made[0])
            return (
                entered
                if entry.refused is None
                else self._move(connection, entered, Event.REFUSE, reason=entry.refused)
            )

    def claim(self, destination: str) -> Document | None:
        """The document that is next in the queue of a destination, now SENDING; None where none is due.

        Its intent is durable when this returns. A document whose bytes its dossier already has comes back as
        DUPLICATE instead. Only clients with a usable mapping are served; the others wait.
        """
        now = self._clock.now()
        while True:
            with self._writing() as connection:
                due = next_due(connection, destination, now)
                if due is None:
                    return None
                known, dossier = due
                twin = None if known.forced else twin_of(connection, known, dossier)
                if twin is None:
                    reference = reference_for(connection, known, dossier)
                    # What is sent is no duplicate any more: a person has forced it.
                    changes: dict[str, Any] = {"dossier": dossier, "reference": reference, "duplicate_of": None}
                    return self._move(connection, known, Event.CLAIM, sent_at=now, **changes)
                if twin.state in _KEEPS and twin.receipt is not None:
                    reason = Phrase("ledger.twin", {"id": twin.id, "name": visible(twin.name), "receipt": twin.receipt})
                    changes = {"dossier": dossier, "duplicate_of": twin.id}
                    return self._move(connection, known, Event.TWIN, reason=reason, **changes)
                self._change(connection, known.id, next_attempt=now + _TWIN_PAUSE)

    def next_hour(self, destination: str) -> datetime | None:
        """When the next document of a destination is to be sent or asked about; None where none waits for that."""
        with self._writing() as connection:
            return next_hour(connection, destination)

    def record(
        self,
        known: Document,
        happened: Event,
        *,
        reason: Phrase | None = None,
        detail: Mapping[str, Any] | None = None,
        **changes: Any,
    ) -> Document:
        """The document after an event, with whatever else changed by it; `detail` goes into its history only.

        Raises:
            OvertakenError: it is no longer in the state it was known in; nothing was written.
            NoSuchArrowError: that state has no arrow for this; nothing was written.
        """
        with self._writing() as connection:
            now_known = self._get(connection, known.id)
            if now_known.state is not known.state:
                raise OvertakenError(f"document {known.id} is {now_known.state}, no longer {known.state}")
            return self._move(connection, now_known, happened, reason=reason, detail=detail, **changes)

    def amend(
        self, known: Document, story: str | None = None, detail: Mapping[str, Any] | None = None, **changes: Any
    ) -> Document:
        """The document with something changed that is not its state; told in its history under `story`, where given.

        Raises:
            NoSuchArrowError: its state was to be changed; that is for `record` alone.
        """
        if "state" in changes:
            raise NoSuchArrowError("a state changes by an event only")
        with self._writing() as connection:
            state = self._get(connection, known.id).state
            self._change(connection, known.id, **changes)
            if story is not None:
                self._write_down(connection, known.id, story, state, None, detail)
            return self._get(connection, known.id)

    def get(self, document_id: int) -> Document:
        """One document as it stands.

        Raises:
            WrongUseError: the ledger has no such number.
        """
        with self._writing() as connection:
            return self._get(connection, document_id)

    def at(self, path: Path) -> list[Document]:
        """All documents that were ever dropped at a path, the newest first."""
        return self._select(document.c.path == path, order=document.c.id.desc())

    def open_in(self, folder: Path) -> list[Document]:
        """The documents whose file should still lie in a folder and for which something is left to do."""
        return self._select(and_(IS_LIVE, document.c.folder == folder, document.c.state != State.REJECTED))

    def open_folders(self) -> set[Path]:
        """The folders that hold a document for which something is left to do."""
        question = select(document.c.folder).where(IS_LIVE, document.c.state != State.REJECTED).distinct()
        with self._writing() as connection:
            return set(connection.scalars(question))

    def in_states(self, *states: State, destination: str | None = None) -> list[Document]:
        """All documents in some states, oldest first."""
        here = document.c.state.in_(states)
        return self._select(here if destination is None else here & (document.c.destination == destination))

    def count(self, *states: State, destination: str) -> int:
        """How many documents of a destination are in some states."""
        here = document.c.state.in_(states) & (document.c.destination == destination)
        with self._writing() as connection:
            return connection.scalar(select(func.count()).where(here)) or 0

    def doubtful(self, destination: str) -> list[Document]:
        """The doubtful documents that the destination should be asked about now."""
        due = document.c.next_attempt <= self._clock.now()
        here = document.c.destination == destination
        return self._select(and_(IS_OPEN, here, document.c.state == State.DOUBTFUL, due))

    def to_follow(self, destination: str, limit: int = 500) -> list[Document]:
        """Delivered documents that the destination may have more to say about now, most overdue first."""
        due = (document.c.next_follow.is_not(None)) & (document.c.next_follow <= self._clock.now())
        return self._select((document.c.destination == destination) & due, order=document.c.next_follow, limit=limit)

    def _select(self, condition: Any, order: Any = document.c.id, limit: int | None = None) -> list[Document]:
        question = select(document).where(condition).order_by(order).limit(limit)
        with self._writing() as connection:
            return [document_of(row) for row in connection.execute(question)]

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._lock, transaction(self._engine, self._path) as connection:
            yield connection

    def _get(self, connection: Connection, document_id: int) -> Document:
        row = connection.execute(select(document).where(document.c.id == document_id)).one_or_none()
        if row is None:
            raise WrongUseError(Phrase("ledger.no_such_document", {"id": document_id}))
        return document_of(row)

    def _move(
        self,
        connection: Connection,
        known: Document,
        happened: Event,
        *,
        reason: Phrase | None = None,
        detail: Mapping[str, Any] | None = None,
        **changes: Any,
    ) -> Document:
        state = next_state(known.state, happened)
        # While it is being sent, the last failure is still the answer to "why is it here?".
        kept = known.reason if happened is Event.CLAIM else reason
        self._change(connection, known.id, state=state, since=self._clock.now(), reason=kept, **changes)
        self._write_down(connection, known.id, happened, state, reason, detail)
        return self._get(connection, known.id)

    @staticmethod
    def _change(connection: Connection, document_id: int, **changes: Any) -> None:
        if changes:
            connection.execute(update(document).where(document.c.id == document_id).values(**changes))

    def _write_down(  # noqa: PLR0913, PLR0917 -- the columns of its row
        self,
        connection: Connection,
        document_id: int,
        happened: str,
        state: State,
        reason: Phrase | None,
        detail: Mapping[str, Any] | None,
    ) -> None:
        row = {"document": document_id, "at": self._clock.now(), "event": str(happened), "state": state}
        connection.execute(insert(event).values(**row, reason=reason, detail=dict(detail) if detail else None))
