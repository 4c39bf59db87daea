from __future__ import annotations

import pytest

from pushdoc.cli.meant import clients_meant
from pushdoc.errors import WrongUseError

CLIENTS = [
    "Boulangerie Martin",
    "Martin & Fils",
    "MARTIN & FILS",
    "SCI Rose",
    "SCI [Est]",
    "Groupe/Garage Lefèvre",
    "Groupe/SCI Ouest",
    "Œuvres",
]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["Boulangerie Martin"], ["Boulangerie Martin"]),
        (["Martin & Fils"], ["Martin & Fils"]),
        (["MARTIN & FILS"], ["MARTIN & FILS"]),
        (["boulangerie martin"], ["Boulangerie Martin"]),
        (["Groupe/Garage Lefèvre"], ["Groupe/Garage Lefèvre"]),
        (["garage lefevre"], ["Groupe/Garage Lefèvre"]),
        (["garage lefe\u0300vre/"], ["Groupe/Garage Lefèvre"]),
        (["lef"], ["Groupe/Garage Lefèvre"]),
        (["oeuvres"], ["Œuvres"]),
        (["SCI *"], ["SCI Rose", "SCI [Est]", "Groupe/SCI Ouest"]),
        (["*sci*"], ["SCI Rose", "SCI [Est]", "Groupe/SCI Ouest"]),
        (["*lefevre"], ["Groupe/Garage Lefèvre"]),
        (["SCI [Est]"], ["SCI [Est]"]),
        (["rose", "SCI *", "lef"], ["SCI Rose", "SCI [Est]", "Groupe/SCI Ouest", "Groupe/Garage Lefèvre"]),
    ],
)
def test_a_client_is_meant_by_name_whatever_its_case_by_pattern_or_by_a_part(
    typed: list[str], meant: list[str]
) -> None:
    assert clients_meant(typed, CLIENTS) == meant


@pytest.mark.parametrize("typed", ["martin", "martin & fils", "sci", "e"])
def test_of_several_that_a_part_may_mean_somebody_has_to_choose_unless_all_will_do(typed: str) -> None:
    with pytest.raises(WrongUseError) as told:
        clients_meant([typed], CLIENTS)
    assert told.value.phrase.code == "meant.several"
    assert len(clients_meant([typed], CLIENTS, several=True)) > 1


@pytest.mark.parametrize(
    ("typed", "near"),
    [("Boulangrie Martin", "Boulangerie Martin"), ("Garage Lefebvre", "Groupe/Garage Lefèvre"), ("xyz", ""), ("", "")],
)
def test_nobody_is_told_with_the_nearest_name(typed: str, near: str) -> None:
    with pytest.raises(WrongUseError) as told:
        clients_meant([typed], CLIENTS)
    assert told.value.phrase.code == ("meant.nobody_near" if near else "meant.nobody")
    assert told.value.phrase.values["near"] == near
