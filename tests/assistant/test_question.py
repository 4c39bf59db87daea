from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pushdoc.assistant.question import Question, UnfitError, fold, one_of, text, yes

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("given", "meant"), [("o", True), (" Oui ", True), ("y", True), ("YES", True), ("n", False), ("Non", False)]
)
def test_yes_and_no_are_understood_in_both_languages(given: str, *, meant: bool) -> None:
    assert yes(given) is meant


@pytest.mark.parametrize("given", ["3", "Facture d\u2019achat", "facture d'achat", " FACTURE D'ACHAT "])
def test_a_word_is_chosen_by_its_number_or_by_itself_however_it_is_typed(given: str) -> None:
    assert one_of(["Administratif", "Facture de vente", "Facture d'achat"])(given) == 2


@pytest.mark.parametrize(
    ("read", "given"),
    [
        (yes, "peut-être"),
        (one_of(["a", "b"]), "0"),
        (one_of(["a", "b"]), "3"),
        (one_of(["a", "b"]), "²"),
        (one_of(["a", "b"]), "c"),
        (text, "a\x1b[2J"),
        (text, "re\udce7u"),
    ],
)
def test_what_is_none_of_the_answers_is_unfit(read: Callable[[str], object], given: str) -> None:
    with pytest.raises(UnfitError):
        read(given)


def test_text_keeps_its_accents_and_loses_the_blanks_around() -> None:
    assert text("  Café de la Gare ") == "Café de la Gare"


def test_words_are_compared_without_accents_capitals_and_spare_blanks() -> None:
    assert fold("  Salon  ÉLÉGANCE ") == fold("salon elegance") == "salon elegance"


def test_a_question_can_be_said_otherwise_and_is_answered_by_the_same_option() -> None:
    question = Question("password", text, said_as="password_kept")

    assert (question.key, question.phrase.code) == ("password", "assistant.ask.password_kept")
