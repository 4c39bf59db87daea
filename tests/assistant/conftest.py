"""A firm that has nothing yet but its clients' folders, MCF's export and an account at the local Inqom."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from assistant.keyboard import Keyboard
from service.firm import ACCOUNT, CABINET, CLIENT_SECRET, PASSWORD, paper, siret

from pushdoc.period import Period
from pushdoc.sandbox import Folder, Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Two of the twelve have a wrong SIRET in the export: two digits swapped, and another establishment's.
SWAPPED, ELSEWHERE = "Garage Lefèvre", "Café de la Gare"
NAMES = [
    "Boulangerie Martin",
    SWAPPED,
    "Pharmacie du Parc",
    "SCI Les Tilleuls",
    ELSEWHERE,
    "Menuiserie Rousseau",
    "Optique Bernard",
    "Transports Olivier",
    "Auberge du Lac",
    "Librairie des Arcades",
    "Salon Élégance",
    "Plomberie Girard",
]


@dataclass
class Newcomer:
    """A firm in a folder of its own, before pushdoc."""

    home: Path
    inqom: Sandbox
    names: list[str] = field(default_factory=lambda: list(NAMES))

    def __post_init__(self) -> None:
        self.root, self.rules = self.home / "clients", self.home / "rules.toml"
        self.draft = self.home / "rules.draft.toml"
        self.sirets = {name: siret(number) for number, name in enumerate(self.names, 1)}
        period = Period.of(datetime.now(ZoneInfo("Europe/Paris")))
        self.month = f"{period.year}/{period.month:02}"
        for name in self.names:
            (self.root / name / "Achats" / self.month).mkdir(parents=True)

    def export(self) -> Path:
        """MCF's export, as Windows writes it, with an attribute more; two SIRETs in it are wrong."""
        right = self.sirets
        wrong = {SWAPPED: swapped(right[SWAPPED]), ELSEWHERE: right[ELSEWHERE][:9] + "00091"}
        lines = ["Dossier;SIRET;Responsable"]
        for number, name in enumerate(self.names):
            lines.append(f"{name};{wrong.get(name, right[name])};{('Claire Durand', 'Paul Martin')[number % 2]}")
        table = self.home / "dossiers.csv"
        table.write_bytes("\r\n".join([*lines, ""]).encode("cp1252"))
        return table

    def drop(self, name: str, client: str = NAMES[0]) -> Path:
        """A document in a client's drop folder of this month."""
        file = self.root / client / "Achats" / self.month / name
        file.write_bytes(paper(str(file)))
        return file

    def init(self, *options: str, **environment: str) -> Keyboard:
        """The assistant in a terminal."""
        return Keyboard("-c", str(self.rules), "init", *options, cwd=self.home, **environment)

    def script(self, *words: str, given: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        """A command without a terminal."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PUSHDOC_")}
        return subprocess.run(
            [sys.executable, "-m", "pushdoc", "-c", str(self.rules), *words],
            env=kept | environment, cwd=self.home, capture_output=True, text=True, check=False, input=given, timeout=99,
        )  # fmt: skip

    @property
    def leaks(self) -> list[str]:
        """Files that hold a secret and are not a secret's own."""
        return [
            str(file)
            for file in self.home.rglob("*")
            if file.is_file() and "secrets" not in file.parts
            if any(secret.encode() in file.read_bytes() for secret in (PASSWORD, CLIENT_SECRET))
        ]


def swapped(right: str) -> str:
    """A SIRET with two neighbouring digits swapped that are not the same."""
    at = next(at for at in range(2, 13) if right[at] != right[at + 1])
    return right[:at] + right[at + 1] + right[at] + right[at + 2 :]


@pytest.fixture
def newcomer(tmp_path: Path) -> Iterator[Newcomer]:
    folders = [Folder.of(700_100 + number, name.upper(), siret(number)) for number, name in enumerate(NAMES, 1)]
    with Sandbox(companies=(CABINET,), folders=folders, accounts=(ACCOUNT,), requests_per_second=None) as inqom:
        newcomer = Newcomer(tmp_path, inqom)
        yield newcomer
    assert newcomer.leaks == []
