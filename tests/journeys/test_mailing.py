"""The digests over days: whatever restarts, clocks and mail servers do, each failure is new exactly once."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
import structlog
from fakes import delivered, refused
from journeys.desk import RULE
from journeys.firm import GARAGE, MARTIN
from journeys.mornings import CLAIRE, MAILS, PAUL, Mornings
from service.firm import until

from pushdoc.ledger import MailState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from journeys.firm import Firm

PARIS = ZoneInfo("Europe/Paris")
MONDAY = datetime(2026, 11, 23, tzinfo=PARIS)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SUMMER, WINTER = datetime(2026, 3, 29, tzinfo=PARIS), datetime(2026, 10, 25, tzinfo=PARIS)


@pytest.fixture
def morning(found: Callable[..., Firm]) -> Iterator[Callable[..., Mornings]]:
    """The mornings of a firm from a moment on; `rules_text` more than its usual ones may be given."""
    mornings: list[Mornings] = []

    def begin(on: datetime, rules_text: str = MAILS) -> Mornings:
        mornings.append(Mornings(found(on, rules_text=RULE + rules_text)))
        return mornings[-1]

    yield begin
    for each in mornings:
        each.close()


@pytest.mark.parametrize("change", [SUMMER, WINTER], ids=["to summer time", "to winter time"])
@pytest.mark.parametrize("at", ["07:00", "02:30", "00:00"])
@pytest.mark.parametrize("back", ["05:00", "12:00"], ids=["back before the hour", "back after it"])
def test_over_three_days_each_failure_is_new_exactly_once(
    morning: Callable[..., Mornings], change: datetime, at: str, back: str
) -> None:
    """The clock changes in the second night. The mail server is away on the second day, pushdoc starts anew twice."""
    hour, minute = map(int, at.split(":"))
    first, third = change - timedelta(days=1), change + timedelta(days=1)  # midnights: days are counted on the wall
    firm = morning(first, MAILS.replace("07:00", at))
    happens: dict[datetime, Callable[[], None]] = {
        change.replace(hour=hour, minute=minute).astimezone(UTC): firm.restart,
        third.replace(hour=hour, minute=minute).astimezone(UTC): firm.restart,
    }
    serving = {change.astimezone(UTC): firm.down, third.replace(hour=int(back[:2])).astimezone(UTC): firm.up}
    failed: list[str] = []
    for now in firm.until(first + timedelta(days=3, hours=12)):
        serving.get(now, bool)()
        happens.get(now, bool)()
        if now.minute in {0, 30} and now.hour % 4 == 0:
            failed.append(f"{len(failed)}.pdf")
            firm.fail(failed[-1], GARAGE if len(failed) % 2 else MARTIN)
    firm.wait(first + timedelta(days=5))

    assert len(failed) > 40
    assert firm.told_new(PAUL) == Counter(failed)
    assert firm.told_new(CLAIRE) == Counter(failed[1::2])
    days = [message["Date"].datetime.date() for message in firm.mails(PAUL)]
    assert days == sorted(set(days))
    assert len(days) == 5 if back < at else 4


def test_a_document_that_is_sent_again_and_fails_again_is_new_again(morning: Callable[..., Mornings]) -> None:
    firm = morning(MONDAY)
    firm.fail("a.pdf", MARTIN)
    firm.fail("b.pdf", MARTIN)
    firm.wait(MONDAY + DAY)
    assert firm.told_new(CLAIRE) == {"a.pdf": 1, "b.pdf": 1}

    firm.retry("a.pdf", refused())
    firm.retry("b.pdf", delivered())
    firm.fail("c.pdf", MARTIN)
    firm.retry("c.pdf", delivered())  # failed, and sent before anybody was told
    firm.wait(MONDAY + 3 * DAY)

    assert firm.told_new(CLAIRE) == {"a.pdf": 2, "b.pdf": 1}


@pytest.mark.parametrize("after", [False, True], ids=["before it", "after it"])
def test_killed_at_any_transaction_of_the_due_minute_each_failure_is_new_exactly_once(
    morning: Callable[..., Mornings], *, after: bool
) -> None:
    firm = morning(MONDAY)
    failed: list[str] = []
    transaction = died = 0
    while died == transaction:
        failed.append(f"{len(failed)}.pdf")
        firm.fail(failed[-1], MARTIN)
        transaction += 1
        firm.wait(MONDAY.replace(hour=7) + transaction * DAY - MINUTE)
        firm.firm.clock.push(60)
        died += firm.die(transaction, after=after)
        firm.wait(firm.firm.clock.now() + 2 * HOUR)
    firm.wait(firm.firm.clock.now() + 2 * DAY)

    assert transaction == 8  # of each of two: put, claim, settle; and the claim that finds no third
    assert firm.told_new(PAUL) == firm.told_new(CLAIRE) == Counter(failed)


def test_a_clock_that_jumps_a_year_ahead_and_back_costs_a_mail_and_tells_nothing_twice(
    morning: Callable[..., Mornings],
) -> None:
    firm = morning(MONDAY)
    failed: list[str] = []
    for jump in (0, 365, 0, -365, 0, -400, 0, 400, 0, 1, -1, 0):
        failed.append(f"{len(failed)}.pdf")
        firm.fail(failed[-1], MARTIN)
        firm.firm.clock.push(jump * 86_400)
        firm.wait(firm.firm.clock.now() + DAY)
    firm.wait(firm.firm.clock.now() + DAY)

    assert firm.told_new(PAUL) == firm.told_new(CLAIRE) == Counter(failed)


def test_a_jump_while_the_server_is_away_keeps_no_mail_back(morning: Callable[..., Mornings]) -> None:
    firm = morning(MONDAY)
    firm.fail("a.pdf", MARTIN)
    firm.down()
    firm.firm.clock.push(365 * 86_400)
    firm.wait(firm.firm.clock.now() + DAY)
    firm.firm.clock.push(-366 * 86_400)
    firm.up()
    firm.wait(firm.firm.clock.now() + 2 * MINUTE)

    assert firm.told_new(CLAIRE) == {"a.pdf": 1}


def test_an_hour_that_was_missed_is_caught_up(morning: Callable[..., Mornings]) -> None:
    firm = morning(MONDAY)
    firm.fail("a.pdf", MARTIN)
    firm.firm.clock.push(3 * 86_400)  # nobody looks, from Monday on
    firm.restart()
    firm.wait(firm.firm.clock.now() + MINUTE)

    (mail,) = firm.mails(CLAIRE)
    assert mail["Date"].datetime == MONDAY + 3 * DAY + timedelta(seconds=5)
    assert firm.told_new(CLAIRE) == {"a.pdf": 1}


def test_nobody_gets_a_mail_where_nothing_failed(morning: Callable[..., Mornings]) -> None:
    firm = morning(MONDAY)
    firm.fail("a.pdf", GARAGE)
    firm.wait(MONDAY + 3 * DAY)

    assert firm.mails(CLAIRE) == []
    assert len(firm.mails(PAUL)) == 3  # it is still open on the other days


def test_unless_the_rules_want_one(morning: Callable[..., Mornings]) -> None:
    firm = morning(MONDAY, MAILS.replace("[mail]", "when_quiet = true\n[mail]"))
    firm.wait(MONDAY + 3 * DAY)

    assert len(firm.mails(CLAIRE)) == 4  # one at the very first start


def test_whoever_begins_to_get_digests_is_told_of_all_that_is_open_at_once(morning: Callable[..., Mornings]) -> None:
    firm = morning(MONDAY, MAILS.replace(f'email = "{CLAIRE}"', f'email = "{CLAIRE}"\ndigest = false'))
    firm.fail("a.pdf", MARTIN)
    firm.wait(MONDAY + DAY)
    assert (len(firm.mails(CLAIRE)), firm.told_new(PAUL)) == (0, {"a.pdf": 1})

    firm.restart(RULE + MAILS)
    firm.wait(MONDAY + DAY + MINUTE)

    assert firm.told_new(CLAIRE) == firm.told_new(PAUL) == {"a.pdf": 1}


def test_one_address_gets_one_mail_of_the_clients_of_all_its_entries(morning: Callable[..., Mornings]) -> None:
    more = f'[[collaborator]]\nname = "Claire, garages"\nemail = "{CLAIRE.title()}"\nclients = ["Garage *"]\n'
    firm = morning(MONDAY, MAILS + more)
    firm.fail("a.pdf", MARTIN)
    firm.fail("b.pdf", GARAGE)
    firm.wait(MONDAY + DAY)

    assert len(firm.mails(CLAIRE)) == 1
    assert firm.told_new(CLAIRE) == {"a.pdf": 1, "b.pdf": 1}


def test_rules_that_changed_while_a_mail_waits_say_what_is_in_it(morning: Callable[..., Mornings]) -> None:
    firm = morning(MONDAY)
    firm.fail("a.pdf", MARTIN)
    firm.fail("b.pdf", GARAGE)
    firm.down()
    firm.wait(MONDAY + DAY)

    # Claire leaves, and Paul looks after garages only.
    changed = MAILS.replace(f'email = "{CLAIRE}"', f'email = "{CLAIRE}"\ndigest = false')
    firm.restart(RULE + changed + 'clients = ["Garage *"]\n')
    firm.up()
    firm.wait(MONDAY + DAY + HOUR)

    assert firm.mails(CLAIRE) == []
    assert firm.told_new(PAUL) == {"b.pdf": 1}


def test_a_thousand_looks_at_what_is_not_due_send_nothing(morning: Callable[..., Mornings]) -> None:
    firm = morning(MONDAY)
    firm.fail("a.pdf", MARTIN)
    firm.wait(MONDAY + DAY)
    for _ in range(1000):
        firm.mailing.turn()

    assert len(firm.mails(CLAIRE)) == 1


def test_the_thread_sends_when_it_is_rung_for_and_ends_when_it_is_to_leave(morning: Callable[..., Mornings]) -> None:
    firm = morning(MONDAY)
    firm.fail("a.pdf", MARTIN)
    firm.firm.clock.push(DAY.total_seconds())
    thread = threading.Thread(target=firm.mailing.work)
    thread.start()
    try:
        until(lambda: firm.mails(CLAIRE), "the mail has come")
    finally:
        firm.mailing.leave()
        thread.join(10)

    assert not thread.is_alive()
    assert firm.told_new(CLAIRE) == {"a.pdf": 1}


def test_a_digest_that_cannot_be_composed_is_logged_and_costs_the_others_nothing(
    morning: Callable[..., Mornings],
) -> None:
    firm = morning(MONDAY)
    firm.fail("a.pdf", MARTIN)

    def broken(_client: str) -> bool:
        raise RuntimeError("our own fault")

    claire, paul = firm.mailing._addressees
    firm.mailing._addressees = [replace(claire, speaks_of=broken), paul]
    with structlog.testing.capture_logs() as lines:
        firm.wait(MONDAY + DAY)
    assert (firm.mails(CLAIRE), firm.told_new(PAUL)) == ([], {"a.pdf": 1})
    stumbled = [line for line in lines if line["event"] == "digest cannot be composed"]
    assert len(stumbled) == 17  # once an hour until midnight, not once a minute

    firm.mailing._addressees = [claire, paul]
    firm.wait(MONDAY + DAY + 2 * HOUR)
    assert firm.told_new(CLAIRE) == {"a.pdf": 1}


def test_a_ledger_that_takes_nothing_stops_no_thread(morning: Callable[..., Mornings]) -> None:
    firm = morning(MONDAY)
    firm.fail("a.pdf", MARTIN)
    firm.firm.ledger.close()
    with structlog.testing.capture_logs() as lines:
        firm.firm.clock.push(DAY.total_seconds())
        firm.mailing.turn()

    assert [line["event"] for line in lines] == ["mails stumbled"]


def test_people_can_be_sent_theirs_at_any_hour(morning: Callable[..., Mornings]) -> None:
    firm = morning(MONDAY)
    firm.fail("a.pdf", MARTIN)

    sent = firm.mailing.send_now(lambda reader: reader.email == CLAIRE, even_quiet=True)
    assert [(reader.email, note.state) for reader, note in sent] == [(CLAIRE, MailState.SENT)]
    firm.wait(MONDAY + DAY)

    assert firm.told_new(CLAIRE) == firm.told_new(PAUL) == {"a.pdf": 1}
    assert len(firm.mails(CLAIRE)) == 2  # in the morning it is still open


def test_of_a_mail_that_may_have_arrived_no_other_is_made_at_any_hour(morning: Callable[..., Mornings]) -> None:
    firm = morning(MONDAY)
    firm.fail("a.pdf", MARTIN)
    firm.postbox.moods["DATA"] = ["kept, cut"]
    for _ in range(2):
        sent = firm.mailing.send_now(lambda reader: reader.email == CLAIRE, even_quiet=True)
        assert [note.state for _, note in sent] == [MailState.UNCERTAIN]

    firm.wait(MONDAY + HOUR)
    assert firm.told_new(CLAIRE) == {"a.pdf": 1}
