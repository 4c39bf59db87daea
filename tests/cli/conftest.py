"""A firm, and its administrator at the keyboard."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import structlog
from service.firm import Firm

from pushdoc.cli import main
from pushdoc.clock import SystemClock
from pushdoc.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pushdoc.sandbox import Sandbox


class Answer(NamedTuple):
    """What a command left on the screen, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def json(self) -> Any:
        """The one JSON value on standard output; nothing else may be there."""
        assert self.out.count("\n") == 1
        return json.loads(self.out)


@pytest.fixture(autouse=True)
def _nothing_stays(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    for name in ("PUSHDOC_RULES", "PUSHDOC_LANGUAGE", "NOTIFY_SOCKET"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    yield
    structlog.reset_defaults()


@pytest.fixture
def firm(tmp_path: Path) -> Iterator[Firm]:
    home = tmp_path / "firm"
    home.mkdir()
    firm = Firm(home)
    firm.write_rules("http://127.0.0.1:9")
    yield firm
    firm.end()
    assert firm.leaks() == []


@pytest.fixture
def inqom(firm: Firm) -> Iterator[Sandbox]:
    with firm.inqom() as inqom:
        firm.write_rules(inqom.url)
        yield inqom


@pytest.fixture
def typed(capfd: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """Type a command: `typed("status", "--json")`."""

    def typed(*words: str) -> Answer:
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(list(words))
        said = capfd.readouterr()
        assert isinstance(ended.value.code, int)
        assert "Traceback" not in said.err
        return Answer(ended.value.code, said.out, said.err)

    return typed


@pytest.fixture
def pushdoc(firm: Firm, typed: Callable[..., Answer]) -> Callable[..., Answer]:
    """Type a command with the firm's rules."""
    return lambda *words: typed("-c", str(firm.rules), *words)


@pytest.fixture
def ledger(firm: Firm) -> Iterator[Ledger]:
    """The firm's ledger, to write in."""
    ledger = Ledger.open(firm.ledger, SystemClock())
    yield ledger
    ledger.close()
