from __future__ import annotations

import pytest

from pushdoc.assistant.given import Given, rule_of
from pushdoc.assistant.question import Question, UnfitError, Value, text
from pushdoc.assistant.screen import Screen
from pushdoc.errors import WrongUseError
from pushdoc.words import Phrase

SCREEN = Screen("fr", lambda _: None, colours=False, width=80)


class Person:
    """Somebody who answers everything alike."""

    attended = True

    def prepared(self, key: str) -> bool:
        return not key

    def ask(self, question: Question[Value]) -> Value:
        return question.read(f"a person on {question.key}")


def refused(given: str) -> str:
    raise UnfitError(Phrase("assistant.unfit.needed"))


def test_options_answer_in_their_order_and_a_person_the_rest() -> None:
    given = Given({"drop": ["one", None, "three"]}, Person(), SCREEN)
    question = Question("drop", text)

    assert [given.ask(question) for _ in range(4)] == ["one", "a person on drop", "three", "a person on drop"]
    assert given.attended


def test_where_nobody_can_be_asked_the_default_answers_or_the_one_for_scripts() -> None:
    given = Given({}, None, SCREEN)

    assert given.ask(Question("a", text, default="usual")) == "usual"
    assert given.ask(Question("a", text, default="usual", unattended="of scripts")) == "of scripts"
    with pytest.raises(WrongUseError) as told:
        given.ask(Question("password", text))
    assert "--password-from" in str(told.value)


def test_a_secret_that_is_unfit_is_not_repeated() -> None:
    given = Given({"password": ["sesame"]}, None, SCREEN)

    with pytest.raises(WrongUseError) as told:
        given.ask(Question("password", refused, hidden=True))
    assert "sesame" not in str(told.value)
    assert "--password-from" in str(told.value)


def test_a_rule_is_written_in_parts() -> None:
    assert rule_of(r"drop=Achats/{mois};type=Autre;name=Un\; deux;archive=A=B;") == {
        "drop": "Achats/{mois}",
        "type": "Autre",
        "name": "Un; deux",
        "archive": "A=B",
    }


@pytest.mark.parametrize("written", ["", "drop=A", "type=Autre", "drop=A;type=", "drop=A;drop=B;type=C", "drop", "x=1"])
def test_a_rule_whose_parts_are_wrong_is_refused(written: str) -> None:
    with pytest.raises(WrongUseError):
        rule_of(written)
