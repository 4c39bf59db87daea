"""Which troubles are told, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from pushdoc.journey.alarm import Patience, Sign, decide
from pushdoc.ledger import AlertKind, AlertNote
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

START = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
AFTER = 15 * MINUTE  # so it is over after 3 minutes of calm
DOWN = Sign("destination:inqom", AlertKind.DOWN, "inqom", Phrase("inqom.wrong_password"))
PAUSED = Sign("destination:inqom", AlertKind.PAUSED, "inqom", Phrase("deliver.hung_up", {"host": "api"}))


def share(name: str) -> Sign:
    return Sign(f"share:{name}", AlertKind.SHARE, name, Phrase("watch.hanging", {"path": name}))


class Story:
    """What is told as time goes by: (minutes since the start, what began, what ended)."""

    def __init__(self, known: Sequence[AlertNote] = (), patience: Patience | None = None) -> None:
        self.known = {note.key: note for note in known}
        self.patience = patience or Patience(AFTER)
        self.now = START
        self.mails: list[tuple[float, list[str], list[str]]] = []

    def lasts(self, minutes: float, *signs: Sign, unclear: Collection[str] = (), step_s: int = 30) -> Story:
        """It looks so for a while, looked at twice a minute, the last time just before the end."""
        end = self.now + minutes * MINUTE
        while self.now < end:
            decision = decide(self.known, signs, unclear, self.now, self.patience)
            self.known |= {note.key: note for note in decision.changed}
            for key in decision.forgotten:
                del self.known[key]
            if decision.told:
                began = [note.subject for note in decision.begun]
                self.mails.append(((self.now - START) / MINUTE, began, [note.subject for note in decision.ended]))
            self.now += timedelta(seconds=step_s)
        return self

    @property
    def numbers(self) -> list[tuple[int, int]]:
        """How many things began and ended in each mail."""
        return [(len(began), len(ended)) for _, began, ended in self.mails]


def test_what_needs_a_person_is_told_at_once_and_once_and_its_end_when_it_has_held() -> None:
    story = Story().lasts(125, DOWN).lasts(60)

    assert story.mails == [(0, ["inqom"], []), (128, [], ["inqom"])]


def test_what_may_end_by_itself_is_told_when_it_has_lasted() -> None:
    assert Story().lasts(60, PAUSED).mails == [(15, ["inqom"], [])]


def test_what_begins_and_ends_before_that_is_never_told() -> None:
    story = Story().lasts(14.5, PAUSED).lasts(600)

    assert story.mails == []
    assert story.known == {}


def test_the_end_tells_how_long_it_was_and_not_how_long_it_was_watched() -> None:
    story = Story().lasts(125, DOWN).lasts(2.5)
    decision = decide(story.known, (), (), START + 128 * MINUTE, Patience(AFTER))

    (note,) = decision.ended
    assert note.gone is not None
    assert note.gone - note.since == 125 * MINUTE


def test_a_trouble_that_comes_and_goes_every_minute_is_one_trouble() -> None:
    story = Story()
    for _ in range(120):
        story.lasts(1, PAUSED).lasts(1)
    story.lasts(60)

    assert [(began, ended) for _, began, ended in story.mails] == [(["inqom"], []), ([], ["inqom"])]


def test_a_password_that_is_refused_now_and_then_makes_two_mails_an_hour_at_most() -> None:
    story = Story()
    for _ in range(60):
        story.lasts(5, DOWN).lasts(4)

    assert len(story.mails) <= 2 * 9
    first, second, third, *_ = story.mails
    assert (first[0], second[0]) == (0, 8)
    assert third[0] - second[0] >= 60


def test_a_hiccup_an_hour_is_none() -> None:
    story = Story()
    for _ in range(48):
        story.lasts(1, PAUSED).lasts(59)

    assert story.mails == []


def test_what_would_have_ended_by_itself_and_needs_a_person_now_is_told_again() -> None:
    story = Story().lasts(20, PAUSED).lasts(10, DOWN).lasts(10, PAUSED).lasts(10, DOWN).lasts(10)

    assert story.numbers == [(1, 0), (1, 0), (0, 1)]


def test_shares_of_one_server_that_go_one_after_the_other_are_told_together() -> None:
    names = ["/srv/a", "/srv/b", "/srv/c"]
    story = Story()
    for number in range(1, 3):
        story.lasts(0.5, *map(share, names[:number]))
    story.lasts(60, *map(share, names))
    for number in (2, 1):
        story.lasts(0.5, *map(share, names[:number]))
    story.lasts(60)

    assert [(began, ended) for _, began, ended in story.mails] == [(names, []), ([], names)]
    assert story.mails[0][0] <= 17


def test_shares_that_go_for_hours_one_each_minute_keep_nobody_waiting_for_the_first() -> None:
    story = Story()
    for number in range(60):
        story.lasts(1, *(share(f"/srv/{each}") for each in range(number + 1)))

    assert story.mails[0][0] <= 15 + 5
    assert len(story.mails) <= 60 / 5


def test_what_is_urgent_waits_for_nobody_and_takes_along_what_is_due() -> None:
    story = Story().lasts(14.5, share("/srv/a")).lasts(0.5, share("/srv/a"), share("/srv/b"))
    story.lasts(1, share("/srv/a"), share("/srv/b"), DOWN)

    assert story.mails[0][1] == ["/srv/a", "inqom"]


def test_two_hundred_new_clients_are_one_mail() -> None:
    signs = [Sign(f"client:inqom:{n}", AlertKind.CLIENT, str(n), Phrase("clients.unknown")) for n in range(200)]
    story = Story().lasts(30, *signs).lasts(30, *signs[:100])

    assert story.numbers == [(200, 0), (0, 100)]


def test_a_restart_tells_nothing_twice_and_forgets_nothing() -> None:
    before = Story().lasts(20, DOWN, share("/srv/a"))
    after = Story(list(before.known.values()))
    after.now = before.now
    after.lasts(20, DOWN).lasts(20)

    assert before.numbers == [(1, 0), (1, 0)]
    assert after.numbers == [(0, 1), (0, 1)]


def test_in_the_first_minute_of_a_process_only_what_needs_a_person_is_told() -> None:
    early = Patience(AFTER, earliest=START + MINUTE)
    known = AlertNote("destination:b", AlertKind.PAUSED, "b", PAUSED.reason, START - timedelta(hours=9))
    still = Sign("destination:b", AlertKind.PAUSED, "b", PAUSED.reason)

    assert Story([known], early).lasts(5, still).mails == [(1, ["b"], [])]
    assert Story([known], early).lasts(0.5, still).lasts(5).mails == []
    assert Story((), early).lasts(1, DOWN).mails == [(0, ["inqom"], [])]


def test_what_nobody_can_say_at_the_moment_stays_as_it_was() -> None:
    story = Story().lasts(5, DOWN)
    before = story.known
    story.lasts(60, unclear={DOWN.key})

    assert story.known == before
    assert story.numbers == [(1, 0)]


def test_a_number_that_changes_is_nothing_new() -> None:
    def low(free: int, path: str = "/srv") -> Sign:
        return Sign("disk:/srv", AlertKind.DISK, "/srv", Phrase("alerts.disk_low", {"path": path, "free": free}))

    known = {note.key: note for note in decide({}, [low(900)], (), START, Patience(AFTER)).changed}

    assert decide(known, [low(899)], (), START + MINUTE, Patience(AFTER)).nothing
    assert not decide(known, [low(899, "/srv/mcf")], (), START + MINUTE, Patience(AFTER)).nothing


def test_a_reason_that_changes_is_kept_and_not_told_anew() -> None:
    story = Story().lasts(20, PAUSED)
    slow = replace(PAUSED, reason=Phrase("deliver.read_timeout", {"host": "api"}))
    story.lasts(20, slow)

    assert story.numbers == [(1, 0)]
    assert story.known[PAUSED.key].reason == slow.reason


def test_a_clock_that_is_set_back_makes_nothing_wait_for_ever() -> None:
    story = Story().lasts(5, PAUSED)
    story.now = START - timedelta(days=300)
    story.lasts(16, PAUSED)

    assert story.numbers == [(1, 0)]
    story.now -= timedelta(days=30)
    story.lasts(5)
    assert story.numbers == [(1, 0), (0, 1)]
    story.now -= timedelta(days=30)
    story.lasts(70)
    assert story.known == {}


def test_without_patience_all_is_told_at_once() -> None:
    story = Story((), Patience(timedelta(0))).lasts(1, PAUSED).lasts(1)

    assert story.mails == [(0, ["inqom"], []), (1, [], ["inqom"])]
