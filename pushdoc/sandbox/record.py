"""What the sandbox remembers: documents received, requests answered. Never a token, password or secret."""

from __future__ import annotations

import json
import threading
from collections import Counter, deque
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from pushdoc.sandbox.documents import Document

_REQUESTS_KEPT = 100_000


@dataclass(frozen=True, slots=True)
class Received:
    """One document that was stored, whether or not the sender was told; `variant` as in the contract (A, B)."""

    document_id: int
    folder: int
    type: str
    name: str
    size: int
    sha256: str
    at: datetime
    source_id: str | None
    doc_ref: str | None
    without_workflow: bool
    beneficiary: str | None
    variant: str

    @classmethod
    def of(cls, document: Document, at: datetime) -> Received:
        """What is remembered of a stored document."""
        upload = document.upload
        return cls(
            document_id=document.id,
            folder=document.folder,
            type=upload.type,
            name=upload.name,
            size=upload.size,
            sha256=upload.sha256,
            at=at,
            source_id=upload.source_id,
            doc_ref=upload.doc_ref,
            without_workflow=upload.without_workflow,
            beneficiary=upload.beneficiary,
            variant=upload.variant,
        )

    def row(self) -> dict[str, object]:
        """The same as JSON values."""
        return asdict(self) | {"at": self.at.isoformat()}


@dataclass(frozen=True, slots=True)
class Request:
    """One request: `route` is the operation's name in the contract, `status` None where no answer was given.

    `at` is the monotonic second at which its headers had arrived.
    """

    method: str
    route: str
    status: int | None
    at: float


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer, whole, for an observer. Beware: headers and bodies hold tokens and passwords."""

    method: str
    path: str
    query: str
    request_headers: Mapping[str, str] = field(repr=False)
    request_body: bytes = field(repr=False)
    status: int
    response_headers: Mapping[str, str] = field(repr=False)
    response_body: bytes = field(repr=False)


class Record:
    """The memory itself; documents are written to `path` too, one JSON line each, at once."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._file: TextIO | None = None
        self._received: list[Received] = []
        self._requests: deque[Request] = deque(maxlen=_REQUESTS_KEPT)
        self._counts: Counter[tuple[str, int | None]] = Counter()
        self._lock = threading.Lock()

    def open(self) -> None:
        """Open the file, keeping what it holds."""
        if self._path:
            self._file = self._path.open("a", encoding="utf-8")

    def close(self) -> None:
        """Close the file; what was remembered stays readable."""
        with self._lock:
            if self._file:
                self._file.close()
            self._file = None

    def received(self) -> list[Received]:
        """All documents stored so far, in their order."""
        with self._lock:
            return list(self._received)

    def requests(self) -> list[Request]:
        """The latest requests (100 000 at most), in the order of their answers."""
        with self._lock:
            return list(self._requests)

    def counts(self) -> dict[str, dict[str, int]]:
        """How many requests each route answered with each status; `none` where no answer was given."""
        table: dict[str, dict[str, int]] = {}
        with self._lock:
            for (route, status), count in sorted(self._counts.items(), key=str):
                table.setdefault(route, {})[str(status or "none")] = count
        return table

    def document(self, received: Received) -> None:
        """Remember a stored document."""
        with self._lock:
            self._received.append(received)
            if self._file:
                self._file.write(json.dumps(received.row(), ensure_ascii=False) + "\n")
                self._file.flush()

    def request(self, request: Request) -> None:
        """Remember a request."""
        with self._lock:
            self._requests.append(request)
            self._counts[request.route, request.status] += 1
