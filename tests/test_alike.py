"""Names that look the same to a person are the same."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pushdoc.words.alike import plain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("FACTURE", "facture"),
        ("Été", "ete"),
        ("e\u0301te\u0301", "été"),
        ("Cœur d’Île", "coeur d'ile"),
        ("Straße", "STRASSE"),
        ("SCI\u00a0Rose", "sci rose"),
        ("\uff26\uff41\uff43\uff54\uff55\uff52\uff45", "facture"),
        ("Łódź", "łodz"),
        ("ΑΘΗΝΆ", "αθηνα"),
    ],
)
def test_case_accents_ligatures_and_blanks_make_no_difference(one: str, other: str) -> None:
    assert plain(one) == plain(other)


def test_what_is_another_letter_stays_one() -> None:
    assert plain("a") != plain("b")
    assert plain("\u0430") != plain("a")  # a Cyrillic letter is none of ours
    assert plain("\ufffd\\n") == "\ufffd\\n"


@given(st.text())
def test_it_is_the_same_however_the_accents_are_written_and_however_often_it_is_done(text: str) -> None:
    assert plain(unicodedata.normalize("NFD", text)) == plain(unicodedata.normalize("NFC", text))
    assert plain(plain(text)) == plain(text)
