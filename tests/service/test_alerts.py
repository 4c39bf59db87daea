"""Alerts of the daemon as a process: real mails, and what systemd is told."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest
from service.firm import PASSWORD, until

if TYPE_CHECKING:
    from postbox import Postbox
    from service.firm import Firm

pytestmark = pytest.mark.service

MAIL = """
[mail]
host = "127.0.0.1"
port = {port}
security = "none"
sender = "pushdoc@cabinet.example"
[alerts]
to = ["admin@cabinet.example"]
after = "{after}"
free = "1kB"

[retry]"""


def subjects(box: Postbox) -> list[str]:
    """The subjects of the mails that came, so far as they are written in ASCII words."""
    contents = [mail.content for mail in box.mails if isinstance(mail.content, bytes)]
    return [line for content in contents for line in content.decode().split("\r\n") if line.startswith("Subject:")]


def test_a_wrong_password_is_mailed_once_over_a_restart_and_its_end_once(firm: Firm, box: Postbox) -> None:
    with firm.inqom() as inqom:
        firm.write_rules(inqom.url, ("[retry]", MAIL.format(port=box.port, after="1s")), ('"fr"', '"en"'))
        firm.keep_secret("password", "not-this-one")
        for number in range(20):
            firm.drop(f"{number}.pdf")
        daemon = firm.run()
        until(lambda: box.mails, "the alert came")
        daemon.stop()
        daemon = firm.run()
        firm.keep_secret("password", PASSWORD)
        daemon.send(signal.SIGHUP)
        until(lambda: len(box.mails) == 2, "the end came")
        until(lambda: len(inqom.received()) == 20, "all documents left")
        daemon.stop()

    begun, over = subjects(box)
    assert begun.startswith("Subject: [pushdoc] Inqom is down: Inqom refuses the login or")
    assert over.startswith("Subject: [pushdoc] Inqom is up again")
    assert firm.leaks() == []


def test_a_pass_by_cron_tells_trouble_at_its_end(firm: Firm, box: Postbox) -> None:
    with firm.inqom() as inqom:
        firm.write_rules(inqom.url, ("[retry]", MAIL.format(port=box.port, after="0s")), ('"fr"', '"en"'))
        firm.keep_secret("password", "not-this-one")
        firm.drop("a.pdf")
        for _ in range(2):
            firm.command("once")
        assert len(box.mails) == 1
        firm.keep_secret("password", PASSWORD)
        for _ in range(2):
            firm.command("once")

    assert len(box.mails) == 2
