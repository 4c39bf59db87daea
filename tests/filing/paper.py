"""A sent document on a real disk and a ledger of one line; as a program it files that document, to be killed at it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from pushdoc.document import Digest, Document, DocumentType, Identity
from pushdoc.filing import Filing, Obstructed, archive
from pushdoc.original import digest, identity_of
from pushdoc.period import Period
from pushdoc.states import State

_DROPPED = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
SENT = b"%PDF-1.7\nfacture 881\n%%EOF\n"


def a_document(path: Path, archive_path: Path | None = None) -> Document:
    """The document that lies at a path, as the ledger would have entered it."""
    with path.open("rb") as paper:
        return Document(
            id=42,
            state=State.DELIVERED,
            client="Boulangerie Martin",
            siret="73282932000074",
            rule="Factures d'achat",
            type=DocumentType.PURCHASE_INVOICE,
            period=Period(2026, 11),
            path=path,
            identity=identity_of(os.fstat(paper.fileno())),
            digest=digest(paper.fileno()),
            destination="inqom",
            first_seen=_DROPPED,
            since=_DROPPED,
            next_attempt=_DROPPED,
            archive_path=archive_path,
        )


@dataclass
class Desk:
    """A clients' root with one sent document in its drop folder; `ledger` keeps what a crash must not lose."""

    root: Path
    drop: Path
    shelf: Path
    ledger: Path

    @property
    def paper(self) -> Path:
        return self.drop / "facture.pdf"

    def lay(self, content: bytes = SENT) -> Document:
        """Drop and send a document: its file and its line in the ledger."""
        self.drop.mkdir(parents=True, exist_ok=True)
        self.paper.write_bytes(content)
        document = a_document(self.paper)
        self._keep(document)
        return document

    def archive(self) -> Filing:
        """File the document of the ledger, which is told the planned path."""
        document = self.document()

        def record(planned: Path) -> None:
            self._keep(replace(document, archive_path=planned))

        return archive(self.root, document, self.shelf, record)

    def document(self) -> Document:
        line = json.loads(self.ledger.read_text().split("\n")[-2])
        return replace(
            a_document(self.ledger),
            path=Path(line["path"]),
            identity=Identity(*line["identity"]),
            digest=Digest(*line["digest"]),
            archive_path=Path(line["planned"]) if line["planned"] else None,
        )

    def _keep(self, document: Document) -> None:
        identity, sums = document.identity, document.digest
        line = {
            "path": str(document.path),
            "identity": [identity.device, identity.inode, identity.size, identity.modified_ns],
            "digest": [sums.sha256, sums.sha1],
            "planned": str(document.archive_path) if document.archive_path else None,
        }
        with self.ledger.open("a") as ledger:
            ledger.write(json.dumps(line) + "\n")

    def files(self) -> dict[str, bytes]:
        """Everything beneath drop folder and shelf, hidden or not, each once."""
        shelved = {f"Transmis/{path.relative_to(self.shelf)}": path for path in self.shelf.rglob("*")}
        dropped = {f"Achats/{path.relative_to(self.drop)}": path for path in self.drop.rglob("*")}
        dropped = {name: path for name, path in dropped.items() if not path.is_relative_to(self.shelf)}
        return {name: path.read_bytes() for name, path in (dropped | shelved).items() if path.is_file()}

    def traced(self, *options: str, log: Path) -> list[str]:
        """The command that files the document in a process of its own, which strace holds."""
        folders = [str(folder) for folder in (self.root, self.drop, self.shelf, self.ledger)]
        return ["strace", "-o", str(log), *options, sys.executable, "-B", __file__, *folders]


@cache
def without_strace() -> str | None:
    """Why a process cannot be held and killed at a chosen instant here, or None where it can."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    trial = subprocess.run(["strace", "-o", os.devnull, sys.executable, "-c", ""], check=False, capture_output=True)
    return "strace may not trace processes here" if trial.returncode else None


if __name__ == "__main__":
    desk = Desk(*map(Path, sys.argv[1:]))
    # One system call each, whatever Python is told about buffering: the tests count them.
    os.write(1, f"{os.getpid()}\n".encode())
    result = desk.archive()
    os.write(1, (result.reason.code if isinstance(result, Obstructed) else type(result).__name__).encode())
