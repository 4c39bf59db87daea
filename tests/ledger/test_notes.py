from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pushdoc.ledger import DestinationNote, MappingNote, RunNote
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from office import Office

    from pushdoc.ledger import History

REASON = Phrase("clients.unknown", {"siret": "12345678900012", "names": ["a", "b"]})


def test_a_mapping_is_read_back_as_it_was_made_by_client(office: Office, history: History) -> None:
    mapped = MappingNote("SCI du Port", "12345678900012", "mapped", "700123", "SCI DU PORT", usable=True, reason=None)
    unmapped = MappingNote("Atelier", "", "missing", None, None, usable=False, reason=REASON)

    office.ledger.notes.keep_mapping("inqom", [mapped, unmapped], office.clock.now())

    assert history.mapping("inqom") == [unmapped, mapped]
    assert history.mapping("folder") == []


def test_a_new_mapping_replaces_the_whole_of_the_old_one_and_no_other_destinations(
    office: Office, history: History
) -> None:
    note = history.mapping("inqom")[0]
    office.ledger.notes.keep_mapping("folder", [note], office.clock.now())

    office.ledger.notes.keep_mapping("inqom", [replace(note, client="Atelier")], office.clock.now())

    assert [note.client for note in history.mapping("inqom")] == ["Atelier"]
    assert history.mapping("folder") == [note]


def test_a_mapping_of_nobody_can_be_kept(office: Office, history: History) -> None:
    office.ledger.notes.keep_mapping("inqom", [], office.clock.now())

    assert history.mapping("inqom") == []


def test_how_a_destination_is_is_kept_once_and_replaced(office: Office, history: History) -> None:
    paused = DestinationNote("inqom", "paused", office.clock.now(), office.clock.now(), REASON, pauses=3)
    office.ledger.notes.keep_destination(DestinationNote("inqom", "up", office.clock.now()))
    office.ledger.notes.keep_destination(paused)

    assert history.destinations() == {"inqom": paused}
    assert office.ledger.notes.destination("inqom") == paused
    assert office.ledger.notes.destination("folder") is None


def test_the_running_pushdoc_is_kept_once_and_replaced(office: Office, history: History) -> None:
    started = RunNote(4711, office.clock.now(), "events", 812)
    later = replace(started, last_round=office.clock.now(), problems=[REASON])
    office.ledger.notes.keep_run(started)
    office.ledger.notes.keep_run(later)

    assert history.run() == later
