from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hostile import HOSTILE
from office import CLIENT, DROP

from pushdoc.ledger import History, RuleTally
from pushdoc.states import Event, State
from pushdoc.words import visible
from pushdoc.words.alike import plain

if TYPE_CHECKING:
    from pathlib import Path

    from office import Office


def ids(history: History, sought: str) -> list[int]:
    return [document.id for document in history.find(sought)]


@pytest.fixture
def copies(office: Office) -> None:
    """One archived document, and two of its copies: one archived, one still to be filed."""
    office.archived(content="bytes")
    for _ in range(2):
        office.enter(content="bytes")
    office.ledger.record(office.claim(), Event.ARCHIVE)
    office.claim()


def test_an_empty_ledger_counts_nothing_in_every_state(history: History) -> None:
    assert history.counts() == dict.fromkeys(State, 0)
    assert history.oldest_waiting() is None
    assert history.rules() == {}
    assert history.run() is None


def test_each_document_is_counted_once_in_its_state(office: Office, history: History) -> None:
    office.archived()
    office.delivered()
    office.enter()
    office.enter(by=Event.HOLD)

    found = {state: count for state, count in history.counts().items() if count}

    assert found == {State.ARCHIVED: 1, State.DELIVERED: 1, State.WAITING: 1, State.HELD: 1}


def test_a_filed_duplicate_counts_as_a_duplicate(copies: None, history: History) -> None:
    found = {state: count for state, count in history.counts().items() if count}

    assert found == {State.ARCHIVED: 1, State.DUPLICATE: 2}


def test_a_document_that_the_destination_calls_a_repetition_counts_as_a_duplicate_once_filed(
    office: Office, history: History
) -> None:
    office.ledger.amend(office.archived(), twin="54")
    office.ledger.amend(office.delivered(), twin="54")

    assert (history.counts()[State.DUPLICATE], history.counts()[State.DELIVERED]) == (1, 1)


def test_documents_are_listed_as_they_are_counted(copies: None, history: History) -> None:
    for state, count in history.counts().items():
        assert len(list(history.documents(state=state))) == count


def test_documents_are_listed_by_client_rule_and_time_oldest_first(office: Office, history: History) -> None:
    office.enter(client="SCI du Port")
    office.enter(rule="Ventes")
    office.clock.push(60)
    office.enter()

    assert [document.id for document in history.documents()] == [1, 2, 3]
    assert [document.id for document in history.documents(client=CLIENT)] == [2, 3]
    assert [document.id for document in history.documents(rule="Ventes")] == [2]
    assert [document.id for document in history.documents(since=office.clock.now())] == [3]
    assert list(history.documents(client="SCI du Port", rule="Ventes")) == []


def test_a_clock_that_was_put_back_lists_nothing_that_was_seen_before_the_hour(
    office: Office, history: History
) -> None:
    since = office.clock.now()
    for passed in (0, -3600, 3600):
        office.clock.push(passed)
        office.enter()

    assert [document.id for document in history.documents(since=since)] == [1, 3]


def test_many_documents_are_read_as_they_are_asked_for(office: Office, history: History) -> None:
    for _ in range(510):
        office.enter()

    assert len(list(history.documents())) == 510


def test_the_longest_waiting_document_is_known(office: Office, history: History) -> None:
    first = office.clock.now()
    office.enter()
    office.clock.push(60)
    office.enter()

    assert history.oldest_waiting() == first


def test_a_rule_tells_what_it_has_done(office: Office, history: History) -> None:
    office.archived()
    office.clock.push(60)
    delivered = office.clock.now()
    office.delivered()
    office.clock.push(60)
    office.ledger.record(office.enter(), Event.REFUSE)

    rule = "Factures d'achat"
    assert history.rules() == {rule: RuleTally(rule, 2, 1, delivered, office.clock.now())}


def test_a_document_is_found_by_its_number(office: Office, history: History) -> None:
    office.enter("a.pdf")
    office.enter("b.pdf")

    assert ids(history, "2") == [2]


def test_a_number_that_no_document_has_is_looked_for_in_names(office: Office, history: History) -> None:
    office.enter("facture-881.pdf")

    assert ids(history, "881") == [1]
    assert ids(history, "9" * 40) == []
    assert ids(history, "\u00b2") == []  # a digit to Python, no number to anybody


def test_a_document_is_found_where_it_was_dropped_and_where_it_was_filed(office: Office, history: History) -> None:
    done = office.archived(name="facture.pdf")

    assert done.archive_path is not None
    assert history.find("x", [DROP / "facture.pdf"]) == history.find("x", [done.archive_path]) == [done]


def test_a_document_is_found_by_what_its_bytes_are(office: Office, history: History) -> None:
    entered = office.enter()

    assert ids(history, entered.digest.sha256.upper()) == [1]


def test_a_document_is_found_by_part_of_its_name(office: Office, history: History) -> None:
    office.enter("Facture EDF.pdf")
    office.enter("relevé.pdf")

    assert ids(history, "edf") == [1]
    assert ids(history, ".pdf") == [2, 1]
    assert ids(history, "Orange") == []


@pytest.mark.parametrize(("sought", "found"), [("100%", [1]), ("_2", [2]), ("%", [1]), ("_", [2]), ("\\", [3])])
def test_signs_that_mean_something_to_a_database_are_looked_for_as_they_are(
    office: Office, history: History, sought: str, found: list[int]
) -> None:
    for name in ("remise 100%.pdf", "scan_2.pdf", "a\\b.pdf", "scan42.pdf"):
        office.enter(name)

    assert ids(history, sought) == found


def test_the_database_compares_names_as_people_do_whatever_signs_they_have(office: Office, history: History) -> None:
    names = ["ÉTÉ 2026.pdf", "e\u0301te\u0301.PDF", "Œuvre.pdf", "K\x7fa.pdf", "ﬁche\t1.pdf", *HOSTILE]
    for name in names:
        office.enter(name)
    shown = [plain(visible(name)) for name in names]  # the ledger keeps a name as it is shown
    bits = {name[at : at + 3] for name in shown for at in range(0, len(name), 7)}

    for bit in bits:
        if not (bit.isdigit() or "/" in bit):
            found = [number for number, name in enumerate(shown, 1) if bit in name]
            assert ids(history, bit) == found[::-1], repr(bit)


def test_what_is_longer_than_any_name_is_found_nowhere(office: Office, history: History) -> None:
    office.enter("facture.pdf")

    assert ids(history, "%" * 100_000) == []


def test_a_name_that_is_no_text_is_found_as_it_was_typed_and_as_it_is_shown(office: Office, history: History) -> None:
    name = os.fsdecode(b"re\xe7u.pdf")
    office.enter(name)

    assert ids(history, name) == ids(history, "re\ufffdu") == [1]


def test_the_life_of_a_document_is_told_in_order(office: Office, history: History) -> None:
    begin = office.clock.now()
    office.archived()
    office.enter()

    life = history.life(1)

    assert [(line.event, line.state) for line in life] == [
        ("entered", State.WAITING),
        ("claimed", State.SENDING),
        ("delivered", State.DELIVERED),
        ("archived", State.ARCHIVED),
    ]
    assert life[0].at == begin
    assert life[0].detail["path"] == str(DROP / "facture-1.pdf")
    assert life[1].detail == {}
    assert history.life(99) == []


def test_the_tally_is_what_counting_would_give_whatever_happens_to_documents(office: Office, path: Path) -> None:
    """Every event of every document, twins and duplicates, then counted by hand."""
    delivered = office.delivered(content="one")
    office.ledger.amend(delivered, twin="another receipt")
    office.ledger.record(office.ledger.get(delivered.id), Event.KEEP)
    office.enter(content="one")
    office.ledger.record(office.claim(), Event.KEEP)  # a duplicate
    for happened in (Event.REFUSE, Event.DOUBT, Event.DELAY):
        office.enter()
        office.ledger.record(office.claim(), happened)
    office.enter(by=Event.HOLD)

    with closing(sqlite3.connect(path)) as connection:
        copy = "CASE WHEN duplicate_of IS NOT NULL THEN 'duplicate' WHEN twin IS NOT NULL THEN 'twin' ELSE '' END"
        by_hand = connection.execute(f"SELECT rule, state, {copy}, count(*) FROM document GROUP BY 1, 2, 3").fetchall()
        tally = connection.execute("SELECT * FROM tally WHERE count != 0 ORDER BY 1, 2, 3").fetchall()
        lately = connection.execute("SELECT rule, max(first_seen), max(delivered) FROM document GROUP BY 1").fetchall()
        assert tally == by_hand
        assert connection.execute("SELECT rule, seen, delivered FROM lately").fetchall() == lately
    assert len(tally) == 6
