"""What the operator's log says of documents: each line of their history, once it is durable, in the history's words."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from pushdoc.states import Event

if TYPE_CHECKING:
    from collections.abc import Callable

    from pushdoc.document import Document
    from pushdoc.words import Phrase

#: What is of interest only where something is looked into.
_DETAILS = frozenset({Event.CLAIM, "followed"})
#: The fields of each line.
ALWAYS = ("document", "name", "client", "destination")
#: What an event adds to them.
FIELDS: dict[str, tuple[str, ...]] = {
    Event.ENTER: ("rule", "size"),
    Event.HOLD: ("rule", "size"),
    Event.ADOPT: ("rule", "dossier", "path"),
    Event.CLAIM: ("dossier", "attempts"),
    Event.DELIVER: ("dossier", "receipt", "attempts"),
    Event.ACCEPT: ("dossier", "receipt", "attempts"),
    Event.DELAY: ("attempts", "next_attempt"),
    Event.TWIN: ("dossier", "duplicate_of"),
    Event.ARCHIVE: ("path",),
    "handed over": ("rule",),
}
#: What a field is of a document.
_FROM: dict[str, Callable[[Document], Any]] = {
    "document": lambda document: document.id,
    "size": lambda document: document.identity.size,
    "path": lambda document: document.archive_path,
} | {
    field: attrgetter(field)
    for field in (*ALWAYS[1:], *(field for fields in FIELDS.values() for field in fields))
    if field not in {"size", "path"}
}


class Line(NamedTuple):
    """One line of a history: the document as it is after it, what happened, and why."""

    document: Document
    happened: str
    reason: Phrase | None


def report(line: Line) -> None:
    """Tell the log. A document that a person must see to is a warning; what moved is told, and details are not."""
    document, happened, reason = line
    fields = {field: _FROM[field](document) for field in (*ALWAYS, *FIELDS.get(happened, ()))}
    from pushdoc.log import logger  # noqa: PLC0415 -- `status`, which only reads, must not pay for structlog

    getattr(logger(), level_of(happened))(happened, **fields, reason=reason)


def level_of(happened: str) -> str:
    """The level at which an event is told."""
    if happened == Event.REFUSE:
        return "warning"
    return "debug" if happened in _DETAILS else "info"
