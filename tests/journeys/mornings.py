"""The mornings of a firm: its digests by a clock that is pushed, and a real mail server that may be away or moody."""

from __future__ import annotations

import email
import email.policy
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from fakes import refused
from journeys.desk import DROP
from journeys.mortal import KilledError, MortalLedger
from postbox import Postbox

from pushdoc.journey import decisions
from pushdoc.journey.mailing import Mailing
from pushdoc.journey.outbox import Outbox
from pushdoc.states import State
from pushdoc.tell.mail.post import MailServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from email.message import EmailMessage

    from aiosmtpd.smtp import Envelope
    from fakes import Turn
    from journeys.firm import Firm

CLAIRE, PAUL = "claire@cabinet.example", "paul@cabinet.example"
#: Claire looks after the bakery, Paul after everybody.
MAILS = f"""
[digest]
at = "07:00"
[mail]
host = "127.0.0.1"
security = "none"
sender = "pushdoc@cabinet.example"
[[collaborator]]
name = "Claire Durand"
email = "{CLAIRE}"
clients = ["Boulangerie *"]
[[collaborator]]
name = "Paul Morel"
email = "{PAUL}"
"""
_NEW = "Nouveaux "
_NAME = re.compile(r"^\s*• (\S+) \(n°")


@dataclass
class Mornings:
    """A firm's mails; each minute somebody looks, as in the daemon."""

    firm: Firm
    postbox: Postbox = field(default_factory=Postbox)
    _boxes: list[Postbox] = field(default_factory=list)
    _away: bool = False

    def __post_init__(self) -> None:
        self.port = self.postbox.port
        self._boxes.append(self.postbox)
        self.begin()
        self.mailing.turn()  # the first one of all tells what is open already, and that is nothing

    # --- the process

    def begin(self) -> None:
        """What every start does."""
        rules, ledger = self.firm.rules, self.firm.ledger
        assert rules.mail is not None
        server = MailServer("127.0.0.1", self.port, "none")
        outbox = Outbox(ledger.mails, self.firm.clock, rules.mail.sender, lambda: server, answering=2.0, accepting=2.0)
        self.mailing = Mailing(rules, ledger, self.firm.clock, outbox)

    def restart(self, rules_text: str | None = None) -> None:
        """End as a kill does, and start again."""
        self.firm.restart(rules_text)
        self.begin()

    def die(self, transaction: int, *, after: bool) -> bool:
        """Look once more, by a process that is killed at one of its transactions; whether it came to that."""
        self.firm.restart(ledger=MortalLedger)
        self.begin()
        MortalLedger.left, MortalLedger.after = transaction, after
        died = True
        with suppress(KilledError):
            self.mailing.turn()
            died = False
        MortalLedger.left = float("inf")
        self.restart()
        return died

    # --- the mail server

    def down(self) -> None:
        """The server goes away."""
        if not self._away:
            self.postbox.close()
        self._away = True

    def up(self) -> None:
        """It is back where it was."""
        self.postbox = Postbox(port=self.port)
        self._boxes.append(self.postbox)
        self._away = False

    def close(self) -> None:
        """Whatever is still there goes."""
        self.down()

    # --- time

    def until(self, moment: datetime) -> Iterator[datetime]:
        """At each full minute, looking at the mails in each."""
        clock = self.firm.clock
        while (now := clock.now()) < moment:
            yield now
            self.mailing.turn()
            clock.push(60 - clock.now().timestamp() % 60)

    def wait(self, moment: datetime) -> None:
        """Let the time until then pass."""
        for _ in self.until(moment):
            pass

    # --- what goes on

    def fail(self, name: str, client: str) -> None:
        """A paper comes, and is refused."""
        self.firm.destination.next(refused())
        self.firm.drop(name, client=client, where=DROP)
        self.firm.look()
        self.firm.send()

    def retry(self, name: str, turn: Turn) -> None:
        """A person sends it again."""
        (document,) = [each for each in self.firm.documents if each.name == name]
        assert document.state is State.NON_TRANSMIS
        assert decisions.retry(self.firm.ledger, document, self.firm.clock, force=False) is None
        self.firm.destination.next(turn)
        assert self.firm.send() == 1

    # --- what can be seen

    @property
    def envelopes(self) -> list[Envelope]:
        """All that the server has taken, in the order in which it came."""
        return [envelope for postbox in self._boxes for envelope in postbox.mails]

    def mails(self, reader: str) -> list[EmailMessage]:
        """What somebody got; the same mail that came twice once, as mail programs show it."""
        found: dict[str, EmailMessage] = {}
        for envelope in self.envelopes:
            if envelope.rcpt_tos == [reader]:
                assert isinstance(envelope.content, bytes)
                message = email.message_from_bytes(envelope.content, policy=email.policy.default)
                known = found.setdefault(message["Message-ID"], message)
                assert known.as_bytes() == message.as_bytes()
        return list(found.values())

    def told_new(self, reader: str) -> Counter[str]:
        """How often each document was new to somebody."""
        return Counter(name for message in self.mails(reader) for name in new_in(text_of(message)))


def text_of(message: EmailMessage) -> str:
    """The plain text of a mail."""
    body = message.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert isinstance(text, str)
    return text


def new_in(text: str) -> list[str]:
    """The documents that a digest calls new."""
    names: list[str] = []
    new = False
    lines = text.splitlines()
    for line, next_line in pairwise([*lines, ""]):
        if next_line and not next_line.strip("-"):
            new = line.startswith(_NEW)
        elif new and (found := _NAME.match(line)):
            names.append(found[1])
    return names
