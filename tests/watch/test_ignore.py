from __future__ import annotations

import pytest

from pushdoc.marks import MARK_SUFFIX
from pushdoc.watch import ignored, is_mark, locked_by


@pytest.mark.parametrize(
    "name",
    [
        ".DS_Store", "._facture.pdf", ".pushdoc-12.part", "~$devis.docx", "~WRL0003.tmp", ".~lock.devis.odt#",
        "Thumbs.db", "THUMBS.DB", "desktop.ini", "@eaDir", "#recycle", "facture.pdf.part", "facture.pdf.PARTIAL",
        "facture.pdf.1a2b3c4d.partial", "facture.pdf.crdownload", "facture.pdf.download", "facture.pdf.filepart",
        "facture.tmp", "facture.temp", "facture.pdf.swp", "facture.pdf~", f"facture.pdf{MARK_SUFFIX}",
        "facture.pdf.non-transmis.TXT",
    ],
)  # fmt: skip
def test_litter_locks_copies_under_way_and_marks_are_no_documents(name: str) -> None:
    assert ignored(name)


@pytest.mark.parametrize(
    "name",
    ["facture.pdf", "FACTURE.PDF", "sans extension", "département.pdf", "part.pdf", "tmp", "~.pdf", "\udce9.pdf"],
)
def test_whatever_else_may_be_a_document(name: str) -> None:
    assert not ignored(name)


def test_a_mark_is_known_by_its_end() -> None:
    assert is_mark("facture.pdf.NON-TRANSMIS.txt")
    assert not is_mark("facture.pdf")


@pytest.mark.parametrize(
    ("name", "lock"),
    [
        ("devis.xlsx", "~$devis.xlsx"),
        ("releve-bancaire.xlsx", "~$releve-bancaire.xlsx"),  # Excel keeps long names whole
        ("devis1.docx", "~$devis1.docx"),
        ("devis12.docx", "~$evis12.docx"),  # Word, seven characters
        ("devis123.docx", "~$vis123.docx"),  # Word, eight
        ("sans-extension", "~$ns-extension"),
        ("devis.odt", ".~lock.devis.odt#"),
    ],
)
def test_a_document_that_somebody_has_open_is_locked(name: str, lock: str) -> None:
    assert locked_by(name, {"autre.pdf", name, lock}) == lock


def test_the_lock_of_another_document_locks_nothing() -> None:
    assert locked_by("devis.docx", {"~$vis.docx", "~$avis.docx", ".~lock.avis.docx#"}) is None
