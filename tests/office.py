"""An office around a ledger, for tests: papers come in, clients get their dossiers, couriers take what is due."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pushdoc.document import Digest, DocumentType, Identity
from pushdoc.ledger import Entry, MappingNote
from pushdoc.period import Period
from pushdoc.states import Event

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pushed import PushedClock

    from pushdoc.document import Document
    from pushdoc.ledger import Ledger

CLIENT = "Boulangerie Martin"
DROP = Path("/srv/mcf") / CLIENT / "Achats/2026/11"


def entry(name: str = "facture.pdf", content: str = "", **changed: Any) -> Entry:
    """A whole file in the drop folder; its bytes are its name's unless said otherwise."""
    data = (content or name).encode(errors="surrogateescape")
    digest = Digest(hashlib.sha256(data).hexdigest(), hashlib.sha1(data, usedforsecurity=False).hexdigest())
    made = Entry(
        client=CLIENT,
        siret="12345678900012",
        rule="Factures d'achat",
        type=DocumentType.PURCHASE_INVOICE,
        period=Period(2026, 11),
        path=DROP / name,
        identity=Identity(2049, 131, len(data), 1_763_700_000_123_456_789),
        digest=digest,
        destination="inqom",
    )
    return replace(made, **changed)


@dataclass
class Office:
    """One ledger and its clock, with one client that has a dossier."""

    ledger: Ledger
    clock: PushedClock
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _mapping: dict[str, MappingNote] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.map(CLIENT)

    def enter(self, name: str = "", content: str = "", by: Event = Event.ENTER, **changed: Any) -> Document:
        """A document that was just entered; a new one each time, by name and bytes."""
        return self.ledger.enter(entry(name or f"facture-{next(self._numbers)}.pdf", content, **changed), by)

    def map(self, client: str, dossier: str = "700123", *, usable: bool = True) -> None:
        """The mapping, with one client added or changed."""
        self._mapping[client] = MappingNote(client, "12345678900012", "mapped", dossier, client.upper(), usable, None)
        self.ledger.notes.keep_mapping("inqom", list(self._mapping.values()), self.clock.now())

    def claim(self) -> Document:
        """What a courier gets; there must be something."""
        claimed = self.ledger.claim("inqom")
        assert claimed is not None
        return claimed

    def delivered(self, receipt: str = "55", **changed: Any) -> Document:
        """A new document that has been sent and received."""
        entered = self.enter(**changed)
        claimed = self.claim()
        assert claimed.id == entered.id
        return self.ledger.record(claimed, Event.DELIVER, receipt=receipt, delivered=self.clock.now())

    def archived(self, **changed: Any) -> Document:
        """A new document at the end of its way."""
        done = self.delivered(**changed)
        place = done.path.parent / "Transmis" / done.path.name
        return self.ledger.record(done, Event.ARCHIVE, filed=self.clock.now(), archive_path=place)
