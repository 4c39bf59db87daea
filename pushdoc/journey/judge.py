"""Why a document will not be sent as it is, known before it is sent: the rule's own limits and the destination's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushdoc.formats import Ending, Kind, may_lack_pages, mismatch, pdf_faults
from pushdoc.rules import accepts
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from pushdoc.deliver.destination import Destination
    from pushdoc.formats import Nature
    from pushdoc.rules import Rule

#: Larger PDFs, in bytes, are not opened to see whether they need a password or have pages.
_OPENED = 10_000_000


def refusal(rule: Rule, destination: Destination, name: str, size: int) -> Phrase | None:
    """Why a file of this name and size (bytes) is not sent under a rule; None where it is.

    Asked when it is entered, and again before each attempt: a person may have changed the rule since, and retried.
    """
    if not accepts(rule, name):
        return Phrase("rules.not_accepted", {"name": name, "rule": rule.name, "accepted": list(rule.accept)})
    if size > rule.max_size:
        return Phrase("journey.too_large", {"size": size, "limit": rule.max_size})
    return destination.accepts(rule.type, name, size)


def content_refusal(rule: Rule, descriptor: int, name: str, size: int, nature: Nature) -> Phrase | None:
    """Why an open file of that `nature` is not sent under a rule for what it contains; None where it is.

    Asked when it is entered, of one that is whole or will get no further, and when a person retries it; from one
    thread only (`pdf_faults`).

    Raises:
        OSError: it cannot be read.
    """
    kind = nature.kind
    wrong = mismatch(kind, name)
    if wrong is not None and rule.mismatch == "refuse":
        return wrong
    if rule.broken == "refuse" and nature.ending is Ending.OPEN:
        return Phrase("formats.pdf_cut") if kind is Kind.PDF else Phrase("whole.cut", {"kind": str(kind)})
    if kind is Kind.PDF and (
        rule.encrypted == "refuse" or (rule.broken == "refuse" and may_lack_pages(descriptor, size))
    ):
        return _pdf_refusal(rule, pdf_faults(descriptor, size, _OPENED))
    return None


def _pdf_refusal(rule: Rule, found: Phrase | None) -> Phrase | None:
    refused = {"formats.pdf_locked": rule.encrypted, "formats.pdf_without_pages": rule.broken}
    return found if found is not None and refused.get(found.code) == "refuse" else None
