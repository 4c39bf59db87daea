from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as some

from pushdoc.document import Identity
from pushdoc.watch import Settling, Sighting, look

if TYPE_CHECKING:
    from pushed import PushedClock

FOLDER = Path("/srv/mcf/Martin/Achats/2026/11")
OTHER = Path("/srv/mcf/Durand/Achats/2026/11")
SETTLE = timedelta(seconds=5)


def seen(name: str = "facture.pdf", size: int = 100, modified: int = 0, lock: str | None = None) -> Sighting:
    return Sighting(FOLDER / name, Identity(1, 2, size, modified), lock)


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
    settling.forget(FOLDER, seen().path)
    assert settling.due(clock.monotonic()) is None


def test_the_name_of_a_file_that_was_taken_away_is_free_for_a_new_one(clock: PushedClock) -> None:
    settling = Settling()
    settling.see(FOLDER, [seen()], clock.monotonic(), SETTLE)
    clock.push(5)
    settling.see(FOLDER, [seen()], clock.monotonic(), SETTLE)
    settling.forget(FOLDER, seen().path)
    assert settling.see(FOLDER, [seen()], clock.monotonic(), SETTLE) == []
    clock.push(5)
    assert settling.see(FOLDER, [seen()], clock.monotonic(), SETTLE) == [seen()]


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
