"""`pushdoc service`: on a machine whose systemd, useradd and folders are the test's own."""

from __future__ import annotations

import json
import os
import pwd
import sys
from typing import TYPE_CHECKING

import pytest

from pushdoc.cli import serving
from pushdoc.service import Places, shipped

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cli.conftest import Answer
    from service.firm import Firm

    Pushdoc = Callable[..., Answer]

#: Stands for systemctl, systemd-run and useradd: notes what it was asked, and ends as it was told; systemd-run runs.
PROGRAM = """\
#!{python}
import itertools, json, os, subprocess, sys
here, name = os.path.split(sys.argv[0])
with open(os.path.join(here, "asked"), "a") as asked:
    asked.write(json.dumps([name, *sys.argv[1:]]) + "\\n")
told = os.path.join(here, name + ".ends")
if os.path.exists(told):
    sys.exit(int(open(told).read()))
if name == "systemd-run":
    command = list(itertools.dropwhile(lambda word: word.startswith("--"), sys.argv[1:]))
    sys.exit(subprocess.call(command))
"""
HERE = pwd.getpwuid(os.getuid()).pw_name
NOBODY = "nobody"

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root changes the services of a machine")


class Machine:
    """A machine in a folder."""

    def __init__(self, home: Path) -> None:
        self.commands = home / "commands"
        self.places = Places(home / "units", home / "man1", home / "bin", home / "booted")
        for folder in (self.commands, self.places.units, self.places.booted):
            folder.mkdir(parents=True)
        for name in ("systemctl", "systemd-run", "useradd"):
            (self.commands / name).write_text(PROGRAM.format(python=sys.executable))
            (self.commands / name).chmod(0o755)

    @property
    def asked(self) -> list[list[str]]:
        """The commands that were run so far."""
        noted = self.commands / "asked"
        return [json.loads(line) for line in noted.read_text().splitlines()] if noted.exists() else []

    @property
    def systemctl(self) -> list[str]:
        """What systemctl was asked, without options."""
        return [
            " ".join(word for word in words if not word.startswith("-"))
            for name, *words in self.asked
            if name == "systemctl"
        ]

    def ends(self, name: str, code: int | None) -> None:
        """From now on a command ends like this, or by itself again."""
        told = self.commands / f"{name}.ends"
        if code is None:
            told.unlink()
        else:
            told.write_text(str(code))

    @property
    def written(self) -> list[str]:
        """What was put on the machine."""
        places = (self.places.units, self.places.manual, self.places.programs)
        return sorted(path.name for place in places if place.exists() for path in place.iterdir())


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    machine = Machine(tmp_path / "machine")
    monkeypatch.setattr(serving, "_PLACES", machine.places)
    monkeypatch.setenv("PATH", f"{machine.commands}:{os.environ['PATH']}")
    return machine


def steps(answer: Answer) -> list[str]:
    return [line for line in answer.lines if line.startswith("• ")]


def test_the_unit_is_shown_as_it_would_be_installed(firm: Firm, machine: Machine, pushdoc: Pushdoc) -> None:
    told = pushdoc("service", "show", "--user", HERE, "--group", "comptables")

    assert (told.code, told.err) == (0, "")
    for line in (f"ReadWritePaths=-{firm.root}", "SupplementaryGroups=comptables", f"User={HERE}"):
        assert line in told.lines
    assert f"-c {firm.rules} run\n" in told.out
    assert machine.written == []


@as_root
def test_installing_says_each_step_and_starts_the_service(firm: Firm, machine: Machine, pushdoc: Pushdoc) -> None:
    unit = pushdoc("service", "show", "--user", HERE).out
    told = pushdoc("service", "install", "--user", HERE)

    assert (told.code, told.err) == (0, "")
    assert machine.places.unit.read_text() == unit
    assert machine.places.unit.stat().st_mode & 0o777 == 0o644
    assert machine.places.page.read_text() == shipped("pushdoc.1")
    assert machine.systemctl == ["daemon-reload", "enable pushdoc.service", "restart pushdoc.service"]
    assert len(steps(told)) == len(machine.asked) + len(machine.written) + 1  # the ledger's folder
    assert "pushdoc status" in told.lines[-1]


@as_root
def test_installed_again_it_is_checked_and_started_anew_and_nothing_else(machine: Machine, pushdoc: Pushdoc) -> None:
    pushdoc("service", "install", "--user", HERE, "--group", "comptables")
    before = machine.places.unit.read_text()
    again = pushdoc("service", "install")

    assert again.code == 0
    assert machine.places.unit.read_text() == before  # user and group are those that are installed
    assert len(steps(again)) == 4


@as_root
def test_a_missing_user_is_made_first(firm: Firm, machine: Machine, pushdoc: Pushdoc) -> None:
    told = pushdoc("service", "install", "--user", "pushdoc-robot", "--dry-run")

    assert (told.code, told.err) == (0, "")
    assert "useradd --system" in steps(told)[0]
    assert machine.asked == []
    assert machine.written == []
    assert not firm.ledger.parent.exists()


@as_root
def test_what_root_has_made_before_is_given_to_the_service(firm: Firm, machine: Machine, pushdoc: Pushdoc) -> None:
    machine.ends("systemd-run", 0)  # nobody may not enter the test's folder
    assert pushdoc("check", "--offline").code == 0
    told = pushdoc("service", "install", "--user", NOBODY)

    assert told.code == 0, told.err
    nobody = pwd.getpwnam(NOBODY).pw_uid
    own = [firm.ledger, firm.ledger.parent, firm.home / "secrets", firm.home / "secrets" / "password"]
    assert {path.stat().st_uid for path in own} == {nobody}
    assert {path.stat().st_uid for path in (firm.home, firm.rules, firm.root)} == {os.getuid()}


@as_root
def test_a_folder_with_other_things_in_it_stays_whose_it_is(firm: Firm, machine: Machine, pushdoc: Pushdoc) -> None:
    machine.ends("systemd-run", 0)
    elsewhere = firm.home / "payroll.txt"
    elsewhere.write_text("not pushdoc's")
    (firm.home / "secrets" / "password").unlink()
    (firm.home / "secrets" / "password").symlink_to(elsewhere)
    (firm.home / "secrets" / "client-secret").unlink()
    (firm.home / "secrets" / "client-secret").hardlink_to(elsewhere)
    assert pushdoc("service", "install", "--user", NOBODY).code == 0

    assert elsewhere.stat().st_uid == os.getuid()
    assert firm.home.stat().st_uid == os.getuid()


@as_root
def test_a_fault_that_check_finds_ends_the_installation(firm: Firm, machine: Machine, pushdoc: Pushdoc) -> None:
    (firm.home / "secrets" / "password").chmod(0o644)
    told = pushdoc("service", "install", "--user", HERE)

    assert told.code == 78
    assert "✗" in told.out
    assert "--force" in told.err
    assert machine.written == []
    assert machine.systemctl == []

    machine.ends("systemd-run", 78)
    assert pushdoc("service", "install", "--user", HERE, "--force").code == 0
    assert machine.places.unit.exists()


@as_root
def test_the_check_runs_as_the_user_and_with_the_secrets_of_the_service(
    firm: Firm, machine: Machine, pushdoc: Pushdoc
) -> None:
    text = firm.rules.read_text().replace("file:secrets/password", "credential:inqom-password")
    firm.rules.write_text(text)
    missing = pushdoc("service", "install", "--user", HERE)
    assert missing.code == 1
    assert str(firm.home / "credentials" / "inqom-password") in missing.err
    assert machine.asked == []

    (firm.home / "credentials").mkdir()
    (firm.home / "secrets" / "password").rename(firm.home / "credentials" / "inqom-password")
    assert pushdoc("service", "install", "--user", HERE).code == 0
    asked = machine.asked[0]
    assert asked[0] == "systemd-run"
    assert f"--property=User={HERE}" in asked
    assert f"--property=LoadCredential=inqom-password:{firm.home}/credentials/inqom-password" in asked
    assert (firm.home / "credentials").stat().st_mode & 0o777 == 0o700
    (firm.home / "credentials" / "inqom-password").unlink()  # elsewhere it would count as a leak


@as_root
def test_a_step_that_fails_is_told_and_the_next_attempt_goes_on_there(machine: Machine, pushdoc: Pushdoc) -> None:
    machine.ends("systemctl", 5)
    told = pushdoc("service", "install", "--user", HERE)

    assert told.code == 1
    assert "systemctl daemon-reload" in told.err
    assert "journalctl" in told.err
    machine.ends("systemctl", None)
    assert pushdoc("service", "install", "--user", HERE).code == 0


@as_root
@pytest.mark.parametrize(
    ("obstacle", "word"), [("no systemd", "systemd"), ("a foreign unit", "pushdoc.service"), ("a variable", "INQOM")]
)
def test_what_stands_in_the_way_is_told_before_anything_is_done(
    firm: Firm, machine: Machine, pushdoc: Pushdoc, monkeypatch: pytest.MonkeyPatch, obstacle: str, word: str
) -> None:
    match obstacle:
        case "no systemd":
            machine.places.booted.rmdir()
        case "a foreign unit":
            machine.places.unit.write_text("[Service]\nExecStart=/bin/true\n")
        case _:
            monkeypatch.setenv("INQOM", "secret")
            firm.rules.write_text(firm.rules.read_text().replace("file:secrets/password", "env:INQOM"))
    before = machine.written
    told = pushdoc("service", "install", "--user", HERE)

    assert (told.code, told.out) == (1, "")
    assert word in told.err
    assert "→" in told.err
    assert machine.asked == []
    assert machine.written == before


def test_without_rights_nothing_is_touched(machine: Machine, pushdoc: Pushdoc, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    told = pushdoc("service", "uninstall")

    assert told.code == 1
    assert "sudo" in told.err
    assert machine.asked == []


@as_root
def test_uninstalling_takes_away_what_was_installed_and_keeps_what_is_known(
    firm: Firm, machine: Machine, pushdoc: Pushdoc
) -> None:
    pushdoc("service", "install", "--user", HERE)
    assert machine.written
    told = pushdoc("service", "uninstall")

    assert told.code == 0
    assert machine.written == ["pushdoc"]  # the command itself
    assert machine.systemctl[-2:] == ["disable pushdoc.service", "daemon-reload"]
    assert str(firm.ledger) in told.lines[-1]
    assert firm.ledger.exists()
    assert firm.rules.exists()
    assert pushdoc("service", "uninstall").lines[0].startswith("il n’y a rien")


@as_root
def test_broken_rules_keep_nobody_from_uninstalling(firm: Firm, machine: Machine, pushdoc: Pushdoc) -> None:
    pushdoc("service", "install", "--user", HERE)
    firm.rules.write_text("[")

    assert pushdoc("service", "uninstall").code == 0
    assert machine.written == ["pushdoc"]


@pytest.mark.parametrize("name", ["push doc", "a\nUser=root", "", "-x", "é"])
def test_a_name_that_no_user_has_is_wrong_use(machine: Machine, pushdoc: Pushdoc, name: str) -> None:
    assert pushdoc("service", "show", f"--user={name}").code == 2
