"""What a SIRET may look like, and what is said of one that is wrong."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pushdoc.clients.siret import clean, fault
from pushdoc.words import LANGUAGES, advice, say

DIGITS = "0123456789"


def check_digit(number: str) -> str:
    """The digit that Luhn adds to a number; told apart from the library that is tested through it."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        worth = int(digit) * (2 if place % 2 == 0 else 1)
        total += worth - 9 if worth > 9 else worth
    return str(-total % 10)


@st.composite
def sirets(draw: st.DrawFn) -> str:
    """Valid SIRETs, La Poste's own aside."""
    body = draw(st.text(DIGITS, min_size=8, max_size=8).filter(lambda text: text != "0" * 8))
    siren = body + check_digit(body)
    assume(siren != "356000000")
    establishment = siren + draw(st.text(DIGITS, min_size=4, max_size=4))
    return establishment + check_digit(establishment)


def code_of(text: str) -> str | None:
    phrase = fault(clean(text))
    return phrase.code.removeprefix("clients.siret_") if phrase else None


@given(sirets())
def test_every_number_made_by_luhn_is_a_siret(siret: str) -> None:
    assert fault(siret) is None


@given(sirets(), st.data())
def test_one_wrong_digit_is_always_noticed(siret: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, 13))
    wrong = data.draw(st.sampled_from(DIGITS).filter(lambda digit: digit != siret[at]))
    slip = siret[:at] + wrong + siret[at + 1 :]
    assume(not slip.startswith("356000000"))

    assert code_of(slip) in {"siren_wrong", "nic_wrong", "zeros"}


@given(
    sirets(), st.lists(st.sampled_from(" .-\u00a0\u202f\u2009\u2011\u2013\ufeff\u200b\t'"), min_size=15, max_size=15)
)
def test_separators_of_any_kind_do_not_count(siret: str, separators: list[str]) -> None:
    written = "".join(a + b for a, b in zip(separators, [*siret, ""], strict=True))

    assert clean(written) == siret


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.one_of(st.text(st.characters(exclude_characters="…")), st.text(DIGITS + ".,E+ ")))
def test_whatever_is_written_there_the_answer_can_be_said(text: str) -> None:
    phrase = fault(text)
    if phrase is None:
        assert len(clean(text)) == 14
        assert set(clean(text)) <= set(DIGITS)
    else:
        for language in LANGUAGES:
            assert "…" not in say(phrase, language).replace("dossier = …", "")
            assert advice(phrase, language)


@pytest.mark.parametrize(
    "written",
    ["73282932000074", "732 829 320 00074", "732.829.320.00074", "732\u00a0829\u202f320-00074", '="73282932000074"'],
)
def test_people_write_a_siret_in_many_ways(written: str) -> None:
    assert clean(written) == "73282932000074"
    assert fault(written) is None


@pytest.mark.parametrize("siret", ["35600000000048", "35600000049837", "35600000000010"])
def test_la_poste_counts_otherwise(siret: str) -> None:
    assert fault(siret) is None


def test_la_poste_may_be_wrong_too() -> None:
    assert code_of("35600000049838") == "nic_wrong"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "missing"),
        ("  \u00a0- ", "missing"),
        ("3,56E+13", "number"),
        ("3.56E+13", "number"),
        ("7,3282932000074e13", "number"),
        ("73282932000074.0", "number"),
        ("73282932000074,00", "number"),
        ("٧٣٢٨٢٩٣٢٠٠٠٠٧٤", "other_digits"),
        ("73282932００0074", "other_digits"),  # noqa: RUF001 -- digits of full width, as pasted from a Japanese form
        ("7328293200OO74", "not_digits"),
        ("néant", "not_digits"),
        ("3282932000074", "zero_lost"),
        ("732829320", "is_siren"),
        ("7328293200007", "zero_lost"),
        ("732829320000745", "length"),
        ("7", "length"),
        ("00000000000000", "zeros"),
        ("73282932100074", "siren_wrong"),
        ("73282932000075", "nic_wrong"),
    ],
)
def test_each_fault_has_its_own_words(written: str, code: str) -> None:
    assert code_of(written) == code


def test_what_a_spreadsheet_made_of_it_is_shown_as_it_stands_there() -> None:
    phrase = fault(clean(" 3,56E+13 "))

    assert phrase is not None
    assert "«\u00a03,56E+13\u00a0»" in say(phrase, "fr")


def test_a_lost_zero_is_explained_in_the_words_of_a_bookkeeper() -> None:
    phrase = fault("0732829320007"[:13])

    assert phrase is not None
    assert say(phrase, "fr").endswith("un zéro de tête a sans doute été perdu dans un tableur")


def test_the_characters_that_do_not_belong_are_shown() -> None:
    phrase = fault("7328293200OI74")

    assert phrase is not None
    assert say(phrase, "fr").endswith("O, I")
