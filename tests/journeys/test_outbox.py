"""The mail server in its moods: refused, put off, cut off, silent; and what people are told of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
import structlog
from certificates import HERE, VALID, certified
from journeys.desk import RULE
from journeys.firm import MARTIN
from journeys.mornings import CLAIRE, MAILS, PAUL, Mornings
from postbox import Postbox

from pushdoc.journey.outbox import Outbox
from pushdoc.ledger import MailState
from pushdoc.rules import resolve
from pushdoc.secret import SecretReference
from pushdoc.tell.mail.post import MailServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from journeys.firm import Firm

EIGHT = datetime(2026, 11, 23, 8, 0, tzinfo=ZoneInfo("Europe/Paris"))
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
#: Claire alone.
ALONE = MAILS.replace(f'email = "{PAUL}"', f'email = "{PAUL}"\ndigest = false')
ACCOUNT = ("pushdoc", "sesame-mail-5502")


@pytest.fixture
def morning(found: Callable[..., Firm]) -> Iterator[Mornings]:
    """The evening before: one document has failed, and the mail of the morning comes in a minute."""
    morning = Mornings(found(EIGHT - DAY, rules_text=RULE + ALONE))
    morning.wait(EIGHT - DAY + MINUTE)
    morning.fail("a.pdf", MARTIN)
    morning.wait(EIGHT - HOUR)
    yield morning
    morning.close()


def state(morning: Mornings) -> MailState | None:
    return morning.firm.ledger.mails.told(CLAIRE).state


@pytest.mark.parametrize("mood", ["450 4.2.0 greylisted", "421 4.3.2 busy", "cut"])
def test_what_the_server_puts_off_comes_a_little_later_once(morning: Mornings, mood: str) -> None:
    morning.postbox.moods["RCPT"] = [mood] * 3
    morning.wait(EIGHT - HOUR + 5 * MINUTE)
    assert (morning.mails(CLAIRE), state(morning)) == ([], MailState.WAITING)
    morning.wait(EIGHT)  # after 1, 2 and 4 minutes

    assert morning.told_new(CLAIRE) == {"a.pdf": 1}
    assert len(morning.envelopes) == 1


def test_a_mail_that_may_have_arrived_goes_again_as_it_was(morning: Mornings) -> None:
    morning.postbox.moods["DATA"] = ["kept, cut", "kept, cut"]
    morning.wait(EIGHT)

    assert len(morning.envelopes) == 3
    assert len({envelope.content for envelope in morning.envelopes}) == 1
    assert state(morning) is MailState.SENT


def test_one_that_was_lost_on_the_way_arrives_after_all(morning: Mornings) -> None:
    morning.postbox.moods["DATA"] = ["cut"]
    morning.wait(EIGHT)

    assert morning.told_new(CLAIRE) == {"a.pdf": 1}


def test_until_it_is_known_whether_it_arrived_there_is_no_other(morning: Mornings) -> None:
    morning.postbox.moods["DATA"] = ["kept, cut"]
    morning.wait(EIGHT - HOUR + MINUTE)
    morning.down()
    morning.fail("b.pdf", MARTIN)
    morning.wait(EIGHT + DAY)
    assert state(morning) is MailState.UNCERTAIN

    morning.up()
    morning.wait(EIGHT + DAY + HOUR)

    # The one of the day before, as it was, and at once the one that had to wait for it.
    assert morning.told_new(CLAIRE) == {"a.pdf": 1, "b.pdf": 1}
    assert len(morning.mails(CLAIRE)) == 2


def test_a_server_whose_answers_are_swallowed_does_not_get_the_same_mail_for_ever(morning: Mornings) -> None:
    morning.postbox.moods["DATA"] = ["kept, cut"] * 100
    morning.wait(EIGHT + 10 * HOUR)
    assert len(morning.envelopes) == 6
    assert state(morning) is MailState.ABANDONED

    morning.postbox.moods.clear()
    morning.fail("b.pdf", MARTIN)
    morning.wait(EIGHT + DAY)

    assert morning.told_new(CLAIRE) == {"a.pdf": 1, "b.pdf": 1}


@pytest.mark.parametrize("step", ["RCPT", "DATA"])
def test_what_the_server_refuses_was_not_told_and_is_in_the_next_one(morning: Mornings, step: str) -> None:
    morning.postbox.moods[step] = ["550 5.1.1 no"]
    morning.wait(EIGHT + 10 * HOUR)
    assert (morning.mails(CLAIRE), state(morning)) == ([], MailState.REFUSED)

    morning.fail("b.pdf", MARTIN)
    morning.wait(EIGHT + DAY)

    assert morning.told_new(CLAIRE) == {"a.pdf": 1, "b.pdf": 1}
    assert len(morning.mails(CLAIRE)) == 1


def test_who_is_refused_costs_the_others_nothing(found: Callable[..., Firm]) -> None:
    morning = Mornings(found(EIGHT - DAY, rules_text=RULE + MAILS))
    morning.fail("a.pdf", MARTIN)
    morning.postbox.moods["RCPT"] = ["550 5.1.1 nobody here"]
    morning.wait(EIGHT - HOUR + MINUTE)
    morning.close()

    assert (morning.told_new(CLAIRE), morning.told_new(PAUL)) == ({}, {"a.pdf": 1})


def test_a_sender_that_is_refused_is_mended_in_the_rules_and_the_mail_goes(morning: Mornings) -> None:
    morning.postbox.moods["MAIL"] = ["553 5.7.1 not yours"] * 5
    morning.wait(EIGHT - HOUR + 20 * MINUTE)
    assert state(morning) is MailState.WAITING

    morning.wait(EIGHT)
    assert morning.told_new(CLAIRE) == {"a.pdf": 1}


def test_a_server_that_is_away_is_tried_less_and_less_often(morning: Mornings) -> None:
    morning.down()
    morning.wait(EIGHT + 5 * HOUR)

    note = morning.firm.ledger.mails.latest(CLAIRE)
    assert note is not None
    assert note.attempts == 11  # 1, 2, 4, 8, 16, 32 minutes, then each hour
    assert note.reason is not None
    assert note.reason.code == "post.refused"
    standing = morning.firm.history.outbox()
    assert standing is not None
    assert (standing.waiting, standing.reason) == (1, note.reason)


def test_the_log_says_once_that_no_mail_goes(morning: Mornings) -> None:
    morning.down()
    with structlog.testing.capture_logs() as lines:
        morning.wait(EIGHT + DAY - 2 * HOUR)
        morning.restart()
        morning.wait(EIGHT + DAY - 2 * HOUR + 5 * MINUTE)
        morning.up()
        morning.wait(EIGHT + DAY)

    told = [(line["log_level"], line["event"]) for line in lines if "mail" in line["event"]]
    assert [line for line in told if line[0] != "debug"] == [("warning", "mail cannot be sent"), ("info", "mail sent")]


def test_a_password_that_is_missing_keeps_the_mail_waiting_and_goes_nowhere(morning: Mornings, tmp_path: Path) -> None:
    place = tmp_path / "smtp-password"
    reference = SecretReference("file", str(place))
    firm = morning.firm
    papers = certified(tmp_path, HERE, VALID)
    letting_in = Postbox(account=ACCOUNT, starttls=papers)

    def server() -> MailServer:
        return MailServer("127.0.0.1", letting_in.port, "starttls", ACCOUNT[0], resolve(reference, tmp_path))

    outbox = Outbox(firm.ledger.mails, firm.clock, "pushdoc@cabinet.example", server, answering=2.0, accepting=2.0)
    firm.ledger.mails.put_digest("paul@cabinet.example", EIGHT.date(), None, 1, b"Subject: x\r\n\r\n", firm.clock.now())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SSL_CERT_FILE", str(tmp_path / "paper"))
        assert not outbox.send()
        place.write_text(ACCOUNT[1])
        place.chmod(0o600)
        firm.clock.push(120)
        assert outbox.send()
    letting_in.close()

    assert [mail.rcpt_tos for mail in letting_in.mails] == [["paul@cabinet.example"]]
    assert letting_in.logins == [ACCOUNT[0]]
    assert ACCOUNT[1].encode() not in firm.rules.ledger.path.read_bytes()
