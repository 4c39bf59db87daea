"""Commands that ask how the rules are meant, on real trees and against a real stand-in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pushdoc.sandbox import Folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from cli.conftest import Answer
    from service.firm import Firm

    from pushdoc.sandbox import Sandbox

    Type = Callable[..., Answer]

MAPPING = {
    *("client", "siret", "destination", "verdict", "usable", "dossier", "dossier_name", "reason", "advice"),
}


# where


def test_where_says_which_rule_takes_a_path(firm: Firm, pushdoc: Type) -> None:
    told = pushdoc("where", str(firm.folder() / "facture.pdf"))

    assert (told.code, told.err) == (0, "")
    facts = {line[:12].strip(): line.split("  ")[-1].strip() for line in told.lines}
    assert facts["Client"] == f"Client 001 ({firm.sirets['Client 001']})"
    assert facts["Règle"] == "Achats"
    assert facts["Type"] == "Facture d'achat"
    assert facts["Période"] == str(firm.period)


@pytest.mark.parametrize(
    ("path", "because"),
    [
        ("{root}/Client 001/Achats/{month}/tableau.xlsx", "accept"),
        ("{root}/Client 001/Achats/{month}/~$lock.pdf", "jamais pris"),
        ("{root}/Client 001/Achats/{month}/facture.pdf.NON-TRANSMIS.txt", ""),
        ("{root}/Client 001/Achats/{month}/Transmis/facture.pdf", ""),
        ("{root}/Client 001/Achats/{month}/deeper/facture.pdf", ""),
        ("{root}/Client 001/Achats/2019/01/facture.pdf", ""),
        ("{root}/Client 001/Achats/facture.pdf", ""),
        ("{root}/Client 001/Elsewhere/facture.pdf", ""),
        ("{root}/Nobody/Achats/{month}/facture.pdf", ""),
        ("/etc/passwd", ""),
        ("{root}", ""),
        ("{root}/Client 001/Achats/{month}/\x1b[31m.pdf", ""),
    ],
)
def test_where_says_why_no_rule_takes_a_path(firm: Firm, pushdoc: Type, path: str, because: str) -> None:
    month = f"{firm.period.year}/{firm.period.month:02}"
    told = pushdoc("where", path.format(root=firm.root, month=month))

    if path.endswith("\x1b[31m.pdf"):
        assert "\x1b" not in told.out + told.err
        return
    assert (told.code, told.out) == (1, "")
    assert because in told.err
    assert told.err.count("\n") in {1, 2}


def test_where_says_of_a_client_that_was_not_chosen_where_the_choice_is(firm: Firm, pushdoc: Type) -> None:
    firm.write_rules("http://127.0.0.1:9", ('root = "clients"', 'root = "clients"\nonly = ["Client 002"]'))
    told = pushdoc("where", str(firm.folder("Client 001") / "facture.pdf"))

    assert told.code == 1
    assert "only" in told.err
    assert pushdoc("where", str(firm.folder("Client 002") / "facture.pdf")).code == 0


@pytest.mark.parametrize("name", ["facture.pdf.NON-TRANSMIS.txt", "~$facture.docx", ".facture.swp"])
def test_where_says_of_a_mark_or_a_lock_that_it_is_none_of_a_document(firm: Firm, pushdoc: Type, name: str) -> None:
    told = pushdoc("where", str(firm.folder() / name))

    assert told.code == 1
    assert "jamais pris" in told.err


def test_where_takes_a_path_counted_from_here(firm: Firm, pushdoc: Type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(firm.folder())
    assert pushdoc("where", "facture.pdf").code == 0
    assert pushdoc("where", "./facture.pdf").code == 0
    assert pushdoc("where", str(Path("..") / Path.cwd().name / "facture.pdf")).code == 0
    assert pushdoc("where", os.fsdecode(b"\xff.pdf")).code == 0


# map


def test_map_tells_every_verdict_and_what_to_do(firm: Firm, inqom: Sandbox, pushdoc: Type) -> None:
    one, other = firm.sirets.values()
    inqom.add_folder(Folder(700900, "SANS NIC", siren=other[:9], nic=""))
    inqom.add_folder(Folder.of(700102, "CLIENT 002", "81000010900019"))
    inqom.add_folder(Folder.of(700901, "DOUBLE", "81000220400016"))
    inqom.add_folder(Folder.of(700902, "DOUBLE (ESSAI)", "81000220400016"))
    inqom.add_folder(Folder(700903, "FERMÉ", siren="810003707", nic="00017", status="Archived"))
    rows = ["Double;81000220400016", "Fermé;81000370700017", "Inconnu;73282932000074", "Faux;12345678900012", "Sans;"]
    table = firm.home / "dossiers.csv"
    table.write_text(table.read_text() + "\n".join(rows) + "\n")
    pinned = '\n[[client]]\nfolder = "Fixé"\nsiret = "{siret}"\ndossier = {dossier}\n'
    firm.rules.write_text(
        firm.rules.read_text()
        + pinned.format(siret=one, dossier=700101)
        + pinned.format(siret=one, dossier=1).replace("Fixé", "Fixé ailleurs")
    )
    told = pushdoc("map", "--json")

    assert told.code == 1
    clients = {client["client"]: client for client in told.json["clients"]}
    assert {name: client["verdict"] for name, client in clients.items()} == {
        "Client 001": "mapped",
        "Client 002": "probable",
        "Double": "ambiguous",
        "Fermé": "closed",
        "Inconnu": "unknown",
        "Faux": "malformed",
        "Sans": "missing",
        "Fixé": "pinned",
        "Fixé ailleurs": "pinned_unknown",
    }
    for client in clients.values():
        assert client.keys() == MAPPING
        assert client["usable"] == (client["verdict"] in {"mapped", "pinned"})
        assert client["usable"] or (client["reason"] and client["advice"])
    lines = pushdoc("map").lines
    assert sum(line.startswith("✗ ") for line in lines) == 7
    assert sum(line.startswith("✓ ") for line in lines) == 2
    assert lines[-1].startswith("✓ ")


def test_map_explains_near_misses_in_words_and_as_json(firm: Firm, inqom: Sandbox, pushdoc: Type) -> None:
    inqom.add_folder(Folder.of(700201, "BOULANGERIE", "81000010900019"))
    inqom.add_folder(Folder.of(700202, "GARAGE", "81000220400016"))
    inqom.add_folder(Folder.of(700203, "FLEURISTE", "81000370700017"))
    inqom.add_folder(Folder(700204, "TABAC", siren="732829320", nic="00074", status="Archived"))
    rows = [
        "Autre établissement;81000010900027",  # the company of the bakery, another shop of it
        "Chiffres échangés;81000202400016",  # two digits of the garage's, the wrong way round
        "Un chiffre faux;81000370700027",  # one digit of the florist's
        "Fermé;73282932000074",
    ]
    table = firm.home / "dossiers.csv"
    table.write_text(table.read_text() + "\n".join(rows) + "\n")
    clients = {client["client"]: client for client in pushdoc("map", "--json").json["clients"]}
    screen = pushdoc("map").out.replace("\u202f", "").replace("\u00a0", " ")

    for name, verdict, meant in (
        ("Autre établissement", "unknown", "BOULANGERIE (700201, NIC 00019)"),
        ("Chiffres échangés", "malformed", "GARAGE (700202)"),
        ("Un chiffre faux", "malformed", "FLEURISTE (700203)"),
        ("Fermé", "closed", "TABAC (700204, Archived)"),
    ):
        client = clients[name]
        assert (client["verdict"], client["usable"], client["dossier"]) == (verdict, False, None)
        assert meant in client["reason"], client
        assert client["advice"]
        assert client["reason"].replace("\u202f", "").replace("\u00a0", " ") in screen
        assert client["advice"].replace("\u202f", "").replace("\u00a0", " ") in screen


def test_map_exits_0_where_all_have_a_dossier(inqom: Sandbox, pushdoc: Type) -> None:
    assert pushdoc("map").code == 0


def test_an_unreachable_destination_is_69_and_the_known_mapping_is_still_shown(
    firm: Firm, inqom: Sandbox, pushdoc: Type
) -> None:
    assert pushdoc("map").code == 0
    inqom.close()
    told = pushdoc("map", "--json")

    assert told.code == 69
    assert [client["verdict"] for client in told.json["clients"]] == ["mapped", "mapped"]
    assert told.err.startswith("inqom : ")
