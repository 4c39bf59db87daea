"""Row P09 of the faults: the power fails, and only what was synced is there when it comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faults.apart import apart
from faults.disk import Folder, Image, Mains, PowerCutError
from faults.firm_faults import at_work, names
from pushed import PushedClock
from service.firm import Firm

from pushdoc.journey.owner import claim
from pushdoc.ledger import faults
from pushdoc.states import State

if TYPE_CHECKING:
    from pathlib import Path

    from faults.disk import Disk
    from faults.firm_faults import Desk

SENT = "a.pdf", "b.pdf"


def work(desk: Desk) -> None:
    """What the daemon does from its start on."""
    claim(desk.house.rules.clients.root, desk.house._ourselves())
    desk.work(seconds=20)
    desk.house.remember()


def live_until(disk: Disk, last: int) -> int:
    """A firm's morning with a power cut at one look at the clock, and the rest of its day; how many looks it had.

    Nothing may be lost, and nothing sent twice, once the power is back.
    """
    clock = Mains(disk, last)
    firm = Firm(disk.place)
    with firm.inqom(clock=clock.monotonic, started=clock.now()) as inqom:
        firm.write_rules(inqom.url)
        papers = [firm.drop(name) for name in SENT]
        wrong = firm.drop("wrong.txt")
        contents = sorted(paper.read_bytes() for paper in papers)
        disk.settle()
        try:
            with at_work(firm, clock) as desk:
                clock.working = True
                work(desk)
                clock.working = False
        except PowerCutError:
            disk.come_back()
        assert faults(firm.ledger) == []
        with at_work(firm, clock) as desk:
            work(desk)
            desk.work(seconds=600, step=60)
            states = {document.name: document.state for document in desk.documents}
        assert states == dict.fromkeys(SENT, State.ARCHIVED) | {"wrong.txt": State.NON_TRANSMIS}
        assert len(states) == len(firm.documents())
        assert names(inqom) == [*SENT]
        archived = [file.read_bytes() for file in (firm.folder() / "Transmis").iterdir() if file.suffix == ".pdf"]
        assert sorted(archived) == contents
        assert wrong.is_file()
        assert not any(paper.exists() for paper in papers)
    return clock.looks


def cut_at(points: int, kind: type[Image | Folder], home: Path) -> None:
    """Live the same morning again and again, each time until the power fails at another instant."""
    looks = points
    for point in range(points + 1):
        place = home / str(point)
        place.mkdir()
        disk = kind(place)
        lived = live_until(disk, point * looks // points)  # the first time to the end, to learn how long it is
        looks = looks if point else lived
        disk.close()


@apart
def test_p09_after_a_power_cut_at_any_instant_nothing_is_lost_and_nothing_is_sent_twice(tmp_path: Path) -> None:
    cut_at(9, Image, tmp_path)


def test_p09_a_copy_of_all_files_taken_at_any_instant_goes_on_with_nothing_lost_or_sent_twice(tmp_path: Path) -> None:
    cut_at(4, Folder, tmp_path)


@apart
def test_p09_what_the_ledger_knows_outlives_a_power_cut_though_its_writer_synced_nothing(tmp_path: Path) -> None:
    disk = Image(tmp_path)
    clock = PushedClock()
    firm = Firm(disk.place)
    with firm.inqom(clock=clock.monotonic, started=clock.now()) as inqom:
        firm.write_rules(inqom.url)
        firm.folder()
        disk.settle()
        contents = []
        for name in SENT:
            contents.append(firm.drop(name).read_bytes())
            with at_work(firm, clock) as desk:
                if name == SENT[0]:
                    desk.work()
                else:
                    desk.look()
                disk.cut()
            disk.come_back()
        with at_work(firm, clock) as desk:
            desk.work()
            assert desk.states == [State.ARCHIVED] * 2
        assert [(firm.folder() / "Transmis" / name).read_bytes() for name in SENT] == contents
    disk.close()
