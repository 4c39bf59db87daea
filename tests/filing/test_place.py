from __future__ import annotations

import os
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pushdoc.filing.place import LONGEST, candidates, first_free, shortened

on_disk = st.binary(min_size=1, max_size=LONGEST).filter(lambda name: not {0, 0x2F} & set(name)).map(os.fsdecode)


def first(name: str, number: int = 3) -> list[str]:
    return list(islice(candidates(name), number))


@pytest.mark.parametrize(
    ("name", "second"),
    [
        ("facture.pdf", "facture (2).pdf"),
        ("facture", "facture (2)"),
        (".pdf", ".pdf (2)"),
        ("Loyer 12.50 euros", "Loyer 12.50 euros (2)"),
        ("a.", "a. (2)"),
        ("scan (2).pdf", "scan (2) (2).pdf"),
        ("caf\udce9.pdf", "caf\udce9 (2).pdf"),
    ],
)
def test_a_number_stands_before_the_extension(name: str, second: str) -> None:
    assert first(name, 2) == [name, second]


def test_numbers_go_on() -> None:
    assert first("a.pdf", 4) == ["a.pdf", "a (2).pdf", "a (3).pdf", "a (4).pdf"]


def test_the_stem_of_a_long_name_gives_way_and_its_extension_stays() -> None:
    name = "é" * 125 + "x.pdf"
    assert len(os.fsencode(name)) == LONGEST
    assert first(name, 2) == [name, "é" * 123 + " (2).pdf"]


def test_a_letter_is_not_parted_from_its_accent() -> None:
    assert shortened("ae\u0301", 3) == "a"
    assert shortened("ae\u0301", 4) == "ae\u0301"
    assert shortened("e\u0301", 2) == ""


def test_whether_a_name_is_taken_is_for_the_folder_to_say() -> None:
    standing = {"A.pdf"}
    assert first_free("a.pdf", standing.__contains__) == "a.pdf"
    assert first_free("a.pdf", lambda name: name.upper() == "A.PDF") == "a (2).pdf"


@given(on_disk)
def test_every_candidate_of_every_name_is_legal_and_there_is_but_one_of_it(name: str) -> None:
    names = first(name, 12)
    assert names[0] == name
    assert len(set(names)) == 12
    assert all(0 < len(os.fsencode(candidate)) <= LONGEST for candidate in names)
