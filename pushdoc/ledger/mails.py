"""The mails that are to be sent, and those that were: what a mail tells is decided and kept in one transaction.

A mail is kept whole before anything is sent, with the events that it tells (`after` < event <= `upto`); sending it is
another matter and may take days. Nothing is therefore new in two digests, whatever happens in between: one that surely
never left is made anew with what has happened since, one that may have arrived counts as told, and the very same text
goes again, by its own Message-ID. Of each person's digests one at most is under way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pushdoc.ledger.columns import moment
from pushdoc.ledger.mail import DIGEST, MAIL, MAYBE, DigestNote, MailNote, MailState, mail_of
from pushdoc.ledger.statements import IS_UNSENT, execute, insertion

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection
    from contextlib import AbstractContextManager
    from datetime import date, datetime

    from pushdoc.words import Phrase

#: What becomes of one that may have arrived when it is tried again, where something else becomes of others.
_AFTER_MAYBE = {MailState.WAITING: MailState.UNCERTAIN, MailState.REFUSED: MailState.ABANDONED}
_DONE = MailState.SENT, MailState.REFUSED, MailState.ABANDONED

_TELLING = "', '".join((*MAYBE, MailState.SENT, MailState.ABANDONED, MailState.QUIET))
TOLD_UPTO = f"""
    SELECT max(upto_event) FROM mail WHERE recipient = :recipient AND kind = '{DIGEST}' AND state IN ('{_TELLING}')"""
_LATEST = f"""
    SELECT {MAIL} FROM mail WHERE recipient = :recipient AND kind = '{DIGEST}' ORDER BY id DESC LIMIT 1"""
_RENEW = f"""
    UPDATE mail SET day = :day, after_event = :after, upto_event = :upto, state = :state, message = :message,
    next_attempt = :now
    WHERE recipient = :recipient AND kind = '{DIGEST}' AND state = '{MailState.WAITING}'"""
# An hour that is too far away comes from a clock that jumped.
_DUE = f"""
    SELECT {MAIL}, message FROM mail WHERE {IS_UNSENT} AND (next_attempt <= :now OR next_attempt > :latest)
    ORDER BY id"""
_CLAIM = f"""
    UPDATE mail SET state = '{MailState.SENDING}', attempts = attempts + 1, next_attempt = :until WHERE id = :id"""
# Where it took so long that somebody else has claimed it since, what that one says counts.
_SETTLE = f"""
    UPDATE mail SET state = :state, reason = :reason, next_attempt = ifnull(:next_attempt, next_attempt), sent = :sent,
    message = CASE WHEN :done THEN NULL ELSE message END
    WHERE id = :id AND state = '{MailState.SENDING}' AND attempts = :attempts + 1"""
_PUT_OFF = """
    UPDATE mail SET state = :state, attempts = attempts + 1, next_attempt = :next_attempt, reason = :reason
    WHERE id = :id"""
_NEXT_HOUR = f"SELECT min(next_attempt) FROM mail WHERE {IS_UNSENT}"
_OPEN_DIGESTS = f"SELECT {MAIL} FROM mail WHERE {IS_UNSENT} AND kind = '{DIGEST}'"
_FORGET = f"DELETE FROM mail WHERE id = :id AND state = '{MailState.WAITING}'"
_ABANDON = f"""
    UPDATE mail SET state = '{MailState.ABANDONED}', message = NULL
    WHERE id = :id AND state = '{MailState.UNCERTAIN}'"""


class Mails:
    """The writer of mails; `writing` gives one durable transaction, `reading` one that only asks."""

    def __init__(
        self,
        writing: Callable[[], AbstractContextManager[sqlite3.Connection]],
        reading: Callable[[], AbstractContextManager[sqlite3.Connection]],
    ) -> None:
        self._writing = writing
        self._reading = reading

    def newest_event(self) -> int:
        """The last of all that has happened to documents so far; 0 where nothing has."""
        with self._reading() as connection:
            (newest,) = connection.execute("SELECT ifnull(max(id), 0) FROM event").fetchone()
            return int(newest)

    def told(self, recipient: str) -> DigestNote:
        """What somebody has been told."""
        with self._reading() as connection:
            return _told(connection, recipient)

    def latest(self, recipient: str) -> MailNote | None:
        """Somebody's last digest, sent or not; None where there was none."""
        with self._reading() as connection:
            row = execute(connection, _LATEST, {"recipient": recipient}).fetchone()
            return None if row is None else mail_of(row)

    def put_digest(
        self, recipient: str, day: date, after: int | None, upto: int, message: bytes | None, now: datetime
    ) -> bool:
        """Keep a digest that tells the events after `after` up to `upto`; without a message it had nothing to tell.

        It takes the place of one that still waits: whoever made this one was to tell its events, too. Nothing is
        kept, and the answer is False, where somebody else's digest has told some of these events meanwhile, or may be
        telling them just now.
        """
        with self._writing() as connection:
            told = _told(connection, recipient)
            if told.upto != after or told.open:
                return False
            state = MailState.QUIET if message is None else MailState.WAITING
            digest = {"recipient": recipient, "day": day.isoformat(), "state": state.value, "message": message}
            renewed = digest | {"after": after, "upto": upto, "now": now}
            if not execute(connection, _RENEW, renewed).rowcount:
                _put(connection, DIGEST, now, **digest, after_event=after, upto_event=upto)
            return True

    def claim(self, now: datetime, until: datetime, latest: datetime) -> tuple[MailNote, bytes] | None:
        """The next mail that is due, as it was, with its text; it is SENDING from now on. None where none is due.

        Where nothing is heard of it until `until` (its sender has died), it is due again; so is what waits for an
        hour after `latest`, since no wait is that long.
        """
        with self._writing() as connection:
            row = execute(connection, f"{_DUE} LIMIT 1", {"now": now, "latest": latest}).fetchone()
            if row is None:
                return None
            *cells, message = row
            note = mail_of(cells)
            execute(connection, _CLAIM, {"id": note.id, "until": until})
            return note, message

    def settle(
        self,
        claimed: MailNote,
        state: MailState,
        now: datetime,
        reason: Phrase | None = None,
        next_attempt: datetime | None = None,
    ) -> MailState:
        """What has become of a mail that was claimed; its text is kept as long as it may have to go again.

        One that may have arrived before is never WAITING nor REFUSED after: it stays told.
        """
        if claimed.state in MAYBE:
            state = _AFTER_MAYBE.get(state, state)
        values: dict[str, Any] = {
            "id": claimed.id,
            "attempts": claimed.attempts,
            "state": state.value,
            "reason": reason,
        }
        values |= {"next_attempt": next_attempt, "sent": now if state is MailState.SENT else None}
        with self._writing() as connection:
            execute(connection, _SETTLE, values | {"done": state in _DONE})
        return state

    def put_off(
        self, now: datetime, latest: datetime, reason: Phrase, next_attempt: Callable[[int], datetime]
    ) -> list[MailNote]:
        """Those that were due, as they were: the server cannot be used now, and none of them has left.

        `next_attempt` says when it is tried again, after so many attempts.
        """
        with self._writing() as connection:
            rows = execute(connection, _DUE, {"now": now, "latest": latest}).fetchall()
            due = [mail_of(cells) for *cells, _ in rows]
            for note in due:
                state = MailState.UNCERTAIN if note.state in MAYBE else note.state
                hour = next_attempt(note.attempts + 1)
                values = {"id": note.id, "state": state.value, "next_attempt": hour, "reason": reason}
                execute(connection, _PUT_OFF, values)
            return due

    def keep_only(self, recipients: Collection[str]) -> None:
        """Send no digest to whoever is not among some recipients, or no more; what never left was never made."""
        with self._reading() as connection:
            kept = [mail_of(cells) for cells in connection.execute(_OPEN_DIGESTS).fetchall()]
        others = [note for note in kept if note.recipient not in recipients]
        if others:
            with self._writing() as connection:
                for note in others:
                    execute(connection, _FORGET, {"id": note.id})
                    execute(connection, _ABANDON, {"id": note.id})

    def next_hour(self) -> datetime | None:
        """When the next mail is to be sent; None where none waits."""
        with self._reading() as connection:
            (next_hour,) = connection.execute(_NEXT_HOUR).fetchone()
            return None if next_hour is None else moment(next_hour)


def put_alert(connection: sqlite3.Connection, recipient: str, message: bytes, now: datetime) -> None:
    """Keep the mail of an alert, in a transaction that is open."""
    _put(connection, "alert", now, recipient=recipient, state=MailState.WAITING.value, message=message)


def _put(connection: sqlite3.Connection, kind: str, now: datetime, **columns: Any) -> None:
    row = {"kind": kind, "made": now, "next_attempt": now, **columns}
    execute(connection, insertion("mail", tuple(row)), row)


def _told(connection: sqlite3.Connection, recipient: str) -> DigestNote:
    latest = execute(connection, _LATEST, {"recipient": recipient}).fetchone()
    if latest is None:
        return DigestNote()
    note = mail_of(latest)
    (upto,) = execute(connection, TOLD_UPTO, {"recipient": recipient}).fetchone()
    return DigestNote(upto, note.day, note.state)
