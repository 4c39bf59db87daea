"""An office on the morning of a digest: documents that failed, were mended, wait or are in doubt."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from office import CLIENT, Office, entry

from pushdoc.ledger import History
from pushdoc.states import Event
from pushdoc.tell import Reader
from pushdoc.tell.mail.digest import Addressee, Digest, digest
from pushdoc.tell.mail.digest_text import DigestText
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pushed import PushedClock

    from pushdoc.document import Document
    from pushdoc.ledger import Ledger, MappingNote
    from pushdoc.words import Language

ROOT = Path("/srv/mcf")
WHY = Phrase("formats.pdf_locked")


def typed(text: str | None) -> str:
    """A French text as one types it: with ordinary blanks and apostrophes."""
    return (text or "").translate({0xA0: " ", 0x202F: " ", 0x2019: "'"})


@dataclass
class Morning:
    """One ledger, its clock, and what a digest says of it."""

    ledger: Ledger
    clock: PushedClock
    file: Path
    language: Language = "fr"
    office: Office = field(init=False)

    def __post_init__(self) -> None:
        self.office = Office(self.ledger, self.clock)

    @property
    def newest(self) -> int:
        return self.ledger.notes.length()

    @property
    def reader(self) -> Reader:
        return Reader(self.language, ZoneInfo("Europe/Paris"))

    def enter(self, name: str, client: str = CLIENT, **changed: Any) -> Document:
        """A document of a client, its bytes its own."""
        path = ROOT / client / "Achats/2026/11" / name
        return self.ledger.enter(entry(name, f"{client} {name}", client=client, path=path, **changed))

    def fail(self, name: str, client: str = CLIENT, why: Phrase = WHY) -> Document:
        """A document that is refused at once."""
        return self.enter(name, client, refused=why)

    def doubtful(self, why: Phrase) -> Document:
        """A document that was sent and not answered."""
        self.office.enter()
        return self.ledger.record(self.office.claim(), Event.DOUBT, reason=why)

    def unmapped(self, client: str, why: Phrase) -> None:
        """A client that has no dossier."""
        self.office.map(client, usable=False)
        notes: list[MappingNote] = [
            type(note)(note.client, note.siret, "missing", None, None, usable=False, reason=why)
            if note.client == client
            else note
            for note in self.office._mapping.values()
        ]
        self.ledger.notes.keep_mapping("inqom", notes, self.clock.now())

    def told(
        self,
        after: int | None = None,
        upto: int | None = None,
        speaks_of: Callable[[str], bool] = lambda _: True,
        name: str = "Claire Durand",
    ) -> Digest:
        """The digest of somebody, by default the first one and up to now."""
        upto = self.newest if upto is None else upto
        reader, now = self.reader, self.clock.now()
        someone = Addressee(name, "claire@cabinet.example", speaks_of)
        with self.history() as history:
            return digest(history, someone, reader, after=after, upto=upto, now=now, destinations=["inqom"])

    def plain(self, after: int | None = None, **asked: Any) -> DigestText:
        """The same in plain words."""
        return DigestText(self.told(after, **asked), self.reader)

    @contextmanager
    def history(self) -> Iterator[History]:
        """The ledger, for questions."""
        opened = History.open(self.file)
        try:
            yield opened
        finally:
            opened.close()
