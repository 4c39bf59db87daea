"""What comes back from Inqom, read tolerantly: absent members, an array for an object, words we do not know. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pushdoc.deliver.answer import UnreadableError
from pushdoc.deliver.destination import Progress
from pushdoc.document import Dossier

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pushdoc.deliver.answer import Answer

# `ToReview` and `ManualProcessing`: Inqom has the document, and a person there will look at it.
_FINAL = frozenset({"Done", "ToReview", "ManualProcessing", "Duplicate", "Deleted"})


@dataclass(frozen=True, slots=True)
class Access:
    """What the account may act on: companies by id, and dossiers that it was given singly (without a SIRET)."""

    companies: tuple[int, ...]
    dossiers: tuple[Dossier, ...]

    @property
    def nothing(self) -> bool:
        """Whether the account sees no company and no dossier."""
        return not (self.companies or self.dossiers)


@dataclass(frozen=True, slots=True)
class Remote:
    """A document as Inqom describes it; what it does not say is "" or None.

    `kilobytes` is its size, of unknown rounding; `checksum` in upper case, probably SHA-1 (deduced).
    """

    id: str
    names: frozenset[str]
    kilobytes: int | None
    checksum: str
    source_id: str
    doc_ref: str
    created: datetime | None
    status: str
    origin: str | None

    @property
    def progress(self) -> Progress:
        """What became of it so far."""
        return Progress(self.status, final=self.status in _FINAL, twin=self.origin)


def read_receipt(answer: Answer) -> tuple[str, str] | None:
    """The id and status in the answer to an upload, or None: then nobody knows whether it was kept."""
    try:
        read = _one(answer.json())
    except UnreadableError:
        return None
    number = _number(read.get("Id")) or _number(read.get("DocumentId"))
    return None if number is None else (str(number), _text(read.get("Status")))


def read_access(answer: Answer) -> Access:
    """The companies and single dossiers of `internal-access`.

    A `Pme` has its company's id in `CompanyId`; so may a dossier, and its company's list then says its SIRET.

    Raises:
        UnreadableError: not a list.
    """
    companies: dict[int, None] = {}
    dossiers: list[Dossier] = []
    for row in _rows(answer.json()):
        kind = _text(row.get("AccessType")).casefold()
        company = _number(row.get("Id" if kind == "company" else "CompanyId"))
        if company is not None:
            companies[company] = None
        if kind == "accountingfolder" and (dossier := _dossier(row)):
            dossiers.append(dossier)
    return Access(tuple(companies), tuple(dossiers))


def read_dossiers(answer: Answer) -> list[Dossier]:
    """A company's dossiers.

    Raises:
        UnreadableError: not a list.
    """
    return [dossier for row in _rows(answer.json()) if (dossier := _dossier(row))]


def read_documents(answer: Answer) -> list[Remote]:
    """The documents of a list, or the one of a single read.

    Raises:
        UnreadableError: neither.
    """
    return [remote for row in _rows(answer.json()) if (remote := _remote(row))]


def _dossier(row: Mapping[str, Any]) -> Dossier | None:
    number = _number(row.get("Id"))
    if number is None:
        return None
    status = _text(row.get("Status"))
    return Dossier(
        id=str(number),
        name=_text(row.get("Name")) or _text(row.get("UniqueName")) or str(number),
        siren=_digits(row.get("Siren"), 9),
        nic=_digits(row.get("Nic"), 5),
        open=status.casefold() in {"", "active"},
        status=status,
    )


def _remote(row: Mapping[str, Any]) -> Remote | None:
    number = _number(row.get("Id"))
    if number is None:
        return None
    origin = _number(row.get("OrigineId"))
    return Remote(
        id=str(number),
        names=frozenset({_text(row.get("Name")), _text(row.get("OriginalName"))} - {""}),
        kilobytes=_number(row.get("Size")),
        checksum=_text(row.get("Checksum")).upper(),
        source_id=_text(row.get("SourceId")),
        doc_ref=_text(row.get("DocRef")),
        created=_moment(row.get("CreatedAt")),
        status="Deleted" if row.get("DeletedAt") else _text(row.get("Status")),
        origin=None if origin is None else str(origin),
    )


def _rows(read: Any) -> Iterator[Mapping[str, Any]]:
    match read:
        case list():
            return (row for row in read if isinstance(row, dict))
        case {"Id": _}:
            return iter([read])
        case _:
            raise UnreadableError("neither a list nor an object with an Id")


def _one(read: Any) -> Mapping[str, Any]:
    first = read[0] if isinstance(read, list) and read else read
    return first if isinstance(first, dict) else {}


def _number(given: object) -> int | None:
    match given:
        case bool():
            return None
        case int() if given >= 0:
            return given
        case str() if given.isascii() and given.isdigit() and len(given) < 19:
            return int(given)
        case _:
            return None


def _text(given: object) -> str:
    return given.strip() if isinstance(given, str) else ""


def _digits(given: object, length: int) -> str:
    # A number lost its leading zeros on the way; a text is as somebody typed it.
    number = None if isinstance(given, str) else _number(given)
    return "".join(_text(given).split()) if number is None else str(number).zfill(length)


def _moment(given: object) -> datetime | None:
    try:
        read = datetime.fromisoformat(_text(given))
    except ValueError:
        return None
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
