from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as some

from pushdoc.document import Identity
from pushdoc.watch import Pending, Settling, Sighting, look

if TYPE_CHECKING:
    from pushed import PushedClock

FOLDER = Path("/srv/mcf/Martin/Achats/2026/11")
OTHER = Path("/srv/mcf/Durand/Achats/2026/11")
SETTLE = timedelta(seconds=5)


def seen(
    name: str = "facture.pdf", size: int = 100, modified: int = 0, lock: str | None = None, inode: int = 2
) -> Sighting:
    return Sighting(FOLDER / name, Identity(1, inode, size, modified), lock)


def test_a_file_is_whole_once_it_has_been_quiet_for_its_time(clock: PushedClock) -> None:
    settling = Settling()
    assert settling.see(FOLDER, [seen()], clock.monotonic(), SETTLE) == []
    clock.push(4.9)
    assert settling.see(FOLDER, [seen()], clock.monotonic(), SETTLE) == []
    clock.push(0.1)
    assert settling.see(FOLDER, [seen()], clock.monotonic(), SETTLE) == [seen()]


def test_a_scanner_that_pauses_between_pages_starts_the_wait_again(tmp_path: Path, clock: PushedClock) -> None:
    settling, scan = Settling(), tmp_path / "scan.pdf"
    told: list[tuple[float, int]] = []
    begin = clock.monotonic()

    def round_of_looks() -> None:
        for _ in range(4):
            sightings = look(tmp_path, tmp_path).sightings
            settled = settling.see(tmp_path, sightings, clock.monotonic(), SETTLE)
            told.extend((clock.monotonic() - begin, one.identity.size) for one in settled)
            clock.push(1)

    for _page in range(5):
        with scan.open("ab") as paper:
            paper.write(b"page")
        round_of_looks()
    round_of_looks()
    assert told == [(21, 20)]  # the last page came at 16


def test_a_file_copied_with_an_old_date_waits_all_the_same(clock: PushedClock) -> None:
    settling = Settling()
    assert settling.see(FOLDER, [seen(modified=1)], clock.monotonic(), SETTLE) == []


def test_a_change_of_the_date_alone_starts_the_wait_again(clock: PushedClock) -> None:
    settling = Settling()
    settling.see(FOLDER, [seen(modified=1)], clock.monotonic(), SETTLE)
    clock.push(5)
    assert settling.see(FOLDER, [seen(modified=2)], clock.monotonic(), SETTLE) == []


def test_an_empty_file_never_settles_until_it_is_filled(clock: PushedClock) -> None:
    settling = Settling()
    for _ in range(3):
        assert settling.see(FOLDER, [seen(size=0)], clock.monotonic(), SETTLE) == []
        assert settling.due(clock.monotonic()) is None
        clock.push(3600)
    assert settling.see(FOLDER, [seen(size=9)], clock.monotonic(), SETTLE) == []
    clock.push(5)
    assert settling.see(FOLDER, [seen(size=9)], clock.monotonic(), SETTLE) == [seen(size=9)]


def test_a_settled_file_is_told_once(clock: PushedClock) -> None:
    settling = Settling()
    settling.see(FOLDER, [seen()], clock.monotonic(), SETTLE)
    clock.push(5)
    assert settling.see(FOLDER, [seen()], clock.monotonic(), SETTLE) == [seen()]
    clock.push(60)
    assert settling.see(FOLDER, [seen()], clock.monotonic(), SETTLE) == []
    assert settling.due(clock.monotonic()) is None


def test_a_settled_file_that_changes_is_told_again(clock: PushedClock) -> None:
    settling = Settling()
    for size in (100, 200):
        assert settling.see(FOLDER, [seen(size=size)], clock.monotonic(), SETTLE) == []
        clock.push(5)
        assert settling.see(FOLDER, [seen(size=size)], clock.monotonic(), SETTLE) == [seen(size=size)]


def test_a_file_that_went_away_and_came_back_waits_anew(clock: PushedClock) -> None:
    settling = Settling()
    settling.see(FOLDER, [seen()], clock.monotonic(), SETTLE)
    clock.push(4)
    settling.see(FOLDER, [], clock.monotonic(), SETTLE)
    assert settling.due(clock.monotonic()) is None
    clock.push(4)
    assert settling.see(FOLDER, [seen()], clock.monotonic(), SETTLE) == []


def test_a_document_open_in_an_office_program_waits_until_it_is_closed(clock: PushedClock) -> None:
    settling = Settling()
    locked = seen("devis.docx", lock="~$devis.docx")
    for _ in range(3):
        assert settling.see(FOLDER, [locked], clock.monotonic(), SETTLE) == []
        assert settling.due(clock.monotonic()) is None
        clock.push(60)
    assert settling.see(FOLDER, [seen("devis.docx")], clock.monotonic(), SETTLE) == [seen("devis.docx")]


def test_the_daemon_can_sleep_until_exactly_the_next_file_may_settle(clock: PushedClock) -> None:
    settling, start = Settling(), clock.monotonic()
    assert settling.due(start) is None
    settling.see(FOLDER, [seen()], start, SETTLE)
    settling.see(OTHER, [seen("autre.pdf")], start, timedelta(seconds=2))
    assert settling.due(start) == start + 2
    assert settling.ripe(start) == []
    assert settling.ripe(start + 2) == [OTHER]
    assert settling.due(start + 3) == start + 3
    settling.see(OTHER, [seen("autre.pdf")], start + 3, timedelta(seconds=2))
    assert settling.due(start + 3) == start + 5


def test_a_ripe_folder_that_nobody_looks_at_is_named_again_a_second_later(clock: PushedClock) -> None:
    settling = Settling()
    settling.see(FOLDER, [seen()], clock.monotonic(), SETTLE)
    clock.push(5)
    assert settling.ripe(clock.monotonic()) == [FOLDER]
    assert settling.ripe(clock.monotonic()) == []
    assert settling.due(clock.monotonic()) == clock.monotonic() + 1
    clock.push(1)
    assert settling.ripe(clock.monotonic()) == [FOLDER]


def test_folders_that_are_watched_no_longer_are_forgotten(clock: PushedClock) -> None:
    settling = Settling()
    settling.see(FOLDER, [seen()], clock.monotonic(), SETTLE)
    settling.see(OTHER, [seen("autre.pdf")], clock.monotonic(), SETTLE)
    settling.only([OTHER])
    clock.push(5)
    assert settling.ripe(clock.monotonic()) == [OTHER]


def test_what_nobody_could_see_for_a_while_waits_its_whole_time_again(clock: PushedClock) -> None:
    settling = Settling()
    settling.see(FOLDER, [seen()], clock.monotonic(), SETTLE)
    clock.push(5)
    settling.lost_sight(FOLDER, clock.monotonic())
    assert settling.due(clock.monotonic()) == clock.monotonic() + 5
    assert settling.see(FOLDER, [seen()], clock.monotonic(), SETTLE) == []
    clock.push(5)
    assert settling.see(FOLDER, [seen()], clock.monotonic(), SETTLE) == [seen()]


def test_a_share_that_comes_back_does_not_tell_everything_twice(clock: PushedClock) -> None:
    settling = Settling()
    settling.see(FOLDER, [seen()], clock.monotonic(), SETTLE)
    clock.push(5)
    settling.see(FOLDER, [seen()], clock.monotonic(), SETTLE)
    settling.lost_sight(FOLDER, clock.monotonic())
    clock.push(5)
    assert settling.see(FOLDER, [seen()], clock.monotonic(), SETTLE) == []


def test_a_file_that_could_not_be_taken_is_told_again_after_a_whole_quiet_time(clock: PushedClock) -> None:
    settling = Settling()
    settling.see(FOLDER, [seen()], clock.monotonic(), SETTLE)
    clock.push(5)
    settling.see(FOLDER, [seen()], clock.monotonic(), SETTLE)
    settling.again(FOLDER, seen().path, clock.monotonic())
    assert settling.due(clock.monotonic()) == clock.monotonic() + 5
    assert settling.see(FOLDER, [seen()], clock.monotonic(), SETTLE) == []
    clock.push(5)
    assert settling.see(FOLDER, [seen()], clock.monotonic(), SETTLE) == [seen()]


def test_asking_for_a_file_that_is_not_there_does_nothing(clock: PushedClock) -> None:
    settling = Settling()
    settling.again(FOLDER, seen().path, clock.monotonic())
    settling.forget(FOLDER, [seen().path])
    assert settling.due(clock.monotonic()) is None


def test_the_name_of_a_file_that_was_taken_away_is_free_for_a_new_one(clock: PushedClock) -> None:
    settling = Settling()
    settling.see(FOLDER, [seen()], clock.monotonic(), SETTLE)
    clock.push(5)
    settling.see(FOLDER, [seen()], clock.monotonic(), SETTLE)
    settling.forget(FOLDER, [seen().path])
    assert settling.see(FOLDER, [seen()], clock.monotonic(), SETTLE) == []
    clock.push(5)
    assert settling.see(FOLDER, [seen()], clock.monotonic(), SETTLE) == [seen()]


def test_an_unfinished_file_waits_four_times_as_long_then_sixteen_times_and_no_longer(clock: PushedClock) -> None:
    settling, waited = Settling(), []
    settling.see(FOLDER, [seen()], clock.monotonic(), SETTLE)
    for _ in range(4):
        due = settling.due(clock.monotonic())
        assert due is not None
        waited.append(due - clock.monotonic())
        clock.push(waited[-1])
        assert settling.see(FOLDER, [seen()], clock.monotonic(), SETTLE) == [seen()]
        waited_out = settling.waited_out(FOLDER, seen().path)
        assert waited_out is (len(waited) > 2)
        settling.again(FOLDER, seen().path, clock.monotonic(), Pending.UNFINISHED)

    assert waited == [5, 20, 80, 80]


def test_an_unfinished_file_that_grows_on_has_all_its_patience_again(clock: PushedClock) -> None:
    settling = Settling()
    settling.see(FOLDER, [seen()], clock.monotonic(), SETTLE)
    for _ in range(2):
        settling.again(FOLDER, seen().path, clock.monotonic(), Pending.UNFINISHED)
    assert settling.waited_out(FOLDER, seen().path)

    settling.see(FOLDER, [seen(size=200)], clock.monotonic(), SETTLE)

    assert not settling.waited_out(FOLDER, seen().path)
    assert settling.due(clock.monotonic()) == clock.monotonic() + 5


def test_who_asks_again_rests_between_though_nothing_is_to_be_waited_for(clock: PushedClock) -> None:
    settling = Settling()
    assert settling.see(FOLDER, [seen()], clock.monotonic(), timedelta(0)) == [seen()]
    settling.again(FOLDER, seen().path, clock.monotonic(), Pending.WRITTEN)
    assert settling.due(clock.monotonic()) == clock.monotonic() + 1


def waits(settling: Settling, sighting: Sighting, clock: PushedClock, source: str = "scanner") -> float:
    """For how long a file has to lie there until it is told, from now on."""
    begun = clock.monotonic()
    while sighting not in settling.see(FOLDER, [sighting], clock.monotonic(), SETTLE, source=source):
        clock.push(1)
    return clock.monotonic() - begun


def test_a_source_that_writes_on_after_its_file_was_whole_is_given_longer_each_time_and_never_more_than_eightfold(
    clock: PushedClock,
) -> None:
    settling = Settling()
    assert [waits(settling, seen(size=page), clock) for page in range(1, 7)] == [5, 10, 20, 40, 40, 40]

    assert waits(settling, seen("other.pdf", inode=3), clock) == 40
    assert waits(settling, seen("third.pdf", inode=4), clock, source="another scanner") == 5


def test_a_file_that_is_filled_out_of_order_is_written_on_though_its_size_stays(clock: PushedClock) -> None:
    settling = Settling()
    assert [waits(settling, seen(modified=moment), clock) for moment in (1, 2)] == [5, 10]


def test_a_file_that_got_another_name_and_grew_was_written_on(clock: PushedClock) -> None:
    settling = Settling()
    assert waits(settling, seen("scan.pdf"), clock) == 5
    assert waits(settling, seen("scan_001.pdf", size=200), clock) == 10


def test_a_new_version_hours_later_or_a_shorter_one_is_not_writing_on(clock: PushedClock) -> None:
    settling = Settling()
    assert waits(settling, seen(size=100), clock) == 5
    assert waits(settling, seen(size=50), clock) == 5
    clock.push(3600)
    assert waits(settling, seen(size=200), clock) == 5


def test_a_disk_that_got_another_number_has_written_nothing(clock: PushedClock) -> None:
    settling = Settling()
    assert waits(settling, seen(), clock) == 5
    assert waits(settling, Sighting(seen().path, Identity(9, 2, 100, 0)), clock) == 5


def test_a_file_that_proves_that_it_is_whole_need_not_wait_and_is_asked_once(clock: PushedClock) -> None:
    settling = Settling()
    asked: list[str] = []

    def proven(sighting: Sighting) -> bool:
        asked.append(sighting.path.name)
        return sighting.path.name == "moved.pdf"

    both = [seen("moved.pdf"), seen("written.pdf", inode=3)]
    assert settling.see(FOLDER, both, clock.monotonic(), SETTLE, proven=proven) == both[:1]
    assert settling.see(FOLDER, both, clock.monotonic(), SETTLE, proven=proven) == []
    clock.push(5)
    assert settling.see(FOLDER, both, clock.monotonic(), SETTLE, proven=proven) == both[1:]
    assert asked == ["moved.pdf", "written.pdf"]


def test_no_proof_is_taken_of_a_source_that_wrote_on_nor_of_an_empty_or_locked_file(clock: PushedClock) -> None:
    settling = Settling()
    for sighting in (seen(size=0), seen("devis.docx", lock="~$devis.docx")):
        assert settling.see(FOLDER, [sighting], clock.monotonic(), SETTLE, proven=lambda _: True) == []
    for page in (1, 2):
        waits(settling, seen(size=page), clock)
    fresh = seen("fresh.pdf", inode=3)
    assert settling.see(FOLDER, [fresh], clock.monotonic(), SETTLE, source="scanner", proven=lambda _: True) == []


def test_proven_or_not_a_file_that_comes_back_waits(clock: PushedClock) -> None:
    settling = Settling()
    settling.see(FOLDER, [seen()], clock.monotonic(), SETTLE, proven=lambda _: True)
    settling.again(FOLDER, seen().path, clock.monotonic(), Pending.WRITTEN)
    assert settling.due(clock.monotonic()) == clock.monotonic() + 5


def test_a_file_that_waits_for_its_announcement_waits_for_nothing_else(clock: PushedClock) -> None:
    settling, path = Settling(), seen().path
    for _ in range(3):
        assert settling.see(FOLDER, [seen()], clock.monotonic(), SETTLE, announced={path: False}) == []
        assert settling.due(clock.monotonic()) is None
        clock.push(60)
    assert settling.see(FOLDER, [seen()], clock.monotonic(), SETTLE, announced={path: True}) == [seen()]


def test_what_has_long_not_become_whole_is_known_by_what_keeps_it(clock: PushedClock) -> None:
    settling = Settling()
    written, quiet = seen("written.pdf"), seen("quiet.pdf")
    for minute in range(62):
        sightings = [seen("empty.pdf", 0), seen("x.docx", lock="~$x.docx"), seen("log.pdf", minute + 1), written, quiet]
        waiting = {seen("late.pdf").path: False}
        told = settling.see(FOLDER, [*sightings, seen("late.pdf")], clock.monotonic(), SETTLE, announced=waiting)
        if written in told:
            settling.again(FOLDER, written.path, clock.monotonic(), Pending.WRITTEN)
        if minute == 60:
            assert settling.pending(clock.monotonic(), 3600) == {}
        clock.push(60)

    assert settling.pending(clock.monotonic(), 3600) == {
        Pending.EMPTY: [FOLDER / "empty.pdf"],
        Pending.LOCKED: [FOLDER / "x.docx"],
        Pending.GROWING: [FOLDER / "log.pdf"],
        Pending.WRITTEN: [FOLDER / "written.pdf"],
        Pending.UNANNOUNCED: [FOLDER / "late.pdf"],
    }

    settling.see(FOLDER, [quiet], clock.monotonic(), SETTLE)
    assert settling.pending(clock.monotonic(), 3600) == {}


def test_an_empty_file_that_is_filled_has_not_been_growing_for_long(clock: PushedClock) -> None:
    settling = Settling()
    settling.see(FOLDER, [seen(size=0)], clock.monotonic(), SETTLE)
    clock.push(7200)
    settling.see(FOLDER, [seen(size=9)], clock.monotonic(), SETTLE)
    assert settling.pending(clock.monotonic(), 3600) == {}


@given(some.lists(some.tuples(some.integers(0, 9), some.integers(0, 3)), min_size=1))
def test_nothing_is_ever_told_that_was_not_quiet_for_its_time(looks: list[tuple[int, int]]) -> None:
    settling, now = Settling(), 0.0
    size, since, told = None, 0.0, False
    for pause, seen_size in looks:
        now += pause
        if seen_size != size:
            size, since, told = seen_size, now, False
        expected = seen_size > 0 and not told and now - since >= 5
        assert bool(settling.see(FOLDER, [seen(size=seen_size)], now, SETTLE)) is expected
        told = told or expected
