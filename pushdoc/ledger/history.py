"""Questions to the ledger; nothing here can write. Made for a million documents: each question has its index."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from pushdoc.ledger.columns import moment, phrase
from pushdoc.ledger.engine import Readers, open_for_reading
from pushdoc.ledger.notes import (
    REFUSED,
    RULES_READ,
    DestinationNote,
    MappingNote,
    RefusedNote,
    RunNote,
    columns_of,
    note_of,
    refused_of,
)
from pushdoc.ledger.rows import DOCUMENT, document_of
from pushdoc.ledger.statements import IS_UNFILED, IS_WAITING, execute
from pushdoc.states import State
from pushdoc.words import visible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from pushdoc.document import Document
    from pushdoc.words import Phrase

_COPY = "(duplicate_of IS NOT NULL OR twin IS NOT NULL)"
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
        ((oldest,),) = self._rows(f"SELECT min(first_seen) FROM document WHERE {IS_WAITING}")
        return None if oldest is None else moment(oldest)

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
        state: State | None = None,
        client: str | None = None,
        rule: str | None = None,
        since: datetime | None = None,
    ) -> Iterator[Document]:
        """The documents that fit, oldest first, read as they are asked for."""
        wanted = ["id > 0"]
        if state is State.DUPLICATE:
            wanted.append(f"(state = :state OR state IN ('archived', 'kept') AND {_COPY})")
        elif state in {State.ARCHIVED, State.KEPT}:
            wanted.append(f"state = :state AND NOT {_COPY}")
        elif state is not None:
            wanted.append(f"state = :state AND {IS_UNFILED}")  # ARCHIVED and KEPT: above
        if client is not None:
            wanted.append("client = :client")
        if rule is not None:
            wanted.append("rule = :rule")
        if since is not None:
            wanted.append("first_seen >= :since")
        question = f"SELECT {DOCUMENT} FROM document WHERE {' AND '.join(wanted)} ORDER BY id"
        for row in self._rows(question, state=state, client=client, rule=rule, since=since):
            yield document_of(row)

    def find(self, sought: str, path: Path | None = None) -> list[Document]:
        """The documents that a person may mean: by number, else by path, else by sha256, else by part of the name."""
        if sought.isascii() and sought.isdigit() and (found := self._find("id = :id", id=int(sought[:18]))):
            return found
        if path is not None and (found := self._find("path = :path OR archive_path = :path", path=path)):
            return found
        shown = visible(sought)  # as names are kept
        if found := self._find("sha256 = :sha256", sha256=shown.lower()):
            return found
        part = shown.replace("/", "//").replace("%", "/%").replace("_", "/_")
        return self._find("name LIKE '%' || :part || '%' ESCAPE '/'", part=part)

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

    def refused(self) -> RefusedNote | None:
        """The changed rules that the running pushdoc did not take up; None where it works by the newest ones."""
        for (text,) in self._rows("SELECT value FROM house WHERE key = :key", key=REFUSED):
            return refused_of(text)
        return None

    def rules_read(self) -> datetime | None:
        """When a running pushdoc last took up its rules anew; None where none ever did."""
        for (text,) in self._rows("SELECT value FROM house WHERE key = :key", key=RULES_READ):
            return moment(text)
        return None

    def _find(self, condition: str, **values: Any) -> list[Document]:
        rows = self._rows(f"SELECT {DOCUMENT} FROM document WHERE {condition} ORDER BY id", **values)
        return [document_of(row) for row in rows]

    def _rows(self, question: str, **values: Any) -> Iterator[Any]:
        """The rows of an answer, read as they are asked for."""
        with self._readers.asking() as connection, closing(execute(connection, question, values)) as answer:
            yield from answer
