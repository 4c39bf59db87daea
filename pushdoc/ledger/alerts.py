"""The troubles that whoever looks after pushdoc hears of at once: which there are, and what was told of them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from pushdoc.ledger.columns import moment, phrase
from pushdoc.ledger.mails import put_alert
from pushdoc.ledger.statements import execute, replacement

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime

    from pushdoc.words import Phrase


class AlertKind(StrEnum):
    """What kind of trouble it is; `status --json` prints these words."""

    DOWN = "down"  # a destination that waits for a person: credentials, rights
    PAUSED = "paused"  # a destination in trouble that may end by itself
    SHARE = "share"  # the clients' root, or a share beneath it: gone, hanging, another one
    FOLDER = "folder"  # single folders or files that cannot be read
    DISK = "disk"  # a disk that is written to and nearly full
    CLIENT = "client"  # a client without a dossier
    RULES = "rules"  # changed rules that a running pushdoc did not take up


@dataclass(frozen=True, slots=True)
class AlertNote:
    """One trouble by a `key` of its own: what it befell (`subject`), why, since when, when that was told.

    `gone` is since when it seems to be over. `over` is when the end of the one before it was told; that is remembered
    for a while, so that whatever comes and goes is not told each time.
    """

    key: str
    kind: AlertKind
    subject: str
    reason: Phrase
    since: datetime
    told: datetime | None = None
    gone: datetime | None = None
    over: datetime | None = None


_NAMES = tuple(field.name for field in fields(AlertNote))
ALERTS = f"SELECT {', '.join(_NAMES)} FROM alert"
#: What was told to have begun, and not to be over: what people are shown.
LASTING_ALERTS = f"{ALERTS} WHERE told IS NOT NULL ORDER BY since, key"


def alert_of(cells: Sequence[Any]) -> AlertNote:
    """The note in a row of the answer to `ALERTS`."""
    key, kind, subject, reason, since, *hours = cells
    told, gone, over = (moment(hour) if hour else None for hour in hours)
    return AlertNote(key, AlertKind(kind), subject, phrase(reason), moment(since), told, gone, over)


class Alerts:
    """The writer of alerts; `writing` gives one durable transaction, `reading` one that only asks."""

    def __init__(
        self,
        writing: Callable[[], AbstractContextManager[sqlite3.Connection]],
        reading: Callable[[], AbstractContextManager[sqlite3.Connection]],
    ) -> None:
        self._writing = writing
        self._reading = reading

    def known(self) -> dict[str, AlertNote]:
        """All that is kept, by key: the troubles that there are, seem to be over, or were so a while ago."""
        with self._reading() as connection:
            return {note.key: note for note in map(alert_of, connection.execute(ALERTS))}

    def keep(
        self,
        changed: Iterable[AlertNote],
        forgotten: Iterable[str],
        mails: Iterable[tuple[str, bytes]],
        now: datetime,
    ) -> None:
        """Write down what has changed, with the mails that tell it (recipient, text): all of it or nothing."""
        with self._writing() as connection:
            for note in changed:
                row = {name: getattr(note, name) for name in _NAMES} | {"kind": note.kind.value}
                execute(connection, replacement("alert", _NAMES, "key"), row)
            for key in forgotten:
                execute(connection, "DELETE FROM alert WHERE key = :key", {"key": key})
            for recipient, message in mails:
                put_alert(connection, recipient, message, now)
