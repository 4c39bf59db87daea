"""What is asked while a document is claimed: who is next, are its bytes there already, and what is it called there."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pushdoc.ledger.columns import moment
from pushdoc.ledger.rows import DOCUMENT, document_of
from pushdoc.ledger.statements import IS_UNFILED, IS_WAITING, execute
from pushdoc.states import Event, State

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from pushdoc.document import Document

#: These bytes are at the destination, or may be.
_THERE = State.SENDING, State.SUBMITTED, State.DOUBTFUL, State.DELIVERED, State.ARCHIVED, State.KEPT

_NEXT = f"""
    SELECT {DOCUMENT}, mapping.dossier FROM document
    JOIN mapping ON mapping.destination = document.destination AND mapping.client = document.client
    WHERE {IS_WAITING} AND document.destination = :to AND document.next_attempt <= :now AND mapping.usable = 1
    ORDER BY document.turn, document.next_attempt, document.id LIMIT 1"""
_DOSSIER = "SELECT dossier FROM mapping WHERE destination = :to AND client = :client AND usable = 1"
# Each half ends at the first row of its index that fits, however long the queue is.
_NEXT_HOUR = f"""
    SELECT min(hour) FROM (
        SELECT min(next_attempt) AS hour FROM document
        WHERE {IS_UNFILED} AND state = 'doubtful' AND destination = :to
        UNION ALL
        SELECT hour FROM (
            SELECT next_attempt AS hour FROM document
            WHERE {IS_UNFILED} AND state = 'waiting' AND destination = :to
            AND client IN (SELECT client FROM mapping WHERE destination = :to AND usable = 1)
            ORDER BY next_attempt LIMIT 1) AS first)"""
_IS_TWIN = f"""
    id != :number AND duplicate_of IS NULL
    AND (state IN ({", ".join(f"'{state}'" for state in _THERE)}) OR unknowable = 1)"""
_SAME_BYTES = f"""
    SELECT id, state, name, receipt, unknowable, reference, {_IS_TWIN} AS is_twin FROM document
    WHERE sha256 = :bytes AND destination = :to AND dossier = :into AND (reference IS NOT NULL OR {_IS_TWIN})
    ORDER BY receipt IS NULL, id"""
_LAST_DECISION = (
    "SELECT event FROM event WHERE document = :number AND event IN (:claim, :retry) ORDER BY id DESC LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class Twin:
    """Another document of the same bytes that the dossier has, or may have; `unknowable` when nobody can say it."""

    id: int
    state: State
    name: str
    receipt: str | None
    unknowable: bool


@dataclass(frozen=True, slots=True)
class SameBytes:
    """What a dossier was given of one content so far: the first other document, and what all of them are called."""

    twin: Twin | None
    references: list[str]


def next_due(connection: sqlite3.Connection, destination: str, now: datetime) -> tuple[Document, str] | None:
    """The document that is next in a destination's queue, with the dossier it goes to; clients without one wait."""
    row = execute(connection, _NEXT, {"to": destination, "now": now}).fetchone()
    return None if row is None else (document_of(row), row[-1])


def dossier_of(connection: sqlite3.Connection, destination: str, client: str) -> str | None:
    """The dossier that a client is mapped to now; None where documents of it may not go anywhere."""
    row = execute(connection, _DOSSIER, {"to": destination, "client": client}).fetchone()
    return None if row is None else row[0]


def next_hour(connection: sqlite3.Connection, destination: str) -> datetime | None:
    """When the next document of a destination is to be sent or asked about; None where none waits for that."""
    (hour,) = execute(connection, _NEXT_HOUR, {"to": destination}).fetchone()
    return None if hour is None else moment(hour)


def same_bytes(connection: sqlite3.Connection, known: Document, dossier: str) -> SameBytes:
    """What the dossier has, or may have, of a document's content; asked in one go, since each claim asks it."""
    asked = {"bytes": known.digest.sha256, "to": known.destination, "into": dossier, "number": known.id}
    rows = execute(connection, _SAME_BYTES, asked).fetchall()
    twins = [Twin(row[0], State(row[1]), row[2], row[3], bool(row[4])) for row in rows if row[6]]
    return SameBytes(twins[0] if twins else None, [row[5] for row in rows if row[5] is not None])


def reference_for(connection: sqlite3.Connection, known: Document, dossier: str, given: list[str]) -> str:
    """Our id for the document over there, made of what it is, so that it can be made again without this ledger.

    It stays the same over all attempts. A second sending of the same bytes, which only a person can order, gets the
    number behind those that were `given`.
    """
    forced_anew = known.forced and _retried_since_its_claim(connection, known)
    if known.reference is not None and known.dossier == dossier and not forced_anew:
        return known.reference
    what = f"{known.digest.sha256}:{known.destination}:{dossier}"
    stem = "pushdoc-" + hashlib.sha256(what.encode()).hexdigest()[:24]
    numbers = [int(used.removeprefix(stem).removeprefix("-") or 1) for used in given if used.startswith(stem)]
    return f"{stem}-{max(numbers) + 1}" if numbers else stem


def _retried_since_its_claim(connection: sqlite3.Connection, known: Document) -> bool:
    asked = {"number": known.id, "claim": Event.CLAIM, "retry": Event.RETRY}
    row = execute(connection, _LAST_DECISION, asked).fetchone()
    return row is not None and row[0] == Event.RETRY
