from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from pushdoc.assistant.secrets import Vault
from pushdoc.errors import ConfigurationError
from pushdoc.rules import resolve
from pushdoc.secret import Secret, SecretReference

if TYPE_CHECKING:
    from pathlib import Path

SESAME = Secret(" sésame; ")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_secret_lies_in_a_file_of_its_own_that_only_its_owner_reads(tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    reference = vault.keep("inqom-password", SESAME)
    assert mode(tmp_path / "secrets" / "inqom-password.draft") == 0o600
    vault.put_in_force()

    assert reference == "file:secrets/inqom-password"
    assert mode(tmp_path / "secrets" / "inqom-password") == 0o600
    assert mode(tmp_path / "secrets") == 0o700
    assert resolve(SecretReference.parse(reference), tmp_path).reveal() == " sésame; "


def test_a_secret_that_is_replaced_leaves_nothing_behind(tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    for secret in (Secret("the longest of the three"), Secret("not this"), SESAME):
        vault.keep("p", secret)
        vault.put_in_force()

    assert [file.name for file in (tmp_path / "secrets").iterdir()] == ["p"]
    assert vault.read("file:secrets/p").reveal() == " sésame; "


def test_a_secret_that_was_told_is_tried_and_in_force_only_when_it_is_put_there(tmp_path: Path) -> None:
    vault, reference = Vault(tmp_path), SecretReference("file", "secrets/p")
    vault.keep("p", Secret("old"))
    vault.put_in_force()
    vault.keep("p", Secret("new"))

    assert vault.read("file:secrets/p").reveal() == "new"
    assert vault.read(f"file:{tmp_path}/secrets/p").reveal() == "new"
    assert resolve(reference, tmp_path).reveal() == "old"

    vault.discard()
    assert vault.read("file:secrets/p").reveal() == "old"
    assert not vault.waiting


def test_a_folder_for_secrets_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "secrets").mkdir(mode=0o750)
    Vault(tmp_path).keep("p", SESAME)

    assert mode(tmp_path / "secrets") == 0o750


def test_for_the_service_of_the_system_root_keeps_it_as_a_credential(tmp_path: Path) -> None:
    vault = Vault(tmp_path, system=tmp_path, as_root=True)

    assert vault.keep("inqom-password", SESAME) == "credential:inqom-password"
    vault.put_in_force()
    assert mode(tmp_path / "credentials" / "inqom-password") == 0o600
    assert vault.read("credential:inqom-password").reveal() == " sésame; "
    assert vault.ledger == "sqlite:////var/lib/pushdoc/pushdoc.db"


def test_who_is_not_root_keeps_it_beside_the_rules_there_too(tmp_path: Path) -> None:
    vault = Vault(tmp_path, system=tmp_path, as_root=False)

    assert vault.keep("p", SESAME) == "file:secrets/p"
    assert vault.ledger is None


def test_a_folder_that_cannot_be_written_in_is_named(tmp_path: Path) -> None:
    (tmp_path / "secrets").write_text("a file in the way")

    with pytest.raises(ConfigurationError) as told:
        Vault(tmp_path).keep("p", SESAME)

    assert str(tmp_path / "secrets" / "p") in str(told.value)
    assert "sésame" not in str(told.value)


@pytest.mark.parametrize("reference", ["sésame", "file:secrets/missing", "credential:../secrets/p"])
def test_what_leads_to_no_secret_is_refused_and_not_repeated(tmp_path: Path, reference: str) -> None:
    with pytest.raises(ConfigurationError) as told:
        Vault(tmp_path).read(reference)

    assert "sésame" not in str(told.value)
