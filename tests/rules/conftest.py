"""A rules file to write into, and what is told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rules.texts import KINDS

from pushdoc.errors import ProblemsError
from pushdoc.rules import Rules, load
from pushdoc.words import say

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str], Rules]:
    """The rules in a text, as a file of that text is read."""

    def read(text: str) -> Rules:
        file = tmp_path / "rules.toml"
        file.write_text(text, "utf-8")
        return load(file, KINDS)

    return read


@pytest.fixture
def told(read: Callable[[str], Rules]) -> Callable[[str], list[str]]:
    """What a French reader is told of a text: `line phrase`, one for each problem."""

    def told(text: str) -> list[str]:
        with pytest.raises(ProblemsError) as caught:
            read(text)
        return [f"{problem.line or '-'} {say(problem.phrase, 'fr')}" for problem in caught.value.problems]

    return told
