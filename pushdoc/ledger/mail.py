"""One mail in the ledger: how far it is, and what is kept of it; how all of them stand, for whoever only asks."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from pushdoc.ledger.columns import moment, phrase
from pushdoc.ledger.statements import IS_UNSENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from pushdoc.words import Phrase

DIGEST = "digest"


class MailState(StrEnum):
    """How far a mail is."""

    WAITING = "waiting"  # it surely never left
    SENDING = "sending"  # from before its first byte until the server's answer
    UNCERTAIN = "uncertain"  # it left, and no answer came: it goes again
    SENT = "sent"
    REFUSED = "refused"  # the server does not take it, and never has; nothing of it was told
    ABANDONED = "abandoned"  # it may have arrived, or its reader is none any more; it does not go again
    QUIET = "quiet"  # of a digest that had nothing to tell: no mail


#: Nobody can say of these that they did not arrive.
MAYBE = MailState.SENDING, MailState.UNCERTAIN


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


@dataclass(frozen=True, slots=True)
class DigestNote:
    """What one person's digests have told: up to which event, and of the last one its day and how far it is.

    All None for whoever never had one.
    """

    upto: int | None = None
    day: date | None = None
    state: MailState | None = None

    @property
    def open(self) -> bool:
        """Whether nobody knows yet what was told: until then there is no other digest."""
        return self.state in MAYBE


_READING: dict[str, Callable[[Any], Any]] = {
    "day": date.fromisoformat,
    "state": MailState,
    "made": moment,
    "next_attempt": moment,
    "sent": moment,
    "reason": phrase,
}
MAIL = ", ".join(field.name for field in fields(MailNote))


def mail_of(cells: Sequence[Any]) -> MailNote:
    """The note in the answer to a question for `MAIL`."""
    named = zip((field.name for field in fields(MailNote)), cells, strict=True)
    return MailNote(*(_READING[name](cell) if cell is not None and name in _READING else cell for name, cell in named))


@dataclass(frozen=True, slots=True)
class OutboxNote:
    """How the mails stand: how many wait, and since when, for what, until when; when the last one was sent.

    `refused` are the people whose last digest the server did not take, with the reason.
    """

    waiting: int
    since: datetime | None
    reason: Phrase | None
    next_attempt: datetime | None
    last_sent: datetime | None
    refused: Sequence[tuple[str, Phrase]]


_OLDEST_UNSENT = f"SELECT {MAIL} FROM mail WHERE {IS_UNSENT} ORDER BY id"
_LAST_SENT = f"SELECT sent FROM mail WHERE state = '{MailState.SENT}' ORDER BY id DESC LIMIT 1"
_REFUSED = f"""
    SELECT recipient, reason FROM mail
    WHERE id IN (SELECT max(id) FROM mail WHERE kind = '{DIGEST}' GROUP BY recipient)
    AND state = '{MailState.REFUSED}' AND reason IS NOT NULL ORDER BY recipient"""


def outbox_of(rows: Callable[[str], Iterator[Sequence[Any]]]) -> OutboxNote | None:
    """How the mails stand, by the answers to some questions; None where there never was one."""
    if not list(rows("SELECT id FROM mail LIMIT 1")):
        return None
    unsent = [mail_of(row) for row in rows(_OLDEST_UNSENT)]
    troubled = next((note for note in unsent if note.reason is not None), None)
    return OutboxNote(
        waiting=len(unsent),
        since=min((note.made for note in unsent), default=None),
        reason=troubled.reason if troubled else None,
        next_attempt=min((note.next_attempt for note in unsent), default=None),
        last_sent=next((moment(sent) for (sent,) in rows(_LAST_SENT)), None),
        refused=[(recipient, phrase(reason)) for recipient, reason in rows(_REFUSED)],
    )
