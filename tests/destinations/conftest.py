"""Papers to send."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from destinations.papers import Papers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pushed import PushedClock


@pytest.fixture
def dossier() -> str:
    return "700101"


@pytest.fixture
def papers(tmp_path: Path, dossier: str, clock: PushedClock) -> Iterator[Papers]:
    folder = tmp_path / "papers"
    folder.mkdir()
    papers = Papers(folder, dossier, clock)
    yield papers
    papers.close()
