from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pushdoc.assistant.preview import preview
from pushdoc.document import Client
from pushdoc.rules import Rule

if TYPE_CHECKING:
    from pathlib import Path

    from pushed import PushedClock

RULE = Rule.model_validate({"name": "A", "drop": "Achats/{millésime}/{mois}", "type": "Facture d'achat"})
DAY = date(2026, 11, 20)
CLIENTS = [Client("Ané", ""), Client("B", ""), Client("C", "", enabled=False)]


def test_what_a_rule_would_take_is_counted_and_the_first_are_named(tmp_path: Path, clock: PushedClock) -> None:
    november = tmp_path / "Ane\u0301" / "Achats" / "2026" / "11"
    (november / "Transmis").mkdir(parents=True)
    for number in range(7):
        (november / f"facture {number}.pdf").write_bytes(b"12345")
    (november / "notes.docx").touch()
    (november / ".part").touch()
    (november / "Transmis" / "vieille.pdf").touch()
    (tmp_path / "C" / "Achats" / "2026" / "11").mkdir(parents=True)

    seen = preview(RULE, tmp_path, CLIENTS, DAY, clock)

    assert (seen.folders, seen.missing) == (1, 3)
    assert (seen.files, seen.size, seen.left) == (7, 35, 1)
    assert len(seen.names) == 5
    assert seen.names[0].endswith("Achats/2026/11/facture 0.pdf")
    assert seen.whole


def test_a_folder_that_cannot_be_looked_into_is_told(tmp_path: Path, clock: PushedClock) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "B").symlink_to(tmp_path / "elsewhere")

    seen = preview(RULE, tmp_path, CLIENTS[1:2], DAY, clock)

    assert len(seen.troubles) == 2
