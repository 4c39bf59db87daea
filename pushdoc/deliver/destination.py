"""What a destination is to the house: five questions, and what it may answer.

A plug-in translates its service's answers into these outcomes; an answer is never an exception. Whose fault it is is
the type: `Refused` is this document's, `Delayed` the dossier's or the destination's, `Doubtful` nobody knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime, timedelta

    from pushdoc.document import Digest, Document, DocumentType, Dossier
    from pushdoc.words import Phrase


class Body(Protocol):
    """A document's bytes on their way out, read in order, and once unless it is rewound."""

    @property
    def size(self) -> int:
        """How many bytes will be read, exactly."""

    @property
    def gone_out(self) -> bool:
        """Whether the last bytes have been handed over: from then on the service may have the whole document."""

    def read(self, count: int = -1) -> bytes:
        """The next bytes; b"" at the end.

        Raises:
            ChangedError: the file is not the one that was entered; the last bytes are held back, so nothing was
            accepted.
            OSError: the file cannot be read any more; the last bytes are held back.
        """

    def rewind(self) -> None:
        """Begin again, for a second request after the first was surely not accepted (a token that had ended)."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One document, ready to be sent.

    `dossier` is the destination's id for the client's books; `reference` our id for this document there; `name` is
    fit to be shown and sent (no control characters, decodable), with its extension; `client` is what people call the
    client.
    """

    reference: str
    dossier: str
    client: str
    type: DocumentType
    name: str
    digest: Digest
    beneficiary: str | None
    send_as: str | None
    body: Body


@dataclass(frozen=True, slots=True)
class Delivered:
    """The service has the document and gave a receipt for it. `follow` when it may still say something later."""

    receipt: str
    status: str = ""
    follow: bool = False


@dataclass(frozen=True, slots=True)
class Accepted:
    """The service took the document but will only later say whether it keeps it; `follow` will tell."""

    receipt: str
    status: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """This document will not be taken, now or later, unless a person changes something."""

    reason: Phrase


class Scope(Enum):
    """Whose trouble a delay is."""

    DOSSIER = "dossier"
    DESTINATION = "destination"


@dataclass(frozen=True, slots=True)
class Delayed:
    """Surely not accepted, and not this document's fault.

    `DESTINATION` pauses the whole destination, `needs_person` until somebody mends its credentials or rights;
    `DOSSIER` asks for a fresh mapping first, and with `once` the same answer after that is a refusal. `retry_after`
    is what the service asked for.
    """

    reason: Phrase
    scope: Scope = Scope.DESTINATION
    retry_after: timedelta | None = None
    needs_person: bool = False
    once: bool = False


@dataclass(frozen=True, slots=True)
class Doubtful:
    """All bytes went out and no readable receipt came back: the service may have it or not."""

    reason: Phrase


Outcome = Delivered | Accepted | Refused | Delayed | Doubtful


@dataclass(frozen=True, slots=True)
class Found:
    """The service has documents that are surely ours; more than one receipt means that it was sent twice."""

    receipts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Absent:
    """The service was asked and does not have it."""


@dataclass(frozen=True, slots=True)
class CannotTell:
    """The service could not be asked, or its answer decides nothing; asking again later may help."""

    reason: Phrase


Finding = Found | Absent | CannotTell


@dataclass(frozen=True, slots=True)
class Progress:
    """What became of a delivered document over there.

    `status` is the service's own word; `final` when it will not change any more; `twin` the receipt of the earlier
    document that it says this one repeats; `refused` when the service threw it out after all.
    """

    status: str
    final: bool = False
    twin: str | None = None
    refused: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Health:
    """Whether a destination can be used right now; `trouble` is None where it can."""

    trouble: Phrase | None = None
    needs_person: bool = False
    reachable: bool = True


class ServiceTroubleError(Exception):
    """`dossiers` or `follow` got no usable answer: the trouble, as a delay of the whole destination."""

    def __init__(self, delayed: Delayed) -> None:
        super().__init__(delayed.reason.code)
        self.delayed = delayed


class Destination(Protocol):
    """One service that documents are sent to. Every plug-in passes the suite in `tests/destinations/contract.py`.

    All methods may be called from several threads at once; each ends by itself, at the latest by its own deadline or
    soon after `close`, and none lets an error of the network through.
    """

    name: str
    #: How many documents may be on their way to it at once.
    parallel: int

    def check(self) -> Health:
        """Whether the service answers and lets us in; asks it."""

    def dossiers(self) -> Sequence[Dossier] | None:
        """The dossiers that we may send to; None where it has none of its own (each client is one).

        Raises:
            ServiceTroubleError: it cannot be asked now.
        """

    def accepts(self, kind: DocumentType, name: str, size: int) -> Phrase | None:
        """Why this destination would never take such a file (`size` in bytes), known without asking; None: it may."""

    def send(self, parcel: Parcel) -> Outcome:
        """What came of one attempt. The same parcel sent twice is two attempts: nothing here is idempotent.

        Raises:
            ChangedError: from the body; nothing was accepted.
            OSError: from the body too: the file cannot be read any more, and nothing was accepted.
        """

    def ask(self, document: Document) -> Finding:
        """Whether the service has a document that we may have sent: by reference, else checksum, else name and size."""

    def follow(self, dossier: str, receipts: Collection[str], since: datetime) -> Mapping[str, Progress]:
        """What became of delivered documents of one dossier; those it says nothing of are left out.

        Takes only what sending leaves of the rate. `since` is when the oldest of them was sent.

        Raises:
            ServiceTroubleError: it cannot be asked now.
        """

    def close(self) -> None:
        """Give back connections; calls under way end soon."""
