from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from nobody import without_rights

from pushdoc.errors import ConfigurationError, ExitCode
from pushdoc.rules import resolve
from pushdoc.secret import SecretReference
from pushdoc.words import advice, say

if TYPE_CHECKING:
    from pushdoc.words import Phrase

VALUE = "hunter2"


def refused(reference: str, base: Path) -> Phrase:
    with pytest.raises(ConfigurationError) as caught:
        resolve(SecretReference.parse(reference), base)
    assert caught.value.exit_code is ExitCode.WRONG_CONFIGURATION
    assert VALUE not in repr(caught.value) + str(caught.value) + repr(caught.value.__cause__)
    return caught.value.phrase


def keep(path: Path, content: bytes, mode: int = 0o600) -> Path:
    path.write_bytes(content)
    path.chmod(mode)
    return path


@pytest.mark.parametrize("written", ["hunter2", "hunter2\n", "hunter2\r\n"])
def test_the_newline_at_the_end_of_a_file_is_no_part_of_the_secret(tmp_path: Path, written: str) -> None:
    keep(tmp_path / "secret", written.encode())

    assert resolve(SecretReference.parse("file:secret"), tmp_path).reveal() == VALUE
    assert resolve(SecretReference.parse(f"file:{tmp_path / 'secret'}"), Path("/")).reveal() == VALUE


def test_blanks_in_a_secret_are_part_of_it(tmp_path: Path) -> None:
    keep(tmp_path / "secret", "  été \n\n".encode())

    assert resolve(SecretReference.parse("file:secret"), tmp_path).reveal() == "  été \n"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660, 0o610, 0o777])
def test_a_file_that_others_can_open_is_refused_with_the_command_that_mends_it(tmp_path: Path, mode: int) -> None:
    path = keep(tmp_path / "secret", b"hunter2", mode)
    phrase = refused("file:secret", tmp_path)

    assert phrase.code == "rules.secret_open_to_others"
    assert f"{mode:04o}" in say(phrase, "fr")
    assert advice(phrase, "fr") == f"Tapez\u00a0: chmod 600 {path}"


@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_a_file_of_its_owner_alone_is_read(tmp_path: Path, mode: int) -> None:
    keep(tmp_path / "secret", b"hunter2", mode)

    assert resolve(SecretReference.parse("file:secret"), tmp_path).reveal() == VALUE


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\n", "empty"),
        (b"  \n", "empty"),
        (b"hunter2\xff", "not_text"),
        (b"hunter2\0", "not_text"),
        (b"x" * 70_000, "not_text"),
    ],
)
def test_what_is_no_secret_is_refused_without_showing_it(tmp_path: Path, content: bytes, code: str) -> None:
    keep(tmp_path / "secret", content)

    assert refused("file:secret", tmp_path).code == f"rules.secret_{code}"


def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir(mode=0o700)
    (tmp_path / "loop").symlink_to("loop")
    os.mkfifo(tmp_path / "pipe", 0o600)

    assert refused("file:gone", tmp_path).code == "rules.secret_missing"
    assert refused("file:folder", tmp_path).code == "rules.secret_no_file"
    assert refused("file:pipe", tmp_path).code == "rules.secret_no_file"
    assert refused("file:loop", tmp_path).code == "rules.secret_unreadable"


def test_a_secret_of_the_environment_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INQOM", VALUE)
    monkeypatch.setenv("BLANK", "")
    monkeypatch.delenv("GONE", raising=False)

    assert resolve(SecretReference.parse("env:INQOM"), tmp_path).reveal() == VALUE
    assert refused("env:BLANK", tmp_path).code == "rules.secret_empty"
    assert refused("env:GONE", tmp_path).code == "rules.secret_no_variable"


def test_a_credential_of_systemd_is_read_whatever_its_mode(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(tmp_path / "inqom", b"hunter2\n", 0o440)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))

    assert resolve(SecretReference.parse("credential:inqom"), Path("/")).reveal() == VALUE
    assert refused("credential:gone", Path("/")).code == "rules.secret_missing"
    assert refused("credential:../inqom", Path("/")).code == "rules.secret_with_slash"
    assert refused("env:a/b", Path("/")).code == "rules.secret_with_slash"


def test_outside_systemd_who_may_read_what_is_kept_for_the_service_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)
    (tmp_path / "credentials").mkdir(mode=0o700)
    keep(tmp_path / "credentials" / "inqom", b"hunter2\n", 0o600)
    keep(tmp_path / "credentials" / "open", b"hunter2\n", 0o644)

    assert resolve(SecretReference.parse("credential:inqom"), tmp_path).reveal() == VALUE
    assert refused("credential:open", tmp_path).code == "rules.secret_open_to_others"
    with without_rights(tmp_path):
        (tmp_path / "credentials").chmod(0)
        assert refused("credential:inqom", tmp_path).code == "rules.secret_no_credentials"


def test_outside_systemd_a_credential_is_refused_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)
    phrase = refused("credential:inqom", tmp_path)

    assert phrase.code == "rules.secret_no_credentials"
    assert "LoadCredential=inqom:" in (advice(phrase, "fr") or "")
