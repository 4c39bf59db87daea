"""Documents on their way to a destination: what a courier would hand over, and what the ledger would say of it."""

from __future__ import annotations

import hashlib
import os
from contextlib import ExitStack
from itertools import count
from typing import TYPE_CHECKING, Any

from pushdoc.deliver.body import OutgoingBody
from pushdoc.deliver.destination import Parcel
from pushdoc.document import Digest, Document, DocumentType
from pushdoc.original import identity_of
from pushdoc.period import Period
from pushdoc.states import State

if TYPE_CHECKING:
    from pathlib import Path

    from pushdoc.clock import Clock


class Papers:
    """Files in a folder of their own, as parcels and documents; close it to close the files."""

    def __init__(self, folder: Path, dossier: str, clock: Clock) -> None:
        self.folder = folder
        self.dossier = dossier
        self._clock = clock
        self._files = ExitStack()
        self._numbers = count(1)

    def parcel(self, content: bytes = b"", name: str = "facture.pdf", **changed: Any) -> Parcel:
        """A parcel of a new file; without content it has some of its own."""
        number = next(self._numbers)
        path = self.folder / f"{number}"
        path.write_bytes(content or f"%PDF-1.7 no. {number}".encode())
        file = self._files.enter_context(path.open("rb"))
        content = path.read_bytes()
        sha1 = hashlib.sha1(content, usedforsecurity=False).hexdigest()
        digest = Digest(hashlib.sha256(content).hexdigest(), sha1)
        fields: dict[str, Any] = {
            "reference": f"pd-{number:04}",
            "dossier": self.dossier,
            "client": "Boulangerie Martin",
            "type": DocumentType.PURCHASE_INVOICE,
            "name": name,
            "digest": digest,
            "beneficiary": None,
            "send_as": None,
            "body": OutgoingBody(file.fileno(), len(content), digest),
        }
        return Parcel(**(fields | changed))

    def rewrite(self, parcel: Parcel, content: bytes) -> None:
        """Put other content into a parcel's file."""
        next(path for path in self.folder.iterdir() if parcel.reference.endswith(path.name)).write_bytes(content)

    def document(self, parcel: Parcel, **changed: Any) -> Document:
        """What the ledger says of a parcel that was sent just now."""
        path = self.folder / parcel.name
        now = self._clock.now()
        fields: dict[str, Any] = {
            "id": 1,
            "state": State.DOUBTFUL,
            "client": parcel.client,
            "siret": "12345678900012",
            "rule": "Factures",
            "type": parcel.type,
            "period": Period(2026, 11),
            "path": path,
            "identity": identity_of(os.stat_result((0o100644, 1, 1, 1, 0, 0, parcel.body.size, 0, 0, 0))),
            "digest": parcel.digest,
            "destination": "test",
            "first_seen": now,
            "since": now,
            "next_attempt": now,
            "dossier": parcel.dossier,
            "reference": parcel.reference,
            "sent_at": now,
        }
        return Document(**(fields | changed))

    def close(self) -> None:
        self._files.close()
