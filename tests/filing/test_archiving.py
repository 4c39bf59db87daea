from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from faults.apart import apart, do
from nobody import without_rights

from pushdoc.filing import Filed, Obstructed, archive, plan, ready
from pushdoc.words import advice, say

if TYPE_CHECKING:
    from filing.paper import Desk


def test_the_path_is_recorded_before_anything_moves(desk: Desk) -> None:
    document = desk.lay()
    seen = []

    def record(planned: Path) -> None:
        seen.append((planned, desk.paper.exists(), desk.shelf.exists()))

    archive(desk.root, document, desk.shelf, record)
    assert seen == [(desk.shelf / "facture.pdf", True, False)]


def test_a_path_that_was_taken_since_it_was_planned_is_planned_and_recorded_again(desk: Desk) -> None:
    document = desk.lay()
    recorded = []

    def record(planned: Path) -> None:
        recorded.append(planned.name)
        if len(recorded) < 3:
            planned.parent.mkdir(parents=True, exist_ok=True)
            planned.write_bytes(b"somebody was faster")

    result = archive(desk.root, document, desk.shelf, record)
    assert result == Filed(desk.shelf / "facture (3).pdf")
    assert recorded == ["facture.pdf", "facture (2).pdf", "facture (3).pdf"]


def test_a_name_that_somebody_always_takes_first_is_given_up_for_now(desk: Desk) -> None:
    document = desk.lay()

    def record(planned: Path) -> None:
        planned.parent.mkdir(parents=True, exist_ok=True)
        planned.write_bytes(b"somebody was faster")

    assert isinstance(archive(desk.root, document, desk.shelf, record), Obstructed)
    assert desk.paper.exists()


def test_a_begun_move_stays_in_the_folder_it_was_planned_for(desk: Desk) -> None:
    desk.lay()
    earlier = desk.drop / "2025"
    earlier.mkdir()
    (earlier / "facture.pdf").write_bytes(b"somebody's")
    recorded: list[Path] = []
    begun = replace(desk.document(), archive_path=earlier / "facture.pdf")
    assert archive(desk.root, begun, desk.shelf, recorded.append) == Filed(earlier / "facture (2).pdf")
    assert recorded == [earlier / "facture (2).pdf"]


def test_a_plan_reserves_and_makes_nothing(desk: Desk) -> None:
    assert plan(desk.root, desk.shelf, "a.pdf") == desk.shelf / "a.pdf"
    assert not desk.shelf.exists()
    desk.shelf.mkdir(parents=True)
    (desk.shelf / "a.pdf").touch()
    assert plan(desk.root, desk.shelf, "a.pdf") == desk.shelf / "a (2).pdf"
    assert plan(desk.root, desk.shelf, "A.pdf") == desk.shelf / "A.pdf"


def test_a_plan_does_not_lead_through_a_link(desk: Desk, tmp_path: Path) -> None:
    desk.shelf.parent.mkdir(parents=True)
    desk.shelf.symlink_to(tmp_path)
    for path in (desk.shelf, desk.shelf / ".." / "elsewhere"):
        assert isinstance(plan(desk.root, path, "a.pdf"), Obstructed)


def test_a_folder_that_does_not_exist_yet_is_ready_where_the_one_above_it_is(desk: Desk) -> None:
    assert ready(desk.root, desk.shelf) is None
    assert not desk.shelf.exists()


def test_a_root_that_is_not_there_is_not_ready_and_the_words_say_which(desk: Desk) -> None:
    desk.drop.parent.rmdir()
    desk.root.rmdir()
    barred = ready(desk.root, desk.shelf)
    assert barred is not None
    assert say(barred.reason, "fr") == f"le dossier «\u00a0{desk.root}\u00a0» est introuvable"
    told = advice(barred.reason, "en")
    assert told is not None
    assert str(desk.root) in told


def test_a_file_in_the_place_of_a_folder_is_not_ready(desk: Desk) -> None:
    desk.shelf.parent.mkdir(parents=True)
    desk.shelf.touch()
    barred = ready(desk.root, desk.shelf)
    assert barred is not None
    assert barred.reason.code == "filing.link_in_the_way"


def test_a_disk_that_nobody_may_write_on_is_not_ready() -> None:
    """/proc has no room for anybody's files."""
    barred = ready(Path("/proc"), Path("/proc"))
    assert barred is not None
    assert barred.reason.code in {"filing.full", "filing.read_only"}


def test_a_folder_that_pushdoc_may_not_write_in_is_not_ready(desk: Desk) -> None:
    desk.shelf.mkdir(parents=True)
    desk.shelf.chmod(0o500)
    with without_rights(desk.root):
        barred = ready(desk.root, desk.shelf)
    assert barred is not None
    assert barred.reason.code == "filing.no_right"


@apart
def test_a_disk_that_takes_no_file_more_is_full_whatever_room_it_has(tmp_path: Path) -> None:
    do("mount", "-t", "tmpfs", "-o", "nr_inodes=2", "tmpfs", tmp_path)
    assert ready(tmp_path, tmp_path) is None
    (tmp_path / "the last").touch()
    barred = ready(tmp_path, tmp_path)
    assert barred is not None
    assert barred.reason.code == "filing.full"
