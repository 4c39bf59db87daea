"""What goes out to Inqom: addresses, forms, names and media types. Pure."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from pushdoc.document import DocumentType
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from pushdoc.deliver.destination import Parcel
    from pushdoc.destinations.inqom.settings import InqomSettings
    from pushdoc.secret import Secret

NAME_LIMIT = 149
"""Characters of a name, counted as Inqom's platform does (UTF-16)."""

_EXTENSION_LIMIT = 10

_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
_EXTRACTED = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
}
_STORED = {
    "doc": "application/msword",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "odt": f"{_OPEN}.text",
    "ods": f"{_OPEN}.spreadsheet",
    "csv": "text/csv",
    "txt": "text/plain",
    "xml": "application/xml",
}
_MEDIA_TYPES = _EXTRACTED | _STORED

_WITHOUT_EXTRACTION = frozenset({DocumentType.OTHER, DocumentType.ADMINISTRATIVE})
_TYPE_SCAN = {
    DocumentType.SALES_INVOICE: "Client",
    DocumentType.PURCHASE_INVOICE: "Supplier",
    DocumentType.EXPENSE_REPORT: "ExpenseReport",
    DocumentType.OTHER: "Others",
}


@dataclass(frozen=True, slots=True)
class Form:
    """One upload: its address, its text fields, and the file's field, name and media type."""

    url: str
    fields: dict[str, str]
    file_field: str
    filename: str
    media_type: str


def token_form(settings: InqomSettings, password: Secret, client_secret: Secret) -> dict[str, str]:
    """The password grant. It holds both secrets: for the one request, and never to be kept or shown."""
    return {
        "grant_type": "password",
        "client_id": settings.client_id,
        "client_secret": client_secret.reveal(),
        "username": settings.username,
        "password": password.reveal(),
        "scope": settings.scope,
    }


def upload_form(parcel: Parcel, settings: InqomSettings) -> Form:
    """The upload that brings a parcel to its dossier: variant B for an expense report unless told otherwise, else A.

    `DocRef` is left to Inqom, which reads invoices' numbers into it, except where it must say "Administratif".
    """
    name = fit_name(parcel.name)
    media_type = _MEDIA_TYPES.get(extension(name), "application/octet-stream")
    # A quote cannot be written in a part's filename so that every service reads it back as one.
    filename = name.replace('"', "'")
    if parcel.type is DocumentType.EXPENSE_REPORT and parcel.send_as != "ExpenseReport":
        fields = {
            "BeneficiaryFullName": _writable(parcel.beneficiary or parcel.client),
            "FileNameWithExtension": name,
            "DocumentReference": parcel.reference,
        }
        return Form(expenses_url(settings, parcel.dossier), fields, "File", filename, media_type)
    fields = {
        "TypeScan": _TYPE_SCAN.get(parcel.type, settings.administratif),
        "FileSource": "Api",
        "DocumentName": name,
        "SourceId": parcel.reference,
    }
    if parcel.type in _WITHOUT_EXTRACTION:
        fields["WithoutWorkflow"] = "true"
    if parcel.type is DocumentType.ADMINISTRATIVE:
        fields["DocRef"] = parcel.type.value
    return Form(documents_url(settings, parcel.dossier) + "/", fields, "Document", filename, media_type)


def access_url(settings: InqomSettings) -> str:
    """Where the account's companies are listed."""
    return f"{settings.api_url}/provisioning/users/internal-access"


def folders_url(settings: InqomSettings, company: int) -> str:
    """Where a company's dossiers are listed."""
    return f"{settings.api_url}/provisioning/companies/{company}/accounting-folders"


def documents_url(settings: InqomSettings, dossier: str) -> str:
    """Where a dossier's documents are listed; the upload adds a slash, as Inqom's paper writes it."""
    folder = quote(dossier, safe="")
    return f"{settings.documents_url}/api/accounting-documents/accounting-folders/{folder}/Documents"


def expenses_url(settings: InqomSettings, dossier: str) -> str:
    """Where a dossier's expense reports go."""
    return f"{settings.documents_url}/api/v1/accounting-folders/{quote(dossier, safe='')}/expense-bills"


def unfit(kind: DocumentType, name: str, size: int) -> Phrase | None:
    """Why Inqom can never take such a file, known without asking; None where it may. `size` in bytes.

    An extension that the contract does not know is let through: the rule's own `accept` is the administrator's word.
    """
    suffix = extension(fit_name(name))
    if size == 0:
        return Phrase("inqom.empty")
    if not suffix:
        return Phrase("inqom.no_extension")
    if suffix in _STORED and kind not in _WITHOUT_EXTRACTION:
        return Phrase("inqom.no_extraction", {"extension": suffix, "type": kind.value})
    return None


def extension(name: str) -> str:
    """A name's extension in lower case, without its dot; "" where it has none."""
    stem, dot, suffix = name.rpartition(".")
    return suffix.lower() if dot and stem else ""


def fit_name(name: str) -> str:
    """The name as Inqom can take it: no separators, no control characters, below 150 characters, extension kept."""
    name = _writable(name).replace("/", "_").replace("\\", "_").strip()
    stem, dot, suffix = name.rpartition(".")
    if not stem or len(suffix) > _EXTENSION_LIMIT:
        stem, dot, suffix = name, "", ""
    room = NAME_LIMIT - _length(dot + suffix)
    if _length(stem) > room:
        stem = stem.encode("utf-16-le")[: room * 2].decode("utf-16-le", "ignore").rstrip()
    return stem + dot + suffix or "document"


def _writable(text: str) -> str:
    """The text in NFC, undecodable bytes as U+FFFD, control characters and line ends as `_`."""
    if text.isascii() and text.isprintable():
        return text
    marks = {"Cs": "\ufffd", "Cc": "_", "Zl": "_", "Zp": "_"}
    return unicodedata.normalize("NFC", "".join(marks.get(unicodedata.category(char), char) for char in text))


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
