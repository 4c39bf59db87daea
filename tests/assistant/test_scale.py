"""Five thousand clients at the terminal: every answer comes within a few seconds."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from assistant.keyboard import Keyboard
from assistant.test_session import DONE, connection
from service.firm import ACCOUNT, CABINET, siret

from pushdoc.sandbox import Folder, Sandbox

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.service, pytest.mark.slow]

CLIENTS = 5_000
PEOPLE = ("Durand", "Martin", "Petit", "Olivier", "Perrin", "Girard", "Collet")
#: The longest that a person waits for an answer here, in seconds; measured: at most 0.8.
LONGEST = 5.0


def test_five_thousand_clients_are_searched_mapped_and_looked_at_at_once(tmp_path: Path) -> None:
    names = [f"Client {number:04}" for number in range(1, CLIENTS + 1)]
    sirets = [siret(number) for number in range(1, CLIENTS + 1)]
    for name in names:
        (tmp_path / "clients" / name / "Achats" / "2026" / "11").mkdir(parents=True)
    rows = [
        f"{name};{right};{PEOPLE[place % 7]}" for place, (name, right) in enumerate(zip(names, sirets, strict=True))
    ]
    (tmp_path / "dossiers.csv").write_text("\n".join(["Dossier;SIRET;Responsable", *rows, ""]))
    folders = [
        Folder.of(700_000 + n, name.upper(), right) for n, (name, right) in enumerate(zip(names, sirets, strict=True))
    ]
    with (
        Sandbox(companies=(CABINET,), folders=folders, accounts=(ACCOUNT,), requests_per_second=None) as inqom,
        Keyboard("-c", "rules.toml", "init", "--api-url", inqom.url, cwd=tmp_path) as keys,
    ):

        def answers(question: str, answer: str) -> None:
            begun = time.monotonic()
            keys.answers(question, answer)
            assert time.monotonic() - begun < LONGEST, question

        answers("Dossier des clients", "clients")
        answers("Export de MyCompanyFiles [dossiers.csv]", "")
        answers(DONE, "olivier")
        answers("714 trouvés sur 5000", "tout")
        answers("714 choisis", "*")
        answers(DONE, sirets[4_321])
        answers("1 trouvé sur 5000", "tout")
        answers(DONE, "")
        connection(keys)
        answers("Colonne du SIRET", "")
        answers("715 clients reliés", "")
        answers("Règle à ajouter", "")
        answers("Chemin de dépôt", "Achats/{millésime}/{mois}")
        answers("Type de document", "")
        answers("Chemin d’archive", "")
        answers("Nom de la règle", "")
        answers("Enregistrer cette règle", "")
        answers("à retirer", "")
        answers("Étape à revoir", "")
        assert keys.ended() == 0
