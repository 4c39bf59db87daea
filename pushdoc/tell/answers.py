"""The answers about documents and clients as JSON values; their keys are relied on from outside and only ever grow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pushdoc.states import State
from pushdoc.words import advice, moment, say, visible

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from pushdoc.document import Document
    from pushdoc.ledger import Happening, MappingNote
    from pushdoc.words import Language, Phrase

#: A document waits for its turn, its next try or its next asking in these; elsewhere there is no next one.
_QUEUED = State.WAITING, State.DOUBTFUL


@dataclass(frozen=True, slots=True)
class Reader:
    """Whoever reads an answer: their language and their time zone."""

    language: Language
    zone: ZoneInfo

    def at(self, moment: datetime | None) -> str | None:
        """A moment as ISO 8601 in the reader's time zone, to the second."""
        return None if moment is None else moment.astimezone(self.zone).isoformat(timespec="seconds")

    def when(self, at: datetime) -> str:
        """A moment as people write it, in the reader's time zone."""
        return moment(at.astimezone(self.zone), self.language)

    def why(self, reason: Phrase | None) -> str | None:
        """A reason in words."""
        return None if reason is None else say(reason, self.language, self.zone)

    def remedy(self, reason: Phrase | None) -> str | None:
        """What can be done about a reason, where something can."""
        return None if reason is None else advice(reason, self.language, self.zone)


def document(known: Document, reader: Reader, unmapped: Phrase | None = None) -> dict[str, Any]:
    """One document; `unmapped` is why its client has no dossier, which is what it waits for then."""
    reason = known.reason or (unmapped if known.state is State.WAITING else None)
    filed = known.archive_path if known.filed else None
    return {
        "id": known.id,
        "state": known.state.value,
        "client": visible(known.client),
        "siret": known.siret,
        "rule": known.rule,
        "type": known.type.value,
        "period": str(known.period),
        "name": visible(known.name),
        "path": visible(str(known.path)),
        "size": known.identity.size,
        "sha256": known.digest.sha256,
        "destination": known.destination,
        "dossier": known.dossier,
        "receipt": known.receipt,
        "attempts": known.attempts,
        "first_seen": reader.at(known.first_seen),
        "delivered": reader.at(known.delivered),
        "filed": reader.at(known.filed),
        "archive_path": None if filed is None else visible(str(filed)),
        "next_attempt": reader.at(known.next_attempt) if known.state in _QUEUED else None,
        "reason": reader.why(reason),
        "advice": reader.remedy(reason),
        "duplicate_of": known.duplicate_of,
        "duplicate_there": known.twin,
        "remote_status": known.remote_status,
    }


def life(happenings: Sequence[Happening], reader: Reader) -> list[dict[str, Any]]:
    """Everything that happened to one document, in order."""
    return [
        {
            "at": reader.at(happening.at),
            "event": happening.event,
            "state": happening.state.value,
            "reason": reader.why(happening.reason),
            "detail": {
                key: visible(value) if isinstance(value, str) else value for key, value in happening.detail.items()
            },
        }
        for happening in happenings
    ]


def mapping(note: MappingNote, destination: str, reader: Reader) -> dict[str, Any]:
    """Which dossier one client's documents go to, or why to none."""
    return {
        "client": visible(note.client),
        "siret": note.siret,
        "destination": destination,
        "verdict": note.verdict,
        "usable": note.usable,
        "dossier": note.dossier,
        "dossier_name": None if note.dossier_name is None else visible(note.dossier_name),
        "reason": reader.why(note.reason),
        "advice": reader.remedy(note.reason),
    }
