"""The demo keeps its promises; what has arrived is asked of the sandbox's record, not of our ledger."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import stat
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from pushdoc.demo import demonstrate
from pushdoc.errors import WrongUseError
from pushdoc.sandbox import DEMO_CLIENT_SECRET, DEMO_FOLDERS, DEMO_PASSWORD

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.service

DOCUMENTS = 40


@dataclass(frozen=True)
class Shown:
    """A demo that was kept."""

    folder: Path
    out: str
    code: int

    @property
    def root(self) -> Path:
        return self.folder / "clients"

    def record(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (self.folder / "inqom-recu.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    folder = tmp_path_factory.mktemp("demo") / "kept"
    words = ["demo", "--keep", str(folder), "--documents", str(DOCUMENTS)]
    told = subprocess.run([sys.executable, "-m", "pushdoc", *words], capture_output=True, check=False, text=True)
    assert told.stderr == ""
    return Shown(folder, told.stdout, told.returncode)


def siret_of(folder: int) -> str | None:
    return next(known.siret for known in DEMO_FOLDERS if known.id == folder)


def test_it_ends_well(shown: Shown) -> None:
    assert shown.code == 0
    assert f"{DOCUMENTS} documents reçus pour {DOCUMENTS} déposés, chacun une seule fois" in shown.out


def test_every_type_arrives_for_several_clients_once_each(shown: Shown) -> None:
    record = shown.record()

    assert len(record) == DOCUMENTS
    assert max(Counter((row["folder"], row["sha256"]) for row in record).values()) == 1
    clients_of = {
        kind: {row["folder"] for row in record if row["type"] == kind} for kind in {row["type"] for row in record}
    }
    assert clients_of.keys() == {"Client", "Supplier", "ExpenseReport", "Others"}
    assert all(len(clients) >= 3 for clients in clients_of.values())
    # Two of pushdoc's types are one over there; their names tell them apart.
    others = {row["name"].rsplit("-", 1)[0] for row in record if row["type"] == "Others"}
    assert others == {"courrier", "piece"}
    assert {row["variant"] for row in record if row["type"] == "ExpenseReport"} == {"B"}
    assert {row["variant"] for row in record if row["type"] != "ExpenseReport"} == {"A"}


def test_each_document_lies_in_the_archive_of_the_month_it_was_dropped_in_and_in_its_clients_dossier(
    shown: Shown,
) -> None:
    with (shown.folder / "dossiers.csv").open(encoding="cp1252", newline="") as table:
        sirets = {row["Dossier"]: row["SIRET"].replace(" ", "") for row in csv.DictReader(table, delimiter=";")}
    archived = {
        hashlib.sha256(file.read_bytes()).hexdigest(): file.relative_to(shown.root)
        for file in shown.root.glob("*/*/*/*/Transmis/*")
    }
    kinds = {"Achats": "Supplier", "Ventes": "Client", "Notes de frais": "ExpenseReport"}
    months = set()
    for row in shown.record():
        client, kind, year, month, _, name = archived[row["sha256"]].parts
        assert sirets[client] == siret_of(row["folder"])
        assert row["type"] == kinds.get(kind, "Others")
        assert row["name"] == name
        months.add((year, month))
    assert len(months) == 2  # the current one, and the one before


def test_nothing_that_was_delivered_is_left_in_a_drop_folder(shown: Shown) -> None:
    left = {file.name for file in shown.root.glob("*/*/*/*/*") if file.is_file()}
    papers = {name for name in left if not name.endswith(".NON-TRANSMIS.txt")}
    # Three that cannot be sent, and those of the two clients without a dossier.
    assert papers == {"devis.docx", "train et hôtel.pdf", "quittances 2026.pdf", "facture.pdf"}


def test_three_documents_are_marked_each_for_its_own_reason(shown: Shown) -> None:
    marks = sorted(shown.root.rglob("*.NON-TRANSMIS.txt"))
    texts = [mark.read_text("utf-8-sig") for mark in marks]
    reasons = {text.split("Pourquoi\u00a0:\n")[1].split("\n\n")[0].strip() for text in texts}

    assert len(marks) == len(reasons) == 3
    assert all(mark.with_name(mark.name.removesuffix(".NON-TRANSMIS.txt")).is_file() for mark in marks)
    assert all("Que faire\u00a0:" in text for text in texts)
    assert all(mark.name in shown.out for mark in marks)


def test_the_status_is_shown(shown: Shown) -> None:
    for said in ("2 clients sans dossier", "3  Non transmis", "1  doublon", f"{DOCUMENTS}  transmis et archivé"):
        assert said in shown.out


def test_what_is_kept_can_be_gone_on_with(shown: Shown) -> None:
    rules = str(shown.folder / "rules.toml")
    assert f"pushdoc -c {rules} status" in shown.out
    status = subprocess.run([sys.executable, "-m", "pushdoc", "-c", rules, "status"], check=False, capture_output=True)
    assert (status.returncode, status.stderr) == (1, b"")  # three documents need a person
    assert f"pushdoc sandbox --port {url_port(shown.folder / 'rules.toml')} " in shown.out


def url_port(rules: Path) -> int:
    return int(rules.read_text("utf-8").split('token_url     = "http://127.0.0.1:')[1].split("/")[0])


def test_its_secrets_are_files_of_their_own_that_nobody_else_reads(shown: Shown) -> None:
    secrets = shown.folder / "secrets"
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in secrets.iterdir()} == {0o600}
    others = [file for file in shown.folder.rglob("*") if file.is_file() and secrets not in file.parents]
    for secret in (DEMO_PASSWORD, DEMO_CLIENT_SECRET):
        assert secret not in shown.out
        assert not [file for file in others if secret.encode() in file.read_bytes()]


def test_without_keep_nothing_is_left_behind(tmp_path: Path) -> None:
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    words = [sys.executable, "-m", "pushdoc", "demo", "--documents", "1"]
    told = subprocess.run(words, env=environment, cwd=tmp_path, capture_output=True, check=False, text=True)

    assert (told.returncode, told.stderr) == (0, "")
    assert "1 document reçu pour 1 déposé, chacun une seule fois" in told.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("there", ["a file in it", "a file"])
def test_a_folder_that_is_not_empty_is_refused_and_left_alone(tmp_path: Path, there: str) -> None:
    keep = tmp_path / "keep"
    if there == "a file":
        keep.write_text("mine")
    else:
        keep.mkdir()
        (keep / "mine.txt").write_text("mine")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(WrongUseError):
        list(demonstrate(keep, 1, lambda _made: None))

    assert sorted(tmp_path.rglob("*")) == before


def test_an_empty_folder_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))  # nothing else may be needed
    keep = tmp_path / "keep"
    keep.mkdir()
    assert list(demonstrate(keep, 1, lambda _made: None))
    assert (keep / "rules.toml").is_file()


def test_the_daily_mail_is_shown_and_kept_as_it_looks(shown: Shown) -> None:
    html = (shown.folder / "courriel.html").read_text("utf-8")

    for said in ("devis.docx", "quittances 2026.pdf", "Imprimerie Collet"):
        assert said in shown.out.partition("[pushdoc] 3 non transmis")[2]
        assert said in html.replace("<wbr>", "")
    assert str(shown.folder / "courriel.html") in shown.out
