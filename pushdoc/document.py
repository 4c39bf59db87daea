"""The words of the house as values: client, dossier, document, and what they are made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pushdoc.period import Period
    from pushdoc.states import State
    from pushdoc.words import Phrase


class DocumentType(StrEnum):
    """The connector's five document types, by the words its users know."""

    ADMINISTRATIVE = "Administratif"
    SALES_INVOICE = "Facture de vente"
    PURCHASE_INVOICE = "Facture d'achat"
    EXPENSE_REPORT = "Note de frais"
    OTHER = "Autre"


@dataclass(frozen=True, slots=True)
class Client:
    """One MCF client folder.

    `folder` is its path beneath the clients' root with `/` between names and is what tells clients apart; `name` is
    its last part; `siret` is as it was written (blanks taken out), checked by `clients.siret`; `pinned` is the
    destination's folder id that the administrator wrote, which overrides the mapping.
    """

    folder: str
    siret: str
    enabled: bool = True
    pinned: str | None = None

    @property
    def name(self) -> str:
        """What people call the client: the last part of its folder."""
        return self.folder.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Dossier:
    """One accounting folder at a destination; `siren` and `nic` are as the service writes them, "" where it has none.

    `open` is False for one that takes no more documents; `status` is the service's own word for that.
    """

    id: str
    name: str
    siren: str = ""
    nic: str = ""
    open: bool = True
    status: str = ""

    @property
    def siret(self) -> str:
        """Siren and nic together: 14 digits where both are whole."""
        return self.siren + self.nic


@dataclass(frozen=True, slots=True)
class Identity:
    """Which file this is and when it was last written: what one `stat` says. `size` in bytes."""

    device: int
    inode: int
    size: int
    modified_ns: int


@dataclass(frozen=True, slots=True)
class Digest:
    """What the bytes are, in lower-case hex; SHA-1 only because services show it."""

    sha256: str
    sha1: str


@dataclass(frozen=True, slots=True)
class Document:
    """A whole file that a rule has taken, as the ledger knows it.

    `path` is where it was dropped, `archive_folder` where it goes when it is delivered (None: it stays),
    `archive_path` where it was (or, while `filed` is unset, is being) filed; `reference` is our id for it at the
    destination, `receipt` the destination's; `reason` says why it is where it is; `twin` is the receipt of an earlier
    document that the destination itself says this one repeats.

    `since` is when it came into its state, `failing_since` the first failure that was its own, `sent_at` when the last
    attempt began, `troubled_at` when it last met with the destination's trouble. `asks` and `follows` count questions
    put to the destination; `unknowable` when it could never say whether it has the document; `suspicions` how often
    it failed where others passed, `turn` how often others were let go before it. Moments are in UTC.
    """

    id: int
    state: State
    client: str
    siret: str
    rule: str
    type: DocumentType
    period: Period
    path: Path
    identity: Identity
    digest: Digest
    destination: str
    first_seen: datetime
    since: datetime
    next_attempt: datetime
    dossier: str | None = None
    reference: str | None = None
    receipt: str | None = None
    remote_status: str | None = None
    twin: str | None = None
    duplicate_of: int | None = None
    attempts: int = 0
    failing_since: datetime | None = None
    asks: int = 0
    follows: int = 0
    turn: int = 0
    suspicions: int = 0
    troubled_at: datetime | None = None
    sent_at: datetime | None = None
    delivered: datetime | None = None
    filed: datetime | None = None
    archive_folder: Path | None = None
    archive_path: Path | None = None
    reason: Phrase | None = None
    unknowable: bool = False
    forced: bool = False

    @property
    def name(self) -> str:
        """The file's name in its drop folder, undecodable bytes as surrogates (`os.fsdecode`)."""
        return self.path.name
