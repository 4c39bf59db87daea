from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from filing.paper import a_document

from pushdoc.filing import mark_text
from pushdoc.filing.mark_text import titles
from pushdoc.words import LANGUAGES, Language, Phrase

if TYPE_CHECKING:
    from pathlib import Path

    from pushdoc.document import Document

PARIS = ZoneInfo("Europe/Paris")
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
        "Depuis : 20/11/2026 09:00\n"
        "Tentatives : 3\n"
        "Numéro : 42\n"
        "\n"
        "Pourquoi :\n"
        "    le disque ou le partage qui porte le dossier « /srv/mcf » ne répond pas\n"
        "\n"
        "Que faire :\n"
        "  - Reconnectez le partage, ou vérifiez le disque, qui porte « /srv/mcf ». "
        "Rien n’est perdu : pushdoc réessaie de lui-même.\n"
        "  - Vous pouvez corriger le document et le déposer de nouveau ici : il repartira tout seul.\n"
        "  - Pour le renvoyer tel quel, l’administrateur tape : pushdoc retry 42\n"
        '  - S’il ne doit pas partir, l’administrateur tape : pushdoc ack 42 --reason "pourquoi"\n'
        "\n"
        "Cette note est écrite par pushdoc ; il l’enlève dès que le document est parti.\n"
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
