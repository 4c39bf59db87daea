"""Documents of which nobody knows whether they arrived: asked about, never guessed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from fakes import delayed, doubtful

from pushdoc.deliver.destination import CannotTell, Delayed, Found, Scope
from pushdoc.journey import decisions
from pushdoc.states import State
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from fakes import ScriptedDestination
    from journeys.firm import Firm

    from pushdoc.deliver.destination import Finding
    from pushdoc.document import Document

AWAY = Delayed(Phrase("inqom.failed", {"status": 503}))


def in_doubt(firm: Firm, destination: ScriptedDestination, *, arrived: bool) -> None:
    destination.next(doubtful(arrived=arrived))
    firm.drop("facture.pdf")
    firm.look()
    firm.send()
    assert firm.states == [State.DOUBTFUL]


def ask_at_its_hour(firm: Firm) -> float:
    """Ask when the only document's hour has come; how many seconds that took."""
    seconds = (firm.one.next_attempt - firm.clock.now()).total_seconds()
    firm.clock.push(seconds - 0.001)
    assert firm.inquiry.ask() == 0
    firm.clock.push(0.001)
    firm.inquiry.ask()
    return seconds


def test_what_arrived_is_found_and_delivered_once(firm: Firm, destination: ScriptedDestination) -> None:
    in_doubt(firm, destination, arrived=True)

    assert ask_at_its_hour(firm) == 5

    assert (firm.states, firm.one.receipt) == ([State.ARCHIVED], "inqom-1")
    assert firm.send() == 0
    assert len(destination.arrived) == 1


def test_what_was_lost_is_asked_about_four_times_and_sent_again_under_its_reference(
    firm: Firm, destination: ScriptedDestination
) -> None:
    in_doubt(firm, destination, arrived=False)
    reference = firm.one.reference

    assert [ask_at_its_hour(firm) for _ in range(4)] == [5, 10, 30, 120]
    assert (firm.states, firm.reason(1)) == ([State.WAITING], "journey.surely_absent")
    firm.send()

    assert firm.states == [State.ARCHIVED]
    assert [each.reference for each in destination.arrived] == [reference]
    assert len(destination.asked) == 4


def test_what_shows_late_is_found_late_and_not_sent_again(firm: Firm, destination: ScriptedDestination) -> None:
    in_doubt(firm, destination, arrived=False)
    for _ in range(3):
        ask_at_its_hour(firm)
    destination.findings.append(Found(("late-1",)))
    ask_at_its_hour(firm)

    assert (firm.states, firm.one.receipt) == ([State.ARCHIVED], "late-1")
    assert destination.attempts == ["facture.pdf"]


def test_while_the_service_cannot_tell_it_is_neither_sent_nor_marked(
    firm: Firm, destination: ScriptedDestination
) -> None:
    in_doubt(firm, destination, arrived=True)
    destination.trouble = AWAY
    firm.work(hours=47, step_s=600)
    assert firm.states == [State.DOUBTFUL]

    destination.trouble = None
    firm.work(hours=0.2)

    assert firm.states == [State.ARCHIVED]
    assert len(destination.arrived) == 1


def test_what_nobody_can_tell_for_two_days_is_left_to_a_person_with_both_times(
    firm: Firm, destination: ScriptedDestination
) -> None:
    in_doubt(firm, destination, arrived=True)
    sent = firm.one.sent_at
    assert sent is not None
    destination.trouble = AWAY

    firm.work(hours=49, step_s=600)

    reason = firm.one.reason
    assert firm.states == [State.NON_TRANSMIS]
    assert reason is not None
    assert (reason.code, reason.values["sent"]) == ("journey.cannot_tell", sent.isoformat())
    assert reason.values["asked"] == firm.one.since.isoformat()
    assert firm.one.since - sent >= timedelta(hours=48)
    assert firm.marked(firm.one.path)


def test_what_nobody_could_tell_is_asked_about_again_not_sent_when_a_person_retries(
    firm: Firm, destination: ScriptedDestination
) -> None:
    in_doubt(firm, destination, arrived=True)
    destination.trouble = AWAY
    firm.work(hours=49, step_s=600)
    destination.trouble = None

    assert decisions.retry(firm.ledger, firm.one, firm.clock, force=False) is None
    firm.work(hours=0.1)

    assert firm.states == [State.ARCHIVED]
    assert len(destination.arrived) == 1
    assert not firm.marked(firm.one.path)


def test_what_was_sent_twice_is_delivered_and_its_twin_is_told(firm: Firm, destination: ScriptedDestination) -> None:
    in_doubt(firm, destination, arrived=True)
    destination.findings.append(Found(("inqom-1", "inqom-2")))
    ask_at_its_hour(firm)

    assert (firm.states, firm.one.receipt, firm.one.twin) == ([State.ARCHIVED], "inqom-1", "inqom-2")
    told = next(line for line in firm.history.life(1) if line.event == "delivered")
    assert told.detail["receipts"] == ["inqom-1", "inqom-2"]


def test_what_is_lost_five_times_without_an_answer_is_left_to_a_person(
    firm: Firm, destination: ScriptedDestination
) -> None:
    destination.next(*[doubtful(arrived=False)] * 9)
    firm.drop("poison.pdf")

    firm.work(hours=3)

    assert (firm.states, firm.reason(1)) == ([State.NON_TRANSMIS], "journey.poison")
    assert len(destination.attempts) == 5
    assert firm.marked(firm.one.path)


def test_tries_that_failed_before_anything_was_sent_do_not_make_poison_of_one_doubt(
    firm: Firm, destination: ScriptedDestination
) -> None:
    destination.next(*[delayed(Scope.DOSSIER, code="inqom.forbidden")] * 6, doubtful(arrived=False))
    firm.drop("facture.pdf")

    firm.work(hours=8, step_s=120)

    assert firm.states == [State.ARCHIVED]
    assert len(destination.attempts) == 8


def test_a_person_who_forces_a_doubtful_one_has_it_sent_again_under_another_reference(
    firm: Firm, destination: ScriptedDestination
) -> None:
    in_doubt(firm, destination, arrived=True)

    assert decisions.retry(firm.ledger, firm.one, firm.clock, force=True) is None
    firm.work()

    assert firm.states == [State.ARCHIVED]
    assert len({each.reference for each in destination.arrived}) == len(destination.arrived) == 2


def test_a_person_who_decides_while_the_destination_is_being_asked_is_heeded(
    firm: Firm, destination: ScriptedDestination
) -> None:
    in_doubt(firm, destination, arrived=True)
    firm.clock.push(5)
    asks = destination.ask

    def decide_meanwhile(document: Document) -> Finding:
        decisions.retry(firm.ledger, document, firm.clock, force=True)
        return asks(document)

    destination.ask = decide_meanwhile  # type: ignore[method-assign]  # the moment of the race

    assert firm.inquiry.ask() == 0
    assert firm.states == [State.WAITING]


@pytest.mark.parametrize("finding", [CannotTell(Phrase("inqom.failed", {"status": 500})), None])
def test_a_document_in_doubt_is_not_claimed(
    firm: Firm, destination: ScriptedDestination, finding: CannotTell | None
) -> None:
    in_doubt(firm, destination, arrived=False)
    if finding:
        destination.findings.append(finding)
        ask_at_its_hour(firm)
    assert firm.send() == 0
