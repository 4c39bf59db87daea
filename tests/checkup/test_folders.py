from __future__ import annotations

import errno
import os
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from faults.apart import apart, do
from faults.ill_share import ill_share, missing
from nobody import without_rights

from pushdoc.checkup import Group
from pushdoc.checkup.folders import folders
from pushdoc.checkup.survey import Survey, survey
from pushdoc.clock import SystemClock
from pushdoc.watch import Lookout
from pushdoc.wiring import read_plan
from pushdoc.words import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from checkup.conftest import Found
    from pushed import PushedClock
    from service.firm import Firm

WHY_NOT = missing()


def month(firm: Firm) -> str:
    return f"{firm.period.year}/{firm.period.month:02}"


def test_all_is_well_with_folders_that_are_there_and_may_be_changed(look: Callable[..., Found]) -> None:
    found = look()
    assert found.codes(Group.FOLDERS) == []
    assert found.one("check.client_folders").count == 2
    assert found.one("check.drops_all").phrase.values["count"] == 6
    assert found.one("check.archives").count == 12  # of last month, too


def test_folders_of_this_month_that_nobody_has_made_yet_are_counted(firm: Firm, look: Callable[..., Found]) -> None:
    firm.folder(firm.names[0], "Achats").rmdir()
    assert look().one("check.drops").phrase.values == {"count": 5, "missing": 1}


def test_a_drop_path_that_no_client_has_is_probably_misspelt(firm: Firm, look: Callable[..., Found]) -> None:
    firm.write_rules("http://127.0.0.1:9", ('drop = "Achats/', 'drop = "Achat/'))
    assert look().one("check.drop_nowhere").phrase.values == {"rule": "Achats", "drop": "Achat/{millésime}/{mois}"}


def test_a_root_that_is_not_there_or_no_folder_is_one_fault(firm: Firm, look: Callable[..., Found]) -> None:
    firm.root.rename(firm.home / "away")
    assert look().one("check.root_missing").code == 78
    firm.root.touch()
    assert look().codes(Group.FOLDERS) == ["watch.not_a_folder"]


def test_a_client_without_a_folder_is_told_with_the_name_that_is_like_it(
    firm: Firm, look: Callable[..., Found]
) -> None:
    (firm.root / "Client 001").rename(firm.root / "client-001")
    table = firm.home / "dossiers.csv"
    table.write_text(f"{table.read_text()}Garage;73282932000074\n")
    found = look()

    assert found.one("check.client_missing_near").phrase.values == {"client": "Client 001", "near": "client-001"}
    assert found.one("check.client_missing").name == "Garage"


def test_a_client_whose_folder_is_a_link_is_told_once(firm: Firm, look: Callable[..., Found]) -> None:
    (firm.root / "Client 001").rename(firm.home / "elsewhere")
    (firm.root / "Client 001").symlink_to(firm.home / "elsewhere")
    assert look().one("watch.not_a_folder").name == "Client 001"


@pytest.mark.parametrize(
    ("place", "mode", "code"),
    [
        ("Achats/{month}", 0o555, "check.cannot_move"),
        ("Achats/{month}", 0o311, "check.cannot_read"),
        ("Achats/{month}/Transmis", 0o555, "check.cannot_archive"),
        ("Achats", 0o000, "watch.no_right"),
    ],
)
def test_what_we_may_not_do_is_told_with_the_folder(
    firm: Firm, look: Callable[..., Found], place: str, mode: int, code: str
) -> None:
    folder = firm.root / "Client 001" / place.format(month=month(firm))
    folder.mkdir(exist_ok=True)
    with without_rights(firm.home):
        folder.chmod(mode)
        found = look()
        folder.chmod(0o755)

    told = [each for each in found.sections[Group.FOLDERS] if each.phrase.code == code]
    assert told
    assert all(str(folder) in say(each.phrase, "fr") for each in told)
    assert all(each.phrase.code == code for each in found.sections[Group.FOLDERS] if each.code)


def test_a_root_in_which_nothing_can_be_written_is_warned_of(firm: Firm, look: Callable[..., Found]) -> None:
    with without_rights(firm.home):
        firm.root.chmod(0o555)
        found = look()
        firm.root.chmod(0o755)
    assert found.codes(Group.FOLDERS) == ["check.root_without_sign"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make somebody else's folder")
def test_a_drop_folder_with_a_sticky_bit_is_told(firm: Firm, look: Callable[..., Found]) -> None:
    with without_rights(firm.home):
        os.setresuid(0, 0, 0)
        drop = firm.folder()
        os.chown(drop, 0, 0)
        drop.chmod(0o1777)
        os.setresuid(65534, 65534, 0)
        found = look()
    assert found.one("check.sticky").phrase.values["quoted"] == f"'{drop}'"


def test_without_archive_and_mark_nothing_has_to_leave_a_drop_folder(firm: Firm, look: Callable[..., Found]) -> None:
    archives = [(f'archive = "{kind}/{{millésime}}/{{mois}}/Transmis"\n', "") for kind in ("Achats", "Ventes", "Frais")]
    firm.write_rules("http://127.0.0.1:9", *archives, ("[watch]", '[marks]\nstyle = "none"\n\n[watch]'))
    with without_rights(firm.home):
        firm.folder().chmod(0o555)
        found = look()
        firm.folder().chmod(0o755)
    assert found.codes(Group.FOLDERS) == []


@apart
def test_an_archive_on_another_disk_is_warned_of_and_one_that_is_read_only_is_a_fault(
    firm: Firm, look: Callable[..., Found]
) -> None:
    slow, fixed = (firm.folder(client) / "Transmis" for client in firm.names)
    for archive in (slow, fixed):
        archive.mkdir()
        do("mount", "-t", "tmpfs", "-o", "size=64k", "archive", archive)
    do("mount", "-o", "remount,ro", fixed)
    found = look()

    assert found.one("check.other_disk").phrase.values["folder"] == str(slow)
    assert found.one("filing.read_only").phrase.values["folder"] == str(fixed)
    assert [told.phrase.code for told in found.sections[Group.SPACE]][1:] == ["check.disk_full"] * 2


@apart
def test_two_clients_in_one_folder_are_told(firm: Firm, look: Callable[..., Found]) -> None:
    one, other = (firm.root / name for name in firm.names)
    do("mount", "--bind", one, other)
    assert look().one("check.same_folder").phrase.values == {"client": "Client 002", "other": "Client 001"}


def test_a_client_inside_anothers_drop_folder_is_told(firm: Firm, look: Callable[..., Found]) -> None:
    firm.write_rules(
        "http://127.0.0.1:9", ('type = "Facture d\'achat"', 'type = "Facture d\'achat"\nsubfolders = true')
    )
    inner = f"Client 001/Achats/{month(firm)}/Filiale"
    (firm.root / inner).mkdir()
    table = firm.home / "dossiers.csv"
    table.write_text(f"{table.read_text()}{inner};73282932000074\n")
    assert look().one("check.client_in_drop").phrase.values == {
        "client": inner,
        "other": "Client 001",
        "rule": "Achats",
    }


def test_a_destination_or_a_ledger_among_the_clients_folders_is_told(firm: Firm, look: Callable[..., Found]) -> None:
    text = firm.rules.read_text().replace(
        "[watch]", f'[destination.depot]\ntype = "folder"\npath = "{firm.folder()}"\n\n[watch]'
    )
    text = text.replace("sqlite:///var/", f"sqlite:///{firm.root}/").replace(
        "[[rule]]", '[[rule]]\ndestination = "inqom"'
    )
    firm.rules.write_text(text)
    found = look()
    assert found.one("check.destination_in_drop").name == "depot"
    assert found.one("check.ledger_among_clients").phrase.values["path"] == str(firm.root / "pushdoc.db")


def surveyed(firm: Firm, clock: PushedClock, lookout: Lookout) -> Survey:
    return survey(read_plan(firm.rules), lookout, clock)


@pytest.mark.skipif(WHY_NOT is not None, reason=str(WHY_NOT))
@apart
def test_a_share_that_hangs_or_fails_holds_nobody_up_and_is_one_line(firm: Firm, clock: PushedClock) -> None:
    plan = read_plan(firm.rules)
    firm.root.rename(firm.home / "server")
    with ill_share(firm.home, firm.root) as share:
        lookout = Lookout(firm.root, SystemClock(), "sign")
        try:
            found = surveyed(firm, clock, lookout)
            assert found.remote
            assert {standing.there for standing in found.clients.values()} == {True}
            share.fail(errno.EIO)
            (told,) = folders(plan, surveyed(firm, clock, lookout), "pushdoc", clock.now().date())
            assert told.phrase.code == "watch.away"
        finally:
            share.recover()
            lookout.close()


@pytest.mark.skipif(WHY_NOT is not None, reason=str(WHY_NOT))
@apart
@pytest.mark.timeout(60)
def test_a_share_that_hangs_at_a_folder_of_thousands_is_waited_for_once(firm: Firm) -> None:
    table = firm.home / "dossiers.csv"
    table.write_text(table.read_text() + "".join(f"Garage {number};73282932000074\n" for number in range(3000)))
    plan = read_plan(firm.rules)
    firm.root.rename(firm.home / "server")
    with ill_share(firm.home, firm.root) as share:
        lookout = Lookout(firm.root, SystemClock(), "sign", patience=timedelta(seconds=0.5))
        try:
            share.hang("/Client 002")
            found = survey(plan, lookout, SystemClock())
        finally:
            share.recover()
            lookout.close()
    assert found.clients["Client 001"].there
    assert {trouble.code for trouble in found.troubles.values()} <= {"watch.folder_hangs", "watch.hanging"}
    assert len(found.clients) + len(found.troubles) == 3002
