"""Questions to the ledger; nothing here can write. Made for a million documents: each question has its index."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import and_, func, or_, select

from pushdoc.ledger.engine import asking, open_for_reading
from pushdoc.ledger.notes import DestinationNote, MappingNote, RunNote
from pushdoc.ledger.rows import document_of
from pushdoc.ledger.schema import IS_UNFILED, IS_WAITING, destination, document, event, lately, mapping, run, tally
from pushdoc.states import State
from pushdoc.words import visible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Engine

    from pushdoc.document import Document
    from pushdoc.words import Phrase

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

    def __init__(self, engine: Engine, path: Path) -> None:
        self._engine = engine
        self._path = path

    @classmethod
    def open(cls, path: Path) -> Self:
        """The ledger at `path`.

        Raises:
            ConfigurationError: see `engine.open_for_reading`.
        """
        return cls(open_for_reading(path), path)

    def close(self) -> None:
        """Give the file back."""
        self._engine.dispose()

    def counts(self) -> dict[State, int]:
        """How many documents are in each state; an archived or kept duplicate counts as DUPLICATE."""
        counts = dict.fromkeys(State, 0)
        for state, copy, count in self._rows(select(tally.c.state, tally.c.copy, tally.c["count"])):
            filed_copy = copy and state in {State.ARCHIVED, State.KEPT}
            counts[State.DUPLICATE if filed_copy else state] += count
        return counts

    def oldest_waiting(self) -> datetime | None:
        """Since when the longest waiting document waits."""
        question = select(func.min(document.c.first_seen)).where(IS_WAITING)
        ((oldest,),) = self._rows(question)
        found: datetime | None = oldest
        return found

    def rules(self) -> dict[str, RuleTally]:
        """What each rule has done, by its name."""
        delivered: Counter[str] = Counter()
        non_transmis: Counter[str] = Counter()
        for rule, state, copy, count in self._rows(select(tally)):
            delivered[rule] += count if state in _DELIVERED and copy != "duplicate" else 0
            non_transmis[rule] += count if state is State.NON_TRANSMIS else 0
        return {
            rule: RuleTally(rule, delivered[rule], non_transmis[rule], last_delivered, last_seen)
            for rule, last_seen, last_delivered in self._rows(select(lately))
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
        wanted: list[Any] = [document.c.id > 0]
        copy = or_(document.c.duplicate_of.is_not(None), document.c.twin.is_not(None))
        filed = document.c.state.in_([State.ARCHIVED, State.KEPT])
        if state is State.DUPLICATE:
            wanted.append(or_(document.c.state == state, and_(filed, copy)))
        elif state in {State.ARCHIVED, State.KEPT}:
            wanted.append(and_(document.c.state == state, ~copy))
        elif state is not None:
            wanted += [document.c.state == state, IS_UNFILED]  # ARCHIVED and KEPT: above
        if client is not None:
            wanted.append(document.c.client == client)
        if rule is not None:
            wanted.append(document.c.rule == rule)
        if since is not None:
            wanted.append(document.c.first_seen >= since)
        for row in self._rows(select(document).where(*wanted).order_by(document.c.id)):
            yield document_of(row)

    def find(self, sought: str, path: Path | None = None) -> list[Document]:
        """The documents that a person may mean: by number, else by path, else by sha256, else by part of the name."""
        if sought.isascii() and sought.isdigit() and (found := self._find(document.c.id == int(sought[:18]))):
            return found
        if path is not None and (found := self._find((document.c.path == path) | (document.c.archive_path == path))):
            return found
        shown = visible(sought)  # as names are kept
        if found := self._find(document.c.sha256 == shown.lower()):
            return found
        return self._find(document.c.name.contains(shown, autoescape=True))

    def life(self, document_id: int) -> list[Happening]:
        """Everything that happened to one document, in order."""
        question = (
            select(event.c.at, event.c.event, event.c.state, event.c.reason, event.c.detail)
            .where(event.c.document == document_id)
            .order_by(event.c.id)
        )
        return [Happening(row.at, row.event, row.state, row.reason, row.detail or {}) for row in self._rows(question)]

    def mapping(self, name: str) -> list[MappingNote]:
        """The mapping of one destination as it was last made, by client."""
        columns = [mapping.c[field.name] for field in fields(MappingNote)]
        question = select(*columns).where(mapping.c.destination == name).order_by(mapping.c.client)
        return [MappingNote(**row._mapping) for row in self._rows(question)]  # noqa: SLF001 -- SQLAlchemy's public name

    def mapped(self) -> list[str]:
        """The destinations that a mapping was made for."""
        return [name for (name,) in self._rows(select(mapping.c.destination).distinct())]

    def destinations(self) -> dict[str, DestinationNote]:
        """How each destination is, by its name."""
        return {row.name: DestinationNote(**row._mapping) for row in self._rows(select(destination))}  # noqa: SLF001 -- as above

    def run(self) -> RunNote | None:
        """The pushdoc that sends from this ledger, now or last."""
        for row in self._rows(select(run)):
            columns = dict(row._mapping)  # noqa: SLF001 -- SQLAlchemy's public name for it
            del columns["id"]
            return RunNote(**columns)
        return None

    def _find(self, condition: Any) -> list[Document]:
        return [document_of(row) for row in self._rows(select(document).where(condition).order_by(document.c.id))]

    def _rows(self, question: Any) -> Iterator[Any]:
        with asking(self._engine, self._path) as connection:
            yield from connection.execution_options(yield_per=500).execute(question)
