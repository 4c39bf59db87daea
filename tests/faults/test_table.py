"""The page that says which test is which fault is true."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).parent.parent
PAGE = TESTS.parent / "docs" / "faults.md"
_NAMED = re.compile(r"`([a-z_/]+\.py)::(test_\w+)`")


def test_every_test_that_the_page_names_exists() -> None:
    named = _NAMED.findall(PAGE.read_text("utf-8"))
    assert len(named) > 80
    missing = [
        f"{file}::{name}"
        for file, name in named
        if not (TESTS / file).is_file() or f"\ndef {name}(" not in (TESTS / file).read_text("utf-8")
    ]
    assert missing == []


def test_every_test_of_a_row_stands_on_the_page() -> None:
    page = PAGE.read_text("utf-8")
    files = sorted((TESTS / "faults").glob("test_rows_*.py"))
    rows = [name for file in files for name in re.findall(r"^def (test_\w+)\(", file.read_text("utf-8"), re.MULTILINE)]
    assert len(rows) > 40
    assert [name for name in rows if f"::{name}`" not in page] == []
