"""Documents that go over to another rule, and rules that a running pushdoc refused: how the ledger keeps both."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from office import DROP, entry

from pushdoc.document import DocumentType
from pushdoc.ledger import History, RefusedNote
from pushdoc.states import Event, OvertakenError, State
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from office import Office

NOTE = RefusedNote(
    at=datetime(2026, 11, 21, 9, 0, tzinfo=UTC),
    problems=[("/etc/pushdoc/rules.toml:12", Phrase("rules.unknown_key", {"read": "dorp"}))],
    rules=["Achats"],
    destinations=["inqom"],
    enabled=3,
    language="fr",
    timezone="Europe/Paris",
)


@pytest.fixture
def history(office: Office, path: Path) -> Iterator[History]:
    history = History.open(path)
    yield history
    history.close()


def test_a_document_under_another_rule_counts_there_and_no_more_where_it_was(office: Office, history: History) -> None:
    known = office.ledger.enter(entry())
    changes = {"rule": "Autres", "type": DocumentType.OTHER, "archive_folder": Path("/srv/mcf/Autres")}
    handed = office.ledger.hand_over(known, **changes)

    assert (handed.rule, handed.type, handed.archive_folder, handed.state) == (*changes.values(), State.WAITING)
    office.ledger.record(handed, Event.REFUSE, reason=Phrase("inqom.too_large"))
    tallies = history.rules()
    assert {name: tally.non_transmis for name, tally in tallies.items()} == {"Factures d'achat": 0, "Autres": 1}
    assert tallies["Autres"].last_seen == known.first_seen
    assert history.counts()[State.WAITING] == 0
    line = history.life(known.id)[1]
    assert (line.event, line.detail) == ("handed over", {"rule": "Autres", "was": "Factures d'achat"})


def test_a_document_that_moved_on_meanwhile_is_not_handed_over(office: Office) -> None:
    known = office.ledger.enter(entry())
    office.ledger.record(known, Event.WITHDRAW)
    with pytest.raises(OvertakenError):
        office.ledger.hand_over(known, rule="Autres")

    assert office.ledger.get(known.id).rule == "Factures d'achat"


def test_of_documents_that_are_alike_one_is_a_sample_of_all(office: Office) -> None:
    alike = [office.ledger.enter(entry(f"{number}.pdf")).id for number in range(3)]
    other_folder = office.ledger.enter(entry(path=DROP.parent / "10" / "x.pdf")).id
    other_rule = office.ledger.enter(entry("y.pdf", rule="Autres")).id
    office.ledger.enter(entry("z.pdf", refused=Phrase("inqom.too_large")))
    samples = office.ledger.samples(State.WAITING)

    assert [sample.id for sample in samples] == [alike[0], other_folder, other_rule]
    assert [document.id for document in office.ledger.alike(samples[0])] == alike


def test_the_rules_that_were_refused_are_remembered_until_they_are_in_order(office: Office, history: History) -> None:
    assert history.refused() is None
    office.ledger.notes.keep_refused(NOTE)
    assert history.refused() == NOTE
    office.ledger.notes.keep_refused(None)
    assert history.refused() is None


def test_a_new_run_begins_with_the_rules_as_they_are(office: Office, history: History) -> None:
    office.ledger.notes.keep_refused(NOTE)
    office.ledger.notes.begin()

    assert history.refused() is None
