"""What a person decides about documents that wait for one: send again, set aside, release, reject."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from pushdoc.formats import Excerpt, nature_of
from pushdoc.journey.heirs import FORCIBLE
from pushdoc.journey.judge import content_refusal
from pushdoc.original import look_at, opened
from pushdoc.rules import accepts
from pushdoc.states import Event, State
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from pathlib import Path

    from pushdoc.clock import Clock
    from pushdoc.document import Document
    from pushdoc.journey.heirs import Heirs
    from pushdoc.ledger import Ledger
    from pushdoc.rules import Rule, Rules


def retry(
    ledger: Ledger,
    document: Document,
    clock: Clock,
    *,
    force: bool,
    rules: Rules | None = None,
    heirs: Heirs | None = None,
) -> Phrase | None:
    """Queue a document to be sent again; why not, or None. `heirs` know whether its rule and client are still there.

    With `force` also a duplicate, one of which nobody knows whether it arrived (it may be there twice then), and one
    whose content its rule refuses. Without, the destination is asked about the doubtful one once more, and the content
    is judged by `rules` as they are now.
    """
    if heirs is not None and document.state in {State.NON_TRANSMIS, State.ACKNOWLEDGED}:
        inherited = _inherited(ledger, document, clock, heirs, force=force)
        if isinstance(inherited, Phrase):
            return inherited
        document = inherited
    return _retry(ledger, document, afresh(clock), rules, force=force)


def _retry(
    ledger: Ledger, document: Document, fresh: dict[str, Any], rules: Rules | None, *, force: bool
) -> Phrase | None:
    match document.state:
        case State.NON_TRANSMIS | State.ACKNOWLEDGED if document.unknowable and not force:
            if document.state is State.ACKNOWLEDGED:
                return Phrase("decisions.unknowable", {"id": document.id})
            ledger.record(document, Event.REASK, **fresh)
        case State.NON_TRANSMIS | State.ACKNOWLEDGED:
            if (vain := _in_vain(document, rules, force=force)) is not None:
                return vain
            ledger.record(document, Event.RETRY, forced=force, **fresh)
        case State.DOUBTFUL if force:
            ledger.record(document, Event.RETRY, forced=True, **fresh)
        case State.DUPLICATE | State.ARCHIVED | State.KEPT if document.duplicate_of is not None and force:
            return _send_duplicate(ledger, document, fresh)
        case State.DUPLICATE | State.ARCHIVED | State.KEPT if document.duplicate_of is not None:
            return Phrase("decisions.duplicate", {"id": document.id, "twin": document.duplicate_of})
        case State.DOUBTFUL:
            return Phrase("decisions.doubtful", {"id": document.id})
        case _:
            return _not_now(document)
    return None


def afresh(clock: Clock) -> dict[str, Any]:
    """What is written of a document that begins anew: nothing of its earlier tries counts any more."""
    return {
        "attempts": 0,
        "asks": 0,
        "failing_since": None,
        "next_attempt": clock.now(),
        "follows": 0,
        "next_follow": None,
        "suspicions": 0,
        "troubled_at": None,
        "unknowable": False,
    }


def acknowledge(ledger: Ledger, document: Document, text: str) -> Phrase | None:
    """Take a document that was not sent off the lists, with a person's reason; why not, or None."""
    if document.state is not State.NON_TRANSMIS:
        return _not_now(document)
    ledger.record(document, Event.ACKNOWLEDGE, reason=Phrase("journey.acknowledged", {"text": text}))
    return None


def release(ledger: Ledger, document: Document, clock: Clock, heirs: Heirs | None = None) -> Phrase | None:
    """Let a held document be sent; why not, or None."""
    if document.state is not State.HELD:
        return _not_now(document)
    if heirs is not None and isinstance(orphaned := heirs.of(document, clock.now()), Phrase):
        return orphaned
    ledger.record(document, Event.RELEASE, next_attempt=clock.now())
    return None


def reject(ledger: Ledger, document: Document, text: str) -> Phrase | None:
    """Decide that a held document is never sent, with a person's reason; why not, or None."""
    if document.state is not State.HELD:
        return _not_now(document)
    ledger.record(document, Event.REJECT, reason=Phrase("journey.rejected", {"text": text}))
    return None


def _inherited(ledger: Ledger, document: Document, clock: Clock, heirs: Heirs, *, force: bool) -> Document | Phrase:
    """The document where somebody can send it (of a destination that is gone: the one of its rule now), or why not."""
    served = heirs.serves(document.destination)
    heir = heirs.of(document, clock.now())
    if isinstance(heir, Phrase):
        return document if force and served and heir.code in FORCIBLE else heir
    if served:
        return document
    if document.unknowable and not force:
        return Phrase("decisions.destination_gone", {"id": document.id, "destination": document.destination})
    return ledger.hand_over(document, **heir.changes)


def _in_vain(document: Document, rules: Rules | None, *, force: bool) -> Phrase | None:
    """Why an attempt would end as the last one did; None where it may go well."""
    if _file_gone(document):
        return Phrase("decisions.file_gone", {"id": document.id, "path": str(document.path)})
    rule = None if rules is None else next((rule for rule in rules.rule if rule.name == document.rule), None)
    if rules is None or rule is None:
        return None
    if not accepts(rule, document.name) or document.identity.size > rule.max_size:
        return Phrase("decisions.never_taken", {"id": document.id, "rule": document.rule})
    if not force and content_refused(rule, rules.clients.root, document) is not None:
        return Phrase("decisions.content", {"id": document.id})
    return None


def _file_gone(document: Document) -> bool:
    """Whether its file was taken out of its folder; False also where that cannot be known."""
    try:
        return look_at(document.path) is None and document.path.parent.is_dir()
    except OSError:
        return False


def content_refused(rule: Rule, root: Path, document: Document) -> Phrase | None:
    """Why a rule refuses what the file holds; what cannot be known now, the attempt finds out."""
    try:
        with opened(root, document.path) as descriptor:
            excerpt = Excerpt(descriptor, os.fstat(descriptor).st_size)
            return content_refusal(rule, excerpt, document.name, nature_of(excerpt))
    except OSError:
        return None


def _send_duplicate(ledger: Ledger, document: Document, fresh: dict[str, Any]) -> Phrase | None:
    """A duplicate is sent from where it lies now, and stays there."""
    path = document.archive_path if document.filed and document.archive_path else document.path
    identity = look_at(path)
    if identity is None:
        return Phrase("decisions.file_gone", {"id": document.id, "path": str(path)})
    place: dict[str, Any] = {
        "path": path,
        "folder": path.parent,
        "identity": identity,
        "archive_path": None,
        "filed": None,
    }
    ledger.record(document, Event.RETRY, forced=True, duplicate_of=None, **place, **fresh)
    return None


def _not_now(document: Document) -> Phrase:
    return Phrase("decisions.not_now", {"id": document.id, "state": document.state.value})
