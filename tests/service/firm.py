"""A firm's whole set-up on disk, with the local Inqom it speaks to, and pushdoc started as its administrator does."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from stdnum import luhn

from pushdoc.errors import ConfigurationError
from pushdoc.ledger import History
from pushdoc.period import Period
from pushdoc.sandbox import Account, Company, Exchange, Folder, Sandbox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from witness import Witness

    from pushdoc.document import Document

#: Words that stand nowhere else: wherever one turns up, a secret has got out.
PASSWORD = "sesame-password-7f3a91"
CLIENT_SECRET = "sesame-client-secret-91bd04"
USERNAME = "robot@cabinet.example"
ACCOUNT = Account(USERNAME, PASSWORD, "cabinet-demo", CLIENT_SECRET)
CABINET = Company(9001, "CABINET DEMO")
ZONE = ZoneInfo("Europe/Paris")
CONTRACT = Path(__file__).parent.parent / "contracts" / "inqom-openapi.yaml"

KINDS = {"Achats": "Facture d'achat", "Ventes": "Facture de vente", "Frais": "Note de frais"}

TEXT = """\
timezone = "Europe/Paris"
language = "fr"

[ledger]
url = "sqlite:///var/pushdoc.db"

[clients]
root = "clients"
table = "dossiers.csv"

[destination.inqom]
type = "inqom"
username = "{username}"
password = "file:secrets/password"
client_id = "cabinet-demo"
client_secret = "file:secrets/client-secret"
token_url = "{url}/identity/connect/token"
api_url = "{url}"
documents_url = "{url}/accounting-documents"
requests_per_second = 200

[watch]
rescan = "1s"

[retry]
first = "1s"
"""

RULE = """
[[rule]]
name = "{kind}"
drop = "{kind}/{{millésime}}/{{mois}}"
type = "{type}"
archive = "{kind}/{{millésime}}/{{mois}}/Transmis"
settle = "300ms"
"""


def siret(number: int) -> str:
    """The SIRET of an invented business, with right check digits."""
    siren = luhn_closed(f"81{number:06}")
    return luhn_closed(f"{siren}0001")


def luhn_closed(digits: str) -> str:
    """The digits with their check digit."""
    closed: str = digits + luhn.calc_check_digit(digits)
    return closed


def until(condition: Callable[[], object], what: str, within: float = 20.0) -> float:
    """Come back once something has happened, with the seconds that it took; fail where it does not."""
    begun = time.monotonic()
    while not condition():
        assert time.monotonic() - begun < within, f"after {within} s still not so: {what}"
        time.sleep(0.02)  # between two looks at a condition; no test relies on time passing by itself
    return time.monotonic() - begun


class Running:
    """One pushdoc at work; what it says is kept in files, so that nothing stops for want of a reader."""

    def __init__(
        self, said: Path, arguments: Sequence[str], environment: dict[str, str], *, screen: int | None = None
    ) -> None:
        self.out, self.err = said.with_suffix(".out"), said.with_suffix(".err")
        with self.out.open("wb") as out, self.err.open("wb") as err:
            streams = (out, err) if screen is None else (screen, screen)
            self.process = subprocess.Popen(arguments, stdout=streams[0], stderr=streams[1], env=environment)
        self.pid = self.process.pid

    @property
    def told(self) -> str:
        """What it wrote on standard error so far."""
        return self.err.read_text()

    def send(self, number: signal.Signals) -> None:
        """Send it a signal."""
        self.process.send_signal(number)

    def ended(self, within: float = 20.0) -> int:
        """Its exit code, once it has ended by itself."""
        return self.process.wait(within)

    def stop(self) -> int:
        """Its exit code after SIGTERM."""
        self.send(signal.SIGTERM)
        return self.ended(30)


@dataclass
class Firm:
    """A firm in a folder of its own: `clients` of them, each with a dossier, and three rules."""

    home: Path
    clients: int = 2
    text: str = TEXT
    tokens: set[str] = field(default_factory=set)
    witness: Witness | None = None
    screen: int | None = None  # a descriptor for all that is said, instead of the files
    _running: list[Running] = field(default_factory=list)
    _said: int = 0

    def __post_init__(self) -> None:
        self.rules, self.root = self.home / "rules.toml", self.home / "clients"
        self.ledger, self.said = self.home / "var" / "pushdoc.db", self.home / "said"
        self.period = Period.of(datetime.now(ZONE))
        self.names = [f"Client {number:03}" for number in range(1, self.clients + 1)]
        self.sirets = {name: siret(number) for number, name in enumerate(self.names, 1)}
        self.dossiers = {name: 700_100 + number for number, name in enumerate(self.names, 1)}
        for folder in (self.root, self.said):
            folder.mkdir()
        for name, secret in (("password", PASSWORD), ("client-secret", CLIENT_SECRET)):
            self.keep_secret(name, secret)
        rows = [f"{name};{self.sirets[name]}" for name in self.names]
        (self.home / "dossiers.csv").write_text("\n".join(["Dossier;SIRET", *rows, ""]))
        for name in self.names:
            (self.root / name).mkdir()

    def keep_secret(self, name: str, secret: str, mode: int = 0o600) -> Path:
        """A file that holds a secret."""
        file = self.home / "secrets" / name
        file.parent.mkdir(mode=0o700, exist_ok=True)
        file.write_text(secret + "\n")
        file.chmod(mode)
        return file

    def write_rules(self, url: str, *changes: tuple[str, str], kinds: dict[str, str] | None = None) -> None:
        """The rules file for a local Inqom at `url`, with parts of its text changed."""
        text = self.text.format(url=url, username=USERNAME)
        text += "".join(RULE.format(kind=kind, type=name) for kind, name in (kinds or KINDS).items())
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        self.rules.write_text(text)

    @contextmanager
    def inqom(self, **settings: Any) -> Iterator[Sandbox]:
        """A local Inqom that knows the firm's clients and nobody else."""
        folders = [Folder.of(number, name.upper(), self.sirets[name]) for name, number in self.dossiers.items()]
        usual: dict[str, Any] = {"requests_per_second": None, "accounts": (ACCOUNT,), "observer": self._observe}
        with Sandbox(companies=(CABINET,), folders=folders, **usual | settings) as sandbox:
            yield sandbox

    def _observe(self, exchange: Exchange) -> None:
        if exchange.path.endswith("/token") and exchange.status == 200:
            self.tokens.add(json.loads(exchange.response_body)["access_token"])
        if self.witness is not None:
            self.witness.observe(exchange)

    def folder(self, client: str | None = None, kind: str = "Achats") -> Path:
        """A client's drop folder of this month; made where it is not there."""
        folder = self.root / (client or self.names[0]) / kind / str(self.period.year) / f"{self.period.month:02}"
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def drop(self, name: str, content: bytes | None = None, client: str | None = None, kind: str = "Achats") -> Path:
        """A document in a drop folder; its bytes are its path unless said otherwise."""
        file = self.folder(client, kind) / name
        file.write_bytes(paper(str(file)) if content is None else content)
        return file

    def start(self, *arguments: str, **environment: str) -> Running:
        """Pushdoc at work with one command."""
        self._said += 1
        command = [sys.executable, "-m", "pushdoc", "-c", str(self.rules), *arguments]
        kept = {name: value for name, value in os.environ.items() if name not in {"NOTIFY_SOCKET", "PUSHDOC_LANGUAGE"}}
        running = Running(
            self.said / f"{self._said:02}-{arguments[0]}", command, kept | environment, screen=self.screen
        )
        self._running.append(running)
        return running

    def run(self, **environment: str) -> Running:
        """The daemon, once it watches."""
        running = self.start("run", **environment)
        until(lambda: self._watched_by(running.pid) or running.process.poll(), "pushdoc watches")
        assert running.process.poll() is None, running.told
        return running

    def _watched_by(self, pid: int) -> bool:
        if not self.ledger.exists():
            return False
        try:
            with self.history() as history:
                run = history.run()
        except ConfigurationError:  # the ledger is just being made
            return False
        return run is not None and run.pid == pid and run.last_scan is not None

    def command(self, *arguments: str, **environment: str) -> tuple[int, str, str]:
        """Exit code, standard output and standard error of one command."""
        running = self.start(*arguments, **environment)
        code = running.ended(280)
        return code, running.out.read_text(), running.told

    @contextmanager
    def history(self) -> Iterator[History]:
        """The ledger, for questions."""
        history = History.open(self.ledger)
        try:
            yield history
        finally:
            history.close()

    def documents(self) -> list[Document]:
        """All documents of the ledger, in their order."""
        with self.history() as history:
            return list(history.documents())

    def last_look(self) -> datetime | None:
        """When the daemon last looked everywhere."""
        with self.history() as history:
            run = history.run()
        return None if run is None else run.last_scan

    def end(self) -> None:
        """Nothing that was started goes on."""
        for running in self._running:
            if running.process.poll() is None:
                running.process.kill()
                running.process.wait()

    def leaks(self) -> list[str]:
        """Files outside of `secrets/` that hold a secret: what was said, the ledger with its log, marks, archives."""
        secrets = [secret.encode() for secret in (PASSWORD, CLIENT_SECRET, *self.tokens)]
        files = [file for file in self.home.rglob("*") if file.is_file() and "secrets" not in file.parts]
        return [str(file) for file in files if any(secret in file.read_bytes() for secret in secrets)]


def paper(text: str) -> bytes:
    """Bytes that pass for a PDF and are like no other's."""
    return b"%PDF-1.7\n" + text.encode(errors="surrogateescape") + b"\n%%EOF\n"
