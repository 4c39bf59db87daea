from __future__ import annotations

from typing import TYPE_CHECKING

from office import CLIENT, Office

from pushdoc.ledger import MappingNote
from pushdoc.states import Event
from pushdoc.tell import document, life, list_lines, map_lines, mapping, show_lines, table
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from pushdoc.ledger import History
    from pushdoc.tell import Reader

    Open = Callable[[], AbstractContextManager[History]]


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


def test_a_document_is_shown_as_a_story(office: Office, history: Open, fr: Reader, en: Reader) -> None:
    office.enter("facture 881.pdf")
    delivered = office.ledger.record(office.claim(), Event.DELIVER, detail={"receipt": "55"}, receipt="55")
    archived = office.ledger.record(delivered, Event.ARCHIVE, detail={"path": "/srv/mcf/facture 881.pdf"})
    told = {}
    for reader in (fr, en):
        with history() as open_history:
            happenings = life(open_history.life(archived.id), reader)
        told[reader.language] = list(show_lines(document(archived, reader), happenings, reader))

    assert told["fr"][0] == "Document n° 1\u00a0: facture 881.pdf"
    assert told["en"][0] == "Document 1: facture 881.pdf"
    story = told["fr"][told["fr"].index("Histoire") + 1 :]
    assert [line.split("  ")[2] for line in story[:3]] == [
        "vu, complet (15\u00a0octets)",
        "envoi commencé",
        "transmis, reçu sous le n° 55",
    ]
    assert story[3].endswith("  archivé\u00a0: /srv/mcf/facture 881.pdf")


def test_a_number_of_five_digits_is_shown_as_it_is_typed(office: Office, fr: Reader) -> None:
    told = document(office.enter("a.pdf"), fr) | {"id": 12345}
    assert next(show_lines(told, [], fr)) == "Document n° 12345\u00a0: a.pdf"


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


def test_no_line_of_a_table_ends_in_blanks_and_numbers_stand_to_the_right() -> None:
    assert list(table(["n", "name"], [["1", "a"], ["100", ""]], right={0})) == ["  n  name", "  1  a", "100"]
