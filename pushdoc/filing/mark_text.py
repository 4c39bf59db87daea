"""What a mark « Non transmis » says to the bookkeeper who finds it, and to the one who can mend the trouble."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pushdoc.words import LANGUAGES, Language, Phrase, advice, say

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from pushdoc.document import Document


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
    own_advice = advice(reason, language, zone)
    lines = [
        say(Phrase("filing.mark.title"), language),
        "",
        say(Phrase("filing.mark.intro"), language),
        "",
        say(Phrase("filing.mark.facts", facts), language, zone),
        "",
        say(Phrase("filing.mark.why"), language),
        f"    {say(reason, language, zone)}",
        "",
        say(Phrase("filing.mark.what_to_do"), language),
        *([f"  - {own_advice}"] if own_advice else []),
        say(Phrase("filing.mark.always", facts), language),
        "",
        say(Phrase("filing.mark.end"), language),
    ]
    return "\n".join(lines) + "\n"


@cache
def titles() -> frozenset[str]:
    """The first lines by which a mark is known as ours, whatever language it was written in."""
    return frozenset(say(Phrase("filing.mark.title"), language) for language in LANGUAGES)
