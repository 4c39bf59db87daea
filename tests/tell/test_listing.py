from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hostile import HOSTILE, harmless
from office import CLIENT, Office

from pushdoc.ledger import MappingNote
from pushdoc.tell import Screen, Tone, document, list_lines, map_lines, mapping
from pushdoc.tell.screen import wide
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from pushdoc.tell import Reader


def test_a_list_has_a_head_and_a_line_each(office: Office, fr: Reader) -> None:
    documents = [office.enter("a.pdf"), office.enter("b.pdf", refused=Phrase("inqom.too_large"))]
    head, first, second = list_lines((document(one, fr) for one in documents), fr)

    assert head.split() == ["N°", "État", "Vu", "le", "Client", "Document", "Motif"]
    assert first.split()[:3] == ["1", "en", "attente"]
    assert second.endswith("le document est trop lourd pour Inqom")
    assert head.index("Client") == first.index(CLIENT) == second.index(CLIENT)


def test_an_empty_list_says_so_in_the_readers_language(fr: Reader, en: Reader) -> None:
    assert list(list_lines([], fr)) == ["aucun document ne correspond"]
    assert list(list_lines([], en)) == ["no document fits"]


def test_a_list_of_more_than_a_page_has_one_head(office: Office, fr: Reader) -> None:
    one = document(office.enter("a.pdf"), fr)
    lines = list(list_lines([one] * 1001, fr))
    assert len(lines) == 1002
    assert sum("Motif" in line for line in lines) == 1


def test_clients_without_a_dossier_come_first_with_what_to_do(fr: Reader) -> None:
    notes = [
        MappingNote(CLIENT, "12345678900012", "mapped", "700123", "MARTIN", usable=True, reason=None),
        MappingNote("Garage", "", "missing", None, None, usable=False, reason=Phrase("clients.siret_missing")),
    ]
    lines = list(map_lines([mapping(note, "inqom", fr) for note in notes], fr))

    assert lines[0] == "✗ Garage  "
    assert lines[1].startswith("    ")
    assert lines[2].startswith("    → ")
    assert lines[-1].split() == ["✓", *CLIENT.split(), "12345678900012", "700123", "MARTIN"]


def test_columns_stay_where_they_are_on_later_pages(office: Office, fr: Reader) -> None:
    narrow, broad = document(office.enter("a.pdf"), fr), document(office.enter("b" * 60 + ".pdf", client="C" * 40), fr)
    lines = list(list_lines([broad] * 500 + [narrow], fr))

    assert lines[-1].index("a.pdf") == lines[1].index("bbb")


@pytest.mark.parametrize("width", [70, 80, 100, 140, 250])
def test_on_a_screen_every_line_fits_and_no_reason_is_lost(office: Office, fr: Reader, width: int) -> None:
    reason = Phrase("cli.list.no_rule.advice", {"rules": ["une raison très longue"] * 8})
    documents = [
        document(office.enter(name, client="Société d'exploitation des établissements Durand", refused=reason), fr)
        for name in (*HOSTILE, "請求書" * 20 + ".pdf")
    ]
    lines = list(list_lines(documents, fr, Screen(width)))

    assert [line for line in lines if wide(line) >= width] == []
    assert " ".join(" ".join(lines).split()).count("une raison très longue, " * 7 + "une raison très longue") == len(
        documents
    )
    assert all(harmless(line) for line in lines)


def test_states_are_coloured_by_what_they_mean_and_said_all_the_same(office: Office, fr: Reader) -> None:
    screen = Screen(200, lambda text, tone: f"<{tone}>{text.strip()}</>")
    documents = [
        document(one, fr)
        for one in (office.archived(), office.enter(), office.enter(refused=Phrase("inqom.too_large")))
    ]
    head, *lines = list_lines(documents, fr, screen)

    assert head.startswith(f"<{Tone.HEAD}>")
    for line, said in zip(
        lines,
        ("<good>transmis et archivé</>", "<waits>en attente</>", "<bad>Non transmis</>"),
        strict=True,
    ):
        assert said in line
