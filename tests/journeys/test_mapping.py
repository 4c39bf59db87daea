"""Which client's documents go to which dossier, and how fresh that knowledge is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from fakes import delayed
from journeys.firm import DOSSIERS, GARAGE, MARTIN, SIRETS, client_text

from pushdoc.deliver.destination import Delayed, Scope
from pushdoc.document import Dossier
from pushdoc.states import State
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakes import ScriptedDestination
    from journeys.firm import Firm

AWAY = Delayed(Phrase("inqom.failed", {"status": 503}))


def refresh(firm: Firm) -> bool:
    return firm.roll.refresh_if_due(firm.destination, firm.gate)


def test_a_client_without_a_dossier_waits_and_is_sent_by_itself_once_there_is_one(
    found: Callable[..., Firm], destination: ScriptedDestination
) -> None:
    destination.dossiers_kept = DOSSIERS[:1]
    firm = found()
    path = firm.drop("garage.pdf", client=GARAGE)
    firm.drop("martin.pdf")
    firm.work(hours=50, step_s=1800)
    assert {each.client: each.state for each in firm.documents} == {GARAGE: State.WAITING, MARTIN: State.ARCHIVED}
    assert not firm.marked(path)

    destination.dossiers_kept = DOSSIERS
    firm.work(hours=1.1, step_s=600)

    assert [each.dossier for each in destination.arrived] == ["700101", "700104"]


def test_the_mapping_is_made_anew_every_hour(firm: Firm, destination: ScriptedDestination) -> None:
    firm.clock.push(3599)
    assert not refresh(firm)
    firm.clock.push(1)
    assert refresh(firm)
    assert not refresh(firm)
    assert len(destination.listed) == 2


def test_a_doubted_mapping_is_made_anew_but_not_more_often_than_every_ten_seconds(
    firm: Firm, destination: ScriptedDestination
) -> None:
    destination.next(*[delayed(Scope.DOSSIER, code="inqom.forbidden")] * 5)
    for name in "abcde":
        firm.drop(f"{name}.pdf")
    firm.clock.push(3)
    firm.look()
    firm.send()
    assert not refresh(firm)

    firm.clock.push(2)
    assert refresh(firm)
    firm.clock.push(600)
    assert not refresh(firm)


def test_a_doubt_that_comes_while_the_list_is_asked_for_is_not_taken_for_answered_by_it(
    firm: Firm, destination: ScriptedDestination
) -> None:
    def mended() -> None:
        destination.dossiers_kept = DOSSIERS
        destination.meanwhile = lambda: None
        firm.roll.grow_stale("inqom")  # a reload, say, by somebody who has just made the dossier

    destination.dossiers_kept, destination.meanwhile = DOSSIERS[:1], mended
    firm.clock.push(3600)
    assert refresh(firm)
    assert firm.roll.unmapped("inqom")

    firm.clock.push(10)
    assert refresh(firm)
    assert not firm.roll.unmapped("inqom")
    firm.clock.push(10)
    assert not refresh(firm)


def test_while_the_gate_is_closed_no_mapping_is_asked_for(firm: Firm, destination: ScriptedDestination) -> None:
    firm.gate.trouble(Delayed(AWAY.reason, retry_after=timedelta(minutes=10)))
    firm.roll.grow_stale("inqom")
    listed = len(destination.listed)
    firm.clock.push(599)
    assert not refresh(firm)
    assert len(destination.listed) == listed

    firm.clock.push(1)
    assert refresh(firm)


def test_when_the_list_cannot_be_had_the_old_mapping_serves_on_and_the_list_stays_wanted(
    firm: Firm, destination: ScriptedDestination
) -> None:
    firm.clock.push(3600)
    destination.trouble = AWAY
    assert not refresh(firm)
    destination.trouble = None
    firm.clock.push(5)
    firm.drop("facture.pdf")
    firm.look()

    assert firm.send() == 1
    assert refresh(firm)


def test_a_clock_that_was_set_back_does_not_keep_an_old_mapping(firm: Firm, destination: ScriptedDestination) -> None:
    firm.clock.push(-86400)

    assert refresh(firm)


def test_after_a_start_nothing_goes_by_the_mapping_of_an_earlier_run(
    firm: Firm, destination: ScriptedDestination
) -> None:
    firm.drop("facture.pdf")
    firm.look()
    # While pushdoc was stopped, the SIRET of the bakery was found to be the garage's.
    firm.clients_text = client_text(MARTIN).replace(SIRETS[MARTIN], SIRETS[GARAGE])
    destination.trouble = AWAY
    firm.restart()
    destination.trouble = None
    firm.clock.push(60)
    assert firm.send() == 0

    assert refresh(firm)
    firm.send()

    assert [each.dossier for each in destination.arrived] == ["700104"]


def test_a_house_whose_clients_are_all_disabled_asks_for_no_mapping(
    found: Callable[..., Firm], destination: ScriptedDestination
) -> None:
    firm = found(clients_text=client_text(MARTIN, "enabled = false\n"))
    listed = len(destination.listed)

    firm.work(hours=2)

    assert len(destination.listed) == listed


def test_a_destination_without_dossiers_of_its_own_takes_each_client_as_one(
    found: Callable[..., Firm], destination: ScriptedDestination
) -> None:
    destination.dossiers_kept = None
    firm = found()
    firm.drop("facture.pdf")
    firm.work()

    assert [each.dossier for each in destination.arrived] == [MARTIN]


def test_a_dossier_that_was_closed_is_served_no_more_and_its_papers_wait(
    firm: Firm, destination: ScriptedDestination
) -> None:
    closed = Dossier("700101", "BOULANGERIE MARTIN", SIRETS[MARTIN][:9], SIRETS[MARTIN][9:], open=False)
    destination.dossiers_kept = [closed, DOSSIERS[1]]
    firm.clock.push(3600)
    refresh(firm)
    firm.drop("facture.pdf")

    firm.work()

    assert firm.states == [State.WAITING]
    assert destination.attempts == []
