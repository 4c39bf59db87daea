from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from service.firm import Firm

from pushdoc.errors import ConfigurationError, ExitCode
from pushdoc.ledger import Ledger
from pushdoc.monitoring import Monitoring, wanted
from pushdoc.service.needs import needs_of
from pushdoc.wiring import read_plan

if TYPE_CHECKING:
    from pathlib import Path

    from pushed import PushedClock

    from pushdoc.rules import Rules
    from pushdoc.wiring import Plan


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """A firm whose metrics go to a file."""
    firm = Firm(tmp_path)
    table = f'[metrics]\nfile = "{tmp_path}/metrics/pushdoc.prom"\n\n[watch]'
    firm.write_rules("http://127.0.0.1:9", ("[watch]", table))
    return read_plan(firm.rules)


@pytest.fixture
def rules(plan: Plan, clock: PushedClock) -> Rules:
    """Its rules, and its ledger made."""
    Ledger.open(plan.rules.ledger.path, clock).close()
    return plan.rules


def test_without_its_library_nobody_starts_and_the_extra_is_named(
    rules: Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "prometheus_client", None)
    with pytest.raises(ConfigurationError) as caught:
        wanted(rules)

    assert caught.value.exit_code is ExitCode.WRONG_CONFIGURATION
    assert caught.value.phrase.code == "metrics.no_library"


def test_who_wants_no_numbers_needs_no_library_and_loads_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "prometheus_client", None)
    firm = Firm(tmp_path)
    firm.write_rules("http://127.0.0.1:9")
    assert not wanted(read_plan(firm.rules).rules)

    asked = "import sys, pushdoc.run; print([name for name in sys.modules if 'prometheus' in name])"
    told = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True).stdout
    assert told == "[]\n"


def test_a_file_that_cannot_be_written_is_told_once_until_it_can(
    rules: Rules, clock: PushedClock, capsys: pytest.CaptureFixture[str]
) -> None:
    file = rules.metrics.file
    assert file is not None
    monitoring = Monitoring(rules, clock)
    monitoring.begin()
    monitoring.renew()
    assert capsys.readouterr().err.count("cannot be written") == 1

    file.parent.mkdir()
    monitoring.renew()
    assert "pushdoc_running 1.0" in file.read_text()
    file.unlink()
    file.parent.rmdir()
    monitoring.renew()
    assert capsys.readouterr().err.count("cannot be written") == 1
    monitoring.end(running=False)


def test_the_end_comes_once(rules: Rules, clock: PushedClock) -> None:
    file = rules.metrics.file
    assert file is not None
    file.parent.mkdir()
    monitoring = Monitoring(rules, clock)
    monitoring.begin()
    monitoring.end(running=True)
    assert "pushdoc_running 1.0" in file.read_text()

    monitoring.end(running=False)
    monitoring.renew()
    assert "pushdoc_running 1.0" in file.read_text()


def test_the_unit_lets_the_folder_of_the_file_be_written(plan: Plan) -> None:
    assert plan.rules.metrics.file is not None
    assert plan.rules.metrics.file.parent in needs_of(plan, "pushdoc", "pushdoc", ()).writes
