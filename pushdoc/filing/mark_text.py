"""What a mark « Non transmis » says to the bookkeeper who finds it, and to the one who can mend the trouble."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pushdoc.words import LANGUAGES, Language, Phrase, advice, say

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from pushdoc.document import Document

#: What can be done, beside what the reason's own advice says (among it that it goes by itself, where it does); by the
#: beginning of the reason's code.
_WAYS_ON = {
    "filing.name_refused": ("drop_again", "ack"),
    "filing.": ("ack",),
    "formats.": ("force", "ack"),
    "heirs.": ("ack",),
    "journey.share_hangs": ("ack",),
    "journey.too_large": ("rule", "ack"),
    "journey.unreadable": ("ack",),
    "ledger.twin_unknowable": ("ack",),
    "rules.not_accepted": ("rule", "ack"),
    "whole.cut": ("force", "ack"),
}
_NOT_ITS_FAULT = "retry", "ack"
_OTHERWISE = "drop_again", "retry", "ack"
_PERHAPS_THERE = "if_there", "if_not_there", "not_again"


def text_of(document: Document, reason: Phrase, since: datetime, language: Language, zone: tzinfo) -> str:
    r"""The whole text of a document's mark, lines ended by `\n`; `since` is shown in the firm's time zone."""
    facts = {
        "name": document.name,
        "client": document.client,
        "rule": document.rule,
        "type": document.type.value,
        "since": since,
        "tries": document.attempts,
        "id": str(document.id),
    }

    def told(code: str) -> str:
        return say(Phrase(f"filing.mark.{code}", facts), language, zone)

    own = advice(reason, language, zone)
    return "\n".join([
        told("title"),
        "",
        told("intro_unknown" if document.unknowable else "intro"),
        "",
        told("facts"),
        *([told("tries")] if document.attempts else []),
        "",
        told("why"),
        f"    {_begun(say(reason, language, zone))}",
        "",
        told("what_to_do"),
        *([f"  - {_begun(own)}"] if own else []),
        *(f"  - {told(way)}" for way in _ways_on(document, reason.code)),
        "",
        told("end"),
        "",
    ])  # fmt: skip


@cache
def titles() -> frozenset[str]:
    """The first lines by which a mark is known as ours, whatever language it was written in."""
    return frozenset(say(Phrase("filing.mark.title"), language) for language in LANGUAGES)


def _ways_on(document: Document, code: str) -> tuple[str, ...]:
    if document.unknowable:
        return _PERHAPS_THERE
    # With a time of failing it was tried for long, and what failed was its dossier.
    otherwise = _OTHERWISE if document.failing_since is None else _NOT_ITS_FAULT
    return next((ways for beginning, ways in _WAYS_ON.items() if code.startswith(beginning)), otherwise)


def _begun(text: str) -> str:
    """The text with a capital, as a line of its own has one; our name has none."""
    return text if text.startswith("pushdoc") else text[:1].upper() + text[1:]
