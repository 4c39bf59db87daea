"""An accounting firm for the journeys: folders on disk, a ledger, a destination, and a clock that is pushed.

Nothing runs by itself: a story says who looks, who carries and who asks, and when.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pushdoc.destinations.catalog import settings_models
from pushdoc.document import Dossier
from pushdoc.filing import mark_name
from pushdoc.journey import Afterwards, Gate, Inquiry, Intake, Roll, Sending
from pushdoc.journey.healing import Healing
from pushdoc.journey.heirs import Heirs
from pushdoc.journey.owner import OWNER_FILE
from pushdoc.journey.succession import Succession
from pushdoc.ledger import History, Ledger
from pushdoc.rules import load
from pushdoc.watch import Lookout

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from fakes import ScriptedDestination
    from pushed import PushedClock

    from pushdoc.document import Document
    from pushdoc.rules import Rules
    from pushdoc.states import State

MARTIN, GARAGE = "Boulangerie Martin", "Garage Lefèvre"
SIRETS = {MARTIN: "81000010900019", GARAGE: "81000040600019"}
DOSSIERS = [
    Dossier("700101", "BOULANGERIE MARTIN", SIRETS[MARTIN][:9], SIRETS[MARTIN][9:]),
    Dossier("700104", "GARAGE LEFEVRE", SIRETS[GARAGE][:9], SIRETS[GARAGE][9:]),
]
SETTLE_S = 5
#: The drop folder of November, when the stories begin.
NOVEMBER = "Achats/2026/11"

_HEAD = """
timezone = "Europe/Paris"
[ledger]
url = "sqlite:///var/pushdoc.db"
[clients]
root = "clients"
[destination.inqom]
type = "folder"
path = "unused"
"""
_CLIENT = """
[[client]]
folder = "{folder}"
siret = "{siret}"
"""
#: One rule as most firms have it.
PURCHASES = """
[[rule]]
name = "Achats"
drop = "Achats/{millésime}/{mois}"
archive = "Achats/{millésime}/{mois}/Transmis"
type = "Facture d'achat"
"""
KEPT_PURCHASES = PURCHASES.replace('archive = "Achats/{millésime}/{mois}/Transmis"\n', "")


@dataclass
class Firm:
    """The house, put together as `wiring` does it, with a destination of the test's own; `restart` builds it anew."""

    folder: Path
    clock: PushedClock
    destination: ScriptedDestination
    rules_text: str = PURCHASES
    clients_text: str = field(default_factory=lambda: "".join(map(client_text, SIRETS)))

    def __post_init__(self) -> None:
        self.root = self.folder / "clients"
        self.root.mkdir(exist_ok=True)
        self._open: list[Ledger | History] = []
        self.start()

    def start(self, ledger: type[Ledger] = Ledger) -> None:
        """Open the ledger and build everything upon it; nothing is looked at or sent yet."""
        file = self.folder / "rules.toml"
        file.write_text(_HEAD + self.clients_text + self.rules_text, "utf-8")
        self.rules: Rules = load(file, settings_models())
        self.ledger = ledger.open(self.rules.ledger.path, self.clock)
        self._open.append(self.ledger)
        clients = [client.client() for client in self.rules.client]
        self.roll = Roll(clients, self.ledger, self.clock, allow_probable=False)
        self.after = Afterwards(self.rules, self.ledger, self.clock, Lookout(self.root, self.clock, OWNER_FILE))
        self.gate = Gate("inqom", self.ledger, self.clock)
        place = self.rules, self.destination, self.ledger, self.gate
        self.sending = Sending(*place, self.roll, self.after, self.clock)
        self.inquiry = Inquiry(*place, self.after, self.clock)
        destinations = {"inqom": self.destination}
        self.intake = Intake(self.rules, self.roll, destinations, self.ledger, self.after, self.clock)
        self.heirs = Heirs(self.rules, clients)
        self.succession = Succession(self.heirs, self.ledger, self.after, self.clock)
        mended = self.rules, destinations, self.heirs, self.succession, self.ledger, self.after
        self.healing = Healing(*mended, self.clock)
        self.history = History.open(self.rules.ledger.path)
        self._open.append(self.history)
        for name in SIRETS:
            (self.root / name).mkdir(exist_ok=True)

    def begin(self) -> None:
        """What every start does: finish what was left, and make the mapping."""
        self.sending.recover()
        self.succession.settle()
        self.gate.try_now()
        self.roll.refresh(self.destination, self.gate)

    def restart(
        self, rules_text: str | None = None, ledger: type[Ledger] = Ledger, clients_text: str | None = None
    ) -> None:
        """End as a kill does, and start again, perhaps with other rules or clients."""
        self.close()
        self.rules_text = rules_text or self.rules_text
        self.clients_text = self.clients_text if clients_text is None else clients_text
        self.start(ledger)
        self.begin()

    def close(self) -> None:
        self.after.lookout.close()
        while self._open:
            self._open.pop().close()

    # --- what people do

    def drop(self, name: str, content: bytes | str = b"", where: str = NOVEMBER, client: str = MARTIN) -> Path:
        """A file in a client's folder; without content it has its name's."""
        path = self.root / client / where / name
        path.parent.mkdir(parents=True, exist_ok=True)
        data = content or f"%PDF {name}".encode(errors="surrogateescape")
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    # --- what the daemon does

    def look(self) -> int:
        """Look at everything, let it settle, and look at what is ripe; how many documents were entered."""
        self.intake.turn()
        entered = self.intake.look_everywhere()
        self.clock.push(SETTLE_S)
        return entered + self.intake.look_at_ripe()

    def send(self) -> int:
        """Carry all that may go now; how many were taken up."""
        carried = 0
        while self.sending.carry():
            carried += 1
            assert carried < 1000, "carried for ever"
        return carried

    def work(self, hours: float = 0, step_s: float = 60) -> None:
        """Do all that the daemon does, once and then for so many hours, as often as every `step_s` seconds."""
        end = self.clock.monotonic() + hours * 3600
        while True:
            self.look()
            self.roll.refresh_if_due(self.destination, self.gate)
            self.healing.heal()
            self.send()
            if self.inquiry.ask():
                self.succession.settle()
            self.send()
            self.inquiry.follow()
            self.sending.file_leftovers()
            if self.clock.monotonic() >= end:
                return
            self.clock.push(step_s)

    # --- what can be seen

    @property
    def documents(self) -> list[Document]:
        """All documents of the ledger, oldest first."""
        return list(self.history.documents())

    @property
    def states(self) -> list[State]:
        return [document.state for document in self.documents]

    @property
    def one(self) -> Document:
        """The only document."""
        (document,) = self.documents
        return document

    def events(self, number: int) -> list[str]:
        return [line.event for line in self.history.life(number)]

    def reason(self, number: int) -> str | None:
        """The code of why a document is where it is."""
        reason = self.ledger.get(number).reason
        return None if reason is None else reason.code

    def files(self, client: str = MARTIN) -> dict[str, bytes]:
        """Everything beneath a client's folder by its path, hidden files too."""
        return dict(self._files(self.root / client))

    def marked(self, path: Path) -> bool:
        return path.with_name(mark_name(path.name)).exists()

    def _files(self, folder: Path) -> Iterator[tuple[str, bytes]]:
        for path in sorted(folder.rglob("*")):
            with suppress(IsADirectoryError):
                yield str(path.relative_to(folder)), path.read_bytes()


def client_text(folder: str, more: str = "") -> str:
    """A client as the rules file lists it."""
    return _CLIENT.format(folder=folder, siret=SIRETS[folder]) + more


def names(documents: Sequence[Document]) -> list[str]:
    return [document.name for document in documents]
