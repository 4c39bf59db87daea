"""`list` and `show` on real ledgers."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from assistant.keyboard import Keyboard
from hostile import HOSTILE, harmless
from office import DROP, entry

from pushdoc.clock import SystemClock
from pushdoc.filing.mark import mark_name
from pushdoc.ledger import MappingNote
from pushdoc.states import Event
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable

    from cli.conftest import Answer
    from service.firm import Firm

    from pushdoc.ledger import Ledger
    from pushdoc.sandbox import Sandbox

    Type = Callable[..., Answer]

#: As the page on commands and answers has them; it may grow, and none of these may go.
DOCUMENT = {
    *("id", "state", "client", "siret", "rule", "type", "period", "name", "path", "size", "sha256", "destination"),
    *("dossier", "receipt", "attempts", "first_seen", "delivered", "filed", "archive_path", "next_attempt", "reason"),
    "duplicate_of",
}


def refused(ledger: Ledger, name: str = "facture.pdf", **changed: Any) -> int:
    """The number of a document that is « Non transmis »."""
    return ledger.enter(entry(name, refused=Phrase("inqom.too_large"), **changed)).id


def listed(pushdoc: Type, *words: str) -> list[int]:
    """The numbers of what is listed, in that order."""
    told = pushdoc("list", "--json", *words)
    assert (told.code, told.err) == (0, "")
    return [json.loads(line)["id"] for line in told.lines]


# list


def test_list_filters_by_state_client_rule_and_age(ledger: Ledger, pushdoc: Type) -> None:
    one = refused(ledger)
    other = ledger.enter(entry("b.pdf", client="Garage", rule="Ventes")).id

    assert listed(pushdoc) == [other, one]
    assert listed(pushdoc, "--state", "non_transmis") == [one]
    assert listed(pushdoc, "--client", "Garage") == [other]
    assert listed(pushdoc, "--rule", "Ventes") == [other]
    assert listed(pushdoc, "--client", "Garage", "--state", "non_transmis") == []
    tomorrow = SystemClock().now() + timedelta(days=1)
    for since in ("90m", "12h", "3d", "2026-01-01", "2026-01-01T07:00", "2026-01-01T07:00+01:00"):
        assert listed(pushdoc, "--since", since) == [other, one]
    assert listed(pushdoc, "--since", tomorrow.date().isoformat()) in ([], [other, one])
    assert listed(pushdoc, "--since", (tomorrow + timedelta(days=1)).isoformat()) == []


def test_list_shows_the_latest_first_and_as_many_as_are_wanted(ledger: Ledger, pushdoc: Type) -> None:
    first, second, third = (refused(ledger, f"{number}.pdf") for number in range(3))

    assert listed(pushdoc) == [third, second, first]
    assert listed(pushdoc, "--reverse") == [first, second, third]
    assert listed(pushdoc, "--limit", "2") == [third, second]
    assert listed(pushdoc, "--limit", "2", "--reverse") == [first, second]
    assert pushdoc("list", "--limit", "0").code == 2


@pytest.mark.parametrize("word", ["non_transmis", "non transmis", "Non Transmis", "NON-TRANSMIS", "not sent"])
def test_a_state_is_said_as_people_say_it(ledger: Ledger, pushdoc: Type, word: str) -> None:
    ledger.enter(entry("a.pdf"))
    number = refused(ledger)

    assert listed(pushdoc, "--state", word) == [number]


def test_a_word_that_several_states_begin_with_means_all_of_these(ledger: Ledger, pushdoc: Type) -> None:
    kept = ledger.enter(entry("a.pdf"), Event.ADOPT).id
    waiting = ledger.enter(entry("b.pdf")).id

    assert listed(pushdoc, "--state", "transmis") == [kept]
    assert listed(pushdoc, "--state", "en attente") == [waiting]
    assert listed(pushdoc, "--state", "waiting", "--state", "archived") == [waiting, kept]
    assert listed(pushdoc, "--open") == [waiting]


def test_a_word_that_is_no_state_is_wrong_use_and_the_states_are_named(pushdoc: Type) -> None:
    told = pushdoc("list", "--state", "perdu")

    assert (told.code, told.out) == (2, "")
    assert "non_transmis (Non transmis)" in told.err


@pytest.mark.parametrize("word", ["Boulangerie Martin", "martin", "BOULANG", "*Martin", "boulangerie martin"])
def test_a_client_is_meant_by_a_part_of_its_name_or_a_pattern(ledger: Ledger, pushdoc: Type, word: str) -> None:
    one = refused(ledger)
    refused(ledger, "b.pdf", client="Garage")

    assert listed(pushdoc, "--client", word) == [one]


def test_a_part_that_several_clients_have_means_all_of_them(ledger: Ledger, pushdoc: Type) -> None:
    both = [refused(ledger, f"{client}.pdf", client=client) for client in ("Groupe/SCI Rose", "Groupe/SCI Lilas")]
    refused(ledger)

    assert listed(pushdoc, "--client", "sci") == both[::-1]


def test_a_client_or_rule_that_nobody_knows_is_wrong_use(firm: Firm, ledger: Ledger, pushdoc: Type) -> None:
    refused(ledger)

    for words in (["--client", "Bulangerie Martin"], ["--rule", "Vantes"]):
        told = pushdoc("list", *words)
        assert (told.code, told.out) == (2, "")
        assert words[1] in told.err
    assert "Boulangerie Martin" in pushdoc("list", "--client", "Bulangerie Martin").err
    assert "Achats" in pushdoc("list", "--rule", "Vantes").err
    assert listed(pushdoc, "--client", firm.names[0]) == []  # known by the rules, and no document yet


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


def test_no_name_harms_a_list(ledger: Ledger, pushdoc: Type) -> None:
    for name in HOSTILE:
        refused(ledger, name, client=name.encode("utf-8", "replace").decode().replace("/", ""))
    assert len(pushdoc("list").lines) == pushdoc("list").out.count("\n") == 1 + len(HOSTILE)
    for words in (["list"], ["list", "--json"]):
        assert harmless(pushdoc(*words).out)
    told = [json.loads(line) for line in pushdoc("list", "--json").lines]
    assert len(told) == len(HOSTILE)
    assert r"a\nb.pdf" in {one["name"] for one in told}

    table = pushdoc("list", "--csv").out
    assert harmless(table.removeprefix("\ufeff").replace("\r\n", "\n"))
    rows = list(csv.reader(io.StringIO(table.removeprefix("\ufeff"), newline=""), delimiter=";"))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len(rows) == 1 + len(HOSTILE)


def test_an_empty_list_says_so_to_people_and_nothing_to_programs(ledger: Ledger, pushdoc: Type) -> None:
    assert pushdoc("list").out == "aucun document ne correspond\n"
    assert pushdoc("list", "--json").out == ""
    assert pushdoc("list", "--csv").out.startswith("\ufeffN°;État;Client;")


def test_a_list_that_is_no_terminals_is_never_cut_and_has_no_colours(ledger: Ledger, pushdoc: Type) -> None:
    refused(ledger, "x" * 251 + ".pdf")
    head, line = pushdoc("list").lines

    assert "x" * 251 + ".pdf" in line
    assert line.endswith("le document est trop lourd pour Inqom")
    assert head.endswith("Motif")


def test_on_a_terminal_each_line_fits_and_the_reason_stands_whole_beneath(firm: Firm, ledger: Ledger) -> None:
    refused(ledger, "facture de la boulangerie et de son annexe, exercice 2026, pages 1 à 12 (n° 00071).pdf")
    with Keyboard("-c", str(firm.rules), "list", cwd=firm.home) as person:
        assert person.ended() == 0

    head, line, beneath = person.shown.splitlines()
    assert max(map(len, (head, line, beneath))) <= 80
    assert "…" in line
    assert line.endswith("71).pdf")
    assert beneath == "    le document est trop lourd pour Inqom"
    assert b"\x1b[31m" in person.raw


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=str)
def test_who_wants_no_colours_gets_none(firm: Firm, ledger: Ledger, environment: dict[str, str]) -> None:
    refused(ledger)
    with Keyboard("-c", str(firm.rules), "list", cwd=firm.home, **environment) as person:
        assert person.ended() == 0

    assert b"\x1b[" not in person.raw
    assert "Non transmis" in person.shown


def test_what_is_more_than_a_page_goes_to_the_readers_pager_and_leaving_it_is_the_end(
    firm: Firm, ledger: Ledger
) -> None:
    for number in range(1500):
        ledger.enter(entry(f"{number}.pdf"))
    with Keyboard("-c", str(firm.rules), "list", cwd=firm.home, PAGER="head -n 3") as person:
        assert person.ended() == 0

    assert [line.split()[0] for line in person.shown.splitlines() if line.strip()] == ["N°", "1500", "1499"]
    assert "Traceback" not in person.shown


@pytest.mark.skipif(shutil.which("less") is None, reason="less is not here (Debian: less)")
def test_the_usual_pager_shows_colours_and_ends_by_its_key(firm: Firm, ledger: Ledger) -> None:
    for number in range(120):
        refused(ledger, f"{number}.pdf")
    with Keyboard("-c", str(firm.rules), "list", cwd=firm.home, PAGER="less") as person:
        person.awaits("119.pdf")
        person.types("q", enter=False)
        assert person.ended() == 0

    assert b"\x1b[31m" in person.raw
    assert "ESC[" not in person.shown
    assert "Traceback" not in person.shown


# show


def test_a_document_is_found_by_number_path_part_and_checksum(
    firm: Firm, inqom: Sandbox, pushdoc: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    dropped = firm.drop("facture 881.pdf")
    sha256 = hashlib.sha256(dropped.read_bytes()).hexdigest()
    assert pushdoc("once").code == 0
    archived = dropped.parent / "Transmis" / dropped.name
    monkeypatch.chdir(archived.parent)

    mark = mark_name(dropped.name)
    for sought in (
        *("1", str(dropped), str(archived), "facture 881.pdf", "ture 88", sha256, sha256.upper(), sha256[:8]),
        *(mark, str(dropped.with_name(mark)), f"./{mark}", "FACTÜRE", f"Transmis/{dropped.name}"),
    ):
        told = pushdoc("show", sought)
        assert (told.code, told.err, told.lines[0]) == (0, "", "Document n° 1\u00a0: facture 881.pdf"), sought
    shown = pushdoc("show", "1", "--json").json
    assert shown.keys() >= DOCUMENT | {"history", "next"}
    assert [line["event"] for line in shown["history"]] == ["entered", "claimed", "delivered", "archived"]
    assert shown["history"][0].keys() == {"at", "event", "state", "reason", "detail"}
    assert shown["sha256"] == sha256
    assert shown["archive_path"] == str(archived)


def test_several_that_fit_are_listed_and_none_is_wrong_use(ledger: Ledger, pushdoc: Type) -> None:
    refused(ledger, "facture-1.pdf")
    refused(ledger, "facture-2.pdf")

    told = pushdoc("show", "facture")
    assert [line.split()[0] for line in told.lines] == ["N°", "2", "1"]
    assert "pushdoc show N°" in told.err
    assert len(pushdoc("show", "facture", "--json").lines) == 2
    told = pushdoc("show", "note\x1b[31m")
    assert (told.code, told.out) == (2, "")
    assert r"note\x1b[31m" in told.err


def test_a_number_as_long_as_a_novel_is_only_not_found(ledger: Ledger, pushdoc: Type) -> None:
    assert pushdoc("show", "9" * 400).code == 2
    assert pushdoc("ack", "9" * 25, "--reason", "x").code in {1, 2}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_harms_show_and_each_document_is_found_by_its_name(ledger: Ledger, pushdoc: Type, name: str) -> None:
    number = refused(ledger, name)
    for sought in (str(number), str(DROP / name)):
        told = pushdoc("show", "--", sought)
        assert told.code == 0
        assert harmless(told.out)
        assert told.out.startswith(f"Document n° {number}\u00a0: ")
    assert pushdoc("show", "--json", "--", name).json["id"] == number
    shown = pushdoc("show", "--json", "--", str(number)).json["name"]
    assert pushdoc("show", "--json", "--", shown).json["id"] == number


def test_names_are_found_whatever_their_accents_case_and_composition(ledger: Ledger, pushdoc: Type) -> None:
    number = refused(ledger, "Facture\u0301 d’Œuvre.pdf")

    for sought in ("factur\u00e9", "FACTURE D'OEUVRE", "facture\u0301"):
        assert pushdoc("show", sought, "--json").json["id"] == number


def test_a_mark_whose_name_was_shortened_leads_to_its_document(ledger: Ledger, pushdoc: Type) -> None:
    name = "é" * 122 + " 1.pdf"
    number = refused(ledger, name)
    assert not mark_name(name).startswith(name)

    assert pushdoc("show", mark_name(name), "--json").json["id"] == number


def test_of_very_many_that_fit_the_latest_are_shown_and_that_is_said(ledger: Ledger, pushdoc: Type) -> None:
    for number in range(60):
        refused(ledger, f"{number}.pdf")
    told = pushdoc("show", ".pdf")

    assert len(told.lines) == 51
    assert "50 derniers" in told.err


def test_show_says_what_happens_next(firm: Firm, ledger: Ledger, pushdoc: Type) -> None:
    def comes(number: int) -> str:
        text: str = pushdoc("show", str(number), "--json").json["next"]
        assert text in pushdoc("show", str(number)).out
        return text.replace("\u00a0", " ")

    assert "« pushdoc retry 1 »" in comes(refused(ledger))
    waiting = ledger.enter(entry("a.pdf", client=firm.names[0])).id
    assert comes(waiting).startswith("partira au prochain passage. Le service est arrêté")
    assert "« pushdoc release 3 »" in comes(ledger.enter(entry("b.pdf"), Event.HOLD).id)
    note = MappingNote(firm.names[0], "", "missing", None, None, usable=False, reason=Phrase("clients.siret_missing"))
    ledger.notes.keep_mapping("inqom", [note], SystemClock().now())
    assert "attend que son client soit relié" in comes(waiting)


def test_a_second_try_is_counted_in_the_story(ledger: Ledger, pushdoc: Type) -> None:
    note = MappingNote(entry().client, "", "mapped", "7", "X", usable=True, reason=None)
    ledger.notes.keep_mapping("inqom", [note], SystemClock().now())
    ledger.enter(entry())
    for _ in range(2):
        claimed = ledger.claim("inqom")
        assert claimed is not None
        ledger.record(claimed, Event.DELAY, reason=Phrase("inqom.too_large"), next_attempt=SystemClock().now())

    story = pushdoc("show", "1").lines
    assert [re.sub(r"^  \S+ \S+  ", "", line) for line in story if "envoi commencé" in line] == [
        "envoi commencé",
        "envoi commencé (essai n° 2)",
    ]
