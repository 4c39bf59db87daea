"""The digest as a mail: the subject, the plain text, the HTML, small enough that no mail program cuts it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushdoc.tell.mail.digest_text import DigestText
from pushdoc.tell.mail.envelope import Words, enveloped
from pushdoc.tell.mail.rendering import rendered

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pushdoc.tell.answers import Reader
    from pushdoc.tell.mail.digest import Addressee, Digest

#: Gmail shows 102 kB of a mail and hides the rest behind a link. Source: seen there, not documented by it.
_LARGEST = 98_000
#: How many entries each list may have, tried one after the other until the mail is small enough.
_SHORTER = 50, 40, 30, 20, 10, 5


def letter(
    told: Digest, addressee: Addressee, *, sender: str, reader: Reader, templates: Path | None, made: datetime
) -> bytes:
    """The whole mail, ready to be sent, with a Message-ID of its own."""
    mail = b""
    for most in _SHORTER:
        words = worded(told.shortened(most), reader, templates)
        mail = enveloped(words, sender=sender, to=addressee.email, name=addressee.name, reader=reader, made=made)
        if len(mail) <= _LARGEST:
            break
    return mail


def worded(told: Digest, reader: Reader, templates: Path | None) -> Words:
    """What the mail says; the firm's own `digest.html` and `digest.txt` in `templates` go before ours."""
    plain = DigestText(told, reader)
    values = {"told": told, "plain": plain}
    text = rendered("digest.txt", values, reader, templates) if templates is not None else None
    return Words(plain.subject, text or plain.text, rendered("digest.html", values, reader, templates))
