from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hostile import HOSTILE, harmless

from pushdoc.states import State
from pushdoc.tell import csv_lines, document
from pushdoc.tell.sheet import COLUMNS
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from office import Office

    from pushdoc.document import Document
    from pushdoc.tell import Reader


def sheet(documents: list[Document], reader: Reader) -> str:
    """The file as a spreadsheet gets it."""
    return "".join(f"{line}\n" for line in csv_lines((document(one, reader) for one in documents), reader))


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))


def test_a_sheet_opens_in_a_french_excel(office: Office, fr: Reader) -> None:
    archived = office.archived(name="facture; été.pdf")
    text = sheet([archived], fr)

    assert text.startswith("\ufeffN°;État;Client;Document;Motif;")
    assert text.count("\r\n") == text.count("\n") == 2
    (row,) = rows(text)
    assert row["État"] == "transmis et archivé"
    assert (row["Document"], row["Reçu sous le n°"], row["Motif"]) == ("facture; été.pdf", "55", "")
    assert row["Vu le"] == f"{archived.first_seen.astimezone(fr.zone):%d/%m/%Y %H:%M}"
    assert row["Taille (octets)"] == "18"
    assert row["SIRET"] == "123 456 789 00012"


def test_a_sheet_speaks_english_too(office: Office, en: Reader) -> None:
    archived = office.archived()
    (row,) = rows(sheet([archived], en))

    assert row["State"] == "delivered and archived"
    assert row["Seen"] == f"{archived.first_seen.astimezone(en.zone):%Y-%m-%d %H:%M}"


def test_a_sheet_has_all_that_is_known_of_a_document(office: Office, fr: Reader) -> None:
    assert set(COLUMNS) == document(office.enter(), fr).keys()


def test_without_documents_there_is_still_the_line_of_heads(fr: Reader) -> None:
    assert sheet([], fr).count("\n") == 1
    assert sheet([], fr).startswith("\ufeffN°;")


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_becomes_a_formula_a_line_or_a_cell_of_its_own(office: Office, fr: Reader, name: str) -> None:
    one = office.enter(name, client=name.encode("utf-8", "replace").decode(), refused=Phrase("inqom.too_large"))
    text = sheet([one], fr)
    (row,) = rows(text)

    assert next(iter(row)) == "N°"
    assert None not in row.values()
    assert harmless(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    for cell in row.values():
        assert not cell.strip().startswith(("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")), cell


@pytest.mark.parametrize(
    ("receipt", "cell"),
    [
        ("55", "55"),
        ("12345678901", "12345678901"),
        ("00055", "'00055"),
        ("123456789012", "'123456789012"),
        ("12E34", "'12E34"),
        ("4-3", "'4-3"),
        ("10:30", "'10:30"),
        ("1,5", "'1,5"),
        ("50 %", "'50 %"),
        ("inv_2041", "inv_2041"),
        ("3f2a-11", "3f2a-11"),
    ],
)
def test_no_receipt_becomes_another_value(office: Office, fr: Reader, receipt: str, cell: str) -> None:
    (row,) = rows(sheet([replace(office.enter(), receipt=receipt)], fr))

    assert row["Reçu sous le n°"] == cell


def test_a_siret_that_is_none_is_left_as_it_was_written(office: Office, fr: Reader) -> None:
    cells = [
        rows(sheet([replace(office.enter(), siret=siret)], fr))[0]["SIRET"]
        for siret in ("12345678", "", "00512", "abc")
    ]

    assert cells == ["12345678", "", "'00512", "abc"]


def test_a_filed_duplicate_is_one_in_a_sheet_as_everywhere(office: Office, fr: Reader) -> None:
    (row,) = rows(sheet([replace(office.archived(), duplicate_of=7)], fr))

    assert (row["État"], row["Doublon du n°"]) == (fr.why(Phrase(f"tell.state.{State.DUPLICATE}")), "7")
