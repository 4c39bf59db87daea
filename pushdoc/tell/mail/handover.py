"""One mail, handed over to a server that has let us in: whether it has it now, and who is to do what otherwise.

The whole difference is the dot at the end. Before it has left, nobody has the mail, whatever happens; after it, only
the server's answer tells.
"""

from __future__ import annotations

import re
import smtplib
from contextlib import suppress
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from pushdoc.tell.mail.envelope import wired
from pushdoc.tell.mail.post import limited, numbers, was_silence
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from pushdoc.tell.mail.post import MailServer

#: How long all that comes before the dot may take, in seconds.
TALK_S = 120.0
#: How long it may take to accept a mail, which servers look through first. Whoever waits less sends it twice.
#: Source: RFC 5321, section 4.5.3.2.6.
ACCEPTING_S = 600.0

_BREAKS = smtplib.SMTPException, OSError
_SIZE_EXCEEDED = 552
_CLOSING = 421
_GO_ON = 354


class Fate(Enum):
    """What has become of a mail."""

    SENT = auto()
    LATER = auto()  # it has not left; to be tried again
    REFUSED = auto()  # nor will it ever: its recipient or the mail itself is not taken
    UNKNOWN = auto()  # it may have arrived


class Handover(NamedTuple):
    """What has become of a mail, why, and whether the connection is of no more use."""

    fate: Fate
    reason: Phrase | None = None
    over: bool = False


def hand_over(
    client: smtplib.SMTP, server: MailServer, sender: str, recipient: str, message: bytes, accepting: float
) -> Handover:
    """Give the server a mail, its lines ended by CRLF; `accepting` is how many seconds it may take to think it over."""
    told = _Told(server, wired(sender), wired(recipient))
    try:
        with limited(client, TALK_S):
            refused = _announced(client, told, message)
            if refused is not None:
                with suppress(*_BREAKS):
                    client.rset()
                return refused
            client.send(_stuffed(message))
    except _BREAKS as error:
        return told.broken_off(error)
    try:
        with limited(client, accepting):
            if client.sock is not None:
                client.sock.settimeout(accepting)
            client.send(b".\r\n")
            code, said = client.getreply()
    except _BREAKS:
        return Handover(Fate.UNKNOWN, told.phrase("post.no_answer"), over=True)
    match code // 100:
        case 2:
            return Handover(Fate.SENT)
        case 4 | 5:
            return told.answered("post.mail_refused", code, said)
        case _:
            return Handover(Fate.UNKNOWN, told.phrase("post.no_answer"), over=True)


def _announced(client: smtplib.SMTP, told: _Told, message: bytes) -> Handover | None:
    """Whether the server wants to hear of the mail: None, or why it does not."""
    size = [f"SIZE={len(message)}"] if client.has_extn("size") else []
    code, said = client.mail(told.sender, size)
    if code // 100 != 2:
        if code == _SIZE_EXCEEDED:
            return told.answered("post.mail_refused", code, said)
        # The account, the sender, this machine: none of it is the mail's fault, and a person can mend it.
        return Handover(Fate.LATER, told.phrase("post.sender_refused", code, said, sender=told.sender), over=True)
    code, said = client.rcpt(told.recipient)
    if code // 100 != 2:
        return told.answered("post.recipient_refused", code, said)
    code, said = client.docmd("DATA")
    if code != _GO_ON:
        return told.answered("post.mail_refused", code, said)
    return None


def _stuffed(message: bytes) -> bytes:
    """The mail up to the dot that ends it; a line that begins with a dot gets another one before it."""
    ended = message if message.endswith(b"\r\n") else message + b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", ended)


class _Told(NamedTuple):
    """What a phrase needs to know of one mail."""

    server: MailServer
    sender: str
    recipient: str

    def phrase(self, code: str, number: int | None = None, said: bytes = b"", **values: str) -> Phrase:
        if number is not None:
            values["answer"] = numbers(number, said)
        return Phrase(code, {"server": self.server.address, "recipient": self.recipient, **values})

    def answered(self, code: str, number: int, said: bytes) -> Handover:
        """For good where the server says 5xx, for now with whatever else."""
        if number // 100 == 5:
            return Handover(Fate.REFUSED, self.phrase(code, number, said))
        return Handover(Fate.LATER, self.phrase("post.not_now", number, said), over=number in {_CLOSING, -1})

    def broken_off(self, error: Exception) -> Handover:
        code = "post.silent" if was_silence(error) else "post.hung_up"
        return Handover(Fate.LATER, self.phrase(code), over=True)
