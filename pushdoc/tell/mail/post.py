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
import threading
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
#: And how long for all of them together until we are let in: a server that wants us gone dribbles its answers.
_LIMIT_S = 90.0
#: How long its farewell may take.
_FAREWELL_S = 2.0
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
        with limited(client, _LIMIT_S):
            if server.security == "starttls":
                _encrypt(client, server)
            if server.username is not None and server.password is not None:
                _log_in(client, server, server.username, server.password)
        yield client
    finally:
        with suppress(smtplib.SMTPException, OSError), limited(client, _FAREWELL_S):
            client.quit()
        client.close()


@contextmanager
def limited(client: smtplib.SMTP, seconds: float) -> Iterator[None]:
    """What is asked of a server in here takes so long at most; then it is as if it had hung up.

    A time limit for each answer does not see to that: it begins anew with each byte.
    """

    def hang_up() -> None:
        connection = client.sock
        with suppress(OSError):  # it has hung up by itself meanwhile
            if connection is not None:
                connection.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


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
        raise _refused("post.sender_refused", server, sender=sender, answer=numbers(code, said))


def _reached(server: MailServer, timeout: float) -> smtplib.SMTP:
    if server.security == "tls":
        client: smtplib.SMTP = smtplib.SMTP_SSL(timeout=timeout, context=_trusting())
    else:
        client = smtplib.SMTP(timeout=timeout)
    # What `starttls` looks for on the certificate; the library knows it only where it connects by itself.
    client._host = server.host  # type: ignore[attr-defined]  # noqa: SLF001 -- as said
    try:
        with limited(client, _LIMIT_S):
            _greet(client, server)
    except BaseException:
        client.close()
        raise
    return client


def _greet(client: smtplib.SMTP, server: MailServer) -> None:
    try:
        code, _ = client.connect(server.host, server.port)
    except ssl.SSLError as error:
        raise _untrusted(server, error) from error
    except _NO_SMTP as error:
        raise _broken_off("post.no_smtp", server, error) from error
    except OSError as error:
        raise _unreached(server, error) from error
    try:
        if code != 220:
            raise smtplib.SMTPConnectError(code, "")
        client.ehlo_or_helo_if_needed()
    except (*_NO_SMTP, OSError) as error:
        raise _broken_off("post.no_smtp", server, error) from error


def _encrypt(client: smtplib.SMTP, server: MailServer) -> None:
    try:
        code, said = client.starttls(context=_trusting())
        if code != 220:
            raise _refused("post.no_starttls", server, answer=numbers(code, said))
        client.ehlo()
    except ssl.SSLError as error:
        raise _untrusted(server, error) from error
    except smtplib.SMTPNotSupportedError as error:
        raise _refused("post.no_starttls", server, answer="EHLO") from error
    except smtplib.SMTPResponseException as error:
        raise _refused("post.no_starttls", server, answer=numbers(error.smtp_code, error.smtp_error)) from error
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
        phrase = Phrase("post.login_later", {"server": server.address, "answer": numbers(code, said)})
        raise PostError(phrase, later=True)
    if code // 100 != 2:
        raise _refused("post.login_refused", server, username=username, answer=numbers(code, said))


def _trusting() -> ssl.SSLContext:
    """The machine's own store of certificates: firms that inspect TLS put their authority there."""
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _untrusted(server: MailServer, error: ssl.SSLError) -> PostError:
    if isinstance(error, ssl.SSLCertVerificationError):
        return _refused("post.certificate", server, error=error.verify_message or str(error.reason))
    return _refused("post.no_tls", server, error=str(error.reason or error.strerror))


def _broken_off(code: str, server: MailServer, error: Exception) -> PostError:
    return _refused("post.silent" if was_silence(error) else code, server)


def was_silence(error: Exception) -> bool:
    """Whether a wait was too long, which smtplib takes for a hanging up."""
    return isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)


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


def numbers(code: int, said: bytes | str) -> str:
    """The numbers of an answer, `535 5.7.8`, and nothing else of it."""
    found = _ENHANCED.search(said.encode() if isinstance(said, str) else said)
    return f"{code} {found[0].decode()}" if found else str(code)
