"""What the ledger keeps besides documents: the mapping, how each destination is, and who runs.

Written by the running pushdoc, read by `History` for everybody else.
"""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from pushdoc.ledger.schema import destination, event, house, mapping, run

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime

    from sqlalchemy import Connection

    from pushdoc.words import Phrase


@dataclass(frozen=True, slots=True)
class MappingNote:
    """What the last mapping said of one client at one destination; `verdict` is `clients.mapping`'s word."""

    client: str
    siret: str
    verdict: str
    dossier: str | None
    dossier_name: str | None
    usable: bool
    reason: Phrase | None


@dataclass(frozen=True, slots=True)
class DestinationNote:
    """How a destination is, since when, until when it is left alone, and after how many pauses in a row."""

    name: str
    state: str
    since: datetime
    until: datetime | None = None
    reason: Phrase | None = None
    pauses: int = 0


@dataclass(frozen=True, slots=True)
class RunNote:
    """The pushdoc that sends from this ledger, now or last."""

    pid: int
    since: datetime
    mode: str
    folders: int
    last_round: datetime | None = None
    last_scan: datetime | None = None
    problems: Sequence[Phrase] = ()


class Notes:
    """The writer of these; `writing` gives one durable transaction, `reading` one that only asks."""

    def __init__(
        self,
        writing: Callable[[], AbstractContextManager[Connection]],
        reading: Callable[[], AbstractContextManager[Connection]],
    ) -> None:
        self._writing = writing
        self._reading = reading

    def identity(self) -> str:
        """The ledger's own id, given when it was first opened; a copy of the ledger has the same."""
        with self._writing() as connection:
            return _value(connection, "id") or _keep(connection, "id", uuid.uuid4().hex)

    def length(self) -> int:
        """How long the history is; it only ever grows, so that a shorter one is an older copy."""
        with self._reading() as connection:
            return connection.scalar(select(func.max(event.c.id))) or 0

    def begin(self) -> bool:
        """A run begins; whether the one before it ended as it should, or there was none."""
        with self._writing() as connection:
            unclean = _value(connection, "running") == "1"
            _keep(connection, "running", "1")
            return not unclean

    def end(self) -> None:
        """The run ends as it should."""
        with self._writing() as connection:
            _keep(connection, "running", "0")

    def keep_mapping(self, name: str, notes: Sequence[MappingNote], at: datetime) -> None:
        """Replace a destination's whole mapping."""
        rows = [asdict(note) | {"reason": note.reason, "destination": name, "refreshed": at} for note in notes]
        with self._writing() as connection:
            connection.execute(delete(mapping).where(mapping.c.destination == name))
            if rows:
                connection.execute(insert(mapping), rows)

    def mapped_at(self, name: str) -> datetime | None:
        """When a destination's mapping was last made; None where it never was."""
        with self._reading() as connection:
            question = select(mapping.c.refreshed).where(mapping.c.destination == name).limit(1)
            at: datetime | None = connection.scalar(question)
            return at

    def keep_destination(self, note: DestinationNote) -> None:
        """Replace what is known of how a destination is."""
        row = asdict(note) | {"reason": note.reason}
        with self._writing() as connection:
            connection.execute(upsert(destination).values(row).on_conflict_do_update(["name"], set_=row))

    def destination(self, name: str) -> DestinationNote | None:
        """What was last known of how a destination is."""
        with self._reading() as connection:
            row = connection.execute(select(destination).where(destination.c.name == name)).one_or_none()
            return None if row is None else DestinationNote(**row._mapping)  # noqa: SLF001 -- SQLAlchemy's public name

    def keep_run(self, note: RunNote) -> None:
        """Replace what is known of the running pushdoc."""
        row = asdict(note) | {"id": 1, "problems": note.problems}
        with self._writing() as connection:
            connection.execute(upsert(run).values(row).on_conflict_do_update(["id"], set_=row))


def _value(connection: Connection, key: str) -> str | None:
    found: str | None = connection.scalar(select(house.c.value).where(house.c.key == key))
    return found


def _keep(connection: Connection, key: str, value: str) -> str:
    row = {"key": key, "value": value}
    connection.execute(upsert(house).values(row).on_conflict_do_update(["key"], set_=row))
    return value
