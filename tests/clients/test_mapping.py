"""Client to dossier, and why not."""

from __future__ import annotations

import json
import time

import pytest

from pushdoc.clients import Mapping, Verdict, map_clients
from pushdoc.document import Client, Dossier
from pushdoc.words import LANGUAGES, advice, say

SIREN = "732829320"
SIRET = "73282932000074"
SECOND = "73282932000082"  # of the same company
STRANGER = "35600000000048"


def dossier(
    number: int, siren: str = SIREN, nic: str = "00074", *, status: str = "Active", name: str = "MARTIN"
) -> Dossier:
    return Dossier(str(number), name, siren, nic, open=status == "Active", status=status)


def mapped(client: Client, *dossiers: Dossier, allow_probable: bool = False) -> Mapping:
    [mapping] = map_clients([client], dossiers, allow_probable=allow_probable)
    assert mapping.client == client.folder
    assert mapping.usable == (mapping.dossier is not None)
    if not mapping.usable:
        assert mapping.reason
    if mapping.reason:
        json.dumps(mapping.reason.values)  # the ledger keeps it
        for language in LANGUAGES:
            assert say(mapping.reason, language)
            assert advice(mapping.reason, language)
    return mapping


def french(mapping: Mapping) -> str:
    assert mapping.reason
    return say(mapping.reason, "fr")


MARTIN = Client("Boulangerie Martin", SIRET)


def test_the_only_open_dossier_with_the_siret_is_the_one() -> None:
    mapping = mapped(MARTIN, dossier(1), dossier(2, STRANGER[:9], STRANGER[9:]))

    assert mapping == Mapping(MARTIN.folder, Verdict.MAPPED, "1", "MARTIN")


def test_closed_dossiers_beside_the_open_one_do_not_count() -> None:
    mapping = mapped(MARTIN, dossier(1, status="Archived"), dossier(2), dossier(3, status="Closing"))

    assert (mapping.verdict, mapping.dossier) == (Verdict.MAPPED, "2")


def test_blanks_in_numbers_do_not_matter_on_either_side() -> None:
    mapping = mapped(Client("Martin", "732 829 320 00074"), dossier(1, "732 829 320", " 00074\u00a0"))

    assert mapping.verdict is Verdict.MAPPED


def test_a_dossier_listed_twice_by_the_service_is_one_dossier() -> None:
    assert mapped(MARTIN, dossier(1), dossier(1)).verdict is Verdict.MAPPED


def test_several_open_dossiers_are_never_chosen_from() -> None:
    mapping = mapped(MARTIN, dossier(1), dossier(22), dossier(3, status="Archived"))

    assert (mapping.verdict, mapping.usable) == (Verdict.AMBIGUOUS, False)
    assert "(1)" in french(mapping)
    assert "(22)" in french(mapping)


def test_a_long_list_of_dossiers_is_cut() -> None:
    mapping = mapped(MARTIN, *map(dossier, range(50)))

    assert french(mapping).endswith("MARTIN (9), …")


@pytest.mark.parametrize("status", ["Closing", "Archived"])
def test_a_dossier_that_is_closed_takes_nothing_and_its_status_is_told(status: str) -> None:
    mapping = mapped(MARTIN, dossier(1, status=status), dossier(2, nic=""))

    assert (mapping.verdict, mapping.usable) == (Verdict.CLOSED, False)
    assert status in french(mapping)


@pytest.mark.parametrize("siret", ["", "   "])
def test_a_client_without_a_siret_is_missing_it(siret: str) -> None:
    assert mapped(Client("Martin", siret), dossier(1)).verdict is Verdict.MISSING


@pytest.mark.parametrize("siret", ["3,56E+13", SIREN, "00000000000000", "73282932000075"])
def test_a_siret_that_is_none_maps_to_nothing(siret: str) -> None:
    mapping = mapped(Client("Martin", siret), dossier(1, siret[:9], siret[9:]))

    assert (mapping.verdict, mapping.usable) == (Verdict.MALFORMED, False)


def test_a_slip_in_the_siret_is_shown_beside_the_dossier_it_resembles() -> None:
    mapping = mapped(Client("Martin", "73282932000047"), dossier(700123))

    assert (mapping.verdict, mapping.usable) == (Verdict.MALFORMED, False)
    assert f"il ressemble à {SIRET}, celui du dossier Inqom MARTIN (700123)" in french(mapping)


def test_a_siret_that_resembles_no_dossier_is_said_to_be_wrong() -> None:
    mapping = mapped(Client("Martin", "73282932000047"), dossier(1, nic="99999"))

    assert mapping.reason
    assert mapping.reason.code == "clients.siret_nic_wrong"


def test_a_dossier_of_the_company_without_a_nic_is_probable_and_not_used() -> None:
    mapping = mapped(MARTIN, dossier(1, nic=""))

    assert (mapping.verdict, mapping.dossier) == (Verdict.PROBABLE, None)
    assert "(1)" in french(mapping)


def test_a_probable_dossier_is_used_where_the_operator_allows_it() -> None:
    mapping = mapped(MARTIN, dossier(1, nic=" "), dossier(2, nic="", status="Archived"), allow_probable=True)

    assert (mapping.verdict, mapping.dossier) == (Verdict.PROBABLE, "1")
    assert "allow_probable" in french(mapping)


def test_two_dossiers_of_the_company_without_a_nic_are_not_chosen_from() -> None:
    mapping = mapped(MARTIN, dossier(1, nic=""), dossier(2, nic=""), allow_probable=True)

    assert (mapping.verdict, mapping.usable) == (Verdict.AMBIGUOUS, False)


def test_a_closed_dossier_without_a_nic_is_only_mentioned() -> None:
    mapping = mapped(MARTIN, dossier(1, nic="", status="Archived"), allow_probable=True)

    assert (mapping.verdict, mapping.usable) == (Verdict.UNKNOWN, False)
    assert "Archived" in french(mapping)


@pytest.mark.parametrize("allow_probable", [True, False])
@pytest.mark.parametrize("nic", [SECOND[9:], "74", "0074", "000074", "x", "00000"])
def test_another_nic_is_another_establishment(nic: str, *, allow_probable: bool) -> None:
    mapping = mapped(MARTIN, dossier(1, nic=nic), allow_probable=allow_probable)

    assert (mapping.verdict, mapping.usable) == (Verdict.UNKNOWN, False)
    assert f"l’entreprise existe, avec un autre NIC\u00a0: MARTIN (1, NIC {nic})" in french(mapping)


@pytest.mark.parametrize(
    "theirs",
    ["73282932000075", "73282932000174", "73282932100074", "37282932000074", "73282932007004"],
)
def test_a_dossier_with_a_slip_is_a_hint_and_no_more(theirs: str) -> None:
    client = Client("Martin", SIRET)
    mapping = mapped(client, dossier(1, theirs[:9], theirs[9:]), dossier(2, "356000000"), allow_probable=True)

    assert (mapping.verdict, mapping.usable) == (Verdict.UNKNOWN, False)
    if not theirs.startswith(SIREN):
        assert f"{theirs}, celui du dossier MARTIN (1), lui ressemble" in french(mapping)


def test_where_two_dossiers_resemble_it_none_is_shown() -> None:
    mapping = mapped(MARTIN, dossier(1, "732829321"), dossier(2, "732829322"))

    assert mapping.reason
    assert mapping.reason.code == "clients.unknown"


@pytest.mark.parametrize(
    ("siren", "nic"), [("", ""), ("", SIRET), (SIRET, ""), ("73282932", "000074"), ("73282932O", "00074")]
)
def test_a_dossier_with_a_wrong_number_never_matches(siren: str, nic: str) -> None:
    mapping = mapped(MARTIN, dossier(1, siren, nic), allow_probable=True)

    assert (mapping.verdict, mapping.usable) == (Verdict.UNKNOWN, False)


def test_an_account_that_sees_no_dossier_is_told_so() -> None:
    assert french(mapped(MARTIN)) == "Inqom ne montre aucun dossier à ce compte"


def test_two_clients_of_one_siret_share_the_dossier_without_a_word() -> None:
    mappings = map_clients([MARTIN, Client("Martin bis", SIRET)], [dossier(1)], allow_probable=False)

    assert [(mapping.dossier, mapping.reason) for mapping in mappings] == [("1", None), ("1", None)]


@pytest.mark.parametrize("siret", ["", "néant", SIRET, SECOND])
def test_a_pin_decides_over_everything(siret: str) -> None:
    mapping = mapped(Client("Martin", siret, pinned=" 2 "), dossier(1), dossier(2, nic=""), dossier(3))

    assert (mapping.verdict, mapping.dossier, mapping.reason) == (Verdict.PINNED, "2", None)


def test_a_pin_to_a_dossier_of_another_siret_holds_and_warns() -> None:
    mapping = mapped(Client("Martin", SIRET, pinned="2"), dossier(1), dossier(2, nic=SECOND[9:]))

    assert (mapping.verdict, mapping.dossier) == (Verdict.PINNED, "2")
    assert SIRET in french(mapping)
    assert SECOND in french(mapping)


def test_a_pin_of_a_client_with_no_valid_siret_has_nothing_to_warn_of() -> None:
    assert mapped(Client("Martin", "néant", pinned="2"), dossier(2)).reason is None


def test_a_pin_to_a_closed_dossier_is_closed() -> None:
    mapping = mapped(Client("Martin", SIRET, pinned="2"), dossier(1), dossier(2, status="Archived"))

    assert (mapping.verdict, mapping.usable) == (Verdict.CLOSED, False)
    assert "MARTIN (2, Archived)" in french(mapping)


def test_a_pin_to_no_dossier_is_not_replaced_by_the_siret() -> None:
    mapping = mapped(Client("Martin", SIRET, pinned="9"), dossier(1))

    assert (mapping.verdict, mapping.usable) == (Verdict.PINNED_UNKNOWN, False)


def test_where_the_destination_has_no_dossiers_each_client_is_its_own() -> None:
    [mapping] = map_clients([Client("Cabinet/Martin", "", pinned="7")], None, allow_probable=False)

    assert mapping == Mapping("Cabinet/Martin", Verdict.OWN, "Cabinet/Martin", "Martin")
    assert mapping.usable


def test_a_closed_dossier_of_unknown_status_is_shown_without_one() -> None:
    nameless = Dossier("1", "", SIREN, "00074", open=False)

    assert french(mapped(MARTIN, nameless)).endswith("fermé\u00a0: (1)")


def test_mapping_thousands_takes_no_time_even_where_none_is_known() -> None:
    clients = [Client(f"Client {number}", f"356000000{number:05}") for number in range(0, 50_000, 10)]
    dossiers = [dossier(number, f"{number:09}", "00012") for number in range(5_000)]
    started = time.perf_counter()

    mappings = map_clients(clients, dossiers, allow_probable=True)

    assert len(mappings) == len(clients)
    assert time.perf_counter() - started < 20  # it takes half a second; a pair-by-pair search takes minutes
