"""The mails of real processes: killed at the worst instants, beside each other, under cron; by STARTTLS and a login."""

from __future__ import annotations

import email
import email.policy
import json
import os
import signal
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from certificates import HERE, VALID, certified
from journeys.mornings import new_in, text_of
from postbox import Postbox
from service.firm import until

from pushdoc.ledger import MailState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from service.firm import Firm

pytestmark = pytest.mark.service

#: Stands nowhere else: wherever it turns up, it has got out.
MAIL_PASSWORD = "sesame-mail-5502"
READER = "claire@cabinet.example"
MAIL = """
[mail]
host = "127.0.0.1"
port = {port}
username = "pushdoc"
password = "file:secrets/mail"
sender = "pushdoc@cabinet.example"
[[collaborator]]
name = "Claire Durand"
email = "claire@cabinet.example"
"""


@pytest.fixture
def postbox(tmp_path: Path) -> Iterator[Postbox]:
    """A mail server that asks for STARTTLS and a login; the firm's machine trusts its certificate."""
    (tmp_path / "papers").mkdir()
    postbox = Postbox(account=("pushdoc", MAIL_PASSWORD), starttls=certified(tmp_path / "papers", HERE, VALID))
    yield postbox
    postbox.close()


@pytest.fixture
def failing(firm: Firm, postbox: Postbox) -> Iterator[Firm]:
    """A firm with a document that has failed before anybody was to get mails."""
    firm.keep_secret("mail", MAIL_PASSWORD)
    with firm.inqom() as inqom:
        firm.write_rules(inqom.url)
        firm.drop("lettre.docx", b"PK, a letter")
        assert firm.command("once")[0] == 1
        firm.rules.write_text(firm.rules.read_text() + MAIL.format(port=postbox.port))
        yield firm
    secret = MAIL_PASSWORD.encode()
    files = [file for file in firm.home.rglob("*") if file.is_file() and "secrets" not in file.parts]
    assert [str(file) for file in files if secret in file.read_bytes()] == []


def trusting(firm: Firm) -> dict[str, str]:
    return {"SSL_CERT_FILE": str(firm.home / "papers" / "paper")}


def told_new(postbox: Postbox) -> list[list[str]]:
    """The documents that each mail calls new; once for each Message-ID."""
    found: dict[str, list[str]] = {}
    for envelope in postbox.mails:
        assert isinstance(envelope.content, bytes)
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        found[message["Message-ID"]] = new_in(text_of(message))
    return list(found.values())


def state(firm: Firm) -> MailState | None:
    with closing(sqlite3.connect(firm.ledger)) as connection:
        row = connection.execute("SELECT state FROM mail ORDER BY id DESC LIMIT 1").fetchone()
    return None if row is None else MailState(row[0])


def a_quarter_of_an_hour_later(firm: Firm) -> None:
    """As if it had passed: until then a mail is left to whoever may be handing it over."""
    with closing(sqlite3.connect(firm.ledger)) as connection:
        connection.execute("UPDATE mail SET next_attempt = '2000-01-01T00:00:00.000000Z' WHERE state = 'sending'")
        connection.commit()


def test_the_daemon_sends_by_starttls_and_login(failing: Firm, postbox: Postbox) -> None:
    daemon = failing.run(**trusting(failing))
    until(lambda: state(failing) is MailState.SENT, "the mail is sent")
    assert daemon.stop() == 0

    assert told_new(postbox) == [["lettre.docx"]]
    assert set(postbox.logins) == {"pushdoc"}
    assert "mail sent" in daemon.told


@pytest.mark.parametrize(
    ("step", "mood"),
    [("MAIL", "250 OK"), ("RCPT", "250 OK"), ("DATA", "kept, cut")],
    ids=["between keeping and sending", "in the middle of it", "between sending and noting"],
)
def test_killed_in_the_middle_the_mail_comes_once(failing: Firm, postbox: Postbox, step: str, mood: str) -> None:
    pids: list[int] = []

    def kill(reached: str) -> None:
        if reached == step and pids:
            os.kill(pids.pop(), signal.SIGKILL)

    postbox.meanwhile = kill
    if step == "DATA":
        postbox.moods["DATA"] = [mood]
    daemon = failing.start("run", **trusting(failing))
    pids.append(daemon.pid)
    assert daemon.ended() == -signal.SIGKILL
    assert state(failing) is MailState.SENDING

    a_quarter_of_an_hour_later(failing)
    again = failing.run(**trusting(failing))
    until(lambda: state(failing) is MailState.SENT, "the mail is sent")
    assert again.stop() == 0
    third = failing.run(**trusting(failing))
    assert third.stop() == 0

    assert told_new(postbox) == [["lettre.docx"]]
    assert len(postbox.mails) == (2 if step == "DATA" else 1)


def test_one_pass_under_cron_sends_what_is_due_and_the_next_one_nothing(failing: Firm, postbox: Postbox) -> None:
    for _ in range(3):
        assert failing.command("once", **trusting(failing))[0] == 1

    assert told_new(postbox) == [["lettre.docx"]]


def test_a_mail_server_that_is_down_costs_a_pass_nothing_and_the_next_pass_sends(
    failing: Firm, postbox: Postbox
) -> None:
    password = failing.home / "secrets" / "mail"
    password.chmod(0o644)  # nobody takes a password that all can read
    code, _, said = failing.command("once", **trusting(failing))
    assert (code, state(failing)) == (1, MailState.WAITING)
    assert "mail cannot be sent" in said
    password.chmod(0o600)
    assert failing.command("once", **trusting(failing))[0] == 1

    assert told_new(postbox) == [["lettre.docx"]]


def test_sent_by_a_person_beside_a_daemon_it_is_sent_once(failing: Firm, postbox: Postbox) -> None:
    daemon = failing.run(**trusting(failing))
    senders = [failing.start("digest", "--send", **trusting(failing)) for _ in range(3)]
    assert {sender.ended() for sender in senders} <= {0, 1}
    until(lambda: state(failing) is MailState.SENT, "the mail is sent")
    assert daemon.stop() == 0

    # Whoever comes after the first tells that it is still open, and calls it new no more.
    assert [names for names in told_new(postbox) if names] == [["lettre.docx"]]


def test_status_says_that_mail_waits_and_why(failing: Firm, postbox: Postbox) -> None:
    postbox.moods["MAIL"] = ["553 5.7.1 not yours"]
    failing.command("once", **trusting(failing))
    _, out, _ = failing.command("status")
    told_json = json.loads(failing.command("status", "--json")[1])["mail"]

    assert "1 courriel attend depuis le" in out
    assert "refuse l’expéditeur pushdoc@cabinet.example (553 5.7.1)" in out
    assert (told_json["waiting"], told_json["last_sent"], told_json["refused"]) == (1, None, [])


def test_a_refused_reader_is_for_a_person_though_all_documents_have_left(firm: Firm, postbox: Postbox) -> None:
    firm.keep_secret("mail", MAIL_PASSWORD)
    postbox.moods["RCPT"] = ["550 5.1.1 nobody here"]
    with firm.inqom() as inqom:
        firm.write_rules(inqom.url)
        rules = firm.rules.read_text() + MAIL.format(port=postbox.port) + "[digest]\nwhen_quiet = true\n"
        firm.rules.write_text(rules)
        assert firm.command("once", **trusting(firm))[0] == 0

    code, out, _ = firm.command("status")

    assert code == 1
    assert f"refuse le destinataire {READER} (550 5.1.1)" in out
