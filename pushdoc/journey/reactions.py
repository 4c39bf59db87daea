"""What an attempt's outcome does to its document: one table, decided by whose fault it was. Pure.

| whose             | the document                           | beside it                                 |
|-------------------|----------------------------------------|-------------------------------------------|
| nobody's          | is delivered, or accepted              | the destination works                     |
| this document's   | is « Non transmis » at once            | the destination works                     |
| this dossier's    | is tried later, after a fresh mapping  | the destination works                     |
| the destination's | keeps its place; no try is burnt       | the destination pauses, told once         |
| ours (disk, file) | is tried later                         | nothing                                   |
| nobody can know   | is in doubt: the destination is asked  | several in a row are the destination's    |

A document that fails where others pass is to blame itself, whatever the answer says.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any, assert_never

from pushdoc.deliver.backoff import give_up, next_attempt
from pushdoc.deliver.destination import Accepted, Delayed, Delivered, Doubtful, Refused, Scope
from pushdoc.states import Event
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from pushdoc.deliver.destination import Outcome
    from pushdoc.document import Document

#: When a destination is first asked about a document that it may have, and about one that it has.
SOON = timedelta(seconds=5)
#: Time for a fresh mapping before a document is tried again that its dossier would not take.
_REMAP = timedelta(seconds=15)
#: So often a document may meet with the destination's trouble while others pass.
_SUSPICIONS = 3


class Whose(Enum):
    """Whose fault it was that an attempt ended as it did."""

    NOBODY = "nobody's"
    DOCUMENT = "this document's"
    DOSSIER = "this dossier's"
    DESTINATION = "the destination's"
    OURSELVES = "ours"
    UNKNOWN = "nobody can know"


@dataclass(frozen=True, slots=True)
class Barred:
    """We could not even try: the file cannot be read, or its archive could not take it afterwards."""

    reason: Phrase


@dataclass(frozen=True, slots=True)
class Terms:
    """How long and how often is tried again: the rules' `[retry]`, and a random number from 0 to 1."""

    first: timedelta
    longest: timedelta
    give_up_after: timedelta
    jitter: float


@dataclass(frozen=True, slots=True)
class Reaction:
    """What to do: the event to record, why, and what changes with it."""

    whose: Whose
    event: Event
    reason: Phrase | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)


def react(
    outcome: Outcome | Barred, document: Document, now: datetime, terms: Terms, *, others_passed: bool
) -> Reaction:
    """What an outcome does to the document; `others_passed` since it last met with the destination's trouble."""
    tried = {"attempts": document.attempts + 1}
    match outcome:
        case Delivered():
            return Reaction(Whose.NOBODY, Event.DELIVER, changes=tried)
        case Accepted():
            taken = {"receipt": outcome.receipt, "remote_status": outcome.status, "next_follow": now + SOON}
            return Reaction(Whose.NOBODY, Event.ACCEPT, changes=tried | taken)
        case Refused():
            return Reaction(Whose.DOCUMENT, Event.REFUSE, outcome.reason, tried)
        case Delayed(scope=Scope.DESTINATION):
            return _destination(outcome, document, now, others_passed=others_passed)
        case Delayed(once=True) if document.reason is not None and document.reason.code == outcome.reason.code:
            # The mapping was made anew since, and the answer is the same: it is the last word.
            return Reaction(Whose.DOCUMENT, Event.REFUSE, outcome.reason, tried)
        case Delayed():
            at_least = now + (outcome.retry_after or _REMAP)
            return _later(Whose.DOSSIER, outcome.reason, document, now, terms, at_least)
        case Doubtful():
            return doubt(outcome.reason, document, now + SOON)
        case Barred():
            return _later(Whose.OURSELVES, outcome.reason, document, now, terms, now)
        case _:
            assert_never(outcome)


def doubt(reason: Phrase, document: Document, first_asked: datetime) -> Reaction:
    """It may have arrived: the destination is asked before anything else."""
    # What failed before anything was sent does not count as sent in vain.
    attempts = 1 if document.failing_since else document.attempts + 1
    changes = {"attempts": attempts, "failing_since": None, "asks": 0, "next_attempt": first_asked}
    return Reaction(Whose.UNKNOWN, Event.DOUBT, reason, changes)


def _destination(outcome: Delayed, document: Document, now: datetime, *, others_passed: bool) -> Reaction:
    """No try is burnt; but others are let go first, and who fails again and again where they pass is set aside."""
    suspicions = document.suspicions + others_passed
    if suspicions >= _SUSPICIONS:
        reason = Phrase("journey.troubling", {"tries": suspicions})
        return Reaction(Whose.DOCUMENT, Event.REFUSE, reason, {"suspicions": 0, "troubled_at": None})
    changes = {"turn": document.turn + 1, "suspicions": suspicions, "troubled_at": now}
    return Reaction(Whose.DESTINATION, Event.DELAY, outcome.reason, changes)


def _later(
    whose: Whose, reason: Phrase, document: Document, now: datetime, terms: Terms, at_least: datetime
) -> Reaction:
    """Try again later, or leave it to a person after it has failed for as long as the rules say."""
    failing_since = document.failing_since or now
    attempts = document.attempts + 1
    if give_up(failing_since, terms.give_up_after, now):
        return Reaction(Whose.DOCUMENT, Event.REFUSE, reason, {"attempts": attempts})
    at = next_attempt(attempts, terms.first, terms.longest, terms.jitter, now)
    changes = {"next_attempt": max(at, at_least), "failing_since": failing_since, "attempts": attempts}
    return Reaction(whose, Event.DELAY, reason, changes)
