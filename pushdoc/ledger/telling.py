"""What the digest asks: how everything stood at one event, and what happened since another.

By the numbers of events and never by their hours, so that two digests meet without a gap whatever clocks do; whatever
happened behind the last of these events is left to the next one. Reads a day's events and the open documents, however
many there are altogether.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pushdoc.ledger.columns import moment, phrase
from pushdoc.ledger.rows import DOCUMENT, document_of
from pushdoc.ledger.statements import IS_UNFILED, IS_WAITING
from pushdoc.states import Event, State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from pushdoc.document import Document
    from pushdoc.words import Phrase

_STATE = "(SELECT state FROM event WHERE document = {0} AND id <= :upto ORDER BY id DESC LIMIT 1)"
_FAILING = f"""
    WITH candidate (number) AS (
        SELECT id FROM document WHERE {IS_UNFILED} AND state = '{State.NON_TRANSMIS}'
        UNION SELECT document FROM event WHERE id > :upto)
    SELECT document.id, document.client, (
        SELECT id FROM event WHERE document = candidate.number AND id <= :upto AND event = '{Event.REFUSE}'
        ORDER BY id DESC LIMIT 1)
    FROM candidate CROSS JOIN document ON document.id = candidate.number
    WHERE {_STATE.format("candidate.number")} = '{State.NON_TRANSMIS}'"""
_LEAVES = ", ".join(f"'{one}'" for one in (Event.RETRY, Event.REASK, Event.ACKNOWLEDGE, Event.WITHDRAW))
_SETTLED = f"""
    SELECT happened.document, document.client, max(happened.id)
    FROM event AS happened CROSS JOIN document ON document.id = happened.document
    WHERE happened.id > :after AND happened.id <= :upto AND happened.event IN ({_LEAVES})
    AND (SELECT state FROM event WHERE document = happened.document AND id < happened.id ORDER BY id DESC LIMIT 1)
        = '{State.NON_TRANSMIS}'
    AND {_STATE.format("happened.document")} != '{State.NON_TRANSMIS}'
    GROUP BY happened.document, document.client"""
_HAPPENED = """
    SELECT happened.document, document.client, max(happened.id)
    FROM event AS happened CROSS JOIN document ON document.id = happened.document
    WHERE happened.id > :after AND happened.id <= :upto AND happened.event {0}
    GROUP BY happened.document, document.client"""
_DUPLICATES = _HAPPENED.format(f"= '{Event.TWIN}' AND document.duplicate_of IS NOT NULL")
_TWICE = _HAPPENED.format(f"IN ('{Event.DELIVER}', 'followed') AND document.twin IS NOT NULL")
_DOUBTFUL = f"""
    SELECT document.id, document.client, (SELECT max(id) FROM event WHERE document = document.id AND id <= :upto)
    FROM document WHERE {IS_UNFILED} AND state = '{State.DOUBTFUL}'"""
_DELIVERED = f"""
    SELECT document.client, count(*) FROM event CROSS JOIN document ON document.id = event.document
    WHERE event.id > :after AND event.id <= :upto AND event.event = '{Event.DELIVER}' GROUP BY document.client"""
_HELD = f"SELECT client, count(*) FROM document WHERE {IS_UNFILED} AND state = '{State.HELD}' GROUP BY client"
_UNMAPPED = f"""
    SELECT document.client, document.destination, count(*), min(document.first_seen), mapping.reason
    FROM document JOIN mapping ON mapping.destination = document.destination AND mapping.client = document.client
    WHERE {IS_WAITING.replace("state", "document.state")} AND mapping.usable = 0
    GROUP BY document.client, document.destination, mapping.reason"""
_BEFORE = "SELECT id FROM event WHERE id <= :upto AND at <= :at ORDER BY id DESC LIMIT 1"
_ONE = f"""
    SELECT {DOCUMENT}, event.at, event.reason FROM document, event
    WHERE document.id = :number AND event.id = :event"""


@dataclass(frozen=True, slots=True)
class Told:
    """A document by its number, its client, and the event that it is told for."""

    document: int
    client: str
    event: int


@dataclass(frozen=True, slots=True)
class Unmapped:
    """A client without a dossier at a destination, with documents that wait for one since `since`."""

    client: str
    destination: str
    count: int
    since: datetime
    reason: Phrase | None


class Telling:
    """The questions of one digest; `rows` answers a question of the ledger, without end to the number of rows."""

    def __init__(self, rows: Callable[..., Iterator[Any]], upto: int) -> None:
        self._rows = rows
        self.upto = upto

    def event_before(self, at: datetime) -> int:
        """The last event that is as old as this, found from the newest one backwards; 0 where none is."""
        return next((number for (number,) in self._rows(_BEFORE, upto=self.upto, at=at)), 0)

    def failing(self) -> list[Told]:
        """What was « Non transmis », each for its last failure."""
        return self._told(_FAILING, 0)

    def settled(self, after: int) -> list[Told]:
        """What was « Non transmis » and is not any more, each for what took it away."""
        return self._told(_SETTLED, after)

    def duplicates(self, after: int) -> list[Told]:
        """What was not sent because its bytes were there."""
        return self._told(_DUPLICATES, after)

    def twice(self, after: int) -> list[Told]:
        """What the destination itself says that it has twice."""
        return self._told(_TWICE, after)

    def doubtful(self) -> list[Told]:
        """What was sent and not answered, each for the last that is known of it."""
        return self._told(_DOUBTFUL, 0)

    def delivered(self, after: int) -> dict[str, int]:
        """How many documents were delivered, by client."""
        return dict(self._rows(_DELIVERED, after=after, upto=self.upto))

    def held(self) -> dict[str, int]:
        """How many documents wait for a person's approval, by client."""
        return dict(self._rows(_HELD))

    def unmapped(self) -> list[Unmapped]:
        """The clients whose documents wait for a dossier."""
        return [
            Unmapped(client, destination, count, moment(since), phrase(reason) if reason else None)
            for client, destination, count, since, reason in self._rows(_UNMAPPED)
        ]

    def document(self, told: Told) -> tuple[Document, datetime, Phrase | None]:
        """A document as it is now, with the hour and the reason of the event that it is told for."""
        (row,) = self._rows(_ONE, number=told.document, event=told.event)
        *cells, at, reason = row
        return document_of(cells), moment(at), phrase(reason) if reason else None

    def _told(self, question: str, after: int) -> list[Told]:
        asked = {"after": after, "upto": self.upto} if ":after" in question else {"upto": self.upto}
        return [Told(*row) for row in self._rows(question, **asked) if row[2] is not None]
