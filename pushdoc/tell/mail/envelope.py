"""A mail around its text: headers that nobody's file name can break, plain text, and HTML beside it where there is."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING

from pushdoc.words import visible

if TYPE_CHECKING:
    from datetime import datetime

    from pushdoc.tell.answers import Reader

#: Longer ones are cut by every mail program.
_LONGEST_SUBJECT = 150


@dataclass(frozen=True, slots=True)
class Words:
    """What a mail says; `html` says the same as `text`."""

    subject: str
    text: str
    html: str | None = None


def enveloped(words: Words, *, sender: str, to: str, name: str = "", reader: Reader, made: datetime) -> bytes:
    """The whole mail as it goes over the wire, with its own Message-ID; `name` is the one that `to` belongs to.

    Nobody's machine should answer it, and its hour is the reader's. Bcc and the like cannot be smuggled in: what is
    shown of a name from outside is made visible first.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = Address("pushdoc", addr_spec=wired(sender))
    message["To"] = Address(visible(name), addr_spec=wired(to))
    message["Subject"] = _cut(visible(words.subject))
    message["Date"] = format_datetime(made.astimezone(reader.zone))
    # Of chance alone: neither the machine's name nor the process is anybody's business.
    message["Message-ID"] = f"<{uuid.uuid4().hex}@{wired(sender).rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(words.text, cte="quoted-printable")
    if words.html is not None:
        message.add_alternative(words.html, subtype="html", cte="quoted-printable")
    message["Content-Language"] = reader.language  # last: what stands before goes into the first part
    return message.as_bytes()


def _cut(subject: str) -> str:
    return subject if len(subject) <= _LONGEST_SUBJECT else subject[: _LONGEST_SUBJECT - 1] + "…"


def wired(address: str) -> str:
    """An address as headers have it: a domain with accents by its ASCII form (IDNA)."""
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain if domain.isascii() else domain.encode('idna').decode('ascii')}"
