from __future__ import annotations

import pytest
from hostile import HOSTILE

from pushdoc.tell import Screen, table
from pushdoc.tell.screen import aligned, cut, flowing, wide
from pushdoc.words import visible


def test_no_line_of_a_table_ends_in_blanks_and_numbers_stand_to_the_right() -> None:
    assert list(table(["n", "name"], [["1", "a"], ["100", ""]], right={0})) == ["  n  name", "  1  a", "100"]


def test_columns_stand_below_each_other_whatever_their_signs_need() -> None:
    rows = [["請求書.pdf", "|"], ["e\u0301te\u0301.pdf", "|"], ["facture.pdf", "|"]]
    columns = {wide(line.partition("|")[0]) for line in table([], rows)}

    assert columns == {13}


@pytest.mark.parametrize(
    ("text", "columns"),
    [("abc", 3), ("été", 3), ("e\u0301te\u0301", 3), ("請求書", 6), ("🧾", 2), ("", 0), ("«\u00a0a\u202f;", 5)],
)
def test_a_text_is_as_wide_as_a_terminal_shows_it(text: str, columns: int) -> None:
    assert wide(text) == columns


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("width", [2, 12, 13, 40])
def test_a_name_is_cut_in_its_middle_and_never_wider_than_asked(name: str, width: int) -> None:
    shown = visible(name)
    short = cut(shown, width)

    assert wide(short) <= width
    assert short == shown or "…" in short
    assert wide(shown) > width or short == shown


def test_what_tells_names_apart_is_kept_when_they_are_cut() -> None:
    assert cut("facture de la boulangerie 0071.pdf", 20).endswith(" 0071.pdf")
    assert cut("facture de la boulangerie 0071.pdf", 20).startswith("facture de")


def test_no_accent_is_cut_off_its_letter() -> None:
    assert cut("aaaa" + "e\u0301" * 9, 6) == "aaa…e\u0301e\u0301"
    assert cut("aaaaaaaaae\u0301b", 5) == "aa…e\u0301b"
    assert not cut("aaaaaaaa\u0301bb", 5).partition("…")[2].startswith("\u0301")


def test_a_long_text_flows_over_lines_of_the_screen_and_over_one_of_a_file() -> None:
    text = "un deux trois quatre cinq six sept huit neuf dix onze douze"

    assert list(flowing(text, "  → ", Screen())) == [f"  → {text}"]
    lines = list(flowing(text, "  → ", Screen(40), "    "))
    assert [line[:4] for line in lines] == ["  → ", "    "]
    assert max(map(wide, lines)) < 40
    assert " ".join(line[4:] for line in lines) == text


def test_what_is_said_of_a_name_hangs_below_itself() -> None:
    lines = list(aligned([("Motif", "un deux trois quatre cinq six sept huit"), ("N", None)], Screen(40)))

    assert lines == ["Motif  un deux trois quatre cinq six", "       sept huit", "N"]


def test_a_table_without_rows_and_heads_is_no_lines() -> None:
    assert list(table([], [])) == []
