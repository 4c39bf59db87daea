"""What becomes of delivered documents over there, asked for on a schedule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fakes import Turn, accepted, refused
from journeys.firm import GARAGE

from pushdoc.deliver.destination import Accepted, Delayed, Progress, Scope, ServiceTroubleError
from pushdoc.journey import decisions
from pushdoc.states import State
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from fakes import ScriptedDestination
    from journeys.firm import Firm


@pytest.fixture
def delivered(firm: Firm) -> Firm:
    """Two papers of one client and one of another are delivered, five seconds ago."""
    for name in ("a.pdf", "b.pdf"):
        firm.drop(name)
    firm.drop("c.pdf", client=GARAGE)
    firm.look()
    firm.send()
    firm.clock.push(5)
    return firm


def test_each_dossier_is_asked_once_for_all_its_documents(delivered: Firm, destination: ScriptedDestination) -> None:
    assert delivered.inquiry.follow() == 3

    assert sorted((dossier, len(receipts)) for dossier, receipts in destination.followed) == [
        ("700101", 2),
        ("700104", 1),
    ]


def test_it_is_asked_less_and_less_often_and_no_more_after_a_day(
    delivered: Firm, destination: ScriptedDestination
) -> None:
    assert delivered.inquiry.follow() == 3
    for pause in (25, 90, 480, *[3600] * 24):
        delivered.clock.push(pause - 0.001)
        assert delivered.inquiry.follow() == 0
        delivered.clock.push(0.001)
        assert delivered.inquiry.follow() == 3

    delivered.clock.push(10 * 86400)
    assert delivered.inquiry.follow() == 0


def test_a_status_is_kept_and_told_once(delivered: Firm, destination: ScriptedDestination) -> None:
    receipt = delivered.ledger.get(1).receipt
    assert receipt is not None
    destination.progress[receipt] = Progress("Processing")
    delivered.work(hours=1)

    assert delivered.ledger.get(1).remote_status == "Processing"
    assert delivered.events(1).count("followed") == 1


def test_a_duplicate_by_the_services_own_word_is_recorded_as_a_twin(
    delivered: Firm, destination: ScriptedDestination
) -> None:
    receipt = delivered.ledger.get(1).receipt
    assert receipt is not None
    destination.progress[receipt] = Progress("Duplicate", final=True, twin="elsewhere-7")
    delivered.inquiry.follow()

    document = delivered.ledger.get(1)
    assert (document.remote_status, document.twin, document.state) == ("Duplicate", "elsewhere-7", State.ARCHIVED)
    assert delivered.history.life(1)[-1].detail == {"status": "Duplicate", "twin": "elsewhere-7"}


def test_the_final_word_ends_the_asking(delivered: Firm, destination: ScriptedDestination) -> None:
    for number in (1, 2, 3):
        receipt = delivered.ledger.get(number).receipt
        assert receipt is not None
        destination.progress[receipt] = Progress("Integrated", final=True)
    delivered.inquiry.follow()
    asked = len(destination.followed)

    delivered.work(hours=3, step_s=300)

    assert len(destination.followed) == asked


def test_the_services_trouble_postpones_all_after_one_question_and_nothing_is_lost(
    delivered: Firm, destination: ScriptedDestination
) -> None:
    destination.trouble = Delayed(Phrase("inqom.failed", {"status": 503}))
    delivered.inquiry.follow()

    assert len(destination.followed) == 1
    assert [each.follows for each in delivered.documents] == [0] * 3
    delivered.clock.push(89)
    assert delivered.inquiry.follow() == 0
    delivered.clock.push(1)
    assert delivered.inquiry.follow() == 3
    assert delivered.states == [State.ARCHIVED] * 3


def test_one_dossiers_trouble_does_not_keep_the_others_from_being_followed(
    delivered: Firm, destination: ScriptedDestination
) -> None:
    follow = destination.follow

    def forbids_the_first(dossier: str, receipts: Collection[str], since: datetime) -> dict[str, Progress]:
        if dossier == "700101":
            raise ServiceTroubleError(Delayed(Phrase("inqom.forbidden"), Scope.DOSSIER))
        return follow(dossier, receipts, since)

    destination.follow = forbids_the_first  # type: ignore[method-assign]  # one dossier without rights
    delivered.inquiry.follow()

    assert [dossier for dossier, _ in destination.followed] == ["700104"]


def test_a_document_that_was_thrown_out_and_is_accepted_again_is_followed_from_the_beginning(
    firm: Firm, destination: ScriptedDestination
) -> None:
    destination.next(accepted("q-1"))
    firm.drop("facture.pdf")
    firm.work(hours=10, step_s=600)
    destination.progress["q-1"] = Progress("Rejected", refused=Phrase("inqom.too_large"))
    firm.work(hours=2, step_s=600)
    assert firm.states == [State.NON_TRANSMIS]
    destination.followed.clear()

    destination.next(Turn(Accepted("q-2", "Queued")))
    decisions.retry(firm.ledger, firm.one, firm.clock, force=False)
    firm.work(hours=23, step_s=600)
    assert {receipts for _, receipts in destination.followed} == {frozenset({"q-2"})}
    assert firm.states == [State.SUBMITTED]

    destination.progress["q-2"] = Progress("Integrated", final=True)
    firm.work(hours=2, step_s=600)
    assert firm.states == [State.ARCHIVED]


def test_a_refused_document_is_not_followed(firm: Firm, destination: ScriptedDestination) -> None:
    destination.next(refused())
    firm.drop("facture.pdf")
    firm.work(hours=2)

    assert destination.followed == []
