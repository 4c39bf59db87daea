"""What a line at the list of clients means, and who is chosen after it."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pushdoc.assistant.candidates import Candidate
from pushdoc.assistant.question import UnfitError
from pushdoc.assistant.selection import Selection, begun, pattern_of
from pushdoc.rules import covering

NAMES = ["Auberge", "Boulangerie Martin", "Café", "SCI Les Tilleuls", "SCI Martin"]
ROWS = [{"Responsable": "Claire Martin"}, {}, {"SIRET": "732 829 320 00074"}, {}, {}]
KNOWN = [Candidate(name, tabled=True, attributes=row) for name, row in zip(NAMES, ROWS, strict=True)]


def after(*lines: str, selection: Selection | None = None) -> Selection:
    """The list after some lines."""
    selection = selection or begun(KNOWN, [])
    for line in lines:
        typed = selection.typed(line)
        assert typed is not None
        selection = typed
    return selection


def found(selection: Selection) -> list[str]:
    return [candidate.folder for candidate in selection.found]


def test_at_first_everybody_is_shown_and_nobody_is_chosen() -> None:
    selection = begun(KNOWN, [])

    assert found(selection) == NAMES
    assert selection.chosen == set()


@pytest.mark.parametrize(
    ("sought", "names"),
    [
        ("martin", ["Auberge", "Boulangerie Martin", "SCI Martin"]),
        ("MARTIN sci", ["SCI Martin"]),
        ("cafe", ["Café"]),
        ("73282932000074", ["Café"]),
        ("732 829 320", ["Café"]),
        ("tilleuls martin", []),
        ("/12", []),
    ],
)
def test_a_search_finds_by_name_and_by_the_value_of_any_attribute(sought: str, names: list[str]) -> None:
    assert found(after(sought)) == names


def test_all_that_is_found_is_chosen_and_left_by_a_word() -> None:
    selection = after("martin", "tout")
    assert selection.chosen == {"Auberge", "Boulangerie Martin", "SCI Martin"}

    selection = after("sci", "aucun", "*", selection=selection)
    assert selection.chosen == {"Auberge", "Boulangerie Martin"}
    assert found(selection) == NAMES


def test_numbers_choose_from_what_is_shown_and_a_second_time_no_longer() -> None:
    selection = after("martin", "1 3")
    assert selection.chosen == {"Auberge", "SCI Martin"}

    assert after("1-3", selection=selection).chosen == {"Auberge", "SCI Martin", "Boulangerie Martin"}
    assert after("1,3", selection=selection).chosen == set()


def test_a_pattern_chooses_whom_it_names_shown_or_not() -> None:
    assert after("auberge", "=SCI *").chosen == {"SCI Les Tilleuls", "SCI Martin"}


@pytest.mark.parametrize("line", ["4 9", "0-2", "1-999999", "=Personne", ""])
def test_what_the_list_does_not_have_is_unfit(line: str) -> None:
    with pytest.raises(UnfitError):
        begun(KNOWN, []).typed(line)


def test_a_number_beyond_the_list_is_searched_for() -> None:
    assert found(after("732829")) == ["Café"]


def test_an_empty_line_ends_it_once_somebody_is_chosen() -> None:
    assert after("1").typed("") is None


def test_long_lists_are_shown_in_pages_and_chosen_as_a_whole() -> None:
    many = begun([Candidate(f"Client {number:03}") for number in range(40)], [])
    assert [number for number, _ in many.shown] == list(range(1, 16))
    second = after("+", selection=many)
    assert [number for number, _ in second.shown] == list(range(16, 31))
    assert [number for number, _ in after("+", "+", "+", selection=second).shown] == list(range(31, 41))
    assert after("-", selection=many).first == 0
    assert len(after("+", "tout", selection=many).chosen) == 40


def test_everybody_is_written_as_a_pattern_that_takes_those_who_come_later() -> None:
    assert after("tout").only() == ["*"]
    assert after("=SCI *").only() == ["SCI Les Tilleuls", "SCI Martin"]


def test_what_was_written_is_chosen_again() -> None:
    assert begun(KNOWN, ["SCI *", "Café"]).chosen == {"SCI Les Tilleuls", "SCI Martin", "Café"}


@example("*")
@example("[a]?")
@example(" a ")
@given(st.text(st.characters(exclude_characters="/\\", exclude_categories=("C", "Z")) | st.just(" "), min_size=1))
def test_the_pattern_of_a_folder_names_it_and_no_other(folder: str) -> None:
    pattern = pattern_of(folder)

    assert covering([pattern])(folder)
    assert not covering([pattern])(f"{folder}x")
    assert pattern == pattern.strip()
