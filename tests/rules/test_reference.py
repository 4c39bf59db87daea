from __future__ import annotations

import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from pushdoc.destinations.catalog import settings_models
from pushdoc.rules.model import TABLES, Rules

DOCS = Path(__file__).parents[2] / "docs"
GENERATOR = DOCS / "make_rules_reference.py"
PAGE = DOCS / "rules.md"


def test_the_reference_of_the_rules_file_is_the_models() -> None:
    page = PAGE.read_text("utf-8")

    assert runpy.run_path(str(GENERATOR))["with_reference"](page) == page


def test_every_key_of_every_table_is_told_with_its_kind_its_default_and_its_meaning() -> None:
    page = PAGE.read_text("utf-8")
    rows = [line.split(" | ") for line in page.splitlines() if line.startswith("| `")]

    known = [*TABLES.values(), *settings_models().values()]
    keys = sum(len(model.model_fields) for model in known) + len({"timezone", "language"})
    assert len(rows) == keys
    assert all(len(row) >= 4 and all(cell.strip(" |") for cell in row) for row in rows)
    assert set(Rules.model_fields) - set(TABLES) == {"timezone", "language", "destination"}


def test_every_kind_of_value_is_explained_above_the_tables() -> None:
    page = PAGE.read_text("utf-8")
    above, _, below = page.partition("<!-- begin:")
    kinds = {
        line.split(" | ")[1].removeprefix("list of ").removesuffix("s") for line in below.splitlines() if "| `" in line
    }
    plain = {
        "text or whole number",
        "number",
        "whole number",
        "mail addres",
        "mail addresse",
        "web addres",
        "file name",
        "path beneath `root`",
    }

    for kind in kinds - plain:
        if "`" not in kind:
            assert f"\n| {kind} |" in above or f"\n| {kind}s |" in above, kind


def test_the_check_of_the_reference_fails_where_it_is_stale(tmp_path: Path) -> None:
    (tmp_path / GENERATOR.name).write_bytes(GENERATOR.read_bytes())
    page = PAGE.read_text("utf-8")
    (tmp_path / PAGE.name).write_text(page.replace("| `look_back` |", "| `look_bakc` |"), "utf-8")

    def run(*arguments: str) -> int:
        return subprocess.run([sys.executable, tmp_path / GENERATOR.name, *arguments], check=False).returncode

    assert run("--check") == 1
    assert run() == 0
    assert run("--check") == 0
    assert (tmp_path / PAGE.name).read_text("utf-8") == page


def test_a_page_without_a_place_for_the_reference_is_refused() -> None:
    with pytest.raises(ValueError, match="no place"):
        runpy.run_path(str(GENERATOR))["with_reference"]("# Some page")
