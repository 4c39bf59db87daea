"""Where the ledger of a broken rules file is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pushdoc.rules.salvage import ledger_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "ledger"),
    [
        ('[ledger]\nurl = "sqlite:///here/it.db"\n', "here/it.db"),
        ("  [ ledger ]  # where\n\n# url = \"sqlite:///old.db\"\nurl='sqlite:///it.db'\n[clients", "it.db"),
        ('[[rule\nname = "x\n[ledger]\nurl = "sqlite:///it.db"\n[[rule]]\nname = ', "it.db"),
        ('[ledger]\n[clients]\nurl = "sqlite:///no.db"\n', "var/pushdoc.db"),
        ('[ledger]\nurl = "sqlite:///it.db\n', "var/pushdoc.db"),
        ('[ledger]\nurl = "postgresql://there"\n', "var/pushdoc.db"),
        ("", "var/pushdoc.db"),
    ],
)
def test_a_broken_file_still_says_where_its_ledger_is(tmp_path: Path, text: str, ledger: str) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(text)

    assert ledger_of(file) == tmp_path / ledger


def test_an_absolute_place_is_taken_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(f'[ledger]\nurl = "sqlite:///{tmp_path}/deep/it.db"\n')

    assert ledger_of(file) == tmp_path / "deep" / "it.db"


def test_a_file_of_any_bytes_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_bytes(b'\xff\xfe\x00caf\xe9\n[ledger]\nurl = "sqlite:///it.db"\n')

    assert ledger_of(file) == tmp_path / "it.db"


def test_a_file_that_cannot_be_read_has_no_ledger(tmp_path: Path) -> None:
    assert ledger_of(tmp_path / "rules.toml") is None
    assert ledger_of(tmp_path) is None
