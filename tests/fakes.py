"""A destination for tests that behaves: it reads what it is sent, keeps it, is asked about it, and follows a script."""

from __future__ import annotations

import hashlib
import threading
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pushdoc.deliver.destination import (
    Absent,
    Accepted,
    CannotTell,
    Delayed,
    Delivered,
    Doubtful,
    Finding,
    Found,
    Health,
    Outcome,
    Progress,
    Refused,
    Scope,
    ServiceTroubleError,
)
from pushdoc.document import DocumentType
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime, timedelta

    from pushdoc.clock import Clock
    from pushdoc.deliver.destination import Parcel
    from pushdoc.document import Document, Dossier

#: Seconds that a held courier waits at the most; no test lets them pass.
_PATIENCE_S = 10.0


@dataclass(frozen=True)
class Arrival:
    """One document that the destination keeps."""

    receipt: str
    reference: str
    dossier: str
    client: str
    type: DocumentType
    name: str
    content: bytes
    beneficiary: str | None
    send_as: str | None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Turn:
    """How one attempt goes: `meanwhile` happens at half of the body, `at_the_end` when all of it has been read.

    `answer` None is a receipt of the destination's own; an exception is raised once the body has been read.
    """

    answer: Outcome | BaseException | None = None
    keeps: bool = False
    meanwhile: Callable[[], object] = lambda: None
    at_the_end: Callable[[], object] = lambda: None


def delivered(meanwhile: Callable[[], object] = lambda: None, at_the_end: Callable[[], object] = lambda: None) -> Turn:
    """It is taken and a receipt given; the service may say more later."""
    return Turn(None, keeps=True, meanwhile=meanwhile, at_the_end=at_the_end)


def accepted(receipt: str = "queued-1", status: str = "Queued") -> Turn:
    """It is taken to be judged later; what is shown of it, `progress` says."""
    return Turn(Accepted(receipt, status))


def refused(code: str = "inqom.too_large") -> Turn:
    """It is read and not wanted."""
    return Turn(Refused(Phrase(code)))


def delayed(
    scope: Scope = Scope.DESTINATION,
    *,
    code: str = "inqom.too_fast",
    retry_after: timedelta | None = None,
    needs_person: bool = False,
    once: bool = False,
) -> Turn:
    """It is surely not taken, and it is not the document's fault."""
    return Turn(Delayed(Phrase(code), scope, retry_after, needs_person, once))


def doubtful(*, arrived: bool) -> Turn:
    """All bytes are read and no answer given; whether it is kept nobody is told."""
    return Turn(Doubtful(Phrase("deliver.read_timeout", {"host": "inqom.example"})), keeps=arrived)


def breaks(error: BaseException, *, arrived: bool = False) -> Turn:
    """All bytes are read, then something in the plug-in, or of the machine, gives way."""
    return Turn(error, keeps=arrived)


@dataclass
class ScriptedDestination:
    """A `deliver.destination.Destination` that takes everything, except where its script says otherwise.

    `script` is used up turn by turn; `trouble` answers everything while it is set; `findings` are given before it
    looks into what it keeps; `progress` is what it tells of receipts. `meanwhile` happens when it has read the list of
    its dossiers and not answered yet. `asked`, `followed` and `listed` say what it was asked when.
    """

    dossiers_kept: Sequence[Dossier] | None
    clock: Clock
    name: str = "inqom"
    parallel: int = 1
    limit: int | None = None
    trouble: Delayed | None = None
    script: deque[Turn] = field(default_factory=deque)
    findings: deque[Finding] = field(default_factory=deque)
    progress: dict[str, Progress] = field(default_factory=dict)
    closed: bool = False
    meanwhile: Callable[[], object] = lambda: None

    def __post_init__(self) -> None:
        self.arrived: list[Arrival] = []
        self.attempts: list[str] = []
        self.asked: list[tuple[int, datetime]] = []
        self.followed: list[tuple[str, frozenset[str]]] = []
        self.listed: list[datetime] = []
        self.held = threading.Event()
        self._go_on = threading.Event()
        self._go_on.set()
        self._lock = threading.Lock()

    # --- what tests say to it

    def next(self, *turns: Turn) -> None:
        """The next attempts go like this, the ones after them well."""
        self.script.extend(turns)

    def hold(self) -> None:
        """From now on couriers wait at half of the body; `held` is set when one does."""
        self._go_on.clear()

    def let_go(self) -> None:
        """Whoever is held goes on."""
        self._go_on.set()

    @property
    def contents(self) -> list[bytes]:
        """The bytes of all that arrived, in order."""
        return [arrival.content for arrival in self.arrived]

    # --- what the house asks of it

    def check(self) -> Health:
        return Health(self.trouble.reason, self.trouble.needs_person) if self.trouble else Health()

    def dossiers(self) -> Sequence[Dossier] | None:
        self.listed.append(self.clock.now())
        if self.trouble:
            raise ServiceTroubleError(self.trouble)
        kept = self.dossiers_kept
        self.meanwhile()
        return kept

    def accepts(self, kind: DocumentType, name: str, size: int) -> Phrase | None:
        assert kind in DocumentType
        assert name
        return Phrase("inqom.too_large") if self.limit is not None and size > self.limit else None

    def send(self, parcel: Parcel) -> Outcome:
        with self._lock:
            self.attempts.append(parcel.name)
            turn = self.script.popleft() if self.script else delivered()
        if self.trouble:
            return self.trouble
        content = parcel.body.read(max(1, parcel.body.size // 2))
        turn.meanwhile()
        self.held.set()
        assert self._go_on.wait(_PATIENCE_S), "held for ever"
        while chunk := parcel.body.read():
            content += chunk
        assert parcel.body.gone_out
        receipt = self._keep(parcel, content) if turn.keeps else ""
        turn.at_the_end()
        if isinstance(turn.answer, BaseException):
            raise turn.answer
        return turn.answer or Delivered(receipt, "Received", follow=True)

    def ask(self, document: Document) -> Finding:
        self.asked.append((document.id, self.clock.now()))
        if self.trouble:
            return CannotTell(self.trouble.reason)
        if self.findings:
            return self.findings.popleft()
        receipts = tuple(arrival.receipt for arrival in self.arrived if arrival.reference == document.reference)
        return Found(receipts) if receipts else Absent()

    def follow(
        self,
        dossier: str,
        receipts: Collection[str],
        since: datetime,
    ) -> dict[str, Progress]:
        assert since <= self.clock.now()
        self.followed.append((dossier, frozenset(receipts)))
        if self.trouble:
            raise ServiceTroubleError(self.trouble)
        return {receipt: self.progress[receipt] for receipt in receipts if receipt in self.progress}

    def close(self) -> None:
        self.closed = True

    def _keep(self, parcel: Parcel, content: bytes) -> str:
        with self._lock:
            receipt = f"{self.name}-{len(self.arrived) + 1}"
            self.arrived.append(
                Arrival(
                    receipt,
                    parcel.reference,
                    parcel.dossier,
                    parcel.client,
                    parcel.type,
                    parcel.name,
                    content,
                    parcel.beneficiary,
                    parcel.send_as,
                )
            )
        return receipt
