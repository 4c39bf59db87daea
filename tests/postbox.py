"""A mail server on this machine, for tests: real, and as strict or as rude as it is told to be."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable


class Postbox:
    """Takes mail on a free port until it is closed; `account` alone is let in, where there is one.

    `mails` are the envelopes that came, `logins` the accounts that tried to come in. A sender in `refused` is not
    taken. `moods` are the answers to the next commands ("MAIL", "RCPT", "DATA": after the dot) where they are not kind;
    "cut" hangs up instead, and "kept, cut" keeps the mail before it does. `meanwhile` hears of each of them first.
    """

    def __init__(
        self,
        *,
        account: tuple[str, str] | None = None,
        tls: ssl.SSLContext | None = None,
        starttls: ssl.SSLContext | None = None,
        refused: str = "",
        port: int = 0,
    ) -> None:
        self._account = account
        self._refused = refused
        self.mails: list[Envelope] = []
        self.logins: list[str] = []
        self.moods: dict[str, list[str]] = {}
        self.meanwhile: Callable[[str], object] = lambda _step: None
        self._loop = asyncio.new_event_loop()
        options: dict[str, Any] = {"hostname": "postbox", "tls_context": starttls, "loop": self._loop}
        if account is not None:
            # A server that is spoken to by TLS from the first byte knows nothing of STARTTLS.
            options |= {"authenticator": self._let_in, "auth_require_tls": starttls is not None}
        listening = self._loop.create_server(lambda: SMTP(self, **options), "127.0.0.1", port, ssl=tls)
        self._server = self._loop.run_until_complete(listening)
        self.port: int = self._server.sockets[0].getsockname()[1]
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()

    def close(self) -> None:
        """Hang up, and take no more."""
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _end(self) -> None:
        self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def _let_in(self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        given = data.login.decode(), data.password.decode()
        self.logins.append(given[0])
        return AuthResult(success=given == self._account, handled=False)

    async def handle_MAIL(  # noqa: N802 -- aiosmtpd's name for it
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Whether mail from somebody is taken."""
        if address == self._refused:
            return "553 5.7.1 not yours"
        if mood := self._mood("MAIL", server):
            return mood
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 -- as above
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Whether mail for somebody is taken."""
        if mood := self._mood("RCPT", server):
            return mood
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 -- as above
        """Keep a mail."""
        if (self.moods.get("DATA") or [""])[0].startswith("kept"):
            self.mails.append(envelope)
        if mood := self._mood("DATA", server):
            return mood
        self.mails.append(envelope)
        return "250 OK"

    def _mood(self, step: str, server: SMTP) -> str | None:
        self.meanwhile(step)
        coming = self.moods.get(step)
        if not coming:
            return None
        mood = coming.pop(0)
        if mood.endswith("cut"):
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
            return "451 nobody hears this"
        return mood
