"""The rules change while documents wait: they go on under the new ones, or a person is told why they cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fakes import accepted, delayed, doubtful, refused
from journeys.firm import GARAGE, MARTIN, NOVEMBER, PURCHASES, client_text

from pushdoc.destinations.catalog import settings_models
from pushdoc.document import DocumentType
from pushdoc.journey import decisions
from pushdoc.journey.heirs import Heirs
from pushdoc.journey.succession import Succession
from pushdoc.rules import load
from pushdoc.states import State
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakes import ScriptedDestination, Turn
    from journeys.firm import Firm

SALES = PURCHASES.replace("Achats", "Ventes").replace("Facture d'achat", "Facture de vente")
RENAMED = PURCHASES.replace('name = "Achats"', 'name = "Factures"')
HELD = PURCHASES + "hold = true\n"
ONLY_GARAGE = PURCHASES + f'clients = ["{GARAGE}"]\n'
DISABLED = client_text(MARTIN, "enabled = false\n") + client_text(GARAGE)
WITHOUT_MARTIN = client_text(GARAGE)


def waits(firm: Firm) -> None:
    """A document is entered and not sent yet."""
    firm.drop("facture.pdf")
    firm.look()
    assert firm.states == [State.WAITING]


def other_destination(firm: Firm) -> Succession:
    """The succession under rules whose destination is another one."""
    file = firm.folder / "others.toml"
    file.write_text((firm.folder / "rules.toml").read_text().replace("[destination.inqom]", "[destination.elsewhere]"))
    clients = [client.client() for client in firm.rules.client]
    return Succession(Heirs(load(file, settings_models()), clients), firm.ledger, firm.after, firm.clock)


def test_a_document_of_a_renamed_rule_goes_under_its_new_name(firm: Firm, destination: ScriptedDestination) -> None:
    waits(firm)
    firm.restart(RENAMED)

    assert (firm.one.rule, firm.states) == ("Factures", [State.WAITING])
    firm.work()

    assert firm.states == [State.ARCHIVED]
    assert len(destination.arrived) == 1
    assert "handed over" in firm.events(1)
    assert {name: tally.delivered for name, tally in firm.history.rules().items()} == {"Achats": 0, "Factures": 1}
    assert firm.history.counts()[State.WAITING] == 0


def test_a_document_goes_as_its_rule_says_now_and_not_as_when_it_was_dropped(
    firm: Firm, destination: ScriptedDestination
) -> None:
    waits(firm)
    firm.restart(PURCHASES.replace("Facture d'achat", "Administratif").replace("Transmis", "Classé"))
    firm.work()

    assert destination.arrived[0].type is DocumentType.ADMINISTRATIVE
    assert set(firm.files()) == {f"{NOVEMBER}/Classé/facture.pdf"}


def test_a_document_stays_in_its_folder_where_its_rule_has_no_archive_any_more(firm: Firm) -> None:
    waits(firm)
    firm.restart(PURCHASES.replace('archive = "Achats/{millésime}/{mois}/Transmis"\n', ""))
    firm.work()

    assert firm.states == [State.KEPT]
    assert set(firm.files()) == {f"{NOVEMBER}/facture.pdf"}


def test_a_document_in_a_folder_that_its_rule_has_left_still_goes(firm: Firm, destination: ScriptedDestination) -> None:
    waits(firm)
    firm.restart(PURCHASES.replace('drop = "Achats', 'drop = "Factures reçues'))
    firm.work()

    assert firm.states == [State.ARCHIVED]
    assert len(destination.arrived) == 1


def test_rules_that_stay_as_they_are_change_nothing_whatever_the_month(firm: Firm) -> None:
    waits(firm)
    firm.clock.push(90 * 86_400)
    firm.restart()

    assert firm.events(1) == ["entered"]


@pytest.mark.parametrize(
    ("rules", "clients", "why"),
    [
        pytest.param(SALES, None, "heirs.rule_gone", id="the rule is gone"),
        pytest.param(ONLY_GARAGE, None, "heirs.rule_of_others", id="the rule is for others"),
        pytest.param(None, WITHOUT_MARTIN, "heirs.client_gone", id="the client is gone"),
        pytest.param(None, DISABLED, "heirs.client_disabled", id="the client is disabled"),
    ],
)
def test_what_waits_for_a_rule_or_client_that_is_gone_is_marked_and_goes_by_itself_when_it_is_back(
    firm: Firm, destination: ScriptedDestination, rules: str | None, clients: str | None, why: str
) -> None:
    before = firm.clients_text
    paper = firm.drop("facture.pdf")
    firm.look()
    firm.restart(rules, clients_text=clients)
    assert (firm.states, firm.reason(1)) == ([State.NON_TRANSMIS], why)
    firm.work()
    assert firm.marked(paper)
    firm.restart()  # nothing has changed
    assert (firm.states, destination.attempts) == ([State.NON_TRANSMIS], [])

    firm.restart(PURCHASES, clients_text=before)
    assert (firm.states, firm.one.attempts) == ([State.WAITING], 0)
    firm.work()

    assert firm.states == [State.ARCHIVED]
    assert len(destination.arrived) == 1
    assert not firm.marked(paper)


def test_when_the_rule_is_gone_first_and_then_the_client_the_last_reason_stands(firm: Firm) -> None:
    waits(firm)
    firm.restart(SALES)
    firm.restart(clients_text=DISABLED)

    assert (firm.states, firm.reason(1)) == ([State.NON_TRANSMIS], "heirs.client_disabled")
    firm.restart(PURCHASES)
    assert firm.states == [State.NON_TRANSMIS]


def test_a_file_that_was_taken_away_meanwhile_is_withdrawn(firm: Firm) -> None:
    waits(firm)
    firm.restart(SALES)
    firm.one.path.unlink()
    firm.work()

    assert firm.states == [State.WITHDRAWN]


def test_a_document_that_waits_for_a_person_stays_held_and_says_why_it_would_not_go(
    found: Callable[..., Firm], destination: ScriptedDestination
) -> None:
    firm = found(rules_text=HELD)
    firm.drop("facture.pdf")
    firm.look()
    firm.restart(SALES)
    assert (firm.states, firm.reason(1)) == ([State.HELD], "heirs.rule_gone")
    refusal = decisions.release(firm.ledger, firm.one, firm.clock, firm.heirs)
    assert refusal == Phrase("heirs.rule_gone", {"rule": "Achats", "client": MARTIN})

    firm.restart(HELD)
    assert (firm.states, firm.reason(1)) == ([State.HELD], None)
    assert decisions.release(firm.ledger, firm.one, firm.clock, firm.heirs) is None
    firm.work()
    assert firm.states == [State.ARCHIVED]
    assert len(destination.arrived) == 1


def test_a_document_in_doubt_is_asked_about_though_its_rule_is_gone(
    firm: Firm, destination: ScriptedDestination
) -> None:
    destination.next(doubtful(arrived=True))
    firm.drop("facture.pdf")
    firm.work()
    firm.restart(SALES, clients_text=DISABLED)
    assert firm.states == [State.DOUBTFUL]
    firm.work(hours=0.1)

    assert firm.states == [State.ARCHIVED]
    assert len(destination.arrived) == 1


@pytest.mark.parametrize("clients", [None, DISABLED])
def test_what_never_arrived_is_not_sent_again_by_a_rule_or_for_a_client_that_is_gone(
    firm: Firm, destination: ScriptedDestination, clients: str | None
) -> None:
    destination.next(doubtful(arrived=False))
    firm.drop("facture.pdf")
    firm.work()
    firm.restart(SALES, clients_text=clients)
    firm.work(hours=0.2)

    why = "heirs.rule_gone" if clients is None else "heirs.client_disabled"
    assert (firm.states, firm.reason(1)) == ([State.NON_TRANSMIS], why)
    assert len(destination.attempts) == 1


@pytest.mark.parametrize("turn", [doubtful(arrived=True), doubtful(arrived=False), accepted()])
def test_what_a_removed_destination_may_have_is_left_to_a_person_and_asked_about_when_it_is_back(
    firm: Firm, destination: ScriptedDestination, turn: Turn
) -> None:
    destination.next(turn)
    firm.drop("facture.pdf")
    firm.look()
    firm.send()
    other_destination(firm).settle()
    assert (firm.states, firm.reason(1)) == ([State.NON_TRANSMIS], "heirs.destination_gone")
    assert firm.one.unknowable

    firm.succession.settle()
    assert firm.states == [State.DOUBTFUL]
    firm.work(hours=0.2)
    assert firm.states == [State.ARCHIVED]
    assert len(destination.arrived) == 1


def test_what_was_being_sent_to_a_removed_destination_is_left_to_a_person(firm: Firm) -> None:
    waits(firm)
    firm.ledger.claim("inqom")
    other_destination(firm).settle()

    assert (firm.states, firm.reason(1)) == ([State.NON_TRANSMIS], "heirs.destination_gone")


def test_what_was_never_sent_goes_to_the_destination_that_its_rule_names_now(
    firm: Firm, destination: ScriptedDestination
) -> None:
    destination.next(delayed())
    firm.drop("facture.pdf")
    firm.look()
    firm.send()
    other_destination(firm).settle()

    assert firm.states == [State.WAITING]
    assert (firm.one.destination, firm.one.dossier, firm.one.reference) == ("elsewhere", None, None)


def test_what_was_delivered_to_a_removed_destination_is_still_filed(firm: Firm) -> None:
    waits(firm)
    claimed = firm.ledger.claim("inqom")
    assert claimed is not None
    firm.after.lookout.close()
    (firm.root / MARTIN / NOVEMBER / "Transmis").write_text("in the way")
    firm.after.delivered(claimed, "r-1", "", follow_in=None)
    assert firm.states == [State.DELIVERED]
    (firm.root / MARTIN / NOVEMBER / "Transmis").unlink()
    other_destination(firm).settle()

    assert firm.states == [State.ARCHIVED]


def test_a_claimed_document_that_its_rule_does_not_send_any_more_does_not_leave(
    firm: Firm, destination: ScriptedDestination
) -> None:
    waits(firm)
    firm.restart(SALES, clients_text=None)
    assert decisions.retry(firm.ledger, firm.one, firm.clock, force=False) is None  # by rules that are newer than ours
    firm.send()

    assert (firm.states, firm.reason(1)) == ([State.NON_TRANSMIS], "heirs.rule_gone")
    assert destination.attempts == []
    assert firm.marked(firm.one.path)


def test_a_document_of_a_rule_that_is_gone_is_retried_by_force_only(
    firm: Firm, destination: ScriptedDestination
) -> None:
    waits(firm)
    firm.restart(SALES)
    retry = decisions.retry(firm.ledger, firm.one, firm.clock, force=False, heirs=firm.heirs)
    assert retry is not None
    assert retry.code == "heirs.rule_gone"
    assert decisions.retry(firm.ledger, firm.one, firm.clock, force=True, heirs=firm.heirs) is None
    firm.restart()
    firm.work()

    assert firm.states == [State.ARCHIVED]
    assert destination.arrived[0].type is DocumentType.PURCHASE_INVOICE


@pytest.mark.parametrize("force", [True, False])
def test_a_document_of_a_client_that_is_gone_cannot_be_retried(firm: Firm, *, force: bool) -> None:
    waits(firm)
    firm.restart(clients_text=WITHOUT_MARTIN)
    said = decisions.retry(firm.ledger, firm.one, firm.clock, force=force, heirs=firm.heirs)

    assert said == Phrase("heirs.client_gone", {"client": MARTIN})
    assert firm.states == [State.NON_TRANSMIS]


def test_a_removed_destination_that_may_have_it_is_passed_over_by_force_only(firm: Firm) -> None:
    waits(firm)
    firm.ledger.claim("inqom")
    file = firm.folder / "others.toml"
    other_destination(firm).settle()
    heirs = Heirs(load(file, settings_models()), [client.client() for client in firm.rules.client])
    said = decisions.retry(firm.ledger, firm.one, firm.clock, force=False, heirs=heirs)
    assert said is not None
    assert said.code == "decisions.destination_gone"

    assert decisions.retry(firm.ledger, firm.one, firm.clock, force=True, heirs=heirs) is None
    assert (firm.states, firm.one.destination) == ([State.WAITING], "elsewhere")


def test_what_was_refused_for_another_reason_keeps_it_and_is_retried_under_the_new_rule(
    firm: Firm, destination: ScriptedDestination
) -> None:
    destination.next(refused())
    firm.drop("facture.pdf")
    firm.work()
    assert firm.states == [State.NON_TRANSMIS]
    firm.restart(SALES)
    assert firm.reason(1) == "inqom.too_large"
    firm.restart(RENAMED)
    assert (firm.reason(1), firm.one.rule) == ("inqom.too_large", "Factures")

    assert decisions.retry(firm.ledger, firm.one, firm.clock, force=False, heirs=firm.heirs) is None
    firm.work()
    assert firm.states == [State.ARCHIVED]


def test_of_rules_that_share_a_folder_the_one_that_accepts_the_file_inherits_it(
    found: Callable[..., Firm], destination: ScriptedDestination
) -> None:
    pictures = PURCHASES.replace('name = "Achats"', 'name = "Images"') + 'accept = ["*.png"]\n'
    papers = PURCHASES.replace('name = "Achats"', 'name = "Papiers"') + 'accept = ["*.pdf"]\n'
    firm = found(rules_text=PURCHASES)
    for name in ("facture.pdf", "photo.png", "photo.jpg"):
        firm.drop(name)
    firm.look()
    firm.restart(pictures + papers)
    firm.work()

    by_name = {document.name: document for document in firm.documents}
    assert (by_name["facture.pdf"].rule, by_name["photo.png"].rule) == ("Papiers", "Images")
    assert len(destination.arrived) == 2
    assert by_name["photo.jpg"].state is State.NON_TRANSMIS
    assert firm.reason(by_name["photo.jpg"].id) == "rules.not_accepted"


def test_a_client_whose_name_the_table_spells_with_other_accents_now_is_the_same(
    firm: Firm, destination: ScriptedDestination
) -> None:
    firm.drop("facture.pdf", client=GARAGE)
    firm.look()
    firm.restart(clients_text=firm.clients_text.replace("Lefèvre", "Lefe\u0300vre"))
    firm.work()

    assert firm.states == [State.ARCHIVED]
    assert len(destination.arrived) == 1
