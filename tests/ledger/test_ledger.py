from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office import CLIENT, DROP, entry

from pushdoc.document import Identity
from pushdoc.errors import WrongUseError
from pushdoc.states import ARROWS, ENTRANCES, Event, NoSuchArrowError, State
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from office import Office

    from pushdoc.ledger import History

#: A name in Latin-1, as an old file server leaves it.
LATIN = os.fsdecode(b"re\xe7u 12 \xe9t\xe9.pdf")


def test_a_document_that_was_entered_says_what_was_taken(office: Office) -> None:
    made = entry()

    entered = office.ledger.enter(made)

    assert entered.state is State.WAITING
    assert (entered.client, entered.siret, entered.rule) == (made.client, made.siret, made.rule)
    assert (entered.type, entered.period) == (made.type, made.period)
    assert (entered.path, entered.identity, entered.digest) == (made.path, made.identity, made.digest)
    assert entered.first_seen == entered.since == entered.next_attempt == office.clock.now()
    assert (entered.attempts, entered.forced, entered.reason, entered.dossier) == (0, False, None, None)


def test_a_number_that_was_given_once_is_not_given_again(office: Office) -> None:
    assert [office.enter().id for _ in range(3)] == [1, 2, 3]


def test_a_name_that_is_no_text_is_kept_byte_for_byte(office: Office, history: History) -> None:
    entered = office.enter(LATIN)

    known = office.ledger.get(entered.id)

    assert os.fsencode(known.path) == os.fsencode(DROP) + b"/re\xe7u 12 \xe9t\xe9.pdf"
    assert office.ledger.at(DROP / LATIN) == office.ledger.open_in(DROP) == [known]
    assert history.find("x", [DROP / LATIN]) == [known]


def test_an_inode_beyond_what_a_signed_number_holds_is_kept(office: Office) -> None:
    huge = Identity(2**64 - 1, 2**64 - 1, 12, 2**63 + 1)

    assert office.ledger.get(office.enter(identity=huge).id).identity == huge


def test_everything_that_changes_with_an_event_is_there_when_it_is_recorded(office: Office) -> None:
    office.enter()
    reason = Phrase("ledger.trouble", {"path": "é", "said": ["a", 1, None, {"deep": True}]})
    later = office.clock.now() + timedelta(hours=1)

    document = office.ledger.record(
        office.claim(), Event.DELAY, reason=reason, attempts=3, next_attempt=later, failing_since=office.clock.now()
    )

    assert document == office.ledger.get(1)
    assert (document.reason, document.attempts, document.next_attempt) == (reason, 3, later)
    assert document.failing_since == office.clock.now()


def test_an_event_without_an_arrow_is_an_error_and_nothing_is_written(office: Office, history: History) -> None:
    entered = office.enter()

    with pytest.raises(NoSuchArrowError):
        office.ledger.record(entered, Event.DELIVER, receipt="55")

    assert office.ledger.get(entered.id) == entered
    assert len(history.life(entered.id)) == 1


def test_what_the_ledger_knows_now_counts_not_what_the_caller_remembers(office: Office) -> None:
    entered = office.enter()
    office.ledger.record(entered, Event.WITHDRAW)

    with pytest.raises(NoSuchArrowError):
        office.ledger.record(entered, Event.REFUSE)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(hold=st.booleans(), events=st.lists(st.sampled_from(sorted(Event)), max_size=12))
def test_every_change_of_state_has_exactly_its_line_in_the_history(
    office: Office, history: History, *, hold: bool, events: list[Event]
) -> None:
    entrance = Event.HOLD if hold else Event.ENTER
    document = office.enter(by=entrance)
    expected = [(entrance.value, ENTRANCES[entrance])]

    for event in events:
        office.clock.push(1)
        after = ARROWS[expected[-1][1]].get(event)
        if after is None:
            with pytest.raises(NoSuchArrowError):
                office.ledger.record(document, event)
        else:
            document = office.ledger.record(document, event)
            assert (document.state, document.since) == (after, office.clock.now())
            expected.append((event.value, after))

    assert [(line.event, line.state) for line in history.life(document.id)] == expected


def test_amending_changes_what_is_not_the_state_and_tells_it_where_it_is_worth_it(
    office: Office, history: History
) -> None:
    entered = office.enter()
    claimed = office.claim()

    office.ledger.amend(claimed, asks=1)
    amended = office.ledger.amend(entered, "followed", {"remote": "Integrated"}, remote_status="Integrated")

    assert (amended.asks, amended.remote_status, amended.state) == (1, "Integrated", State.SENDING)
    line = history.life(entered.id)[-1]
    # The caller's document is from before the claim; the line tells the state that is true.
    assert (line.event, line.state, line.detail) == ("followed", State.SENDING, {"remote": "Integrated"})
    assert len(history.life(entered.id)) == 3


def test_amending_cannot_change_the_state(office: Office) -> None:
    entered = office.enter()

    with pytest.raises(NoSuchArrowError):
        office.ledger.amend(entered, state=State.ARCHIVED)

    assert office.ledger.get(entered.id) == entered


def test_a_number_that_no_document_has_is_wrong_use(office: Office) -> None:
    with pytest.raises(WrongUseError) as caught:
        office.ledger.get(12)

    assert caught.value.phrase == Phrase("ledger.no_such_document", {"id": 12})


def test_all_documents_that_were_dropped_at_a_path_are_known_the_newest_first(office: Office) -> None:
    for content in ("first scan", "second scan"):
        office.enter("facture.pdf", content)
    office.enter("Facture.pdf")

    assert [document.id for document in office.ledger.at(DROP / "facture.pdf")] == [2, 1]


def test_a_look_into_a_folder_knows_what_is_still_open_there(office: Office) -> None:
    office.archived()
    withdrawn = office.enter()
    office.ledger.record(withdrawn, Event.WITHDRAW)
    waiting = office.enter(by=Event.HOLD)
    refused = office.ledger.record(office.enter(), Event.REFUSE)
    office.enter(path=DROP.parent / "12" / "x.pdf")

    assert office.ledger.open_in(DROP) == [waiting, refused]


def test_an_acknowledged_document_still_lies_in_its_folder(office: Office) -> None:
    refused = office.ledger.record(office.enter(), Event.REFUSE)
    acknowledged = office.ledger.record(refused, Event.ACKNOWLEDGE)

    assert office.ledger.open_in(DROP) == [acknowledged]


def test_documents_are_found_by_state_and_destination(office: Office) -> None:
    delivered = office.delivered()
    waiting = office.enter()
    office.enter(destination="folder")

    assert office.ledger.in_states(State.DELIVERED, State.WAITING, destination="inqom") == [delivered, waiting]
    assert len(office.ledger.in_states(State.WAITING)) == 2


def test_a_destination_is_asked_about_a_doubtful_document_at_its_hour(office: Office) -> None:
    office.enter()
    at = office.clock.now() + timedelta(minutes=1)
    office.ledger.record(office.claim(), Event.DOUBT, next_attempt=at)

    assert office.ledger.doubtful("inqom") == []

    office.clock.push(60)
    assert [document.id for document in office.ledger.doubtful("inqom")] == [1]
    assert office.ledger.doubtful("folder") == []


def test_delivered_documents_are_followed_the_most_overdue_first(office: Office) -> None:
    for minutes in (3, 1, 2, 9):
        office.ledger.amend(office.delivered(), next_follow=office.clock.now() + timedelta(minutes=minutes))
    office.delivered()

    office.clock.push(200)

    assert [document.id for document in office.ledger.to_follow("inqom")] == [2, 3, 1]


def test_moments_are_kept_to_the_microsecond_in_utc(office: Office) -> None:
    office.clock.push(0.123456)
    entered = office.enter()

    assert entered.first_seen == office.clock.now()
    assert entered.first_seen.utcoffset() == timedelta(0)


def test_an_archive_path_is_kept_as_a_path(office: Office) -> None:
    place = Path("/srv/mcf") / CLIENT / LATIN

    filed = office.ledger.record(office.delivered(), Event.ARCHIVE, archive_path=place, filed=office.clock.now())

    assert (filed.archive_path, filed.filed) == (place, office.clock.now())
