"""The troubles that whoever looks after pushdoc hears of at once: which there are, and what was told of them."""

from __future__ import annotations

from dataclasses import dataclass, fields
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


@dataclass(frozen=True, slots=True)
class AlertNote:
    """One trouble: what it is by a `key` of its own, in words, since when, when it was told by mail.

    `gone` is since when it seems to be over; it is forgotten when that has lasted.
    """

    key: str
    phrase: Phrase
    since: datetime
    told: datetime | None = None
    gone: datetime | None = None


_NAMES = tuple(field.name for field in fields(AlertNote))
ALERTS = f"SELECT {', '.join(_NAMES)} FROM alert ORDER BY since, key"


def alert_of(cells: Sequence[Any]) -> AlertNote:
    """The note in a row of the answer to `ALERTS`."""
    key, said, since, told, gone = cells
    return AlertNote(key, phrase(said), moment(since), moment(told) if told else None, moment(gone) if gone else None)


class Alerts:
    """The writer of alerts; `writing` gives one durable transaction, `reading` one that only asks."""

    def __init__(
        self,
        writing: Callable[[], AbstractContextManager[sqlite3.Connection]],
        reading: Callable[[], AbstractContextManager[sqlite3.Connection]],
    ) -> None:
        self._writing = writing
        self._reading = reading

    def known(self) -> list[AlertNote]:
        """The troubles that there are, and those that seem to be over, the oldest first."""
        with self._reading() as connection:
            return [alert_of(row) for row in connection.execute(ALERTS)]

    def keep(
        self,
        changed: Iterable[AlertNote],
        ended: Iterable[str],
        mails: Iterable[tuple[str, bytes]],
        now: datetime,
    ) -> None:
        """Write down what has changed, with the mails that tell it (recipient, text): all of it or nothing."""
        with self._writing() as connection:
            for note in changed:
                row = {name: getattr(note, name) for name in _NAMES}
                execute(connection, replacement("alert", _NAMES, "key"), row)
            for key in ended:
                execute(connection, "DELETE FROM alert WHERE key = :key", {"key": key})
            for recipient, message in mails:
                put_alert(connection, recipient, message, now)
