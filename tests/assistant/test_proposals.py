from __future__ import annotations

from service.firm import siret

from pushdoc.assistant.proposals import proposals, sought
from pushdoc.document import Client, Dossier

MARTIN, LAKE = siret(1), siret(2)


def dossier(number: str, name: str, whole: str = "", *, is_open: bool = True) -> Dossier:
    return Dossier(number, name, whole[:9], whole[9:], is_open, "" if is_open else "Archived")


def why(client: Client, *dossiers: Dossier, taken: tuple[str, ...] = ()) -> list[tuple[str, str, str | None]]:
    return [(one.dossier.id, one.why, one.siret) for one in proposals(client, dossiers, taken)]


def test_two_digits_swapped_lead_to_the_dossier_that_was_meant() -> None:
    slip = MARTIN[:6] + MARTIN[7] + MARTIN[6] + MARTIN[8:]

    assert why(Client("X", slip), dossier("1", "MARTIN", MARTIN), dossier("2", "LAC", LAKE)) == [("1", "slip", MARTIN)]


def test_another_establishment_and_a_dossier_without_nic_are_proposed() -> None:
    client = Client("X", MARTIN[:9] + "00091")
    near = why(client, dossier("1", "MARTIN", MARTIN), dossier("2", "SANS NIC", MARTIN[:9]))

    assert near == [("1", "establishment", MARTIN), ("2", "no_nic", None)]


def test_two_dossiers_of_one_siret_are_both_proposed() -> None:
    twins = dossier("1", "TRANSPORTS", MARTIN), dossier("2", "TRANSPORTS (ESSAI)", MARTIN)

    assert [one[:2] for one in why(Client("X", MARTIN), *twins)] == [("1", "same"), ("2", "same")]


def test_a_name_that_is_alike_is_proposed_unless_the_dossier_is_another_clients() -> None:
    client, known = Client("Clients/Boulangerie Martín", ""), dossier("1", "BOULANGERIE MARTIN", MARTIN)

    assert why(client, known) == [("1", "name", MARTIN)]
    assert why(client, known, taken=("1",)) == []


def test_a_closed_dossier_takes_nothing_and_is_not_proposed() -> None:
    assert why(Client("Martin", MARTIN), dossier("1", "MARTIN", MARTIN, is_open=False)) == []


def test_a_dossier_is_looked_for_by_name_number_or_siret() -> None:
    known = [dossier("700101", "CAFÉ DE LA GARE", MARTIN), dossier("700102", "GARAGE", LAKE)]

    assert [one.dossier.id for one in sought("cafe gare", known)] == ["700101"]
    assert [one.dossier.id for one in sought("700102", known)] == ["700102"]
    assert [one.dossier.id for one in sought(LAKE[:11], known)] == ["700102"]
    assert sought("nulle part", known) == []
