"""`pushdoc service install` on a machine that systemd really runs: a fresh Debian, booted in a container."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from service.firm import paper, siret, until

import pushdoc
from pushdoc.sandbox import DEMO_CLIENT_ID, DEMO_CLIENT_SECRET, DEMO_PASSWORD, DEMO_USERNAME

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.slow, pytest.mark.service, pytest.mark.timeout(600)]

RULES = f"""\
timezone = "Europe/Paris"
[ledger]
url = "sqlite:////var/lib/pushdoc/pushdoc.db"
[clients]
root = "/srv/mcf"
[[client]]
folder = "Setgid"
siret = "{siret(1)}"
[[client]]
folder = "Plain"
siret = "{siret(2)}"
[destination.inqom]
type = "inqom"
username = "{DEMO_USERNAME}"
password = "credential:inqom-password"
client_id = "{DEMO_CLIENT_ID}"
client_secret = "credential:inqom-client-secret"
token_url = "http://127.0.0.1:8089/identity/connect/token"
api_url = "http://127.0.0.1:8089"
documents_url = "http://127.0.0.1:8089/accounting-documents"
[[rule]]
name = "Achats"
drop = "Achats"
type = "Facture d'achat"
archive = "Achats/Transmis"
settle = "300ms"
[watch]
rescan = "1s"
"""
FOLDERS = f"id;name;siret\n700101;SETGID;{siret(1)}\n700102;PLAIN;{siret(2)}\n"
#: What the container needs of Debian beside systemd: the libraries that a Python is linked with, and a manual.
PACKAGES = "systemd,systemd-sysv,dbus,python3,libssl3,libsqlite3-0,libffi8,zlib1g,libbz2-1.0,liblzma5"
COMMAND = Path(sys.prefix) / "bin" / "pushdoc"


class Machine:
    """A booted container: Debian as it comes, with this very pushdoc and its Python where they lie here."""

    def __init__(self, root: Path) -> None:
        # Where pushdoc and its Python lie; /usr is the container's own.
        ours = {Path(sys.prefix), Path(sys.base_prefix), Path(pushdoc.__file__).parent.parent} - {Path("/usr")}
        binds = [f"--bind-ro={path}" for path in sorted(ours)]
        # Nothing that is written stays in the folder: each machine is a new one.
        words = ["systemd-nspawn", "--quiet", "--register=no", "--keep-unit", "--boot", "--volatile=overlay", *binds]
        self._console = root.with_suffix(".console").open("wb")
        self._nspawn = subprocess.Popen(
            [*words, f"--directory={root}"], stdin=subprocess.DEVNULL, stdout=self._console, stderr=self._console
        )
        children = Path(f"/proc/{self._nspawn.pid}/task/{self._nspawn.pid}/children")
        until(lambda: children.read_text().split(), "the container begins")
        self._leader = children.read_text().split()[0]
        until(lambda: self.run("systemctl", "is-active", "multi-user.target").returncode == 0, "it is up", within=60)

    def run(self, *words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """One command in the container, as root."""
        enter = ["nsenter", "-t", self._leader, "-m", "-u", "-i", "-n", "-p", "-C", "--"]
        clean = ["env", "-i", "PATH=/usr/local/bin:/usr/sbin:/usr/bin", "LANG=C.UTF-8", "HOME=/root"]
        return subprocess.run([*enter, *clean, *words], input=given, capture_output=True, check=False, timeout=120)

    def told(self, *words: str) -> str:
        """What a command that succeeds says."""
        ended = self.run(*words)
        assert ended.returncode == 0, (words, ended.stdout.decode(), ended.stderr.decode())
        return ended.stdout.decode()

    def pushdoc(self, *words: str) -> str:
        """What pushdoc says."""
        return self.told(str(COMMAND), "-c", "/etc/pushdoc/rules.toml", *words)

    def put(self, path: str, content: bytes, mode: str = "0664", group: str = "root") -> None:
        """A file in the container."""
        ended = self.run("install", "-D", "-m", mode, "-g", group, "/dev/stdin", path, given=content)
        assert ended.returncode == 0, ended.stderr

    def shows(self, *properties: str) -> dict[str, str]:
        """What systemd knows of the service."""
        lines = self.told("systemctl", "show", "pushdoc", *(f"--property={name}" for name in properties)).splitlines()
        return dict(line.split("=", 1) for line in lines)

    def pid(self) -> int:
        """The daemon's number in the container; 0 where it does not run."""
        return int(self.shows("MainPID")["MainPID"])

    def runs_anew(self, before: int) -> bool:
        """Whether another daemon than the one of this number is ready."""
        return self.pid() != before and self.shows("ActiveState") == {"ActiveState": "active"}

    def archived(self) -> int:
        """How many documents are archived."""
        return len(self.pushdoc("list", "--state", "archived", "--json").splitlines())

    def end(self) -> None:
        """Switch it off; what the daemon said is shown where a test fails."""
        sys.stdout.write(self.run("journalctl", "-u", "pushdoc", "-u", "inqom", "-o", "cat").stdout.decode())
        self._nspawn.terminate()
        self._nspawn.wait(30)
        self._console.close()


@pytest.fixture(scope="module")
def debian(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Debian as it comes, unpacked once: the one that this machine has, so that its Python runs there."""
    programs = {"debootstrap": "debootstrap", "systemd-nspawn": "systemd-container", "nsenter": "util-linux"}
    for program, package in programs.items():
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not here (Debian: {package})")
    if os.geteuid() != 0:
        pytest.skip("only root boots containers")
    release = dict(line.split("=", 1) for line in Path("/etc/os-release").read_text().splitlines() if "=" in line)
    root = tmp_path_factory.mktemp("machine") / "debian"
    words = ["debootstrap", "--variant=minbase", f"--include={PACKAGES}", release["VERSION_CODENAME"], str(root)]
    made = subprocess.run(words, capture_output=True, check=False, text=True)
    if made.returncode:
        pytest.skip(f"no Debian can be unpacked here: {made.stdout[-200:]}{made.stderr[-200:]}")
    return root


@pytest.fixture(scope="module")
def machine(debian: Path) -> Iterator[Machine]:
    """A machine on which the administrator has done all but install the service; a local Inqom runs beside."""
    machine = Machine(debian)
    try:
        machine.told("groupadd", "comptables")
        for client, bits in (("Setgid", "2770"), ("Plain", "0770")):
            machine.told("install", "-d", "-m", bits, "-g", "comptables", f"/srv/mcf/{client}/Achats")
            machine.told("chmod", "0755", f"/srv/mcf/{client}")
        machine.told("chgrp", "comptables", "/srv/mcf")
        machine.told("chmod", "0775", "/srv/mcf")
        machine.put("/etc/pushdoc/rules.toml", RULES.encode(), "0644")
        for name, secret in (("inqom-password", DEMO_PASSWORD), ("inqom-client-secret", DEMO_CLIENT_SECRET)):
            machine.put(f"/etc/pushdoc/credentials/{name}", secret.encode(), "0600")
        machine.put("/srv/folders.csv", FOLDERS.encode())
        inqom = [str(COMMAND), "sandbox", "--port", "8089", "--folders", "/srv/folders.csv"]
        machine.told("systemd-run", "--quiet", "--unit=inqom", *inqom)
        machine.pushdoc("check", "--offline")  # as root, who makes the ledger with it
        machine.pushdoc("service", "install", "--group", "comptables")
        yield machine
    finally:
        machine.end()


def test_the_service_runs_as_its_own_user_in_its_sandbox(machine: Machine) -> None:
    assert machine.shows("ActiveState", "User", "SupplementaryGroups", "UnitFileState") == {
        "ActiveState": "active",
        "User": "pushdoc",
        "SupplementaryGroups": "comptables",
        "UnitFileState": "enabled",
    }
    inside = ("nsenter", "-t", str(machine.pid()), "-m", "--setuid", machine.told("id", "-u", "pushdoc").strip())
    assert machine.run(*inside, "touch", "/etc/written").returncode != 0
    assert machine.run(*inside, "cat", "/etc/pushdoc/credentials/inqom-password").returncode != 0
    secret = machine.told(*inside, "cat", "/run/credentials/pushdoc.service/inqom-password")
    assert secret == DEMO_PASSWORD
    assert machine.told("stat", "-c", "%U", "/var/lib/pushdoc/pushdoc.db") == "pushdoc\n"


@pytest.mark.parametrize(("client", "mode"), [("Setgid", "2770"), ("Plain", "770")])
def test_new_archive_folders_are_their_parents_groups(machine: Machine, client: str, mode: str) -> None:
    before = machine.archived()
    machine.put(f"/srv/mcf/{client}/Achats/facture.pdf", paper(client), group="comptables")
    until(lambda: machine.archived() > before, "it is archived")

    folder = f"/srv/mcf/{client}/Achats/Transmis"
    assert machine.told("stat", "-c", "%U:%G %a", folder) == f"pushdoc:comptables {mode}\n"
    assert machine.told("ls", folder) == "facture.pdf\n"


def test_a_file_of_somebody_else_that_is_still_written_waits(machine: Machine) -> None:
    before = machine.archived()
    path = "/srv/mcf/Plain/Achats/scan.pdf"
    writing = f"exec 7>{path}; printf '%%PDF-1.7\\nscan\\n%%%%EOF\\n' >&7; chmod 664 {path}; exec sleep 300"
    machine.told("systemd-run", "--quiet", "--unit=scanner", "sh", "-c", writing)
    until(lambda: machine.run("test", "-s", path).returncode == 0, "it is being written")
    machine.put("/srv/mcf/Plain/Achats/later.pdf", paper("later"))
    until(lambda: machine.archived() > before, "the later one is archived")
    assert machine.run("test", "-e", path).returncode == 0

    machine.told("systemctl", "stop", "scanner")
    until(lambda: machine.archived() > before + 1, "it is archived, too")


def test_reload_reaches_the_daemon(machine: Machine) -> None:
    def mapped() -> int:
        # By a field: the sandbox lets pushdoc speak to the journal itself.
        return machine.told("journalctl", "-u", "pushdoc", "-o", "cat", "PUSHDOC_EVENT=mapped").count("mapped ")

    pid, before = machine.pid(), mapped()
    machine.told("systemctl", "reload", "pushdoc")

    until(lambda: mapped() > before, "the mapping is asked for anew")
    assert machine.pid() == pid


def test_a_daemon_that_hangs_or_dies_is_started_anew(machine: Machine) -> None:
    quick = b"[Service]\nWatchdogSec=4\nRestartSec=100ms\n"
    machine.put("/etc/systemd/system/pushdoc.service.d/quick.conf", quick, "0644")
    machine.told("systemctl", "daemon-reload")
    machine.told("systemctl", "restart", "pushdoc")
    for number, result in ((signal.SIGKILL, "killed, status=9/KILL"), (signal.SIGSTOP, "killed, status=6/ABRT")):
        before = machine.pid()
        machine.told("systemctl", "kill", "--kill-who=main", f"--signal={number.name}", "pushdoc")
        until(partial(machine.runs_anew, before), "another one is ready", within=60)
        assert result in machine.told("journalctl", "-u", "pushdoc", "-o", "cat")
    assert "courier.py" in machine.told("journalctl", "-u", "pushdoc", "-o", "cat"), "where each thread stood"
    assert machine.shows("LimitCORE") == {"LimitCORE": "0"}
    machine.told("rm", "-r", "/etc/systemd/system/pushdoc.service.d")
    machine.told("systemctl", "daemon-reload")


def test_wrong_rules_keep_it_down_until_they_are_mended(machine: Machine) -> None:
    machine.put("/etc/pushdoc/rules.toml", RULES.replace("root =", "rot =").encode(), "0644")
    assert machine.run("systemctl", "restart", "pushdoc").returncode != 0
    assert machine.shows("ActiveState", "ExecMainStatus") == {"ActiveState": "failed", "ExecMainStatus": "78"}

    machine.put("/etc/pushdoc/rules.toml", RULES.encode(), "0644")
    machine.pushdoc("service", "install")
    assert machine.shows("ActiveState", "SupplementaryGroups")["SupplementaryGroups"] == "comptables"


def test_uninstalled_it_is_gone_and_what_it_knows_is_not(machine: Machine) -> None:
    machine.pushdoc("service", "uninstall")

    assert machine.run("systemctl", "is-active", "pushdoc").returncode != 0
    assert machine.run("systemctl", "cat", "pushdoc").returncode != 0
    assert machine.archived() >= 4


def test_without_the_right_to_the_folders_it_is_not_installed(machine: Machine) -> None:
    ended = machine.run(str(COMMAND), "-c", "/etc/pushdoc/rules.toml", "service", "install")

    assert ended.returncode == 1, ended.stdout.decode()
    assert "Plain/Achats" in ended.stdout.decode()
    assert "--group" in ended.stderr.decode()
    assert machine.run("systemctl", "cat", "pushdoc").returncode != 0
