"""How a client's folder may be written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pushdoc.clients.folder import clean, fault, same


@pytest.mark.parametrize(
    ("written", "folder"),
    [
        (" Boulangerie Martin ", "Boulangerie Martin"),
        ("Cabinet\\Boulangerie Martin", "Cabinet/Boulangerie Martin"),
        ("Cabinet/Martin/", "Cabinet/Martin"),
        ("./Cabinet//Martin", "Cabinet/Martin"),
        ("", ""),
        (" . ", ""),
    ],
)
def test_a_folder_is_written_with_single_slashes(written: str, folder: str) -> None:
    assert clean(written) == folder


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "clients.folder_empty"),
        ("./", "clients.folder_empty"),
        ("/srv/mcf/Martin", "clients.folder_absolute"),
        (r"\\serveur\mcf\Martin", "clients.folder_absolute"),
        (r"D:\mcf\Martin", "clients.folder_absolute"),
        ("D:", "clients.folder_absolute"),
        ("../Martin", "clients.folder_upward"),
        (r"Cabinet\..\..\Martin", "clients.folder_upward"),
        ("Mar\ntin", "clients.folder_control"),
        ("Mar\0tin", "clients.folder_control"),
    ],
)
def test_a_folder_must_lead_beneath_the_root(written: str, code: str) -> None:
    phrase = fault(clean(written))

    assert phrase is not None
    assert phrase.code == code


@pytest.mark.parametrize("folder", ["Martin", "Cabinet/Martin", "SCI .. et fils", "A : B", "..Martin", "…"])
def test_odd_names_are_still_names(folder: str) -> None:
    assert fault(clean(folder)) is None


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_accents_have_two_spellings_of_one_name_and_capitals_have_not() -> None:
    assert same("Cafe\u0301") == same("Caf\u00e9")
    assert same("MARTIN") != same("Martin")
