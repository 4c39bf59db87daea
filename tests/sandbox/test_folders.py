"""Companies and folders, as a client finds them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from stdnum.fr import siret

from pushdoc.sandbox import DEMO_FOLDERS, Folder

if TYPE_CHECKING:
    from visitor import Visitor

    from pushdoc.sandbox import Sandbox


def listed(visitor: Visitor, company: int = 9001) -> dict[int, dict[str, Any]]:
    answer = visitor.http.get(f"/provisioning/companies/{company}/accounting-folders")
    assert answer.status_code == 200
    return {row["Id"]: row for row in answer.json()}


def test_every_whole_siret_of_the_demo_has_correct_check_digits() -> None:
    whole = [folder.siret for folder in DEMO_FOLDERS if folder.siret and len(folder.siret) == 14]
    assert len(whole) > 10
    assert all(siret.is_valid(number) for number in whole)


def test_the_demo_has_every_kind_of_mapping() -> None:
    active = Counter(folder.siret for folder in DEMO_FOLDERS if folder.status == "Active" and folder.siret)
    assert 2 in active.values(), "an ambiguous one"
    assert {folder.status for folder in DEMO_FOLDERS} == {"Active", "Closing", "Archived"}
    assert {folder.nic for folder in DEMO_FOLDERS} >= {"", None}
    assert any(folder.siren is None for folder in DEMO_FOLDERS)


def test_the_rights_name_companies_an_sme_by_its_company_id_and_single_folders(visitor: Visitor) -> None:
    rows = visitor.http.get("/provisioning/users/internal-access").json()
    by_type = {row["AccessType"]: row for row in rows}
    assert by_type["Company"]["Id"] == 9001
    assert by_type["Pme"]["CompanyId"] == 9002
    assert by_type["Pme"]["Id"] != 9002
    assert (by_type["AccountingFolder"]["Id"], by_type["AccountingFolder"]["Status"]) == (700301, "Active")


def test_unset_members_are_absent_and_numbers_are_texts(visitor: Visitor) -> None:
    rows = listed(visitor)
    assert (rows[700101]["Siren"], rows[700101]["Nic"]) == ("810000109", "00019")
    assert rows[700107]["Nic"] == ""
    assert "Nic" not in rows[700110]
    assert not rows[700111].keys() & {"Siren", "Nic"}
    assert "Siret" not in rows[700101]
    assert listed(visitor, 9002).keys() == {700201}


@pytest.mark.parametrize(("company", "status"), [(9003, 403), (77, 404), ("x", 404), (99999999999, 404)])
def test_a_company_without_right_is_403_an_unknown_one_404(visitor: Visitor, company: object, status: int) -> None:
    answer = visitor.http.get(f"/provisioning/companies/{company}/accounting-folders")
    assert answer.status_code == status
    assert answer.json()["Message"]


def test_a_folder_can_be_added_while_running(sandbox: Sandbox, visitor: Visitor) -> None:
    sandbox.add_folder(Folder.of(700900, "NOUVEAU CLIENT", "81000 0109 00027"))
    assert (listed(visitor)[700900]["Nic"], listed(visitor)[700900]["UniqueName"]) == ("00027", "nouveau-client")
    assert visitor.upload(folder=700900).status_code == 200
    with pytest.raises(ValueError, match="no company 5"):
        sandbox.add_folder(Folder(1, "X", company=5))


@pytest.mark.parametrize(
    ("folder", "status"),
    [(700101, 200), (700201, 200), (700301, 200), (700114, 403), (700115, 403), (700116, 403), (77, 404)],
)
def test_only_an_active_folder_that_the_account_may_write_to_takes_a_document(
    visitor: Visitor, folder: int, status: int
) -> None:
    assert visitor.upload(folder=folder).status_code == status
    assert len(visitor.sandbox.received()) == (status == 200)


def test_a_closed_folder_can_still_be_read(visitor: Visitor) -> None:
    assert visitor.http.get(visitor.documents(700115)).json() == []
    assert visitor.http.get(visitor.documents(700116)).status_code == 403
