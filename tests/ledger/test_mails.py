"""The outbox: what counts as told, whatever becomes of a mail."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from pushdoc.ledger import History, Ledger, MailState
from pushdoc.ledger.mail import DigestNote
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from pathlib import Path

    from office import Office
    from pushed import PushedClock

    from pushdoc.ledger import MailNote, Mails

CLAIRE, PAUL = "claire@cabinet.example", "paul@cabinet.example"
TODAY = date(2026, 11, 20)
TOMORROW = TODAY + timedelta(days=1)
AN_HOUR = timedelta(hours=1)
DOWN = Phrase("post.refused", {"server": "smtp.cabinet.example:587"})


class Post:
    """The outbox of one ledger, with a clock."""

    def __init__(self, ledger: Ledger, clock: PushedClock) -> None:
        self.mails: Mails = ledger.mails
        self.clock = clock

    def put(
        self, after: int | None, upto: int, text: bytes | None = b"text", to: str = CLAIRE, day: date = TODAY
    ) -> bool:
        return self.mails.put_digest(to, day, after, upto, text, self.clock.now())

    def claim(self) -> tuple[MailNote, bytes]:
        claimed = self.claim_any()
        assert claimed is not None
        return claimed

    def claim_any(self) -> tuple[MailNote, bytes] | None:
        now = self.clock.now()
        return self.mails.claim(now, now + timedelta(minutes=15), now + 2 * AN_HOUR)

    def settle(self, note: MailNote, state: MailState, reason: Phrase | None = None) -> MailState:
        now = self.clock.now()
        return self.mails.settle(note, state, now, reason, now + AN_HOUR)

    def told(self, reader: str = CLAIRE) -> int | None:
        return self.mails.told(reader).upto


@pytest.fixture
def post(ledger: Ledger, clock: PushedClock) -> Post:
    return Post(ledger, clock)


def rows(path: Path) -> list[tuple[str, bytes | None]]:
    """State and text of each mail."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT state, message FROM mail ORDER BY id").fetchall()


def test_whoever_never_had_a_digest_was_told_nothing(post: Post) -> None:
    assert post.mails.told(CLAIRE) == DigestNote()
    assert post.mails.latest(CLAIRE) is None
    assert post.mails.next_hour() is None
    assert post.claim_any() is None


def test_the_newest_event_is_counted_from_nothing_on(post: Post, office: Office) -> None:
    assert post.mails.newest_event() == 0
    office.claim() if office.enter() else None
    assert post.mails.newest_event() == 2


def test_what_waits_is_not_told_what_is_sent_is(post: Post, path: Path) -> None:
    assert post.put(None, 7)
    assert post.told() is None

    note, text = post.claim()
    assert (note.state, note.attempts, note.recipient, note.day, text) == (MailState.WAITING, 0, CLAIRE, TODAY, b"text")
    assert post.claim_any() is None
    post.settle(note, MailState.SENT)

    assert post.mails.told(CLAIRE) == DigestNote(7, TODAY, MailState.SENT)
    assert post.mails.next_hour() is None
    assert rows(path) == [("sent", None)]  # nothing of its text is kept


def test_one_that_never_left_is_made_anew_in_its_place(post: Post, path: Path, clock: PushedClock) -> None:
    post.put(None, 7)
    post.settle(post.claim()[0], MailState.WAITING, DOWN)
    clock.push(60)

    assert post.put(None, 9, b"both days", day=TOMORROW)

    note, text = post.claim()  # at once, though the first one was to wait
    assert (note.after_event, note.upto_event, note.day, text) == (None, 9, TOMORROW, b"both days")
    assert len(rows(path)) == 1


def test_of_two_that_make_the_same_digest_one_is_kept(post: Post) -> None:
    post.put(None, 7)
    post.settle(post.claim()[0], MailState.SENT)

    assert not post.put(None, 7)
    assert not post.put(3, 9)
    assert post.put(7, 9)


@pytest.mark.parametrize("state", [MailState.SENDING, MailState.UNCERTAIN])
def test_while_nobody_knows_what_was_told_there_is_no_other_digest(post: Post, state: MailState) -> None:
    post.put(None, 7)
    note, _ = post.claim()
    if state is MailState.UNCERTAIN:
        post.settle(note, state, DOWN)

    assert post.mails.told(CLAIRE) == DigestNote(7, TODAY, state)
    assert post.mails.told(CLAIRE).open
    assert not post.put(7, 9, day=TOMORROW)
    assert post.put(None, 9, to=PAUL)


def test_one_whose_fate_is_unknown_goes_again_as_it_was(post: Post, clock: PushedClock) -> None:
    post.put(None, 7, b"the very same")
    post.settle(post.claim()[0], MailState.UNCERTAIN, DOWN)
    clock.push(AN_HOUR.total_seconds())

    note, text = post.claim()

    assert (note.state, note.attempts, note.reason, text) == (MailState.UNCERTAIN, 1, DOWN, b"the very same")


def test_one_whose_sender_died_is_due_again_and_may_have_arrived(post: Post, clock: PushedClock) -> None:
    post.put(None, 7)
    post.claim()
    clock.push(14 * 60)
    assert post.claim_any() is None
    clock.push(60)

    note, _ = post.claim()

    assert note.state is MailState.SENDING


@pytest.mark.parametrize(
    ("state", "kept"), [(MailState.WAITING, MailState.UNCERTAIN), (MailState.REFUSED, MailState.ABANDONED)]
)
def test_what_may_have_arrived_stays_told_whatever_comes_later(
    post: Post, clock: PushedClock, state: MailState, kept: MailState
) -> None:
    post.put(None, 7)
    post.settle(post.claim()[0], MailState.UNCERTAIN)
    clock.push(AN_HOUR.total_seconds())

    assert post.settle(post.claim()[0], state, DOWN) is kept
    assert post.told() == 7


def test_of_a_refused_one_nothing_was_told_and_the_next_begins_where_it_began(post: Post, path: Path) -> None:
    post.put(None, 7)
    post.settle(post.claim()[0], MailState.REFUSED, DOWN)

    assert post.mails.told(CLAIRE) == DigestNote(None, TODAY, MailState.REFUSED)
    assert rows(path) == [("refused", None)]
    assert post.put(None, 9, day=TOMORROW)
    assert post.claim()[0].upto_event == 9


def test_a_digest_that_had_nothing_to_tell_is_no_mail_and_counts_as_told(post: Post) -> None:
    post.put(None, 7, None)

    assert post.mails.told(CLAIRE) == DigestNote(7, TODAY, MailState.QUIET)
    assert post.claim_any() is None


def test_one_that_waits_is_let_go_of_where_nothing_is_left_to_tell(post: Post, path: Path) -> None:
    post.put(None, 7)
    post.put(None, 9, None, day=TOMORROW)

    assert rows(path) == [("quiet", None)]
    assert post.told() == 9


def test_what_a_slow_sender_says_counts_no_more_once_another_has_taken_over(post: Post, clock: PushedClock) -> None:
    post.put(None, 7)
    slow, _ = post.claim()
    clock.push(15 * 60)
    second, _ = post.claim()

    post.settle(slow, MailState.WAITING, DOWN)
    assert post.mails.told(CLAIRE).state is MailState.SENDING
    post.settle(second, MailState.SENT)
    assert post.mails.told(CLAIRE).state is MailState.SENT


def test_where_the_server_cannot_be_used_all_that_was_due_waits_and_stays_what_it_was(
    post: Post, clock: PushedClock
) -> None:
    post.put(None, 7)
    post.settle(post.claim()[0], MailState.UNCERTAIN)
    clock.push(AN_HOUR.total_seconds())
    post.put(None, 8, to=PAUL)
    now = clock.now()

    due = post.mails.put_off(now, now + 2 * AN_HOUR, DOWN, lambda attempts: now + attempts * AN_HOUR)

    assert [(note.recipient, note.attempts, note.reason) for note in due] == [(CLAIRE, 1, None), (PAUL, 0, None)]
    found = [post.mails.latest(reader) for reader in (CLAIRE, PAUL)]
    assert [(note.state, note.attempts, note.next_attempt, note.reason) for note in found if note] == [
        (MailState.UNCERTAIN, 2, now + 2 * AN_HOUR, DOWN),
        (MailState.WAITING, 1, now + AN_HOUR, DOWN),
    ]
    assert post.mails.next_hour() == now + AN_HOUR


def test_an_hour_that_a_clock_far_ahead_has_set_is_not_waited_for(post: Post, clock: PushedClock) -> None:
    clock.push(365 * 86_400)
    post.put(None, 7)
    clock.push(-365 * 86_400)

    assert post.claim()[0].upto_event == 7


def test_whoever_is_no_reader_any_more_gets_nothing(post: Post, path: Path) -> None:
    post.put(None, 7)
    post.settle(post.claim()[0], MailState.UNCERTAIN)
    post.put(None, 8, to=PAUL)

    post.mails.keep_only([CLAIRE, PAUL])
    assert [state for state, _ in rows(path)] == ["uncertain", "waiting"]
    post.mails.keep_only([])

    # What never left was never made, so that it is told when they are one again.
    assert rows(path) == [("abandoned", None)]
    assert post.mails.told(PAUL) == DigestNote()


def test_alerts_go_their_own_way(post: Post, ledger: Ledger, clock: PushedClock) -> None:
    post.put(None, 7)
    ledger.alerts.keep([], [], [(CLAIRE, b"down")], clock.now())
    post.mails.keep_only([])

    note, text = post.claim()
    assert (note.kind, note.day, note.upto_event, text) == ("alert", None, None, b"down")
    post.settle(note, MailState.SENT)
    assert post.told() is None


def test_a_mail_outlives_its_process(post: Post, path: Path, ledger: Ledger, clock: PushedClock) -> None:
    post.put(None, 7, b"kept")
    ledger.close()

    again = Ledger.open(path, clock)
    try:
        assert Post(again, clock).claim()[1] == b"kept"
    finally:
        again.close()


def test_how_the_mails_stand_can_be_asked(post: Post, history: History, clock: PushedClock) -> None:
    assert history.outbox() is None
    began = clock.now()
    post.put(None, 7)
    post.put(None, 7, to=PAUL)
    post.settle(post.claim()[0], MailState.SENT)
    clock.push(60)
    post.settle(post.claim()[0], MailState.WAITING, DOWN)

    standing = history.outbox()

    assert standing is not None
    assert (standing.waiting, standing.since, standing.last_sent) == (1, began, began)
    assert (standing.reason, standing.next_attempt) == (DOWN, clock.now() + AN_HOUR)
    assert standing.refused == []


def test_whose_last_digest_was_refused_can_be_asked_until_one_is_taken(
    post: Post, history: History, clock: PushedClock
) -> None:
    post.put(None, 7)
    post.settle(post.claim()[0], MailState.REFUSED, DOWN)
    clock.push(60)

    refused = history.outbox()
    assert refused is not None
    assert refused.refused == [(CLAIRE, DOWN)]

    post.put(None, 9, day=TOMORROW)
    post.settle(post.claim()[0], MailState.SENT)
    now = history.outbox()
    assert now is not None
    assert now.refused == []
