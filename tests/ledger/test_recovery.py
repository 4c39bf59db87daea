"""What the ledger does for documents whose past it does not know, and for hours that a clock has spoilt."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pushdoc.ledger.ledger import BEFORE_ALL
from pushdoc.states import Event, State
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from office import Office
    from pushed import PushedClock

    from pushdoc.ledger import Ledger

REASON = Phrase("journey.reconciled")
LONGEST = timedelta(hours=4)


def test_a_suspect_is_asked_about_at_once_under_the_reference_it_would_have_been_sent_with(
    office: Office, ledger: Ledger, clock: PushedClock
) -> None:
    suspect = ledger.suspect(office.enter("facture.pdf"), REASON)
    twin_of_old = office.enter("facture.pdf")

    assert (suspect.state, suspect.reason, suspect.dossier) == (State.DOUBTFUL, REASON, "700123")
    assert (suspect.sent_at, suspect.next_attempt) == (BEFORE_ALL, clock.now())
    assert [document.id for document in ledger.doubtful("inqom")] == [suspect.id]
    settled = ledger.record(suspect, Event.DELAY, next_attempt=clock.now())
    ledger.record(twin_of_old, Event.WITHDRAW)
    claimed = office.claim()
    assert (claimed.id, claimed.reference) == (settled.id, suspect.reference)


def test_a_suspect_without_a_dossier_is_given_back_as_it_was(office: Office, ledger: Ledger) -> None:
    office.map("Boulangerie Martin", usable=False)
    entered = office.enter()

    assert ledger.suspect(entered, REASON) == entered
    assert ledger.get(entered.id).state is State.WAITING


def test_a_suspect_takes_no_twin_with_it(office: Office, ledger: Ledger, clock: PushedClock) -> None:
    ledger.suspect(office.enter("a.pdf", "same"), REASON)
    office.enter("b.pdf", "same")

    assert ledger.claim("inqom") is None  # it waits until the doubt is settled


def test_hours_in_a_far_future_are_brought_back_and_others_left(
    office: Office, ledger: Ledger, clock: PushedClock
) -> None:
    now = clock.now()
    far, near, doubtful = office.enter(), office.enter(), ledger.suspect(office.enter(), REASON)
    ledger.amend(far, next_attempt=now + timedelta(days=400))
    ledger.amend(near, next_attempt=now + LONGEST)
    ledger.amend(doubtful, next_attempt=now + timedelta(days=3))
    followed = ledger.amend(office.enter(destination="other"), next_attempt=now + timedelta(days=3))

    ledger.set_right("inqom", LONGEST)

    hours = [ledger.get(document.id).next_attempt for document in (far, near, doubtful, followed)]
    assert hours == [now, now + LONGEST, now, now + timedelta(days=3)]


def test_following_in_a_far_future_is_brought_back_too(office: Office, ledger: Ledger, clock: PushedClock) -> None:
    done = office.archived()
    ledger.amend(done, next_follow=clock.now() + timedelta(days=9))

    ledger.set_right("inqom", LONGEST)

    assert [document.id for document in ledger.to_follow("inqom")] == [done.id]


def test_turns_are_levelled_for_all_but_suspects_and_other_destinations(office: Office, ledger: Ledger) -> None:
    passed, suspect, other = office.enter(), office.enter(), office.enter(destination="other")
    for document in (passed, suspect, other):
        ledger.amend(document, turn=5)
    ledger.amend(suspect, suspicions=1)

    ledger.level_turns("inqom")

    assert [ledger.get(document.id).turn for document in (passed, suspect, other)] == [0, 5, 5]


def test_the_dossier_of_a_client_is_what_the_mapping_says_now(office: Office, ledger: Ledger) -> None:
    assert ledger.dossier_of("inqom", "Boulangerie Martin") == "700123"
    assert ledger.dossier_of("other", "Boulangerie Martin") is None
    office.map("Boulangerie Martin", usable=False)
    assert ledger.dossier_of("inqom", "Boulangerie Martin") is None


def test_a_copy_that_was_made_before_the_first_run_has_the_same_id(ledger: Ledger) -> None:
    with ledger._writing() as connection:
        (kept,) = connection.execute("SELECT value FROM house WHERE key = 'id'").fetchone()

    assert kept == ledger.notes.identity()
