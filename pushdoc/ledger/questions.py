"""What the ledger's writer asks itself: always of the newest, since a change is durable before its writer goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pushdoc.errors import WrongUseError
from pushdoc.ledger.alerts import Alerts
from pushdoc.ledger.claiming import dossier_of, next_hour
from pushdoc.ledger.columns import moment
from pushdoc.ledger.columns import path as path_of
from pushdoc.ledger.commits import Commits
from pushdoc.ledger.engine import Readers
from pushdoc.ledger.mails import Mails
from pushdoc.ledger.notes import Notes
from pushdoc.ledger.rows import DOCUMENT, document_of
from pushdoc.ledger.statements import IS_LIVE, IS_UNFILED, execute
from pushdoc.states import State
from pushdoc.words import Phrase

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime, timedelta
    from pathlib import Path

    from pushdoc.clock import Clock
    from pushdoc.document import Document

_BY_NUMBER = f"SELECT {DOCUMENT} FROM document WHERE id = :number"
_AT = f"SELECT {DOCUMENT} FROM document WHERE path = :path ORDER BY id DESC"
_OPEN = f"{IS_LIVE} AND state != 'rejected'"
_DOUBTFUL = f"{IS_UNFILED} AND destination = :to AND state = 'doubtful' AND next_attempt <= :now"
_TO_FOLLOW = f"""
    SELECT {DOCUMENT} FROM document
    WHERE destination = :to AND next_follow IS NOT NULL AND next_follow <= :now
    ORDER BY next_follow LIMIT 500"""
_PUT_OFF = f"""
    {IS_UNFILED} AND destination = :to AND state = 'waiting' AND next_attempt > :later AND failing_since IS NOT NULL"""
_LAST_DELIVERED = """
    SELECT delivered FROM document
    WHERE client = :client AND destination = :to AND dossier = :into AND delivered IS NOT NULL
    ORDER BY id DESC LIMIT 1"""
_WAS_TOLD = "SELECT 1 FROM event WHERE document = :number AND reason LIKE :begins LIMIT 1"
_KIND = """
    state, client, siret, rule, type, period, destination, folder, archive_folder, forced, unknowable,
    CASE WHEN reason LIKE '{"code": "heirs.%' THEN reason END"""
_FILED = {State.ARCHIVED, State.KEPT}  # those that `IS_UNFILED` leaves out


class Questions:
    """The half of the ledger that only asks; `Ledger` is the whole of it."""

    def __init__(self, writer: sqlite3.Connection, path: Path, clock: Clock) -> None:
        self._clock = clock
        self._commits = Commits(writer, path)
        self._readers = Readers(path)
        self.notes = Notes(self._writing, self._reading)
        self.mails = Mails(self._writing, self._reading)
        self.alerts = Alerts(self._writing, self._reading)

    def close(self) -> None:
        """Give the file back."""
        self._commits.close()
        self._readers.close()

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
        """All documents that were ever dropped at some paths, by path, the newest first; not those without any."""
        found: dict[Path, list[Document]] = {}
        with self._reading() as connection:
            for path in paths:
                # One by one: a question that an index answers costs the driver less than reading a longer one would.
                rows = execute(connection, _AT, {"path": path}).fetchall()
                if rows:
                    found[path] = [document_of(row) for row in rows]
        return found

    def archived_at(self, path: Path) -> list[Document]:
        """All documents that were filed at a path."""
        return self._documents("archive_path IS NOT NULL AND archive_path = :path", path=path)

    def open_in(self, folder: Path) -> list[Document]:
        """The documents whose file should still lie in a folder and for which something is left to do."""
        return self._documents(f"{_OPEN} AND folder = :folder", folder=folder)

    def open_folders(self) -> set[Path]:
        """The folders that hold a document for which something is left to do."""
        with self._reading() as connection:
            rows = execute(connection, f"SELECT DISTINCT folder FROM document WHERE {_OPEN}", {}).fetchall()
            return {path_of(folder) for (folder,) in rows}

    def in_states(self, *states: State, destination: str | None = None) -> list[Document]:
        """All documents in some states, oldest first; quick for those that are not filed yet."""
        here = _in_states(states)
        return self._documents(here if destination is None else f"{here} AND destination = :to", to=destination)

    def samples(self, *states: State) -> list[Document]:
        """Of the documents in some states one of each kind, where a kind has in common all that rules decide."""
        kinds = f"SELECT min(id) FROM document WHERE {_in_states(states)} GROUP BY {_KIND}"
        return self._documents(f"id IN ({kinds})")

    def put_off(self, destination: str, longer_than: timedelta) -> list[Document]:
        """The waiting documents of a destination that failed for their own and are not tried again before long."""
        return self._documents(_PUT_OFF, to=destination, later=self._clock.now() + longer_than)

    def last_delivered(self, client: str, destination: str, dossier: str) -> datetime | None:
        """When the newest document of a client was delivered to a dossier; None where none ever was."""
        asked = {"client": client, "to": destination, "into": dossier}
        with self._reading() as connection:
            row = execute(connection, _LAST_DELIVERED, asked).fetchone()
            return None if row is None else moment(row[0])

    def was_told(self, document_id: int, code: str) -> bool:
        """Whether this reason stands in a document's history."""
        asked = {"number": document_id, "begins": f'{{"code": "{code}"%'}
        with self._reading() as connection:
            return execute(connection, _WAS_TOLD, asked).fetchone() is not None

    def alike(self, sample: Document) -> list[Document]:
        """The documents that lie in the folder of this one, by the same rule and in the same state."""
        where = {"folder": sample.path.parent, "state": sample.state, "rule": sample.rule}
        return self._documents(f"{IS_LIVE} AND folder = :folder AND state = :state AND rule = :rule", **where)

    def count(self, *states: State, destination: str) -> int:
        """How many documents of a destination are in some states; quick for those that are not filed yet."""
        question = f"SELECT count(*) FROM document WHERE {_in_states(states)} AND destination = :to"
        with self._reading() as connection:
            number: int = execute(connection, question, {"to": destination}).fetchone()[0]
            return number

    def doubtful(self, destination: str) -> list[Document]:
        """The doubtful documents that the destination should be asked about now."""
        return self._documents(_DOUBTFUL, to=destination, now=self._clock.now())

    def to_follow(self, destination: str) -> list[Document]:
        """Delivered documents that the destination may have more to say about now, the 500 most overdue first."""
        with self._reading() as connection:
            asked = {"to": destination, "now": self._clock.now()}
            return [document_of(row) for row in execute(connection, _TO_FOLLOW, asked).fetchall()]

    def _documents(self, condition: str, **values: Any) -> list[Document]:
        question = f"SELECT {DOCUMENT} FROM document WHERE {condition} ORDER BY id"
        with self._reading() as connection:
            return [document_of(row) for row in execute(connection, question, values).fetchall()]

    def _writing(self) -> AbstractContextManager[sqlite3.Connection]:
        return self._commits.change()

    def _reading(self) -> AbstractContextManager[sqlite3.Connection]:
        return self._readers.asking()

    def _get(self, connection: sqlite3.Connection, document_id: int) -> Document:
        row = execute(connection, _BY_NUMBER, {"number": document_id}).fetchone()
        if row is None:
            raise WrongUseError(Phrase("ledger.no_such_document", {"id": document_id}))
        return document_of(row)


def _in_states(states: tuple[State, ...]) -> str:
    listed = ", ".join(f"'{state}'" for state in states)
    named = f"state IN ({listed})"
    return named if _FILED & set(states) else f"{IS_UNFILED} AND {named}"
