"""The documents that were uploaded, and how they get on as time passes."""

from __future__ import annotations

import threading
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from pushdoc.sandbox.hours import timestamp

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from pushdoc.sandbox.hours import Hours
    from pushdoc.sandbox.uploads import Upload

FIRST_ID = 51_000_001

_PROCESSING_AFTER = 1.0
_DUPLICATE_AFTER = 3.0
_DONE_WITHOUT_WORKFLOW_AFTER = 10.0
_DONE_AFTER = range(50, 240)
"""Seconds. Source: the contract, section 5, "Times seen"; that skipping the extraction is quicker is assumed."""


class Standing(NamedTuple):
    """A document's status and the second since which it has it."""

    status: str
    since: float


@dataclass(frozen=True, slots=True)
class Document:
    """One accepted upload. `origin` is the first document with its bytes in its folder, where it is not that itself."""

    id: int
    folder: int
    owner: int
    upload: Upload
    stored: float
    origin: int | None

    def standing(self, now: float) -> Standing:
        """How far it has got: times are seconds of the sandbox.

        Every sixteenth document (by its checksum) ends in `ToReview`: accepted, but a person is needed.
        """
        age = now - self.stored
        if self.origin is not None and age >= _DUPLICATE_AFTER:
            return Standing("Duplicate", self.stored + _DUPLICATE_AFTER)
        if self.origin is None and age >= self._done_after:
            status = "ToReview" if self.upload.sha1.endswith("0") else "Done"
            return Standing(status, self.stored + self._done_after)
        if age >= _PROCESSING_AFTER:
            return Standing("Processing", self.stored + _PROCESSING_AFTER)
        return Standing("Received", self.stored)

    @property
    def _done_after(self) -> float:
        if self.upload.without_workflow:
            return _DONE_WITHOUT_WORKFLOW_AFTER
        return _DONE_AFTER[self.id * 37 % len(_DONE_AFTER)]

    def row(self, now: float, wall: Callable[[float], datetime]) -> dict[str, object]:
        """The document as Inqom describes it; unset members are absent."""
        standing = self.standing(now)
        duplicate = standing.status == "Duplicate"
        members: dict[str, object | None] = {
            "Id": self.id,
            "AccountingFolderId": self.folder,
            "Name": self.upload.name,
            "Type": self.upload.type,
            "Size": -(-self.upload.size // 1024),
            "OrigineId": self.origin if duplicate else None,
            "CreatedAt": timestamp(wall(self.stored)),
            "Source": "Api",
            "SourceId": self.upload.source_id,
            "ClientSource": "Api",
            "DocRef": self.upload.doc_ref,
            "Checksum": self.upload.sha1,
            "Status": standing.status,
            "StatusUpdatedAt": timestamp(wall(standing.since)) if standing.since > self.stored else None,
            "OwnerId": self.owner,
            "OriginalName": self.upload.original_name,
            "ContentSource": "DocData",
            "UserDefinedThirdPartyName": self.upload.beneficiary,
        }
        return {member: value for member, value in members.items() if value is not None}


class Documents:
    """All documents. A new one appears in lists only when it is `visible_after` seconds old."""

    def __init__(self, hours: Hours, visible_after: float = 0.0) -> None:
        self._hours = hours
        self.visible_after = visible_after
        self._by_folder: defaultdict[int, list[Document]] = defaultdict(list)
        self._by_id: dict[int, Document] = {}
        self._first: dict[tuple[int, str], int] = {}
        self._lock = threading.Lock()

    def store(self, folder: int, owner: int, upload: Upload) -> Document:
        """Accept the upload under an id of its own, duplicate or not."""
        with self._lock:
            number = FIRST_ID + len(self._by_id)
            first = self._first.setdefault((folder, upload.sha1), number)
            document = Document(
                id=number,
                folder=folder,
                owner=owner,
                upload=upload,
                stored=self._hours.seconds(),
                origin=first if first != number else None,
            )
            self._by_id[number] = document
            self._by_folder[folder].append(document)
        return document

    def listed(self, folder: int) -> list[Document]:
        """The folder's documents that lists show by now, oldest first."""
        with self._lock:
            documents = list(self._by_folder[folder])
        now = self._hours.seconds()
        return [one for one in documents if now - one.stored >= self.visible_after]

    def find(self, folder: int, document_id: int) -> Document | None:
        """The document, where that folder has it."""
        document = self._by_id.get(document_id)
        return document if document and document.folder == folder else None

    def content(self, document_id: int) -> bytes | None:
        """The bytes, where the sandbox was asked to keep them."""
        return self._by_id[document_id].upload.content

    def row(self, document: Document) -> dict[str, object]:
        """The document as it stands now."""
        return document.row(self._hours.seconds(), self._hours.wall)
