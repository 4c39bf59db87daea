"""A firm whose set-up is looked at, and what is found."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from service.firm import Firm

from pushdoc import checkup as house
from pushdoc.checkup import Group, Mark, checkup
from pushdoc.clock import SystemClock
from pushdoc.service import Places
from pushdoc.wiring import read_plan
from pushdoc.words import LANGUAGES, advice, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pushdoc.checkup import Finding


class Found(NamedTuple):
    """What one look at everything found."""

    sections: dict[Group, list[Finding]]

    def codes(self, group: Group) -> list[str]:
        """What a group has to say besides that all is well."""
        return [found.phrase.code for found in self.sections[group] if found.mark is not Mark.FINE]

    def one(self, code: str) -> Finding:
        """The only finding of a code, which says in both languages what to do where all is not well."""
        (found,) = [found for each in self.sections.values() for found in each if found.phrase.code == code]
        for language in LANGUAGES:
            assert "…" not in say(found.phrase, language)
            assert found.mark is Mark.FINE or advice(found.phrase, language)
        return found


@pytest.fixture
def firm(tmp_path: Path) -> Iterator[Firm]:
    """A firm whose drop folders of this month are made."""
    firm = Firm(tmp_path)
    firm.write_rules("http://127.0.0.1:9")
    for client in firm.names:
        for kind in ("Achats", "Ventes", "Frais"):
            firm.folder(client, kind)
    yield firm
    firm.end()


@pytest.fixture
def look(firm: Firm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Found]:
    """Look at everything; by default without asking any service."""
    monkeypatch.setattr(house, "_PLACES", Places(units=tmp_path))

    def look(*, offline: bool = True) -> Found:
        sections = checkup(read_plan(firm.rules), SystemClock(), offline=offline)
        return Found({section.group: list(section.findings) for section in sections})

    return look
