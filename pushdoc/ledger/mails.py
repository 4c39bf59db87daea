"""The mails that are to be sent, and those that were: what a mail tells is decided and kept in one transaction.

A mail is kept whole before anything is sent, with the events that it tells (`after` < event <= `upto`); sending it is
another matter and may take days. Nothing is therefore new in two digests, whatever happens in between; and where
nobody knows whether a mail arrived, the very same one goes again, by its own Message-ID.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from pushdoc.ledger.columns import moment, phrase
from pushdoc.ledger.statements import IS_UNSENT, execute, insertion

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime

    from pushdoc.words import Phrase

DIGEST = "digest"


class MailState(StrEnum):
    """How far a mail is."""

    WAITING = "waiting"
    SENDING = "sending"  # from before its first byte until the server's answer
    UNCERTAIN = "uncertain"  # it left, and no answer came
    SENT = "sent"
    REFUSED = "refused"  # the server does not take it; nothing of it was told
    REPLACED = "replaced"  # it never left, and a newer one tells what it would have told
    QUIET = "quiet"  # of a digest that had nothing to tell: no mail


#: What such a digest tells counts as told.
_TOLD = f"state IN ('{MailState.SENDING}', '{MailState.UNCERTAIN}', '{MailState.SENT}', '{MailState.QUIET}')"


@dataclass(frozen=True, slots=True)
class MailNote:
    """One mail but for its text; `day` and the two events are a digest's."""

    id: int
    kind: str
    recipient: str
    day: date | None
    after_event: int | None
    upto_event: int | None
    state: MailState
    made: datetime
    attempts: int
    next_attempt: datetime
    sent: datetime | None
    reason: Phrase | None


_READING: dict[str, Callable[[Any], Any]] = {
    "day": date.fromisoformat,
    "state": MailState,
    "made": moment,
    "next_attempt": moment,
    "sent": moment,
    "reason": phrase,
}
MAIL = ", ".join(field.name for field in fields(MailNote))

_TOLD_UPTO = f"SELECT max(upto_event) FROM mail WHERE recipient = :recipient AND kind = '{DIGEST}' AND {_TOLD}"
_LAST_DAY = f"SELECT day FROM mail WHERE recipient = :recipient AND kind = '{DIGEST}' ORDER BY id DESC LIMIT 1"
# Not one that is older than what was told: nobody else would tell it then.
_REPLACE = f"""
    UPDATE mail SET state = '{MailState.REPLACED}', message = NULL
    WHERE recipient = :recipient AND kind = '{DIGEST}' AND state = '{MailState.WAITING}'
    AND upto_event > ifnull(:told, -1)"""
_DUE = f"SELECT {MAIL}, message FROM mail WHERE {IS_UNSENT} AND next_attempt <= :now ORDER BY next_attempt, id LIMIT 1"
_CLAIM = f"""
    UPDATE mail SET state = '{MailState.SENDING}', attempts = attempts + 1, next_attempt = :until WHERE id = :id"""
_SETTLE = f"""
    UPDATE mail SET state = :state, reason = :reason, next_attempt = ifnull(:next_attempt, next_attempt), sent = :sent,
    message = CASE WHEN :done THEN NULL ELSE message END
    WHERE id = :id AND state = '{MailState.SENDING}'"""
_NEXT_HOUR = f"SELECT min(next_attempt) FROM mail WHERE {IS_UNSENT}"


def mail_of(cells: Sequence[Any]) -> MailNote:
    """The note in the answer to a question for `MAIL`."""
    named = zip((field.name for field in fields(MailNote)), cells, strict=True)
    return MailNote(*(_READING[name](cell) if cell is not None and name in _READING else cell for name, cell in named))


class Mails:
    """The writer of mails; `writing` gives one durable transaction, `reading` one that only asks."""

    def __init__(
        self,
        writing: Callable[[], AbstractContextManager[sqlite3.Connection]],
        reading: Callable[[], AbstractContextManager[sqlite3.Connection]],
    ) -> None:
        self._writing = writing
        self._reading = reading

    def told_upto(self, recipient: str) -> int | None:
        """The last event that a digest has told somebody; None where there was none."""
        with self._reading() as connection:
            return _told_upto(connection, recipient)

    def last_day(self, recipient: str) -> date | None:
        """The day of somebody's last digest, sent or not; None where there was none."""
        with self._reading() as connection:
            row = execute(connection, _LAST_DAY, {"recipient": recipient}).fetchone()
            return None if row is None or row[0] is None else date.fromisoformat(row[0])

    def put_digest(
        self, recipient: str, day: date, after: int | None, upto: int, message: bytes | None, now: datetime
    ) -> bool:
        """Keep a digest that tells the events after `after` up to `upto`; without a message it had nothing to tell.

        One that still waits is replaced: whoever made this one was to tell its events, too. Nothing is kept, and the
        answer is False, where somebody else's digest has told some of these events meanwhile.
        """
        with self._writing() as connection:
            if _told_upto(connection, recipient) != after:
                return False
            execute(connection, _REPLACE, {"recipient": recipient, "told": after})
            state = MailState.QUIET if message is None else MailState.WAITING
            events = {"after_event": after, "upto_event": upto, "day": day.isoformat()}
            _put(connection, DIGEST, recipient, state, message, now, **events)
            return True

    def claim(self, now: datetime, until: datetime) -> tuple[MailNote, bytes] | None:
        """The next mail that is due, now SENDING, with its text; None where none is.

        Where nothing is heard of it until `until` (its sender has died), it is due again.
        """
        with self._writing() as connection:
            row = execute(connection, _DUE, {"now": now}).fetchone()
            if row is None:
                return None
            *cells, message = row
            note = mail_of(cells)
            execute(connection, _CLAIM, {"id": note.id, "until": until})
            return note, message

    def settle(
        self,
        note: MailNote,
        state: MailState,
        now: datetime,
        reason: Phrase | None = None,
        next_attempt: datetime | None = None,
    ) -> None:
        """What became of a mail that was claimed; its text is kept as long as it may have to go again."""
        done = state in {MailState.SENT, MailState.REFUSED}
        sent = now if state is MailState.SENT else None
        values = {"id": note.id, "state": state.value, "reason": reason, "next_attempt": next_attempt}
        with self._writing() as connection:
            execute(connection, _SETTLE, values | {"sent": sent, "done": done})

    def next_hour(self) -> datetime | None:
        """When the next mail is to be sent; None where none waits."""
        with self._reading() as connection:
            (next_hour,) = connection.execute(_NEXT_HOUR).fetchone()
            return None if next_hour is None else moment(next_hour)


def put_alert(connection: sqlite3.Connection, recipient: str, message: bytes, now: datetime) -> None:
    """Keep the mail of an alert, in a transaction that is open."""
    _put(connection, "alert", recipient, MailState.WAITING, message, now)


def _put(
    connection: sqlite3.Connection,
    kind: str,
    recipient: str,
    state: MailState,
    message: bytes | None,
    now: datetime,
    **events: Any,
) -> None:
    row: dict[str, Any] = {"kind": kind, "recipient": recipient, "state": state.value, "made": now, "next_attempt": now}
    row |= {"message": message, **events}
    execute(connection, insertion("mail", tuple(row)), row)


def _told_upto(connection: sqlite3.Connection, recipient: str) -> int | None:
    (upto,) = execute(connection, _TOLD_UPTO, {"recipient": recipient}).fetchone()
    return None if upto is None else int(upto)
