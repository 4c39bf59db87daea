"""How the mails stand: what `status` tells of them; the mails themselves are told of nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pushdoc.words import visible

if TYPE_CHECKING:
    from pushdoc.ledger import OutboxNote
    from pushdoc.tell.answers import Reader


def mails(note: OutboxNote | None, reader: Reader) -> dict[str, Any] | None:
    """How the mails stand; None where none was ever to be sent."""
    if note is None:
        return None
    return {
        "waiting": note.waiting,
        "since": reader.at(note.since),
        "last_sent": reader.at(note.last_sent),
        "reason": reader.why(note.reason),
        "advice": reader.remedy(note.reason),
        "next_attempt": reader.at(note.next_attempt),
        "refused": [
            {"recipient": visible(recipient), "reason": reader.why(reason), "advice": reader.remedy(reason)}
            for recipient, reason in note.refused
        ],
    }
