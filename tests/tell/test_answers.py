from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from office import CLIENT, Office

from pushdoc.ledger import MappingNote
from pushdoc.states import Event, State
from pushdoc.tell import document, life, mapping
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from pushdoc.ledger import History
    from pushdoc.tell import Reader

    Open = Callable[[], AbstractContextManager[History]]


def test_moments_are_told_in_the_readers_zone_to_the_second(fr: Reader) -> None:
    assert fr.at(datetime(2026, 7, 1, 22, 30, 15, 999, tzinfo=UTC)) == "2026-07-02T00:30:15+02:00"
    assert fr.at(None) is None


def test_a_delivered_document_is_told_with_its_receipt_and_place(office: Office, fr: Reader) -> None:
    told = document(office.archived(name="facture.pdf"), fr)

    assert (told["state"], told["receipt"], told["dossier"]) == ("archived", "55", "700123")
    assert told["archive_path"].endswith("/Transmis/facture.pdf")
    assert told["delivered"] == told["filed"]
    assert (told["next_attempt"], told["reason"], told["duplicate_of"]) == (None, None, None)


def test_an_archive_path_that_is_only_planned_is_not_told(office: Office, fr: Reader) -> None:
    planned = office.ledger.amend(office.delivered(), archive_path=office.enter().path)
    assert document(planned, fr)["archive_path"] is None


def test_a_waiting_document_is_told_when_its_next_try_is(office: Office, fr: Reader) -> None:
    claimed = (office.enter(), office.claim())[1]
    later = office.clock.now() + timedelta(minutes=5)
    waiting = office.ledger.record(claimed, Event.DELAY, reason=Phrase("inqom.too_large"), next_attempt=later)
    assert document(waiting, fr)["next_attempt"] == fr.at(later)


def test_a_document_whose_client_has_no_dossier_waits_for_that_reason(office: Office, fr: Reader, en: Reader) -> None:
    unmapped = Phrase("clients.siret_missing")
    archived, waiting = office.archived(), office.enter()
    assert document(waiting, fr, unmapped)["reason"] == fr.why(unmapped)
    assert document(waiting, en, unmapped)["reason"] == en.why(unmapped) != fr.why(unmapped)
    assert document(archived, fr, unmapped)["reason"] is None


def test_names_from_outside_are_made_visible_everywhere(office: Office, history: Open, fr: Reader) -> None:
    rude = "\x1b[31m\u202efdp\n.pdf"
    entered = office.enter(rude, client="Client\x07")
    told = document(entered, fr)
    with history() as open_history:
        told["life"] = life(open_history.life(entered.id), fr)
    note = MappingNote(CLIENT + "\x1b", "", "mapped", "1", "DOSSIER\u202e", usable=True, reason=None)
    told["mapping"] = mapping(note, "inqom", fr)

    def texts(value: object) -> str:
        match value:
            case dict():
                return "".join(texts(one) for one in value.values())
            case list():
                return "".join(texts(one) for one in value)
            case _:
                return str(value)

    assert not set(texts(told)) & {"\x1b", "\u202e", "\n", "\x07"}
    assert r"\x1b[31m\u202efdp\n.pdf" in told["name"]


def test_a_life_is_told_in_order_with_states(office: Office, history: Open, fr: Reader) -> None:
    archived = office.archived()
    with history() as open_history:
        told = life(open_history.life(archived.id), fr)

    assert [line["state"] for line in told] == [
        State.WAITING,
        State.SENDING,
        State.DELIVERED,
        State.ARCHIVED,
    ]
    assert [line["event"] for line in told] == ["entered", "claimed", "delivered", "archived"]
