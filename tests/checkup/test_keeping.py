"""Secrets, and with whose rights they are looked for."""

from __future__ import annotations

import os
import pwd
from typing import TYPE_CHECKING

import pytest
from nobody import without_rights
from service.firm import PASSWORD

from pushdoc.checkup import Group, Mark
from pushdoc.checkup.account import Account, account_of
from pushdoc.words import say

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from checkup.conftest import Found
    from service.firm import Firm

NOBODY = pwd.getpwuid(65534).pw_name
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can take another's rights")


def installed(firm: Firm, user: str) -> None:
    (firm.home / "pushdoc.service").write_text(f"[Service]\nUser={user}\nSupplementaryGroups=users no-such-group\n")


def test_each_secret_is_told_by_its_key_and_where_it_is_kept(look: Callable[..., Found]) -> None:
    found = look().sections[Group.SECRETS]
    assert {each.mark for each in found} == {Mark.FINE}
    assert [each.phrase.values["key"] for each in found] == ["inqom.password", "inqom.client_secret"]
    assert not [each for each in found if PASSWORD in say(each.phrase, "fr")]


def test_a_folder_in_which_a_secret_can_be_swapped_is_told(firm: Firm, look: Callable[..., Found]) -> None:
    (firm.home / "secrets").chmod(0o770)
    assert look().codes(Group.SECRETS) == ["check.secret_can_be_swapped"] * 2


def test_a_variable_of_this_session_is_none_of_the_service(
    firm: Firm, look: Callable[..., Found], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INQOM_PASSWORD", PASSWORD)
    firm.write_rules("http://127.0.0.1:9", ("file:secrets/password", "env:INQOM_PASSWORD"))
    assert look().codes(Group.SECRETS) == []
    installed(firm, pwd.getpwuid(os.geteuid()).pw_name)
    assert look().one("check.secret_of_this_shell").mark is Mark.WARNING


def test_the_mail_servers_secret_is_one_of_them(firm: Firm, look: Callable[..., Found]) -> None:
    mail = '\n[mail]\nhost = "127.0.0.1"\nsender = "a@b.example"\nusername = "a"\npassword = "file:secrets/mail"\n'
    firm.rules.write_text(firm.rules.read_text() + mail)
    assert look().one("rules.secret_missing").name == "[mail].password"


@as_root
def test_root_looks_with_the_rights_of_the_service(firm: Firm, look: Callable[..., Found]) -> None:
    installed(firm, NOBODY)
    with without_rights(firm.home):
        os.setresuid(0, 0, 0)
        os.chown(firm.home / "secrets" / "password", 0, 0)
        os.chown(firm.folder(), 0, 0)
        found = look()
        assert os.getresuid() == (0, 0, 0)
        groups = os.getgroups()

    assert found.one("check.rights_of_service").phrase.values["user"] == NOBODY
    assert found.one("rules.secret_unreadable").name == "inqom.password"
    assert found.one("check.cannot_move").phrase.values["user"] == NOBODY
    assert groups == os.getgroups()


@as_root
def test_without_root_others_rights_are_told_to_be_others(firm: Firm, look: Callable[..., Found]) -> None:
    installed(firm, "root")
    with without_rights(firm.home):
        assert look().one("check.rights_of_another").phrase.values == {"ours": NOBODY, "user": "root"}


def test_an_account_that_does_not_exist_is_told(firm: Firm, look: Callable[..., Found]) -> None:
    installed(firm, "no-such-user")
    assert look().one("check.no_such_user").code == 1


def test_who_runs_the_service_stands_in_its_unit(tmp_path: Path) -> None:
    unit = tmp_path / "pushdoc.service"
    assert account_of(unit) == Account()
    assert not account_of(unit).installed
    unit.write_text("[Service]\nUser=pushdoc\nSupplementaryGroups=comptables\n")
    assert account_of(unit) == Account("pushdoc", ("comptables",))
