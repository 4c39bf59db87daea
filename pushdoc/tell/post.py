"""The way to the firm's mail server, as far as being let in: what is sent over it, others say.

What fails is told by a phrase. Whatever the server answers is left out of it but for its numbers: a server may repeat
what it was told, and that was a password.
"""

from __future__ import annotations

import base64
import re
import smtplib
import socket
import ssl
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import truststore

from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pushdoc.secret import Secret

#: How long each answer is waited for, in seconds. RFC 5321 section 4.5.3.2 allows five minutes; a person waits here.
_TIMEOUT_S = 20.0
#: The number that says what happened, after the three digits. Source: RFC 3463, "Enhanced Mail System Status Codes".
_ENHANCED = re.compile(rb"[245]\.\d{1,3}\.\d{1,3}\b")
#: What the library may raise for a port behind which no mail server speaks.
_NO_SMTP = (smtplib.SMTPHeloError, smtplib.SMTPResponseException, smtplib.SMTPServerDisconnected, ValueError)


@dataclass(frozen=True, slots=True)
class MailServer:
    """The server that takes our mail, and who we are there; without a `username` nobody logs in."""

    host: str
    port: int
    security: Literal["starttls", "tls", "none"]
    username: str | None = None
    password: Secret | None = None

    @property
    def address(self) -> str:
        """Host and port, as they are shown."""
        return f"{self.host}:{self.port}"


class PostError(Exception):
    """The server cannot be used; the phrase says why. `later` where nobody needs to do anything but wait."""

    def __init__(self, phrase: Phrase, *, later: bool = False) -> None:
        super().__init__(phrase.code)
        self.phrase = phrase
        self.later = later


@contextmanager
def connected(server: MailServer, timeout: float = _TIMEOUT_S) -> Iterator[smtplib.SMTP]:
    """A connection that the server has let in: encrypted and logged in as far as it was told to be.

    `timeout` is in seconds, for each answer.

    Raises:
        PostError: there is none; no password has gone out where the connection is not encrypted as it should be.
    """
    client = _reached(server, timeout)
    try:
        if server.security == "starttls":
            _encrypt(client, server)
        if server.username is not None and server.password is not None:
            _log_in(client, server, server.username, server.password)
        yield client
    finally:
        with suppress(smtplib.SMTPException, OSError):
            client.quit()
        client.close()


def takes_from(client: smtplib.SMTP, server: MailServer, sender: str) -> None:
    """Make sure that the server takes mail from a sender; none is sent.

    Raises:
        PostError: it refuses the address, or has gone away.
    """
    try:
        code, said = client.mail(sender)
        client.rset()
    except (smtplib.SMTPException, OSError) as error:
        raise _broken_off("post.hung_up", server, error) from error
    if code // 100 != 2:
        raise _refused("post.sender_refused", server, sender=sender, answer=_numbers(code, said))


def _reached(server: MailServer, timeout: float) -> smtplib.SMTP:
    try:
        if server.security == "tls":
            client: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=timeout, context=_trusting())
        else:
            client = smtplib.SMTP(server.host, server.port, timeout=timeout)
    except ssl.SSLError as error:
        raise _untrusted(server, error) from error
    except _NO_SMTP as error:
        raise _broken_off("post.no_smtp", server, error) from error
    except OSError as error:
        raise _unreached(server, error) from error
    try:
        client.ehlo_or_helo_if_needed()
    except (*_NO_SMTP, OSError) as error:
        client.close()
        raise _broken_off("post.no_smtp", server, error) from error
    return client


def _encrypt(client: smtplib.SMTP, server: MailServer) -> None:
    try:
        code, said = client.starttls(context=_trusting())
        if code != 220:
            raise _refused("post.no_starttls", server, answer=_numbers(code, said))
        client.ehlo()
    except ssl.SSLError as error:
        raise _untrusted(server, error) from error
    except smtplib.SMTPNotSupportedError as error:
        raise _refused("post.no_starttls", server, answer="EHLO") from error
    except smtplib.SMTPResponseException as error:
        raise _refused("post.no_starttls", server, answer=_numbers(error.smtp_code, error.smtp_error)) from error
    except (smtplib.SMTPException, OSError) as error:
        raise _broken_off("post.hung_up", server, error) from error


def _log_in(client: smtplib.SMTP, server: MailServer, username: str, password: Secret) -> None:
    secret = password.reveal()
    said: bytes | str
    try:
        if (username + secret).isascii():
            client.login(username, secret)
            return
        # smtplib knows ASCII alone. Source: RFC 4616: the words of PLAIN are UTF-8.
        words = base64.b64encode(f"\0{username}\0{secret}".encode()).decode("ascii")
        code, said = client.docmd("AUTH", f"PLAIN {words}")
    except smtplib.SMTPAuthenticationError as error:
        code, said = error.smtp_code, error.smtp_error
    except (smtplib.SMTPServerDisconnected, TimeoutError, ConnectionError, ssl.SSLError) as error:
        raise _broken_off("post.hung_up", server, error) from None  # a cause may hold what the server repeated
    except OSError:  # smtplib's own errors are such: it offers no login, or none that we know
        raise _refused("post.no_login", server, username=username) from None
    if code // 100 == 4:
        phrase = Phrase("post.login_later", {"server": server.address, "answer": _numbers(code, said)})
        raise PostError(phrase, later=True)
    if code // 100 != 2:
        raise _refused("post.login_refused", server, username=username, answer=_numbers(code, said))


def _trusting() -> ssl.SSLContext:
    """The machine's own store of certificates: firms that inspect TLS put their authority there."""
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _untrusted(server: MailServer, error: ssl.SSLError) -> PostError:
    if isinstance(error, ssl.SSLCertVerificationError):
        return _refused("post.certificate", server, error=error.verify_message or str(error.reason))
    return _refused("post.no_tls", server, error=str(error.reason or error.strerror))


def _broken_off(code: str, server: MailServer, error: Exception) -> PostError:
    """The refusal by its phrase, or by that of silence: smtplib takes a wait that was too long for a hanging up."""
    silent = isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)
    return _refused("post.silent" if silent else code, server)


def _unreached(server: MailServer, error: OSError) -> PostError:
    if isinstance(error, socket.gaierror):
        return _refused("post.unknown_host", server, host=server.host)
    if isinstance(error, TimeoutError):
        return _refused("post.silent", server)
    if isinstance(error, ConnectionRefusedError):
        return _refused("post.refused", server)
    return _refused("post.unreached", server, error=error.strerror or type(error).__name__)


def _refused(code: str, server: MailServer, **values: str) -> PostError:
    return PostError(Phrase(code, {"server": server.address, **values}))


def _numbers(code: int, said: bytes | str) -> str:
    """The numbers of an answer: `535 5.7.8`."""
    found = _ENHANCED.search(said.encode() if isinstance(said, str) else said)
    return f"{code} {found[0].decode()}" if found else str(code)
