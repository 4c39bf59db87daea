"""One connection to a service: HTTP/1.1 over a socket whose waits heed a deadline.

What is said and heard goes through h11, which knows the protocol, is strict with it, and bounds what it keeps.
"""

from __future__ import annotations

import fcntl
import select
import socket
import sys
import termios
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import h11
import httpx

from pushdoc.deliver.deadline import TURN

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator

    from pushdoc.deliver.deadline import Deadline

_LONGEST_HEAD = 100 * 1024
_SENT_AT_ONCE = 256 * 1024
_RECEIVED_AT_ONCE = 64 * 1024

_UNSENT = 128 * 1024
"""Bytes that the system may keep of ours before it sends them.

Else it takes megabytes into its buffers at once, and a document of which the service has seen nothing would be one of
which nobody knows whether it arrived. What is sent and not yet acknowledged is not counted: no line gets slower.
"""


class Origin(NamedTuple):
    """Where a connection leads."""

    scheme: str
    host: str
    port: int


class Connection:
    """A connection that carries one request after the other.

    `seconds` bounds each wait for its other end; `idle_since` is for whoever keeps it (by the monotonic clock).
    """

    def __init__(self, origin: Origin, connected: socket.socket, deadline: Deadline, seconds: float) -> None:
        self.origin = origin
        self.idle_since = 0.0
        self._socket = connected
        self._deadline = deadline
        self._seconds = seconds
        self._talk = h11.Connection(h11.CLIENT, max_incomplete_event_size=_LONGEST_HEAD)
        connected.settimeout(TURN)

    def ask(self, request: httpx.Request) -> h11.Response:
        """The head of the answer to a request; its body comes as `parts`.

        An answer that came before the end of our body (too large, no right to it) counts, though the service then
        takes no more and hangs up.

        Raises:
            TransportError: no answer came.
        """
        with suppress(httpx.WriteError):
            self._send(request)
        while not isinstance(event := self._next(), h11.Response):
            assert isinstance(event, h11.InformationalResponse)  # "go on", "early hints": the answer is still to come
        return event

    def parts(self) -> Iterator[bytes]:
        """The answer's body as it comes.

        Raises:
            TransportError: it broke off.
        """
        while isinstance(event := self._next(), h11.Data):
            yield bytes(event.data)

    def renew(self) -> bool:
        """Whether it can carry another request: both sides are through with this one, and want to go on."""
        if self._talk.our_state is not h11.DONE or self._talk.their_state is not h11.DONE:
            return False
        unasked, _ = self._talk.trailing_data
        self._talk.start_next_cycle()
        # What nobody asked for must never pass for the answer to the next request.
        return not unasked

    def speaks(self) -> bool:
        """Whether the service said something while nothing was asked, which can only be that it hangs up."""
        poll = select.poll()
        poll.register(self._socket, select.POLLIN)
        return bool(poll.poll(0))

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def _send(self, request: httpx.Request) -> None:
        assert isinstance(request.stream, httpx.SyncByteStream)
        head = h11.Request(method=request.method, target=request.url.raw_path, headers=request.headers.raw)
        ahead = [self._said(head)]
        length = 0
        for part in request.stream:
            ahead.append(self._said(h11.Data(data=part)))
            length += len(part)
            if length >= _SENT_AT_ONCE:
                self._write(b"".join(ahead))
                ahead, length = [], 0
        ahead.append(self._said(h11.EndOfMessage()))
        self._write(b"".join(ahead))

    def _said(self, event: h11.Event) -> bytes:
        try:
            return self._talk.send(event) or b""
        except h11.LocalProtocolError as error:
            raise httpx.LocalProtocolError(str(error)) from error

    def _next(self) -> h11.Event:
        while True:
            try:
                event = self._talk.next_event()
            except h11.RemoteProtocolError as error:
                raise httpx.RemoteProtocolError(str(error)) from error
            if isinstance(event, h11.Event):
                return event
            received = self._read()
            if not received and self._talk.their_state is h11.SEND_RESPONSE:
                raise httpx.ReadError("the service hung up without an answer")
            self._talk.receive_data(received)

    def _read(self) -> bytes:
        receive = partial(self._socket.recv, _RECEIVED_AT_ONCE)
        try:
            # On a slow line the end of our body is still on its way when we begin to wait for the answer.
            return self._deadline.in_turns(self._seconds, receive, httpx.ReadTimeout, self._unsent)
        except OSError as error:
            raise httpx.ReadError(str(error)) from error

    def _unsent(self) -> int:
        """How many bytes the kernel has of us that the service has not confirmed. Source: tcp(7), SIOCOUTQ."""
        count = fcntl.ioctl(self._socket, termios.TIOCOUTQ, bytes(4))
        return int.from_bytes(count, sys.byteorder)

    def _write(self, content: bytes) -> None:
        rest = memoryview(content)
        while rest:
            send = partial(self._socket.send, rest)
            try:
                rest = rest[self._deadline.in_turns(self._seconds, send, httpx.WriteTimeout, self._unsent) :]
            except OSError as error:
                raise httpx.WriteError(str(error)) from error


def connected(origin: Origin, tls: ssl.SSLContext, deadline: Deadline, seconds: float) -> socket.socket:
    """A socket that is connected to the origin, over TLS where its scheme says so.

    Each address of the host gets the whole of the seconds (a broken IPv6 must not eat the time of IPv4); looking up
    the name is held to the resolver's own limits.

    Raises:
        TransportError: there is none to be had; its cause says why.
    """
    try:
        found = socket.create_connection((origin.host, origin.port), deadline.left(seconds))
    except TimeoutError as error:
        raise httpx.ConnectTimeout(str(error)) from error
    except (OSError, UnicodeError) as error:
        raise httpx.ConnectError(str(error)) from error
    found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, _UNSENT)
    return found if origin.scheme == "http" else _secured(found, origin.host, tls, deadline, seconds)


def _secured(found: socket.socket, host: str, tls: ssl.SSLContext, deadline: Deadline, seconds: float) -> socket.socket:
    # A handshake cannot be cut into turns; Python holds the whole of it to the socket's timeout.
    try:
        found.settimeout(deadline.left(seconds))
        return tls.wrap_socket(found, server_hostname=host)
    except BaseException as error:
        found.close()
        if isinstance(error, TimeoutError):
            raise httpx.ConnectTimeout(str(error)) from error
        if isinstance(error, OSError):
            raise httpx.ConnectError(str(error)) from error
        raise
