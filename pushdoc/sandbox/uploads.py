"""What an upload must hold, by the contract: the two forms, field by field."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from pushdoc.sandbox.answers import refuse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pushdoc.sandbox.forms import FilePart, Form

MAX_SIZE = 25 * 1024 * 1024
"""Bytes of one file. Inqom documents no limit: this is the contract's assumption."""

NAME_LIMIT = 150
"""Characters of a document's name. Source: the contract page, section 6."""

DOCUMENT_TYPES = ("Client", "Supplier", "Others", "ExpenseReport")

_OFFICE = "application/vnd.openxmlformats-officedocument"
_MEDIA_TYPES = {
    "pdf": {"application/pdf"},
    "jpg": {"image/jpeg"},
    "jpeg": {"image/jpeg"},
    "png": {"image/png"},
    "doc": {"application/msword"},
    "docx": {f"{_OFFICE}.wordprocessingml.document"},
    "xls": {"application/vnd.ms-excel"},
    "xlsx": {f"{_OFFICE}.spreadsheetml.sheet"},
    "odt": {"application/vnd.oasis.opendocument.text"},
    "ods": {"application/vnd.oasis.opendocument.spreadsheet"},
    "csv": {"text/csv", "application/vnd.ms-excel", "text/plain"},
    "txt": {"text/plain"},
    "xml": {"application/xml", "text/xml"},
}
_ANY_MEDIA_TYPE = frozenset[str]().union(*_MEDIA_TYPES.values())
_UNKNOWN_BYTES = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Upload:
    """One document as it was sent; `variant` is the contract's letter for the form that was used."""

    variant: Literal["A", "B"]
    type: str
    name: str
    original_name: str
    size: int
    sha1: str
    sha256: str
    source_id: str | None = None
    doc_ref: str | None = None
    without_workflow: bool = False
    beneficiary: str | None = None
    content: bytes | None = field(default=None, repr=False)


FILE_A, FILE_B = "Document", "File"
_FIELDS_A = ("TypeScan", "FileSource", "DocumentName", "DocRef", "SourceId", "WithoutWorkflow")
_FIELDS_B = ("BeneficiaryFullName", "FileNameWithExtension", "DocumentReference")


def document_upload(form: Form) -> Upload:
    """What the documents service (variant A) was sent.

    Raises:
        Refusal: 400 with the reason.
    """
    fields = _checked(form, _FIELDS_A, required=("TypeScan", "FileSource"), file=FILE_A)
    if fields["TypeScan"] not in DOCUMENT_TYPES:
        raise refuse(400, f"TypeScan must be one of {', '.join(DOCUMENT_TYPES)}")
    if fields["FileSource"] != "Api":
        raise refuse(400, "FileSource must be Api")
    if fields.get("WithoutWorkflow", "false") not in {"true", "false"}:
        raise refuse(400, "WithoutWorkflow must be true or false")
    file, filename = _checked_file(form)
    return Upload(
        variant="A",
        type=fields["TypeScan"],
        name=_checked_name(fields.get("DocumentName", filename)),
        original_name=filename,
        size=file.size,
        sha1=file.sha1,
        sha256=file.sha256,
        source_id=fields.get("SourceId") or None,
        doc_ref=fields.get("DocRef") or None,
        without_workflow=fields.get("WithoutWorkflow") == "true",
        content=file.content,
    )


def expense_upload(form: Form) -> Upload:
    """What the expense reports' own route (variant B) was sent.

    Raises:
        Refusal: 400 with the reason.
    """
    fields = _checked(form, _FIELDS_B, required=(), file=FILE_B)
    file, filename = _checked_file(form)
    return Upload(
        variant="B",
        type="ExpenseReport",
        name=_checked_name(fields.get("FileNameWithExtension", filename)),
        original_name=filename,
        size=file.size,
        sha1=file.sha1,
        sha256=file.sha256,
        doc_ref=fields.get("DocumentReference") or None,
        beneficiary=fields.get("BeneficiaryFullName") or None,
        content=file.content,
    )


def _checked(form: Form, known: Iterable[str], required: Iterable[str], file: str) -> dict[str, str]:
    """The form's text fields, once each, with exactly one file under its own name."""
    known = tuple(known)
    counts = Counter([name for name, _ in form.fields] + [name for name, _ in form.files])
    if doubled := sorted(name for name, count in counts.items() if count > 1):
        raise refuse(400, f"Sent more than once: {', '.join(doubled)}")
    if unknown := sorted(counts.keys() - {*known, file}):
        raise refuse(400, f"Unknown fields: {', '.join(unknown)}")
    if as_files := sorted(name for name, _ in form.files if name != file):
        raise refuse(400, f"Sent as a file, but a text is expected: {', '.join(as_files)}")
    if missing := [name for name in (*required, file) if name not in counts]:
        raise refuse(400, f"Missing fields: {', '.join(missing)}")
    return dict(form.fields)


def _checked_file(form: Form) -> tuple[FilePart, str]:
    [(name, file)] = form.files
    if not file.filename:
        raise refuse(400, f"{name} has no filename")
    if file.size == 0:
        raise refuse(400, f"{name} is empty")
    filename = _checked_name(file.filename)
    given = (file.media_type or "").partition(";")[0].strip().lower()
    fitting = _MEDIA_TYPES.get(filename.rpartition(".")[2].lower(), _ANY_MEDIA_TYPE)
    if given != _UNKNOWN_BYTES and given not in fitting:
        raise refuse(400, f"The media type {given or '(none)'} does not fit {filename}")
    return file, filename


def _checked_name(name: str) -> str:
    if not 0 < len(name) <= NAME_LIMIT:
        raise refuse(400, f"A name must have 1 to {NAME_LIMIT} characters")
    if any(char in "/\\" or unicodedata.category(char) == "Cc" for char in name):
        raise refuse(400, "A name must not hold separators or control characters")
    return name
