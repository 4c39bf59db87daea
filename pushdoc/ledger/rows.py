"""A row of the ledger as the document that the house speaks of, and a whole file as the row it becomes."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from pushdoc.document import Digest, Document
from pushdoc.words import visible

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sqlalchemy import Row

    from pushdoc.document import DocumentType, Identity
    from pushdoc.period import Period
    from pushdoc.words import Phrase

#: The columns that a document calls by the same name.
_AS_THEY_ARE = [field.name for field in fields(Document) if field.name != "digest"]
_NAMES = frozenset(_AS_THEY_ARE)


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
    """The columns of `schema.document` that the file itself fills."""
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


def document_of(row: Row[tuple[object, ...]]) -> Document:
    """The document that a whole row of `schema.document` holds."""
    columns = row._mapping  # noqa: SLF001 -- SQLAlchemy's public name for it
    return Document(
        digest=Digest(columns["sha256"], columns["sha1"]),
        **{name: columns[name] for name in _AS_THEY_ARE},
    )


def document_made(number: int, entry: Entry, columns: Mapping[str, Any]) -> Document:
    """The document that was just entered, by the columns that were written."""
    return Document(id=number, digest=entry.digest, **_of_a_document(columns))


def document_changed(known: Document, columns: Mapping[str, Any]) -> Document:
    """The document after some columns were written; not all are of interest outside the ledger."""
    return replace(known, **_of_a_document(columns))


def _of_a_document(columns: Mapping[str, Any]) -> dict[str, Any]:
    return {name: columns[name] for name in columns.keys() & _NAMES}
