"""The benchmark works: nothing here is said about how fast anything is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from benchmarks import firm_5000, speed
from benchmarks.figures import OURS, Figure, Row
from benchmarks.table import BEGIN, END, table, write

if TYPE_CHECKING:
    from pathlib import Path

_RATE = Row("documents", "docs/s", "≥ 10", more=True, places=0)
_WAIT = Row("waiting", "s", places=1)


@pytest.mark.service
def test_a_page_gets_the_table_that_the_command_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "speed.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n")
    asked = ["--quick", "--repeat", "1", "--measure", "slow-disk", "--measure", "limits"]

    assert speed.main([*asked, "--folder", str(tmp_path), "--write", str(page)]) == 0

    said = capsys.readouterr().out
    assert "| 150 ms per answer, 10 ms added to every fsync | **" in said
    assert "never sent" not in said
    assert page.read_text() == f"before\n{BEGIN}\n\n{said}\n{END}\nafter\n"


@pytest.mark.service
def test_the_idle_firm_is_measured_twice_and_five_more_years_change_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small = ["--clients", "3", "--directories", "180", "--rescan", "1", "--idle", "2", "--folder", str(tmp_path)]

    assert firm_5000.main(small) == 0

    said = capsys.readouterr().out
    assert "| | 10 years | 15 years |" in said
    assert "| folders watched | 18 | 18 |" in said
    assert "| inotify watches | 18 | 18 |" in said


def test_a_ratio_above_one_says_that_pushdoc_is_better() -> None:
    figures = [Figure(_RATE, OURS, 50), Figure(_RATE, "other", 100), Figure(_WAIT, OURS, 2), Figure(_WAIT, "other", 3)]

    assert table(figures).splitlines()[2:] == [
        "| documents | **50** docs/s | ≥ 10 | other 100 docs/s ×0.5 |",
        "| waiting | **2.0** s |  | other 3.0 s ×1.5 |",
    ]


def test_a_figure_is_the_median_of_its_runs_and_one_that_is_missing_says_why() -> None:
    figures = [Figure(_WAIT, OURS, value) for value in (9, 1, 2)] + [Figure(_WAIT, "other", None, "install it")]

    assert table(figures).splitlines()[2:] == ["| waiting | **2.0** s |  | other – (install it) |"]


def test_a_page_without_a_place_for_the_table_is_left_alone(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("nothing\n")

    with pytest.raises(ValueError, match="for the table to stand between"):
        write(page, "table")

    assert page.read_text() == "nothing\n"
