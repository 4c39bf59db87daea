from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hostile import HOSTILE, harmless

from pushdoc.ledger import DestinationNote
from pushdoc.states import Event
from pushdoc.tell import Screen, document, life, next_step, show_lines
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from office import Office

    from pushdoc.document import Document
    from pushdoc.ledger import History
    from pushdoc.tell import Reader

    Open = Callable[[], AbstractContextManager[History]]


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


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_harms_a_story(office: Office, history: Open, fr: Reader, name: str) -> None:
    archived = office.archived(name=name)
    with history() as open_history:
        happenings = life(open_history.life(archived.id), fr)
    for screen in (Screen(), Screen(80)):
        assert harmless("\n".join(show_lines(document(archived, fr), happenings, fr, screen)))


def comes(office: Office, known: Document, reader: Reader, state: str = "up", *, running: bool = True) -> str:
    until = office.clock.now() + timedelta(minutes=4)
    note = DestinationNote("inqom", state, office.clock.now(), until if state == "paused" else None, None)
    return next_step(known, reader, office.clock.now(), running=running, destination=note)


def test_what_comes_next_is_said_of_a_waiting_document(office: Office, en: Reader) -> None:
    waiting = office.enter()

    assert comes(office, waiting, en) == "leaves at the next round."
    assert "`pushdoc once` makes a single pass" in comes(office, waiting, en, running=False)
    assert "is mended" in comes(office, waiting, en, "down")
    until = (office.clock.now() + timedelta(minutes=4)).astimezone(en.zone)
    assert f"next try {until:%Y-%m-%d %H:%M}" in comes(office, waiting, en, "paused")
    assert "mapped to a dossier" in next_step(waiting, en, office.clock.now(), running=True, mapped=False)


def test_the_next_try_of_a_document_that_failed_is_told_with_its_hour(office: Office, en: Reader) -> None:
    office.enter()
    later = office.clock.now() + timedelta(minutes=5)
    delayed = office.ledger.record(office.claim(), Event.DELAY, reason=Phrase("inqom.too_large"), next_attempt=later)

    assert comes(office, delayed, en) == f"next try {later.astimezone(en.zone):%Y-%m-%d %H:%M}."


def test_what_needs_a_person_says_by_which_commands(office: Office, en: Reader) -> None:
    refused = office.enter(refused=Phrase("inqom.too_large"))
    held = office.enter(by=Event.HOLD)

    assert "`pushdoc retry 1`" in comes(office, refused, en)
    assert "`pushdoc release 2`" in comes(office, held, en)
    aside = office.ledger.record(refused, Event.ACKNOWLEDGE, reason=Phrase("inqom.too_large"))
    assert "`pushdoc retry 1`" in comes(office, aside, en)


def test_at_its_end_nothing_comes_and_a_duplicate_may_be_sent_all_the_same(office: Office, en: Reader) -> None:
    one = office.archived(content="bytes")
    office.enter(content="bytes")
    copy = office.claim()

    assert comes(office, one, en) == "nothing: this is the end of it."
    assert comes(office, copy, en) == "is filed without being sent, at the next round."
    filed = office.ledger.record(copy, Event.KEEP)
    assert "--force" in comes(office, filed, en)


def test_every_state_says_what_comes_next(office: Office, en: Reader) -> None:
    office.enter()
    sending = office.claim()
    assert comes(office, sending, en) == "it is being sent."
    doubtful = office.ledger.record(sending, Event.DOUBT)
    assert comes(office, doubtful, en).startswith("pushdoc asks inqom whether it is there")
    delivered = office.ledger.record(doubtful, Event.DELIVER, receipt="5")
    assert comes(office, delivered, en) == "is filed at the next round."
    office.enter()
    submitted = office.ledger.record(office.claim(), Event.ACCEPT, receipt="6")
    assert comes(office, submitted, en).startswith("the destination inqom processes it")
