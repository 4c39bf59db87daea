"""What the benchmark's server answers: as little of Inqom as pushdoc asks for, and a count of every document."""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

#: What every document of the corpus bears in its first bytes, so that the server knows it whoever sends it.
MARK = b"%benchmark "
_NUMBER = re.compile(MARK + rb"([0-9]{9})")
_SOURCE = re.compile(rb'name="SourceId"[^\r]*\r\n(?:[^\r]+\r\n)*\r\n([^\r]*)')
_FOLDER = re.compile(r"/accounting-folders/([0-9]+)/")
_PAGE = re.compile(r"pageNumber=([0-9]+)&pageSize=([0-9]+)")
_COMPANY = 9001


@dataclass(frozen=True, slots=True)
class Terms:
    """How the server behaves from now on: seconds before each answer, faults as shares of all uploads, its clients.

    A reset cuts the connection when the body is there: half of these documents were kept by then, half were not.
    `sirets` is dossier → SIRET. `verify` keeps each upload's sha256, which costs the server time.
    """

    answer_s: float = 0.0
    failed: float = 0.0
    too_fast: float = 0.0
    reset: float = 0.0
    seed: int = 1
    verify: bool = False
    sirets: dict[int, str] = field(default_factory=dict)

    def as_json(self) -> bytes:
        """The terms as the server reads them."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def read(cls, told: bytes) -> Terms:
        """The terms of `as_json`."""
        read: dict[str, Any] = json.loads(told)
        return cls(**read | {"sirets": {int(number): siret for number, siret in read["sirets"].items()}})


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer; None for the status cuts the connection instead."""

    status: int | None
    body: bytes = b""
    headers: bytes = b""


@dataclass(frozen=True, slots=True)
class Kept:
    """One upload that was kept: which document of the corpus, its size as sent, and our own reference."""

    id: int
    number: int
    source: str
    size: int
    created: datetime


class Service:
    """Everything since the last `begin`; for one thread."""

    def __init__(self) -> None:
        self.begin(Terms())

    def begin(self, terms: Terms) -> None:
        """Forget everything, and go on by these terms."""
        self.terms = terms
        self._random = random.Random(terms.seed)  # noqa: S311 -- draws faults, guards nothing
        self._folders: defaultdict[int, list[Kept]] = defaultdict(list)
        self._count = 0
        self.bytes = 0
        self.first: float | None = None
        self.last: float | None = None
        self.arrived: defaultdict[int, list[float]] = defaultdict(list)
        self.kept: defaultdict[int, int] = defaultdict(int)
        self.places: dict[str, int] = {}  # what `rclone` put where, with its size
        self.sums: dict[int, str] = {}
        self.answers: defaultdict[int | None, int] = defaultdict(int)

    def seen(self) -> dict[str, Any]:
        """What came since `begin`; moments are seconds of the machine's monotonic clock."""
        named = {name: getattr(self, name) for name in ("bytes", "first", "last", "arrived", "kept", "sums")}
        return named | {"answers": {str(status): count for status, count in self.answers.items()}}

    def upload(self, path: str, size: int, start: bytes, arrived: float, sha256: str | None) -> Reply:
        """The answer to one upload whose body was read whole; `start` is where its fields and its mark stand."""
        found = _NUMBER.search(start)
        number = int(found[1]) if found else -1
        self.bytes += size
        self.first = arrived if self.first is None else self.first
        self.arrived[number].append(arrived)
        reply = self._judged(path, number, size, start, sha256)
        self.answers[reply.status] += 1
        return reply

    def _judged(self, path: str, number: int, size: int, start: bytes, sha256: str | None) -> Reply:
        terms = self.terms
        drawn = self._random.random() if terms.failed or terms.too_fast or terms.reset else 1.0
        if drawn < terms.failed:
            return Reply(503, headers=b"Retry-After: 1\r\n")
        if drawn < terms.failed + terms.too_fast:
            return Reply(429, headers=b"Retry-After: 1\r\n")
        cut = drawn < terms.failed + terms.too_fast + terms.reset
        if cut and self._random.random() < 0.5:
            return Reply(None)
        self._count += 1
        self.kept[number] += 1
        if sha256 is not None:
            self.sums[number] = sha256
        self.places[path] = size
        source = _SOURCE.search(start)
        folder = _FOLDER.search(path)
        one = Kept(self._count, number, source[1].decode() if source else "", size, datetime.now(UTC))
        self._folders[int(folder[1]) if folder else 0].append(one)
        return Reply(None) if cut else Reply(200, b'{"Id": %d, "DocumentId": %d}' % (one.id, one.id))

    def ask(self, path: str) -> Reply:
        """The answer to a question: the companies, their dossiers, a dossier's documents."""
        if path.endswith("/internal-access"):
            return _as_json([{"Id": _COMPANY, "Name": "CABINET", "AccessType": "Company"}])
        if path.endswith("/accounting-folders"):
            return _as_json([_dossier(number, siret) for number, siret in self.terms.sirets.items()])
        folder = _FOLDER.search(path)
        listed = self._folders[int(folder[1])] if folder else []
        if page := _PAGE.search(path):
            number, size = int(page[1]), int(page[2])
            listed = listed[(number - 1) * size : number * size]
        return _as_json([_document(one) for one in listed])

    @staticmethod
    def token() -> Reply:
        """A token, for whoever asks."""
        return _as_json({"access_token": "benchmark", "expires_in": 86_400, "token_type": "Bearer"})


def _as_json(value: object) -> Reply:
    return Reply(200, json.dumps(value).encode())


def _dossier(number: int, siret: str) -> dict[str, object]:
    return {"Id": number, "Name": f"CLIENT {number}", "Siren": siret[:9], "Nic": siret[9:], "Status": "Active"}


def _document(one: Kept) -> dict[str, object]:
    row = {"Id": one.id, "Name": "document.pdf", "SourceId": one.source, "Status": "Done"}
    return row | {"Size": -(-one.size // 1024), "CreatedAt": one.created.isoformat()}
