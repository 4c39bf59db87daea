"""A row of the ledger as the document that the house speaks of, and a whole file as the row it becomes."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from pushdoc.document import Digest, Document, DocumentType
from pushdoc.ledger.columns import identity, moment, path, period, phrase
from pushdoc.states import State
from pushdoc.words import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from pushdoc.document import Identity
    from pushdoc.period import Period
    from pushdoc.words import Phrase

#: What makes a document's values of the database's; the other columns hold them as they are.
_READING: dict[str, Callable[[Any], Any]] = {
    "state": State,
    "type": DocumentType,
    "period": period,
    "path": path,
    "identity": identity,
    "first_seen": moment,
    "since": moment,
    "next_attempt": moment,
    "failing_since": moment,
    "troubled_at": moment,
    "sent_at": moment,
    "delivered": moment,
    "filed": moment,
    "archive_folder": path,
    "archive_path": path,
    "reason": phrase,
    "unknowable": bool,
    "forced": bool,
}
_FIELDS = [field.name for field in fields(Document)]
#: The columns that a document calls by the same name.
_NAMES = frozenset(_FIELDS) - {"digest"}
_DIGEST = _FIELDS.index("digest")
_COLUMNS = [*_FIELDS[:_DIGEST], "sha256", "sha1", *_FIELDS[_DIGEST + 1 :]]
_READS = [_READING.get(name) for name in _COLUMNS]
#: What a question asks for whose rows `document_of` reads, in this order.
DOCUMENT = ", ".join(f"document.{name}" for name in _COLUMNS)


@dataclass(frozen=True, slots=True)
class Entry:
    """A whole file that a rule has taken, on its way into the ledger.

    `refused` is why it will not be sent as it is; `hold`: it waits for a person first.
    """

    client: str
    siret: str
    rule: str
    type: DocumentType
    period: Period
    path: Path
    identity: Identity
    digest: Digest
    destination: str
    archive_folder: Path | None = None
    refused: Phrase | None = None
    hold: bool = False


def row_of(entry: Entry) -> dict[str, object]:
    """The columns of a document that the file itself fills."""
    return {
        "client": entry.client,
        "siret": entry.siret,
        "rule": entry.rule,
        "type": entry.type,
        "period": entry.period,
        "folder": entry.path.parent,
        "path": entry.path,
        "name": visible(entry.path.name),
        "identity": entry.identity,
        "size": entry.identity.size,
        "sha256": entry.digest.sha256,
        "sha1": entry.digest.sha1,
        "destination": entry.destination,
        "archive_folder": entry.archive_folder,
    }


def document_of(cells: Sequence[Any]) -> Document:
    """The document in the answer to a question for `DOCUMENT`; what else was asked for behind it is left aside."""
    values = [cell if cell is None or read is None else read(cell) for read, cell in zip(_READS, cells, strict=False)]
    values[_DIGEST : _DIGEST + 2] = [Digest(*values[_DIGEST : _DIGEST + 2])]
    return Document(*values)


def document_made(number: int, entry: Entry, columns: Mapping[str, Any]) -> Document:
    """The document that was just entered, by the columns that were written."""
    return Document(id=number, digest=entry.digest, **_of_a_document(columns))


def document_changed(known: Document, columns: Mapping[str, Any]) -> Document:
    """The document after some columns were written; not all are of interest outside the ledger."""
    return replace(known, **_of_a_document(columns))


def _of_a_document(columns: Mapping[str, Any]) -> dict[str, Any]:
    return {name: columns[name] for name in columns.keys() & _NAMES}
