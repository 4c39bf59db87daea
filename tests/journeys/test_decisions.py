"""What a person may decide, in every state a document can be in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fakes import accepted, delayed, doubtful, refused
from journeys.firm import KEPT_PURCHASES, PURCHASES

from pushdoc.deliver.destination import Delayed, Scope
from pushdoc.journey import decisions
from pushdoc.states import Event, OvertakenError, State
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakes import ScriptedDestination
    from journeys.firm import Firm

    from pushdoc.document import Document

HELD_PURCHASES = PURCHASES + "hold = true\n"
AWAY = Delayed(Phrase("inqom.failed", {"status": 503}))

#: How a document comes to stand so: the rules, and whether it is the second of two with the same bytes.
WAYS: dict[State, tuple[str, bool]] = {
    State.HELD: (HELD_PURCHASES, False),
    State.WAITING: (PURCHASES, False),
    State.SENDING: (PURCHASES, False),
    State.SUBMITTED: (PURCHASES, False),
    State.DOUBTFUL: (PURCHASES, False),
    State.DELIVERED: (PURCHASES, False),
    State.ARCHIVED: (PURCHASES, False),
    State.KEPT: (KEPT_PURCHASES, False),
    State.DUPLICATE: (PURCHASES, True),
    State.NON_TRANSMIS: (PURCHASES, False),
    State.ACKNOWLEDGED: (PURCHASES, False),
    State.WITHDRAWN: (PURCHASES, False),
    State.REJECTED: (HELD_PURCHASES, False),
}


def retry(firm: Firm, document: Document) -> Phrase | None:
    return decisions.retry(firm.ledger, document, firm.clock, force=False)


def force(firm: Firm, document: Document) -> Phrase | None:
    return decisions.retry(firm.ledger, document, firm.clock, force=True)


def ack(firm: Firm, document: Document) -> Phrase | None:
    return decisions.acknowledge(firm.ledger, document, "by post")


def release(firm: Firm, document: Document) -> Phrase | None:
    return decisions.release(firm.ledger, document, firm.clock)


def reject(firm: Firm, document: Document) -> Phrase | None:
    return decisions.reject(firm.ledger, document, "not ours")


DECISIONS = {"retry": retry, "force": force, "ack": ack, "release": release, "reject": reject}

#: Where a decision leads; everything else is refused with this phrase, and changes nothing.
LEADS: dict[tuple[str, State], State] = {
    ("retry", State.NON_TRANSMIS): State.WAITING,
    ("retry", State.ACKNOWLEDGED): State.WAITING,
    ("force", State.NON_TRANSMIS): State.WAITING,
    ("force", State.ACKNOWLEDGED): State.WAITING,
    ("force", State.DOUBTFUL): State.WAITING,
    ("force", State.DUPLICATE): State.WAITING,
    ("ack", State.NON_TRANSMIS): State.ACKNOWLEDGED,
    ("release", State.HELD): State.WAITING,
    ("reject", State.HELD): State.REJECTED,
}
SAYS = {
    ("retry", State.DOUBTFUL): "decisions.doubtful",
    ("retry", State.DUPLICATE): "decisions.duplicate",
}


def brought_to(state: State, found: Callable[..., Firm], destination: ScriptedDestination) -> tuple[Firm, Document]:
    """A firm with a document in a state, by the way that documents come there."""
    rules_text, second = WAYS[state]
    firm = found(rules_text=rules_text)
    path = firm.drop("facture.pdf", b"%PDF")
    firm.look()
    if second:
        firm.send()
        firm.drop("again.pdf", b"%PDF")
        firm.look()
    match state:
        case State.SENDING | State.DUPLICATE:
            firm.ledger.claim("inqom")
        case State.DELIVERED:
            claimed = firm.ledger.claim("inqom")
            assert claimed is not None
            firm.ledger.record(claimed, Event.DELIVER, receipt="1", delivered=firm.clock.now())
        case State.SUBMITTED | State.DOUBTFUL | State.NON_TRANSMIS | State.ACKNOWLEDGED:
            turns = {State.SUBMITTED: accepted(), State.DOUBTFUL: doubtful(arrived=False)}
            destination.next(turns.get(state, refused()))
            firm.send()
            if state is State.ACKNOWLEDGED:
                ack(firm, firm.one)
        case State.ARCHIVED | State.KEPT:
            firm.send()
        case State.WITHDRAWN:
            path.unlink()
            firm.look()
        case State.REJECTED:
            reject(firm, firm.one)
        case _:
            pass
    document = firm.documents[-1]
    assert document.state is state
    return firm, document


@pytest.mark.parametrize("decision", DECISIONS)
@pytest.mark.parametrize("state", State)
def test_a_decision_leads_where_the_table_says_or_is_refused_and_changes_nothing(
    found: Callable[..., Firm], destination: ScriptedDestination, state: State, decision: str
) -> None:
    firm, document = brought_to(state, found, destination)

    said = DECISIONS[decision](firm, document)

    if (decision, state) in LEADS:
        assert said is None
        assert firm.ledger.get(document.id).state is LEADS[decision, state]
        # Nobody else will send it: the queue has it now.
        if LEADS[decision, state] is State.WAITING:
            assert firm.ledger.get(document.id).next_attempt == firm.clock.now()
            claimed = firm.ledger.claim("inqom")
            assert claimed is not None
            assert claimed.id == document.id
    else:
        assert said is not None
        assert said.code == SAYS.get((decision, state), "decisions.not_now")
        assert firm.ledger.get(document.id) == document


def test_a_held_document_waits_for_ever_and_is_sent_when_a_person_releases_it(
    found: Callable[..., Firm], destination: ScriptedDestination
) -> None:
    firm = found(rules_text=HELD_PURCHASES)
    firm.drop("facture.pdf")
    firm.work(hours=60, step_s=3600)
    firm.restart()
    firm.work()
    assert (firm.states, destination.attempts) == ([State.HELD], [])

    release(firm, firm.one)
    firm.work()

    assert firm.states == [State.ARCHIVED]
    assert len(destination.arrived) == 1


def test_a_rejected_document_stays_and_is_never_sent(
    found: Callable[..., Firm], destination: ScriptedDestination
) -> None:
    firm = found(rules_text=HELD_PURCHASES)
    path = firm.drop("facture.pdf")
    firm.look()
    reject(firm, firm.one)
    firm.work()
    firm.restart()
    firm.work()

    assert (firm.states, path.exists(), destination.attempts) == ([State.REJECTED], True, [])
    assert firm.one.reason == Phrase("journey.rejected", {"text": "not ours"})
    path.write_bytes(b"another")
    firm.look()
    assert firm.states == [State.REJECTED, State.HELD]


def test_a_held_document_whose_file_goes_is_withdrawn(found: Callable[..., Firm]) -> None:
    firm = found(rules_text=HELD_PURCHASES)
    path = firm.drop("facture.pdf")
    firm.look()
    path.unlink()
    firm.look()

    assert firm.states == [State.WITHDRAWN]


def test_an_acknowledged_document_stays_and_is_not_entered_again(firm: Firm, destination: ScriptedDestination) -> None:
    destination.next(refused())
    path = firm.drop("facture.pdf")
    firm.work()
    ack(firm, firm.one)
    firm.work()
    firm.restart()
    firm.work()

    assert (firm.states, path.exists()) == ([State.ACKNOWLEDGED], True)
    assert len(destination.attempts) == 1


def test_retried_a_document_begins_its_tries_anew(firm: Firm, destination: ScriptedDestination) -> None:
    destination.next(delayed(Scope.DOSSIER, code="inqom.forbidden"), refused())
    firm.drop("facture.pdf")
    firm.work(hours=0.1)
    assert firm.states == [State.NON_TRANSMIS]

    retry(firm, firm.one)

    document = firm.one
    assert (document.attempts, document.asks, document.failing_since, document.reason) == (0, 0, None, None)


@pytest.mark.parametrize("aside", [False, True], ids=["non transmis", "set aside"])
def test_one_that_perhaps_arrived_is_sent_again_by_force_only(
    firm: Firm, destination: ScriptedDestination, *, aside: bool
) -> None:
    destination.next(doubtful(arrived=True))
    firm.drop("facture.pdf")
    firm.look()
    firm.send()
    destination.trouble = AWAY
    firm.work(hours=49, step_s=600)
    destination.trouble = None
    if aside:
        ack(firm, firm.one)

    said = retry(firm, firm.one)

    if aside:
        assert said == Phrase("decisions.unknowable", {"id": 1})
        assert firm.states == [State.ACKNOWLEDGED]
        assert force(firm, firm.one) is None
        firm.work(hours=0.2)
        assert len(destination.arrived) == 2
    else:
        assert firm.states == [State.DOUBTFUL]
        firm.work(hours=0.2)
        assert len(destination.arrived) == 1


def test_a_decision_on_what_a_courier_has_just_taken_is_void(firm: Firm) -> None:
    firm.drop("facture.pdf")
    firm.look()
    known = firm.ledger.record(firm.one, Event.REFUSE)
    retry(firm, known)

    with pytest.raises(OvertakenError):
        ack(firm, known)


@pytest.mark.parametrize("by_force", [False, True])
def test_one_whose_file_was_taken_away_is_not_queued(
    firm: Firm, destination: ScriptedDestination, *, by_force: bool
) -> None:
    destination.next(refused())
    path = firm.drop("facture.pdf")
    firm.work()
    path.unlink()

    said = decisions.retry(firm.ledger, firm.one, firm.clock, force=by_force)

    assert said == Phrase("decisions.file_gone", {"id": 1, "path": str(path)})
    assert firm.states == [State.NON_TRANSMIS]
