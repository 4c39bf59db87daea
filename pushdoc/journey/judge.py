"""Why a document will not be sent as it is, known before it is sent: the rule's own limits and the destination's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushdoc.rules import accepts
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from pushdoc.deliver.destination import Destination
    from pushdoc.rules import Rule


def refusal(rule: Rule, destination: Destination, name: str, size: int) -> Phrase | None:
    """Why a file of this name and size (bytes) is not sent under a rule; None where it is.

    Asked when it is entered, and again before each attempt: a person may have changed the rule since, and retried.
    """
    if not accepts(rule, name):
        return Phrase("rules.not_accepted", {"name": name, "rule": rule.name, "accepted": list(rule.accept)})
    if size > rule.max_size:
        return Phrase("journey.too_large", {"size": size, "limit": rule.max_size})
    return destination.accepts(rule.type, name, size)
