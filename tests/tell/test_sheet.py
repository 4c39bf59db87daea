from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from pushdoc.tell import csv_lines, document

if TYPE_CHECKING:
    from office import Office

    from pushdoc.tell import Reader


def rows(lines: list[str]) -> list[dict[str, str]]:
    text = "\r\n".join(lines).removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def test_a_sheet_opens_in_a_french_excel(office: Office, fr: Reader) -> None:
    told = document(office.archived(name="facture; été.pdf"), fr)
    lines = list(csv_lines(iter([told])))

    assert lines[0].startswith("\ufeffid;state;client;")
    (row,) = rows(lines)
    assert list(row) == list(told)
    assert (row["name"], row["receipt"], row["reason"]) == ("facture; été.pdf", "55", "")


@pytest.mark.parametrize("name", ["=1+1.pdf", "+1.pdf", "-1.pdf", "@a.pdf", '=HYPERLINK("http://x").pdf', "\t=1.pdf"])
def test_no_name_becomes_a_formula(office: Office, fr: Reader, name: str) -> None:
    (row,) = rows(list(csv_lines(iter([document(office.enter(name), fr)]))))
    assert not row["name"].startswith(("=", "+", "-", "@", "\t"))


def test_no_documents_make_no_sheet() -> None:
    assert list(csv_lines(iter([]))) == []
