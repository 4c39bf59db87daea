"""What is asked while a document is claimed: who is next, are its bytes there already, and what is it called there."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, func, select

from pushdoc.ledger.rows import document_of
from pushdoc.ledger.schema import IS_WAITING, document, event, mapping
from pushdoc.states import Event, State

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from pushdoc.document import Document

#: These bytes are at the destination, or may be.
_THERE = State.SENDING, State.SUBMITTED, State.DOUBTFUL, State.DELIVERED, State.ARCHIVED, State.KEPT

# What is asked for every document is put together once.
_NEXT = (
    select(document, mapping.c.dossier.label("mapped"))
    .join(
        mapping,
        (mapping.c.destination == document.c.destination) & (mapping.c.client == document.c.client),
    )
    .where(
        IS_WAITING,
        document.c.destination == bindparam("to"),
        document.c.next_attempt <= bindparam("now"),
        mapping.c.usable.is_(True),
    )
    .order_by(document.c.turn, document.c.next_attempt, document.c.id)
    .limit(1)
)
_SAME_BYTES = and_(
    document.c.sha256 == bindparam("bytes"),
    document.c.destination == bindparam("to"),
    document.c.dossier == bindparam("into"),
)
_TWIN = (
    select(document)
    .where(
        _SAME_BYTES,
        document.c.id != bindparam("number"),
        document.c.duplicate_of.is_(None),
        document.c.state.in_(_THERE) | document.c.unknowable.is_(True),
    )
    .order_by(document.c.receipt.is_(None), document.c.id)
    .limit(1)
)
_REFERENCES = select(document.c.reference).where(
    _SAME_BYTES, document.c.reference.startswith(bindparam("stem"), autoescape=False)
)


def next_due(connection: Connection, destination: str, now: datetime) -> tuple[Document, str] | None:
    """The document that is next in a destination's queue, with the dossier it goes to; clients without one wait."""
    row = connection.execute(_NEXT, {"to": destination, "now": now}).one_or_none()
    return None if row is None else (document_of(row), row.mapped)


def dossier_of(connection: Connection, destination: str, client: str) -> str | None:
    """The dossier that a client is mapped to now; None where documents of it may not go anywhere."""
    here = (mapping.c.destination == destination) & (mapping.c.client == client)
    found: str | None = connection.scalar(select(mapping.c.dossier).where(here, mapping.c.usable.is_(True)))
    return found


def next_hour(connection: Connection, destination: str) -> datetime | None:
    """When the next document of a destination is to be sent or asked about; None where none waits for that."""
    usable = select(mapping.c.client).where(mapping.c.destination == destination, mapping.c.usable.is_(True))
    waiting = (document.c.state == State.WAITING) & document.c.client.in_(usable)
    question = select(func.min(document.c.next_attempt)).where(
        document.c.destination == destination, waiting | (document.c.state == State.DOUBTFUL)
    )
    hour: datetime | None = connection.scalar(question)
    return hour


def twin_of(connection: Connection, known: Document, dossier: str) -> Document | None:
    """Another document of the same bytes that the dossier has, or may have; the first of them."""
    asked = {"bytes": known.digest.sha256, "to": known.destination, "into": dossier, "number": known.id}
    row = connection.execute(_TWIN, asked).one_or_none()
    return None if row is None else document_of(row)


def reference_for(connection: Connection, known: Document, dossier: str) -> str:
    """Our id for the document over there, made of what it is, so that it can be made again without this ledger.

    It stays the same over all attempts. A second sending of the same bytes, which only a person can order, gets the
    next number behind it.
    """
    forced_anew = known.forced and _retried_since_its_claim(connection, known)
    if known.reference is not None and known.dossier == dossier and not forced_anew:
        return known.reference
    what = f"{known.digest.sha256}:{known.destination}:{dossier}"
    stem = "pushdoc-" + hashlib.sha256(what.encode()).hexdigest()[:24]
    asked = {"bytes": known.digest.sha256, "to": known.destination, "into": dossier, "stem": stem}
    given = connection.scalars(_REFERENCES, asked)
    numbers = [int(used.removeprefix(stem).removeprefix("-") or 1) for used in given]
    return f"{stem}-{max(numbers) + 1}" if numbers else stem


def _retried_since_its_claim(connection: Connection, known: Document) -> bool:
    question = (
        select(event.c.event)
        .where(event.c.document == known.id, event.c.event.in_([Event.CLAIM, Event.RETRY]))
        .order_by(event.c.id.desc())
        .limit(1)
    )
    return connection.scalar(question) == Event.RETRY
