from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pushdoc.deliver.destination import Accepted, Delayed, Delivered, Doubtful, Outcome, Refused, Scope
from pushdoc.document import Digest, Document, DocumentType, Identity
from pushdoc.journey.reactions import Barred, Reaction, Terms, Whose, doubt, react
from pushdoc.period import Period
from pushdoc.states import Event, State, next_state
from pushdoc.words import Phrase

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
TERMS = Terms(first=MINUTE, longest=4 * HOUR, give_up_after=48 * HOUR, jitter=0.0)
WHY = Phrase("journey.changed")
OTHER = Phrase("journey.gone")
SENDING = Document(
    id=1,
    state=State.SENDING,
    client="Boulangerie Martin",
    siret="12345678900012",
    rule="Achats",
    type=DocumentType.PURCHASE_INVOICE,
    period=Period(2026, 11),
    path=Path("/clients/Boulangerie Martin/a.pdf"),
    identity=Identity(1, 2, 3, 4),
    digest=Digest("0" * 64, "0" * 40),
    destination="inqom",
    first_seen=NOW,
    since=NOW,
    next_attempt=NOW,
    sent_at=NOW,
)
DOSSIERS = Delayed(WHY, Scope.DOSSIER)
LAST_WORD = Delayed(WHY, Scope.DOSSIER, once=True)
OURS = Barred(WHY)
EVERY: list[tuple[Outcome | Barred, Whose, Event]] = [
    (Delivered("55"), Whose.NOBODY, Event.DELIVER),
    (Accepted("55", "Queued"), Whose.NOBODY, Event.ACCEPT),
    (Refused(WHY), Whose.DOCUMENT, Event.REFUSE),
    (DOSSIERS, Whose.DOSSIER, Event.DELAY),
    (LAST_WORD, Whose.DOSSIER, Event.DELAY),
    (Delayed(WHY), Whose.DESTINATION, Event.DELAY),
    (Delayed(WHY, needs_person=True), Whose.DESTINATION, Event.DELAY),
    (OURS, Whose.OURSELVES, Event.DELAY),
    (Doubtful(WHY), Whose.UNKNOWN, Event.DOUBT),
]


def met(outcome: Outcome | Barred, document: Document = SENDING, *, passed: bool = False) -> Reaction:
    return react(outcome, document, NOW, TERMS, others_passed=passed)


@pytest.mark.parametrize(("outcome", "whose", "event"), EVERY)
def test_every_outcome_is_somebodys_fault_and_has_its_event(
    outcome: Outcome | Barred, whose: Whose, event: Event
) -> None:
    reaction = met(outcome)
    assert (reaction.whose, reaction.event) == (whose, event)
    assert (reaction.reason is None) is (whose is Whose.NOBODY)


@pytest.mark.parametrize("passed", [True, False])
@pytest.mark.parametrize(("outcome", "whose", "event"), EVERY)
def test_a_document_that_is_being_sent_has_an_arrow_for_every_reaction(
    outcome: Outcome | Barred, whose: Whose, event: Event, *, passed: bool
) -> None:
    assert whose in Whose
    for suspicions in range(4):
        for since in (None, NOW - HOUR, NOW - 100 * HOUR):
            document = replace(SENDING, suspicions=suspicions, failing_since=since, reason=WHY)
            reaction = met(outcome, document, passed=passed)
            next_state(State.SENDING, reaction.event)  # raises where there is none
            assert reaction.event in {event, Event.REFUSE}


@pytest.mark.parametrize(("outcome", "whose", "event"), EVERY)
def test_only_the_destinations_trouble_burns_no_try(outcome: Outcome | Barred, whose: Whose, event: Event) -> None:
    assert event in Event
    burnt = met(outcome, replace(SENDING, attempts=4)).changes.get("attempts", 4)
    assert burnt == (4 if whose is Whose.DESTINATION else 5)


def test_accepted_keeps_the_receipt_and_is_asked_about_soon() -> None:
    changes = met(Accepted("55", "Queued")).changes
    assert (changes["receipt"], changes["remote_status"]) == ("55", "Queued")
    assert NOW < changes["next_follow"] <= NOW + MINUTE


def test_the_destinations_trouble_keeps_the_place_in_time_and_lets_others_go_first() -> None:
    changes = met(Delayed(WHY, retry_after=HOUR)).changes
    assert changes == {"turn": 1, "suspicions": 0, "troubled_at": NOW}


def test_a_document_that_fails_where_others_pass_is_refused_the_third_time() -> None:
    document = SENDING
    for suspicions in (1, 2):
        reaction = met(Delayed(WHY), document, passed=True)
        assert reaction.event is Event.DELAY
        assert reaction.changes["suspicions"] == suspicions
        document = replace(document, **reaction.changes)
    reaction = met(Delayed(WHY), document, passed=True)
    assert (reaction.whose, reaction.event) == (Whose.DOCUMENT, Event.REFUSE)
    assert reaction.reason == Phrase("journey.troubling", {"tries": 3})
    assert reaction.changes == {"suspicions": 0, "troubled_at": None}


def test_a_document_that_fails_with_all_others_is_never_suspected() -> None:
    document = SENDING
    for _ in range(100):
        reaction = met(Delayed(WHY), document)
        assert reaction.event is Event.DELAY
        document = replace(document, **reaction.changes)
    assert document.suspicions == 0


@pytest.mark.parametrize("outcome", [DOSSIERS, OURS])
def test_what_fails_by_itself_waits_longer_each_time_and_remembers_its_first_failure(outcome: Delayed | Barred) -> None:
    waits = []
    document = SENDING
    for _ in range(10):
        reaction = met(outcome, document)
        document = replace(document, **reaction.changes)
        waits.append(document.next_attempt - NOW)
    assert document.failing_since == NOW
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (MINUTE, 4 * HOUR)


@pytest.mark.parametrize("outcome", [DOSSIERS, OURS])
def test_what_has_failed_by_itself_for_as_long_as_the_rules_say_is_left_to_a_person(outcome: Delayed | Barred) -> None:
    almost = replace(SENDING, failing_since=NOW - 48 * HOUR + MINUTE)
    over = replace(SENDING, failing_since=NOW - 48 * HOUR)
    assert met(outcome, almost).event is Event.DELAY
    assert (met(outcome, over).event, met(outcome, over).whose) == (Event.REFUSE, Whose.DOCUMENT)


def test_a_dossiers_trouble_waits_at_least_for_a_fresh_mapping_and_for_what_is_asked() -> None:
    hasty = replace(TERMS, first=timedelta(seconds=1))
    unasked = react(DOSSIERS, SENDING, NOW, hasty, others_passed=False)
    asked = react(replace(DOSSIERS, retry_after=HOUR), SENDING, NOW, hasty, others_passed=False)
    assert unasked.changes["next_attempt"] == NOW + timedelta(seconds=15)
    assert asked.changes["next_attempt"] == NOW + HOUR


@pytest.mark.parametrize(
    ("before", "outcome", "event"),
    [
        (None, LAST_WORD, Event.DELAY),
        (OTHER, LAST_WORD, Event.DELAY),
        (WHY, LAST_WORD, Event.REFUSE),
        (WHY, DOSSIERS, Event.DELAY),
    ],
)
def test_a_last_word_counts_when_it_is_said_twice_running(
    before: Phrase | None, outcome: Delayed, event: Event
) -> None:
    assert met(outcome, replace(SENDING, reason=before)).event is event


@pytest.mark.parametrize(("attempts", "failing_since", "counted"), [(0, None, 1), (3, None, 4), (3, NOW - HOUR, 1)])
def test_a_doubt_counts_only_what_was_sent_in_vain(attempts: int, failing_since: datetime | None, counted: int) -> None:
    document = replace(SENDING, attempts=attempts, failing_since=failing_since, asks=3)
    reaction = doubt(WHY, document, NOW)
    assert reaction.changes == {"attempts": counted, "failing_since": None, "asks": 0, "next_attempt": NOW}
    assert met(Doubtful(WHY), document).changes["next_attempt"] > NOW
