from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from string import Formatter
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from filing.paper import a_document

from pushdoc.filing import mark_text
from pushdoc.filing.mark_text import titles
from pushdoc.words import LANGUAGES, Language, Phrase, advice, say
from pushdoc.words.phrase import catalogue

if TYPE_CHECKING:
    from pathlib import Path

    from pushdoc.document import Document

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
WHY = Phrase("filing.unreachable", {"folder": "/srv/mcf"})


@pytest.fixture
def document(tmp_path: Path) -> Document:
    (tmp_path / "facture.pdf").write_bytes(b"%PDF")
    return replace(a_document(tmp_path / "facture.pdf"), attempts=3)


def test_a_bookkeeper_reads_what_why_since_when_and_what_to_do(document: Document) -> None:
    said = mark_text(document, WHY, document.since, "fr", PARIS)
    assert said.replace("\u00a0", " ").replace("\u202f", " ") == (
        "« Non transmis » (pushdoc)\n"
        "\n"
        "Ce document n’a pas été transmis en comptabilité. Il est resté à sa place, rien n’est perdu.\n"
        "\n"
        "Document : facture.pdf\n"
        "Client : Boulangerie Martin\n"
        "Règle : Factures d'achat\n"
        "Type : Facture d'achat\n"
        "Non transmis depuis : 20/11/2026 09:00\n"
        "Numéro : 42\n"
        "Tentatives d’envoi : 3\n"
        "\n"
        "Pourquoi :\n"
        "    Le disque ou le partage qui porte le dossier « /srv/mcf » ne répond pas\n"
        "\n"
        "Que faire :\n"
        "  - Reconnectez le partage, ou vérifiez le disque, qui porte « /srv/mcf ». "
        "Rien n’est perdu : pushdoc réessaie de lui-même.\n"
        '  - S’il ne doit pas partir, l’administrateur tape : pushdoc ack 42 --reason "pourquoi"\n'
        "\n"
        "Cette note est écrite par pushdoc, qui l’enlève dès que le document est parti ou classé.\n"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_line_tells_that_the_mark_is_ours(document: Document, language: Language) -> None:
    assert mark_text(document, WHY, document.since, language, PARIS).split("\n")[0] in titles()


def test_the_lines_by_which_marks_on_disk_are_known_never_change() -> None:
    assert titles() == {"«\u00a0Non transmis\u00a0» (pushdoc)", "« Non transmis » (pushdoc, not sent)"}


def test_a_reason_without_advice_leaves_what_always_works(document: Document) -> None:
    said = mark_text(document, Phrase("problems", {"count": 2}), document.since, "en", PARIS)
    assert "What to do:\n  - You can correct" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hostile_name_breaks_no_line_and_turns_no_text(document: Document, language: Language) -> None:
    hostile = document.path.with_name("a\nNuméro : 1\r\x1b[31m\u202efdp.exe\udce9")
    said = mark_text(replace(document, path=hostile), WHY, document.since, language, PARIS)
    assert len(said.splitlines()) == len(mark_text(document, WHY, document.since, language, PARIS).splitlines())
    assert not set("\r\x1b\u202e\udce9") & set(said)
    assert "a\\nNuméro" in said


#: What stands in histories or on screens only, and never beside a document that was not sent.
ELSEWHERE = {
    "journey.acknowledged",
    "journey.archived_by_hand",
    "journey.changed",
    "journey.gone",
    "journey.gone_after",
    "journey.interrupted",
    "journey.reconciled",
    "journey.rejected",
    "journey.replaced",
    "journey.replaced_after",
    "journey.still_open",
    "journey.stumbled",
    "journey.surely_absent",
}
_ROOMS = "deliver.", "filing.", "folder.", "formats.", "heirs.", "inqom.", "journey."
_OF_ROOMS = {code for code in catalogue() if code.startswith(_ROOMS) and not code.endswith(".advice")}
_OF_MARKS = {code for code in _OF_ROOMS if code.startswith("filing.mark.")}
REASONS = sorted(_OF_ROOMS - _OF_MARKS - ELSEWHERE | {"ledger.twin_unknowable", "rules.not_accepted", "whole.cut"})
#: The values that are words; the others are numbers.
WORDS = {"client", "destination", "error", "folder", "host", "kind", "name", "named", "path", "rule", "text", "type"}


def with_values(code: str) -> Phrase:
    """A reason by its code, with something for each of its values."""
    texts = (*catalogue()[code], *(catalogue().get(f"{code}.advice") or ("", "")))
    names = {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}
    return Phrase(code, dict.fromkeys(names, 7) | dict.fromkeys(names & WORDS, "mot"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", REASONS)
def test_every_reason_that_may_stand_there_says_what_to_do(document: Document, code: str, language: Language) -> None:
    reason = with_values(code)
    said = mark_text(document, reason, document.since, language, PARIS)
    _, to_do = said.split(say(Phrase("filing.mark.what_to_do"), language))

    assert advice(reason, language)
    assert "…" not in said.replace(".jpg…", "").replace("~$…", "")
    assert code not in said
    ways = [line for line in to_do.splitlines() if line.startswith("  - ")]
    assert len(ways) >= 2
    assert all(way[4:5].isupper() or way.startswith("  - pushdoc") for way in ways), ways


@pytest.mark.parametrize(
    ("code", "changes", "commands"),
    [
        ("inqom.refused", {}, ["retry 42", "ack 42"]),
        ("inqom.forbidden", {"failing_since": NOW}, ["retry 42", "ack 42"]),
        ("formats.pdf_locked", {}, ["retry 42 --force", "ack 42"]),
        ("whole.cut", {}, ["retry 42 --force", "ack 42"]),
        ("rules.not_accepted", {}, ["ack 42"]),
        ("journey.too_large", {}, ["ack 42"]),
        ("filing.full", {}, ["ack 42"]),
        ("journey.cannot_tell", {"unknowable": True}, ["ack 42", "retry 42 --force"]),
    ],
)
def test_only_what_helps_is_offered(
    document: Document, code: str, changes: dict[str, Any], commands: list[str]
) -> None:
    said = mark_text(replace(document, **changes), with_values(code), document.since, "fr", PARIS)

    offered = [line.partition(": pushdoc ")[2] for line in said.splitlines() if "tape" in line]
    assert [one.partition(" --reason")[0] for one in offered] == commands
    assert ("déposer de nouveau ici" in said) == (code == "inqom.refused")


def test_of_one_that_may_have_arrived_nothing_else_is_said(document: Document) -> None:
    said = mark_text(
        replace(document, unknowable=True), with_values("journey.cannot_tell"), document.since, "fr", PARIS
    )

    assert "n’a pas été transmis" not in said
    assert "peut-être arrivé" in said
    assert "Ne le déposez pas une deuxième fois" in said


def test_tries_are_told_of_where_there_were_some(document: Document) -> None:
    assert "Tentatives" not in mark_text(replace(document, attempts=0), WHY, document.since, "fr", PARIS)
