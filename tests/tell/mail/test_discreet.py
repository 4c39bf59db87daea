from __future__ import annotations

import pytest

from pushdoc.tell.mail.discreet import beneath, discreet
from pushdoc.words import Phrase, say


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("/srv/mcf/SCI Les Tilleuls/Achats/2026/11/x y.pdf", "Achats/2026/11/x y.pdf"),
        ("/var/lib/pushdoc/pushdoc.db", "pushdoc.db"),
        ("https://api.inqom.com/v1/x?key=1 refuse", "… refuse"),
        ("10.1.2.3:8080 refuse", "… refuse"),
        ("serveur-fichiers:445 refuse", "… refuse"),
        (r"\\serveur\mcf introuvable", "… introuvable"),
        ("[Errno 13] Permission denied: '/srv/mcf/un dossier/x.pdf'", "[Errno 13] Permission denied: '…'"),
        ("lu dans /etc/pushdoc/rules.toml, ligne 3", "lu dans …, ligne 3"),
        ("2026-11-20T08:00:00+00:00", "2026-11-20T08:00:00+00:00"),
        ("2026-11-20T08:00:00Z", "2026-11-20T08:00:00Z"),
        ("30/09/2026 12:45, page 3/4", "30/09/2026 12:45, page 3/4"),
        ("Achats/2026/11/scan.pdf", "Achats/2026/11/scan.pdf"),
        ("facture v1.2.3.pdf", "facture v1.2.3.pdf"),
    ],
)
def test_a_reason_loses_machines_addresses_and_folders_above_the_clients(given: str, expected: str) -> None:
    told = discreet(Phrase("x", {"text": given, "several": [given], "count": 3}), "inqom", "SCI Les Tilleuls")

    assert told.values == {"text": expected, "several": [expected], "count": 3}


@pytest.mark.parametrize("name", ["host", "server", "url"])
def test_a_machine_is_called_by_the_destination(name: str) -> None:
    assert discreet(Phrase("x", {name: "10.1.2.3"}), "inqom").values == {name: "inqom"}


def test_a_clients_folder_is_found_however_its_accents_are_written() -> None:
    assert beneath("Café", "/srv/Cafe\u0301/Achats/x.pdf") == "Achats/x.pdf"
    assert beneath("A/B", "/srv/A/B/Achats") == "Achats"
    assert beneath("A/B", "/srv/A/B") == "…"
    assert beneath("Autre", "/srv/A/B") == "B"


def test_a_guess_at_another_clients_dossier_is_not_passed_on() -> None:
    guess = {"siret": "81000040600091", "theirs": "81000040600019", "dossier": "GARAGE (700102)"}

    said = [
        say(discreet(Phrase(code, guess), "inqom"), "fr")
        for code in ("clients.siret_resembles", "clients.unknown_resembles")
    ]

    assert all("81000040600091" in one and "GARAGE" not in one and "019" not in one for one in said)
