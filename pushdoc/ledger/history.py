"""Questions to the ledger; nothing here can write. Made for a million documents: each question has its index."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from pushdoc.ledger.alerts import LASTING_ALERTS, alert_of
from pushdoc.ledger.columns import moment, phrase
from pushdoc.ledger.engine import Readers, open_for_reading
from pushdoc.ledger.listing import question
from pushdoc.ledger.mail import outbox_of
from pushdoc.ledger.mails import TOLD_UPTO
from pushdoc.ledger.notes import (
    REFUSED,
    RULES_READ,
    TROUBLES,
    DestinationNote,
    MappingNote,
    RefusedNote,
    RunNote,
    TroubleNote,
    columns_of,
    note_of,
    refused_of,
    troubles_of,
)
from pushdoc.ledger.rows import document_of
from pushdoc.ledger.search import find
from pushdoc.ledger.statements import IS_WAITING, execute
from pushdoc.ledger.telling import Telling
from pushdoc.states import State

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime
    from pathlib import Path

    from pushdoc.document import Document
    from pushdoc.ledger.alerts import AlertNote
    from pushdoc.ledger.mail import OutboxNote
    from pushdoc.words import Phrase

# From one name to the next by the index: there are hundreds of names among a million documents.
_CLIENTS = """
WITH RECURSIVE each (client) AS (
    SELECT min(client) FROM document
    UNION ALL
    SELECT (SELECT min(client) FROM document WHERE client > each.client) FROM each WHERE client IS NOT NULL
)
SELECT client FROM each WHERE client IS NOT NULL"""
_DELIVERED = {State.DELIVERED, State.ARCHIVED, State.KEPT}


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a document's life; `state` is what it came into (or stayed in)."""

    at: datetime
    event: str
    state: State
    reason: Phrase | None
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class RuleTally:
    """What one rule has done so far."""

    rule: str
    delivered: int
    non_transmis: int
    last_delivered: datetime | None
    last_seen: datetime | None


class History:
    """A ledger, open for questions."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers

    @classmethod
    def open(cls, path: Path) -> Self:
        """The ledger at `path`.

        Raises:
            ConfigurationError: see `engine.open_for_reading`.
        """
        return cls(open_for_reading(path))

    def close(self) -> None:
        """Give the file back."""
        self._readers.close()

    def counts(self) -> dict[State, int]:
        """How many documents are in each state; an archived or kept duplicate counts as DUPLICATE."""
        counts = dict.fromkeys(State, 0)
        for named, copy, count in self._rows("SELECT state, copy, count FROM tally"):
            state = State(named)
            filed_copy = copy and state in {State.ARCHIVED, State.KEPT}
            counts[State.DUPLICATE if filed_copy else state] += count
        return counts

    def oldest_waiting(self) -> datetime | None:
        """Since when the longest waiting document waits."""
        # Numbers are given in the order of first sight, and stand in the queue's index. The plus: among the few that
        # wait, not from the oldest document there ever was until one waits.
        asked = f"SELECT first_seen FROM document WHERE id = (SELECT min(+id) FROM document WHERE {IS_WAITING})"
        for (oldest,) in self._rows(asked):
            return moment(oldest)
        return None

    def rules(self) -> dict[str, RuleTally]:
        """What each rule has done, by its name."""
        delivered: Counter[str] = Counter()
        non_transmis: Counter[str] = Counter()
        for rule, state, copy, count in self._rows("SELECT rule, state, copy, count FROM tally"):
            delivered[rule] += count if state in _DELIVERED and copy != "duplicate" else 0
            non_transmis[rule] += count if state == State.NON_TRANSMIS else 0
        return {
            rule: RuleTally(
                rule,
                delivered[rule],
                non_transmis[rule],
                last_delivered=moment(sent) if sent else None,
                last_seen=moment(seen) if seen else None,
            )
            for rule, seen, sent in self._rows("SELECT rule, seen, delivered FROM lately")
        }

    def documents(
        self,
        *,
        state: State | Collection[State] | None = None,
        client: str | Collection[str] | None = None,
        rule: str | Collection[str] | None = None,
        since: datetime | None = None,
        latest_first: bool = False,
        limit: int | None = None,
    ) -> Iterator[Document]:
        """The documents that fit, in the order of their numbers, read as they are asked for."""
        asked, values = question(
            states=() if state is None else [state] if isinstance(state, State) else state,
            clients=[client] if isinstance(client, str) else client,
            rules=[rule] if isinstance(rule, str) else rule,
            since=since,
            latest_first=latest_first,
            limit=limit,
        )
        for row in self._rows(asked, **values):
            yield document_of(row)

    def clients(self) -> list[str]:
        """The clients that there are documents of."""
        return [name for (name,) in self._rows(_CLIENTS)]

    def find(self, sought: str, paths: Collection[Path] = (), limit: int = 100) -> list[Document]:
        """The documents that a person may mean, the latest first: see `search.find`."""
        return find(self._rows, sought, paths, limit)

    def life(self, document_id: int) -> list[Happening]:
        """Everything that happened to one document, in order."""
        question = "SELECT at, event, state, reason, detail FROM event WHERE document = :number ORDER BY id"
        return [
            Happening(
                moment(at),
                happened,
                State(state),
                phrase(reason) if reason else None,
                json.loads(detail) if detail else {},
            )
            for at, happened, state, reason, detail in self._rows(question, number=document_id)
        ]

    def mapping(self, name: str) -> list[MappingNote]:
        """The mapping of one destination as it was last made, by client."""
        question = f"SELECT {columns_of(MappingNote)} FROM mapping WHERE destination = :name ORDER BY client"
        return [note_of(MappingNote, row) for row in self._rows(question, name=name)]

    def mapped(self) -> list[str]:
        """The destinations that a mapping was made for."""
        return [name for (name,) in self._rows("SELECT DISTINCT destination FROM mapping")]

    def destinations(self) -> dict[str, DestinationNote]:
        """How each destination is, by its name."""
        rows = self._rows(f"SELECT {columns_of(DestinationNote)} FROM destination")
        return {note.name: note for note in (note_of(DestinationNote, row) for row in rows)}

    def run(self) -> RunNote | None:
        """The pushdoc that sends from this ledger, now or last."""
        for row in self._rows(f"SELECT {columns_of(RunNote)} FROM run"):
            return note_of(RunNote, row)
        return None

    def lasting_alerts(self) -> list[AlertNote]:
        """The troubles that were told to have begun and not to be over, the oldest first."""
        return [alert_of(row) for row in self._rows(LASTING_ALERTS)]

    def refused(self) -> RefusedNote | None:
        """The changed rules that the running pushdoc did not take up; None where it works by the newest ones."""
        for (text,) in self._rows("SELECT value FROM house WHERE key = :key", key=REFUSED):
            return refused_of(text)
        return None

    def troubles(self) -> list[TroubleNote]:
        """What the last looks could not do, by client."""
        for (text,) in self._rows("SELECT value FROM house WHERE key = :key", key=TROUBLES):
            return troubles_of(text)
        return []

    def telling(self, upto: int | None = None) -> Telling:
        """What the digest asks, as everything stood at one event, by default the newest."""
        if upto is None:
            ((upto,),) = self._rows("SELECT ifnull(max(id), 0) FROM event")
        return Telling(self._rows, upto)

    def told_upto(self, recipient: str) -> int | None:
        """The last event that a digest has told somebody; None where there was none."""
        ((upto,),) = self._rows(TOLD_UPTO, recipient=recipient)
        return None if upto is None else int(upto)

    def outbox(self) -> OutboxNote | None:
        """How the mails stand; None where there never was one."""
        return outbox_of(self._rows)

    def rules_read(self) -> datetime | None:
        """When a running pushdoc last took up its rules anew; None where none ever did."""
        for (text,) in self._rows("SELECT value FROM house WHERE key = :key", key=RULES_READ):
            return moment(text)
        return None

    def _rows(self, question: str, **values: Any) -> Iterator[Any]:
        """The rows of an answer, read as they are asked for."""
        with self._readers.asking() as connection, closing(execute(connection, question, values)) as answer:
            yield from answer
