from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from ledger.test_plans import plans
from office import CLIENT, entry

from pushdoc.ledger import History, Told, TroubleNote
from pushdoc.states import Event, State
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from office import Office

    from pushdoc.ledger import Telling

WHY = Phrase("formats.pdf_cut")


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda telling: telling.failing(), id="failing"),
        pytest.param(lambda telling: telling.settled(1), id="settled"),
        pytest.param(lambda telling: telling.duplicates(1), id="duplicates"),
        pytest.param(lambda telling: telling.twice(1), id="twice"),
        pytest.param(lambda telling: telling.doubtful(), id="doubtful"),
        pytest.param(lambda telling: telling.delivered(1), id="delivered"),
        pytest.param(lambda telling: telling.held(), id="held"),
        pytest.param(lambda telling: telling.unmapped(), id="unmapped"),
        pytest.param(lambda telling: telling.document(Told(1, CLIENT, 1)), id="document"),
    ],
)
def test_nothing_is_read_line_by_line_through_a_million_documents(
    office: Office, history: History, path: Path, ask: Callable[[Telling], object]
) -> None:
    office.ledger.enter(entry())

    asked = plans(path, history, lambda: ask(history.telling(5)))

    looked = [step.strip() for plan in asked for step in plan.split(";")]
    tables = ("SCAN document", "SCAN event", "SCAN happened")
    # Through the index of what is not filed yet is not through all.
    assert [step for step in looked if step.startswith(tables) and "USING" not in step] == []
    assert not any("SCAN event" in step or "SCAN happened" in step for step in looked), looked


def test_a_day_begins_behind_the_last_event_that_is_older(office: Office, history: History) -> None:
    office.enter()
    office.clock.push(3600)
    office.enter()

    telling = history.telling()

    assert telling.event_before(office.clock.now() - timedelta(minutes=30)) == 1
    assert telling.event_before(office.clock.now() - timedelta(days=1)) == 0
    assert telling.upto == 2


def test_what_failed_is_told_for_its_last_failure(office: Office, history: History) -> None:
    refused = office.enter(refused=WHY)
    office.ledger.record(office.ledger.record(refused, Event.RETRY), Event.REFUSE, reason=WHY)

    assert history.telling().failing() == [Told(1, CLIENT, 4)]
    assert history.telling(2).failing() == [Told(1, CLIENT, 2)]
    assert history.telling(3).failing() == []
    assert history.telling(1).failing() == []


def test_a_document_is_told_with_the_hour_and_the_reason_of_its_event(office: Office, history: History) -> None:
    office.enter(refused=WHY)

    document, at, reason = history.telling().document(Told(1, CLIENT, 2))

    assert document.state is State.NON_TRANSMIS
    assert at == office.clock.now()
    assert reason == WHY


def test_what_looks_could_not_do_is_kept_by_client(office: Office, history: History) -> None:
    notes = [TroubleNote("", Phrase("watch.root_gone", {"path": "mcf"})), TroubleNote(CLIENT, WHY)]

    assert history.troubles() == []
    office.ledger.notes.keep_troubles(notes)
    assert history.troubles() == notes


def test_who_was_told_how_far_is_known_to_readers(office: Office, history: History) -> None:
    now = office.clock.now()

    assert history.told_upto("claire@cabinet.example") is None
    office.ledger.mails.put_digest("claire@cabinet.example", now.date(), None, 7, None, now)
    assert history.told_upto("claire@cabinet.example") == 7
