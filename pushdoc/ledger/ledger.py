"""The only writer of documents: each method is one transaction, durable before it returns.

A state changes only by `states.next_state`, and never without its row in the history.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from pushdoc.ledger.claiming import dossier_of, next_due, reference_for, same_bytes
from pushdoc.ledger.engine import open_for_writing
from pushdoc.ledger.questions import Questions
from pushdoc.ledger.report import Line, report
from pushdoc.ledger.rows import DOCUMENT, document_changed, document_made, document_of, row_of
from pushdoc.ledger.statements import IS_UNFILED, IS_WAITING, change_of_document, execute, insertion
from pushdoc.states import Event, NoSuchArrowError, OvertakenError, State, next_state
from pushdoc.words import Phrase, visible

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from pushdoc.clock import Clock
    from pushdoc.document import Document
    from pushdoc.ledger.rows import Entry

#: When a document was sent of which nobody knows when: whatever the destination has of it may be ours.
BEFORE_ALL = datetime(2000, 1, 1, tzinfo=UTC)
#: The destination has a document and keeps it; one that is SUBMITTED may still be thrown out.
_KEEPS = State.DELIVERED, State.ARCHIVED, State.KEPT
#: How long a document waits for another of the same bytes whose sending is not decided yet.
_TWIN_PAUSE = timedelta(seconds=2)

_HAPPENED = insertion("event", ("document", "at", "event", "state", "reason", "detail"))
_SET_RIGHT = f"""
    UPDATE document SET next_attempt = :now WHERE destination = :to AND next_attempt > :latest AND {IS_UNFILED}"""
_SET_RIGHT_FOLLOWING = "UPDATE document SET next_follow = :now WHERE destination = :to AND next_follow > :latest"
_TAKES_OVER = """
    INSERT INTO lately (rule, seen) VALUES (:rule, :seen) ON CONFLICT (rule) DO UPDATE SET seen = max(seen, :seen)"""
_LEVEL_TURNS = f"""
    UPDATE document SET turn = 0 WHERE {IS_WAITING} AND destination = :to AND turn > 0 AND suspicions = 0"""


class Ledger(Questions):
    """The ledger of one machine, open for writing; safe to use from several threads."""

    @classmethod
    def open(cls, path: Path, clock: Clock) -> Ledger:
        """The ledger at `path`, made or brought to the newest version where needed.

        Raises:
            ConfigurationError, HeldError: see `engine.open_for_writing`.
        """
        ledger = cls(open_for_writing(path), path, clock)
        ledger.notes.identity()  # now, so that a copy made before the first run is known for one
        return ledger

    def enter(self, entry: Entry, by: Event | None = None, **columns: Any) -> Document:
        """The document that was made of a whole file, by one of `states.ENTRANCES`; it may be refused at once."""
        with self._writing() as connection:
            return self._enter(connection, entry, by, **columns)

    def enter_all(self, entries: Iterable[Entry]) -> list[Document]:
        """The documents that were made of several whole files, all of them or, where it fails, none."""
        with self._writing() as connection:
            return [self._enter(connection, entry) for entry in entries]

    def _enter(self, connection: sqlite3.Connection, entry: Entry, by: Event | None = None, **columns: Any) -> Document:
        now = self._clock.now()
        by = by or (Event.HOLD if entry.hold else Event.ENTER)
        state = next_state(None, by)
        values = {**row_of(entry), "state": state, "first_seen": now, "since": now, "next_attempt": now, **columns}
        number = execute(connection, insertion("document", tuple(values)), values).lastrowid
        assert number is not None
        entered = document_made(number, entry, values)
        detail = {"path": visible(str(entry.path)), "size": entry.identity.size, "sha256": entry.digest.sha256}
        self._write_down(connection, entered, by, None, detail)
        if entry.refused is None:
            return entered
        return self._move(connection, entered, Event.REFUSE, reason=entry.refused)

    def claim(self, destination: str) -> Document | None:
        """The document that is next in the queue of a destination, now SENDING; None where none is due.

        Its intent is durable when this returns. A document whose bytes its dossier already has comes back as
        DUPLICATE instead, and as NON_TRANSMIS where nobody knows whether it has them. Only clients with a usable
        mapping are served; the others wait.
        """
        now = self._clock.now()
        while True:
            with self._writing() as connection:
                due = next_due(connection, destination, now)
                if due is None:
                    return None
                known, dossier = due
                same = same_bytes(connection, known, dossier)
                if known.forced or (twin := same.twin) is None:
                    reference = reference_for(connection, known, dossier, same.references)
                    # What is sent is no duplicate any more: a person has forced it.
                    changes: dict[str, Any] = {"dossier": dossier, "reference": reference, "duplicate_of": None}
                    return self._move(connection, known, Event.CLAIM, sent_at=now, **changes)
                told = {"id": twin.id, "name": twin.name, "receipt": twin.receipt or "?"}
                if twin.unknowable:
                    reason = Phrase("ledger.twin_unknowable", told)
                    return self._move(connection, known, Event.REFUSE, reason=reason, dossier=dossier)
                if twin.state in _KEEPS:
                    changes = {"dossier": dossier, "duplicate_of": twin.id}
                    return self._move(connection, known, Event.TWIN, reason=Phrase("ledger.twin", told), **changes)
                self._change(connection, known.id, next_attempt=now + _TWIN_PAUSE)

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

        What others changed in it since it was known is not in the answer.

        Raises:
            OvertakenError: it is no longer in the state it was known in; nothing was written.
            NoSuchArrowError: that state has no arrow for this; nothing was written.
        """
        with self._writing() as connection:
            return self._move(connection, known, happened, reason=reason, detail=detail, **changes)

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
            changed = self._change(connection, known.id, **changes)
            if story is not None:
                self._write_down(connection, changed, story, None, detail)
            return changed

    def _move(
        self,
        connection: sqlite3.Connection,
        known: Document,
        happened: Event,
        *,
        reason: Phrase | None = None,
        detail: Mapping[str, Any] | None = None,
        **changes: Any,
    ) -> Document:
        """The document after an event, in a transaction that is open; `record` says what it raises."""
        state = next_state(known.state, happened)
        # While it is being sent, the last failure is still the answer to "why is it here?".
        kept = known.reason if happened is Event.CLAIM else reason
        values = {"state": state, "since": self._clock.now(), "reason": kept, **changes}
        moving = f"{change_of_document(tuple(values))} AND state = :known_state"
        moved = execute(connection, moving, {**values, "number": known.id, "known_state": known.state})
        if moved.rowcount != 1:
            now_known = self._get(connection, known.id)
            raise OvertakenError(f"document {known.id} is {now_known.state}, no longer {known.state}")
        changed = document_changed(known, values)
        self._write_down(connection, changed, happened, reason, detail)
        return changed

    def hand_over(self, known: Document, **changes: Any) -> Document:
        """The document under another rule, or under the same that says otherwise now; its state stays.

        Raises:
            OvertakenError: it is no longer in the state it was known in; nothing was written.
        """
        with self._writing() as connection:
            # The state is named among what is set, so that the counts of both rules are kept (`schema`).
            columns = "".join(f", {name} = :{name}" for name in changes)
            change = f"UPDATE document SET state = state{columns} WHERE id = :number AND state = :known_state"
            moved = execute(connection, change, {**changes, "number": known.id, "known_state": known.state})
            if moved.rowcount != 1:
                raise OvertakenError(f"document {known.id} is no longer {known.state}")
            rule = changes.get("rule", known.rule)
            execute(connection, _TAKES_OVER, {"rule": rule, "seen": known.first_seen})
            detail = {"rule": rule, "was": known.rule}
            changed = self._get(connection, known.id)
            self._write_down(connection, changed, "handed over", None, detail)
            return changed

    def set_right(self, destination: str, longest: timedelta) -> None:
        """Bring back what a wall clock that jumped has sent into a far future: no wait is longer than `longest`."""
        now = self._clock.now()
        values = {"to": destination, "now": now, "latest": now + longest}
        with self._writing() as connection:
            execute(connection, _SET_RIGHT, values)
            execute(connection, _SET_RIGHT_FOLLOWING, values)

    def level_turns(self, destination: str) -> None:
        """The destination works again: those that were passed over while it did not go first again, oldest first."""
        with self._writing() as connection:
            execute(connection, _LEVEL_TURNS, {"to": destination})

    def suspect(self, known: Document, reason: Phrase) -> Document:
        """A document that may have been sent by a pushdoc of which this ledger knows nothing: the destination is asked.

        One whose client has no dossier could not have been sent, and is given back as it was.
        """
        with self._writing() as connection:
            dossier = dossier_of(connection, known.destination, known.client)
            if dossier is None:
                return known
            given = same_bytes(connection, known, dossier).references
            reference = reference_for(connection, known, dossier, given)
            changes: dict[str, Any] = {"dossier": dossier, "reference": reference, "sent_at": BEFORE_ALL, "asks": 0}
            changes["next_attempt"] = self._clock.now()
            return self._move(connection, known, Event.DOUBT, reason=reason, **changes)

    def _change(self, connection: sqlite3.Connection, document_id: int, **changes: Any) -> Document:
        if not changes:
            return self._get(connection, document_id)
        changing = f"{change_of_document(tuple(changes))} RETURNING {DOCUMENT}"
        rows = execute(connection, changing, {**changes, "number": document_id}).fetchall()
        return document_of(rows[0]) if rows else self._get(connection, document_id)

    def _write_down(
        self,
        connection: sqlite3.Connection,
        known: Document,
        happened: str,
        reason: Phrase | None,
        detail: Mapping[str, Any] | None,
    ) -> None:
        row = {"document": known.id, "at": self._clock.now(), "event": happened, "state": known.state, "reason": reason}
        execute(connection, _HAPPENED, row | {"detail": dict(detail) if detail else None})
        self._lines.append(Line(known, happened, reason))

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One change, alone with the database; what it wrote into histories is told in the log once it is durable."""
        with super()._writing() as connection:
            lines = self._lines = list[Line]()
            yield connection
        for line in lines:
            report(line)
