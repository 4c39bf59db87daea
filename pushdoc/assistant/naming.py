"""What a rule is called, what it holds and where it files, as the assistant proposes it. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushdoc.assistant.question import fold
from pushdoc.document import DocumentType

if TYPE_CHECKING:
    from collections.abc import Collection

#: What a firm calls the folder where delivered documents lie.
_DONE = "Transmis"
_NAMES = {
    DocumentType.ADMINISTRATIVE: "Administratif",
    DocumentType.SALES_INVOICE: "Factures de vente",
    DocumentType.PURCHASE_INVOICE: "Factures d'achat",
    DocumentType.EXPENSE_REPORT: "Notes de frais",
    DocumentType.OTHER: "Autres documents",
}
#: Words in a drop path that tell what lies there; the first that is found counts.
_TELLING = (
    ("frais", DocumentType.EXPENSE_REPORT),
    ("achat", DocumentType.PURCHASE_INVOICE),
    ("fournisseur", DocumentType.PURCHASE_INVOICE),
    ("vente", DocumentType.SALES_INVOICE),
    ("client", DocumentType.SALES_INVOICE),
    ("admin", DocumentType.ADMINISTRATIVE),
    ("courrier", DocumentType.ADMINISTRATIVE),
    ("divers", DocumentType.OTHER),
    ("autre", DocumentType.OTHER),
)


def likely_type(drop: str) -> DocumentType | None:
    """The document type that a drop path speaks of; None where it says nothing."""
    folded = fold(drop)
    return next((kind for word, kind in _TELLING if word in folded), None)


def likely_name(kind: DocumentType, taken: Collection[str]) -> str:
    """A name for a rule of a type that no other rule bears."""
    known = {fold(name) for name in taken}
    name, number = _NAMES[kind], 1
    while fold(name) in known:
        number += 1
        name = f"{_NAMES[kind]} {number}"
    return name


def likely_archive(drop: str) -> str:
    """Where delivered documents may be filed: beside those that wait, where their people find them."""
    return f"{drop}/{_DONE}"
