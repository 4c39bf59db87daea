"""Commands that only ask, on real ledgers and against a real stand-in."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from office import entry

from pushdoc.clock import SystemClock
from pushdoc.ledger import MappingNote
from pushdoc.sandbox import Folder
from pushdoc.states import State
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable

    from cli.conftest import Answer
    from service.firm import Firm

    from pushdoc.ledger import Ledger
    from pushdoc.sandbox import Sandbox

    Type = Callable[..., Answer]

#: As the page on commands and answers has them; it may grow, and none of these may go.
STATUS = {
    *("version", "at", "daemon", "destinations", "watch", "clients", "documents"),
    *("oldest_waiting_seconds", "rules"),
}
DOCUMENT = {
    *("id", "state", "client", "siret", "rule", "type", "period", "name", "path", "size", "sha256", "destination"),
    *("dossier", "receipt", "attempts", "first_seen", "delivered", "filed", "archive_path", "next_attempt", "reason"),
    "duplicate_of",
}
MAPPING = {
    *("client", "siret", "destination", "verdict", "usable", "dossier", "dossier_name", "reason", "advice"),
}
HOSTILE = [
    "=cmd().pdf",
    "a\nb.pdf",
    "a;b.pdf",
    "\u202efdp.exe",
    '"quoted".pdf',
    "+1.pdf",
    "@sum.pdf",
    "\x1b[31mred.pdf",
]


def refused(ledger: Ledger, name: str = "facture.pdf", **changed: Any) -> int:
    """The number of a document that is « Non transmis »."""
    return ledger.enter(entry(name, refused=Phrase("inqom.too_large"), **changed)).id


# status


def test_status_before_the_first_run_says_so_and_makes_no_ledger(firm: Firm, pushdoc: Type) -> None:
    told = pushdoc("status", "--json")

    assert told.code == 0
    assert told.json.keys() == STATUS
    assert "n’existe pas" in told.err
    assert not firm.ledger.exists()


def test_status_while_the_first_run_is_just_making_the_ledger_says_so_too(firm: Firm, pushdoc: Type) -> None:
    firm.ledger.parent.mkdir(exist_ok=True)
    firm.ledger.touch()

    told = pushdoc("status")

    assert told.code == 0
    assert "n’existe pas" in told.err


def test_status_as_json_has_the_keys_that_monitoring_relies_on(firm: Firm, inqom: Sandbox, pushdoc: Type) -> None:
    firm.drop("facture.pdf")
    firm.drop("tableau.xlsx")
    assert pushdoc("once").code == 1
    told = pushdoc("status", "--json")

    assert (told.code, told.err) == (1, "")
    status = told.json
    assert status.keys() == STATUS
    assert status["daemon"].keys() == {"running", "pid", "since", "last_round", "rules_refused"}
    assert status["watch"].keys() == {"mode", "folders", "last_scan", "problems"}
    assert status["clients"] == {"enabled": 2, "mapped": 2, "unmapped": 0}
    (destination,) = status["destinations"]
    assert destination.keys() == {"name", "state", "since", "reason", "until"}
    assert destination["state"] == "up"
    assert status["documents"].keys() == {state.value for state in State}
    assert (status["documents"]["archived"], status["documents"]["non_transmis"]) == (1, 1)
    achats = status["rules"][0]
    assert achats.keys() == {"name", "delivered", "non_transmis", "last_delivered", "last_seen"}
    assert (achats["name"], achats["delivered"], achats["non_transmis"]) == ("Achats", 1, 1)


def test_status_needs_a_person_for_a_client_without_a_dossier(firm: Firm, ledger: Ledger, pushdoc: Type) -> None:
    note = MappingNote(firm.names[0], "", "missing", None, None, usable=False, reason=Phrase("clients.siret_missing"))
    ledger.notes.keep_mapping("inqom", [note], SystemClock().now())

    assert pushdoc("status").code == 1


# list


def test_list_filters_by_state_client_rule_and_age(ledger: Ledger, pushdoc: Type) -> None:
    one = refused(ledger)
    other = ledger.enter(entry("b.pdf", client="Garage", rule="Ventes")).id

    def listed(*words: str) -> list[int]:
        told = pushdoc("list", "--json", *words)
        assert (told.code, told.err) == (0, "")
        return [json.loads(line)["id"] for line in told.lines]

    assert listed() == [one, other]
    assert listed("--state", "non_transmis") == [one]
    assert listed("--client", "Garage") == [other]
    assert listed("--rule", "Ventes") == [other]
    assert listed("--client", "Garage", "--state", "non_transmis") == []
    tomorrow = SystemClock().now() + timedelta(days=1)
    for since in ("90m", "12h", "3d", "2026-01-01", "2026-01-01T07:00", "2026-01-01T07:00+01:00"):
        assert listed("--since", since) == [one, other]
    assert listed("--since", tomorrow.date().isoformat()) in ([], [one, other])
    assert listed("--since", (tomorrow + timedelta(days=1)).isoformat()) == []


@pytest.mark.parametrize("since", ["hier", "12", "12x", "2026-13-01", "-3d", ""])
def test_a_since_that_is_neither_date_nor_age_is_wrong_use_and_says_how_to_write_it(pushdoc: Type, since: str) -> None:
    told = pushdoc("list", "--since", since)

    assert (told.code, told.out) == (2, "")
    assert since in told.err
    assert "12h" in told.err


@pytest.mark.parametrize("since", ["999999d", "0001-01-01", "9999-12-31T23:59"])
def test_a_since_beyond_the_calendar_is_no_crash(ledger: Ledger, pushdoc: Type, since: str) -> None:
    refused(ledger)
    assert pushdoc("list", "--since", since).code in {0, 2}


def test_a_listed_document_has_the_keys_that_scripts_rely_on(ledger: Ledger, pushdoc: Type) -> None:
    refused(ledger)
    document = pushdoc("list", "--json").json

    assert document.keys() >= DOCUMENT
    assert document["state"] == "non_transmis"
    assert document["reason"] == "le document est trop lourd pour Inqom"


def test_hostile_names_break_no_line_and_no_cell(ledger: Ledger, pushdoc: Type) -> None:
    for name in HOSTILE:
        refused(ledger, name)
    for told in (pushdoc("list"), pushdoc("status"), pushdoc("list", "--csv"), pushdoc("list", "--json")):
        assert not set(told.out.replace("\ufeff", "")) & {"\x1b", "\u202e"}
    assert len(pushdoc("list").lines) == 1 + len(HOSTILE)
    assert [json.loads(line)["name"] for line in pushdoc("list", "--json").lines][1] == r"a\nb.pdf"

    table = pushdoc("list", "--csv").out
    assert table.startswith("\ufeffid;state;")
    rows = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff")), delimiter=";"))
    assert len(rows) == len(HOSTILE)
    assert [row["name"] for row in rows][:3] == ["'=cmd().pdf", r"a\nb.pdf", "a;b.pdf"]
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t"))]


def test_an_empty_list_says_so_to_people_and_nothing_to_programs(ledger: Ledger, pushdoc: Type) -> None:
    assert pushdoc("list").out == "aucun document ne correspond\n"
    assert pushdoc("list", "--json").out == ""


# show


def test_a_document_is_found_by_number_path_part_and_checksum(
    firm: Firm, inqom: Sandbox, pushdoc: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    dropped = firm.drop("facture 881.pdf")
    sha256 = hashlib.sha256(dropped.read_bytes()).hexdigest()
    assert pushdoc("once").code == 0
    archived = dropped.parent / "Transmis" / dropped.name
    monkeypatch.chdir(archived.parent)

    for sought in ("1", str(dropped), str(archived), "facture 881.pdf", "ture 88", sha256, sha256.upper()):
        told = pushdoc("show", sought)
        assert (told.code, told.err, told.lines[0]) == (0, "", "Document n° 1\u00a0: facture 881.pdf"), sought
    shown = pushdoc("show", "1", "--json").json
    assert shown.keys() >= DOCUMENT | {"history"}
    assert [line["event"] for line in shown["history"]] == ["entered", "claimed", "delivered", "archived"]
    assert shown["history"][0].keys() == {"at", "event", "state", "reason", "detail"}
    assert shown["sha256"] == sha256
    assert shown["archive_path"] == str(archived)


def test_several_that_fit_are_listed_and_none_is_wrong_use(ledger: Ledger, pushdoc: Type) -> None:
    refused(ledger, "facture-1.pdf")
    refused(ledger, "facture-2.pdf")

    assert len(pushdoc("show", "facture").lines) == 3
    assert len(pushdoc("show", "facture", "--json").lines) == 2
    told = pushdoc("show", "note\x1b[31m")
    assert (told.code, told.out) == (2, "")
    assert r"note\x1b[31m" in told.err


def test_a_number_as_long_as_a_novel_is_only_not_found(ledger: Ledger, pushdoc: Type) -> None:
    assert pushdoc("show", "9" * 400).code == 2
    assert pushdoc("ack", "9" * 25, "--reason", "x").code in {1, 2}


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
