"""Pushdoc under measurement: a firm with its rules, and pushdoc started as its administrator does."""

from __future__ import annotations

import socket
import sys
import time
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from benchmarks.answers import Terms
from benchmarks.process import Program, running
from service.firm import Firm

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from benchmarks.stand import Stand

CLIENTS = 40
_QUIET = ("--log", "warning")
_RATE = 1000  # requests a second: the most that the rules allow


class Ours:
    """A firm with one rule: ledger, hash and archive on. Its tree is what the yardsticks send, too."""

    def __init__(self, home: Path, stand: Stand, *, clients: int = CLIENTS, **rules: str) -> None:
        """`rules` are the keys `parallel`, `settle` and `rescan` as the rules file has them."""
        kept = {"parallel": "8", "settle": "300ms", "rescan": "30s"} | rules
        folder = home / "firm"
        folder.mkdir()
        self.firm = Firm(folder, clients=clients)
        self.stand = stand
        self.firm.write_rules(
            stand.url,
            ("requests_per_second = 200", f"requests_per_second = {_RATE}\nparallel = {kept['parallel']}"),
            ('settle = "300ms"', f'settle = "{kept["settle"]}"'),
            ('rescan = "1s"', f'rescan = "{kept["rescan"]}"'),
            kinds={"Achats": "Facture d'achat"},
        )
        self.root = self.firm.root
        self.folders = [self.firm.folder(name) for name in self.firm.names]

    def begin(self, terms: Terms | None = None) -> None:
        """Let the server forget what came, and know this firm's clients."""
        sirets = {number: self.firm.sirets[name] for name, number in self.firm.dossiers.items()}
        self.stand.begin(replace(terms or Terms(), sirets=sirets))

    @contextmanager
    def running(self, *arguments: str, environment: Mapping[str, str] | None = None) -> Iterator[Program]:
        """Pushdoc at work with one command."""
        command = [sys.executable, "-m", "pushdoc", "-c", str(self.firm.rules), *arguments]
        with running(command, self.firm.said / "pushdoc", environment or {}) as program:
            yield program

    @contextmanager
    def daemon(self, within: float = 120.0) -> Iterator[tuple[Program, float]]:
        """The daemon once it says that it is ready, as systemd hears it, and the seconds until it was."""
        address = self.firm.home / "notify"
        address.unlink(missing_ok=True)
        heard = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        heard.bind(str(address))
        heard.settimeout(within)
        with heard, self.running("run", *_QUIET, environment={"NOTIFY_SOCKET": str(address)}) as program:
            while b"READY=1" not in heard.recv(4096):
                pass
            ready = time.monotonic() - program.started
            heard.close()  # whoever is not listened to must not wait for it, either
            yield program, ready
