"""The unit: what systemd says of it, and what one installation's rules make of it."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from pushdoc.cli.frame import Frame
from pushdoc.errors import ConfigurationError
from pushdoc.service import Needs, filled, kept, needs_of, shipped
from pushdoc.service.unit import surroundings

UNIT = Path(__file__).parent.parent.parent / "systemd" / "pushdoc.service"
TEXT = UNIT.read_text("utf-8")
#: What one who reviews the unit may rely on; more only after a look at what became weaker.
EXPOSURE = 1.6

NEEDS = Needs(
    program=("/opt/pushdoc/bin/pushdoc",),
    rules=Path("/etc/pushdoc/rules.toml"),
    user="pushdoc",
    group="pushdoc",
    groups=(),
    credentials=(Path("/etc/pushdoc/credentials/inqom-password"),),
    environment=(),
    writes=(Path("/srv/mcf"), Path("/var/lib/pushdoc")),
    reads=(Path("/etc/pushdoc"), Path("/opt/pushdoc")),
    ledger=Path("/var/lib/pushdoc/pushdoc.db"),
    belongings=(),
)


def settings(text: str) -> list[str]:
    """The lines of a unit that say something."""
    return [line for line in text.splitlines() if line and not line.startswith(("#", "["))]


def under(text: str, key: str) -> list[str]:
    """The values of one key."""
    return [line.partition("=")[2] for line in settings(text) if line.startswith(f"{key}=")]


@pytest.fixture
def judged(tmp_path: Path) -> Path:
    """The unit, startable on this machine: its program and its manual page are ones that are here."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not here (Debian: systemd)")
    unit = tmp_path / "pushdoc.service"
    unit.write_text(re.sub("^ExecStart=.*", "ExecStart=/bin/true", TEXT, flags=re.MULTILINE))
    return unit


def test_the_unit_is_right_in_systemds_eyes(judged: Path) -> None:
    words = ["systemd-analyze", "verify", "--man=no", str(judged)]
    told = subprocess.run(words, capture_output=True, check=False, text=True)

    assert (told.returncode, [line for line in told.stderr.splitlines() if "pushdoc" in line]) == (0, [])


def test_the_unit_exposes_no_more_than_was_weighed(judged: Path) -> None:
    words = ["systemd-analyze", "security", "--offline=true", "--no-pager", str(judged)]
    told = subprocess.run(words, capture_output=True, check=True, text=True)
    found = re.search(r"exposure level for pushdoc.service: ([\d.]+)", told.stdout)

    assert found is not None
    assert float(found[1]) <= EXPOSURE


def test_each_line_that_restricts_has_its_own_comment() -> None:
    hardening = TEXT[TEXT.index("ProtectSystem=") : TEXT.index("[Install]")].splitlines()
    bare = [
        line for above, line in pairwise(hardening) if line and not line.startswith("#") and not above.startswith("#")
    ]

    assert bare == []
    assert TEXT[: TEXT.index("ProtectSystem=")].rstrip().splitlines()[-1].startswith("#")


@pytest.mark.parametrize("setting", ["RequiresMountsFor", "BindsTo", "PrivateUsers", "RestrictSUIDSGID"])
def test_what_would_stop_a_firm_from_working_is_not_set(setting: str) -> None:
    assert under(TEXT, setting) == []


def test_the_packaged_unit_is_the_one_of_the_tree() -> None:
    assert shipped("pushdoc.service") == TEXT


def test_filled_in_for_the_usual_set_up_only_the_secrets_differ() -> None:
    usual = filled(TEXT, NEEDS)

    assert set(settings(TEXT)) ^ set(settings(usual)) == {
        "LoadCredential=inqom-client-secret:/etc/pushdoc/credentials/inqom-client-secret"
    }


def test_each_secret_of_the_rules_is_handed_over_and_no_other() -> None:
    secrets = tuple(Path("/etc/pushdoc/credentials") / name for name in ("a", "b", "smtp-password"))
    text = filled(TEXT, replace(NEEDS, credentials=secrets))

    assert under(text, "LoadCredential") == [f"{path.name}:{path}" for path in secrets]
    assert under(filled(TEXT, replace(NEEDS, credentials=())), "LoadCredential") == []


def test_user_and_groups_are_filled_in_and_kept_by_an_upgrade() -> None:
    text = filled(TEXT, replace(NEEDS, user="robot", group="robots", groups=("comptables", "scan")))

    assert under(text, "User") + under(text, "Group") == ["robot", "robots"]
    assert under(text, "SupplementaryGroups") == ["comptables scan"]
    assert kept(text) == ("robot", ("comptables", "scan"))
    assert kept(TEXT) == ("pushdoc", ())


def test_a_share_that_is_away_is_no_obstacle_a_ledgers_disk_is() -> None:
    elsewhere = Path("/srv/memory/pushdoc.db")
    text = filled(TEXT, replace(NEEDS, ledger=elsewhere, writes=(Path("/srv/mcf"), elsewhere.parent)))

    assert under(text, "ReadWritePaths") == ["-/srv/mcf", "-/srv/memory"]
    assert under(text, "RequiresMountsFor") == ["/srv/memory"]


def test_folders_in_somebodys_home_are_bound_in_and_nothing_else_of_it() -> None:
    home = Path("/home/claire")
    needs = replace(
        NEEDS, writes=(home / "mcf", Path("/var/lib/pushdoc")), reads=(home / "rules", home / "rules/old", Path("/etc"))
    )
    text = filled(TEXT, needs)

    assert under(text, "ProtectHome") == ["tmpfs"]
    assert under(text, "BindPaths") == ["-/home/claire/mcf"]
    assert under(text, "BindReadOnlyPaths") == ["-/home/claire/rules"]
    assert under(text, "ReadWritePaths") == []


def test_names_that_systemd_would_read_otherwise_are_written_so_that_it_does_not() -> None:
    needs = replace(NEEDS, writes=(Path("/srv/100 % clients"),), rules=Path("/srv/$HOME/rules.toml"))
    text = filled(TEXT, needs)

    assert under(text, "ReadWritePaths") == ['"-/srv/100 %% clients"']
    assert under(text, "ExecStart") == ["/opt/pushdoc/bin/pushdoc -c /srv/$$HOME/rules.toml run"]


@pytest.mark.parametrize("name", ['a"b', "a'b", "a\\b", "a\nUser=root", "a\u202eb", "a:b"])
def test_a_name_that_no_unit_can_have_is_refused(name: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        filled(TEXT, replace(NEEDS, writes=(Path("/srv") / name,)))

    assert caught.value.phrase.code == "service.path_unfit"


def test_the_check_is_run_in_the_sandbox_of_the_service_and_not_as_the_daemon() -> None:
    properties = list(surroundings(filled(TEXT, replace(NEEDS, writes=(Path("/srv/100%"),)))))

    assert {"User=pushdoc", "ProtectSystem=strict", "ReadWritePaths=-/srv/100%"} <= set(properties)
    assert "LoadCredential=inqom-password:/etc/pushdoc/credentials/inqom-password" in properties
    assert [line for line in properties if line.startswith(("Type=", "Exec", "Restart=", "Watchdog", "WantedBy"))] == []


RULES = """
[ledger]
url = "sqlite:///var/pushdoc.db"
[clients]
root = "link"
[[client]]
folder = "SCI Rose"
siret = "40483304800022"
[destination.inqom]
type = "inqom"
username = "robot@cabinet.example"
password = "credential:inqom-password"
client_id = "cabinet-demo"
client_secret = "file:secrets/client-secret"
[destination.copies]
type = "folder"
path = "copies"
[mail]
host = "smtp.cabinet.example"
username = "pushdoc"
password = "env:SMTP_PASSWORD"
sender = "pushdoc@cabinet.example"
[[rule]]
name = "Achats"
drop = "Achats"
type = "Autre"
destination = "inqom"
"""


def test_what_the_service_needs_is_read_from_the_rules(tmp_path: Path) -> None:
    (tmp_path / "clients").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "clients")
    (tmp_path / "rules.toml").write_text(RULES)
    needs = needs_of(Frame(tmp_path / "rules.toml").plan, "pushdoc", "pushdoc", ())

    assert needs.credentials == (tmp_path / "credentials" / "inqom-password",)
    assert needs.environment == ("SMTP_PASSWORD",)
    assert needs.writes == (tmp_path / "clients", tmp_path / "copies", tmp_path / "var")
    assert {tmp_path, tmp_path / "secrets"} <= set(needs.reads)
    assert needs.ledger == tmp_path / "var" / "pushdoc.db"
    assert {tmp_path / "var" / "pushdoc.db-wal", tmp_path / "secrets" / "client-secret"} <= set(needs.belongings)
