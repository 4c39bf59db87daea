from __future__ import annotations

import pytest

from pushdoc.assistant.naming import likely_archive, likely_name, likely_type
from pushdoc.document import DocumentType


@pytest.mark.parametrize(
    ("drop", "kind"),
    [
        ("Achats/{millésime}", DocumentType.PURCHASE_INVOICE),
        ("Factures fournisseurs", DocumentType.PURCHASE_INVOICE),
        ("VENTES", DocumentType.SALES_INVOICE),
        ("Notes de frais/{mois}", DocumentType.EXPENSE_REPORT),
        ("Courriers", DocumentType.ADMINISTRATIVE),
        ("Divers", DocumentType.OTHER),
        ("Dépôt", None),
    ],
)
def test_a_drop_path_tells_its_type_where_it_speaks_of_one(drop: str, kind: DocumentType | None) -> None:
    assert likely_type(drop) == kind


def test_a_name_is_proposed_that_no_other_rule_bears() -> None:
    taken = ["factures d'achat", "Factures d'achat 2"]

    assert likely_name(DocumentType.PURCHASE_INVOICE, []) == "Factures d'achat"
    assert likely_name(DocumentType.PURCHASE_INVOICE, taken) == "Factures d'achat 3"


def test_the_archive_lies_beneath_the_drop_folder() -> None:
    assert likely_archive("Achats/{mois}") == "Achats/{mois}/Transmis"
