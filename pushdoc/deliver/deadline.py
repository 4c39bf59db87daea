"""The transport beneath httpx that keeps whole requests to a deadline and ends them when it is told to.

httpx limits only each wait for the network: a server that sends a byte now and then holds it for ever. Here every
wait is also held to what is left of its request, and is cut into short turns so that `stop` is seen.
"""

from __future__ import annotations

import select
import socket
import ssl
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import httpcore
import httpx

from pushdoc.pulse import beat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pushdoc.clock import Clock

_TURN = 0.1
"""Seconds after which a waiting thread looks whether it should go on."""

_Waited = TypeVar("_Waited")


class OverdueError(httpcore.TimeoutException):
    """The request took longer than the whole of it may."""


class StoppedError(httpcore.TimeoutException):
    """We were told to stop while the request was under way."""


class Deadline:
    """When the request that this thread is making must be over, and the event that ends all requests."""

    def __init__(self, clock: Clock, stop: threading.Event) -> None:
        self._clock = clock
        self._stop = stop
        self._of_thread = threading.local()

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """All that this thread does with the network in here must be over in so many seconds."""
        self._of_thread.end = self._clock.monotonic() + seconds
        try:
            yield
        finally:
            del self._of_thread.end

    def left(self, seconds: float | None) -> float:
        """The time that a wait of so many seconds may really take.

        Raises:
            OverdueError: none is left.
            StoppedError: we were told to stop.
        """
        if self._stop.is_set():
            raise StoppedError("told to stop")
        end: float | None = getattr(self._of_thread, "end", None)
        remaining = float("inf") if end is None else end - self._clock.monotonic()
        if remaining <= 0:
            raise OverdueError("the whole request took too long")
        return remaining if seconds is None else min(seconds, remaining)

    def in_turns(
        self,
        seconds: float | None,
        wait: Callable[[float], _Waited],
        overdue: type[httpcore.TimeoutException],
    ) -> _Waited:
        """What `wait` returns, called for short turns until it ends by itself or the time is over.

        Raises:
            TimeoutException: `overdue` when the seconds are over; see `left` for the others.
        """
        last = self._clock.monotonic() + self.left(seconds)
        while True:
            beat()
            try:
                return wait(_TURN)
            except TimeoutError as error:
                self.left(None)
                if self._clock.monotonic() >= last:
                    raise overdue("no progress") from error


class _Stream(httpcore.NetworkStream):
    """A connected socket whose waits heed the deadline."""

    def __init__(self, connected: socket.socket, deadline: Deadline) -> None:
        self._socket = connected
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        def receive(seconds: float) -> bytes:
            self._socket.settimeout(seconds)
            return self._socket.recv(max_bytes)

        try:
            return self._deadline.in_turns(timeout, receive, httpcore.ReadTimeout)
        except OSError as error:
            raise httpcore.ReadError(str(error)) from error

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        def send(seconds: float) -> int:
            self._socket.settimeout(seconds)
            return self._socket.send(buffer)

        while buffer:
            try:
                buffer = buffer[self._deadline.in_turns(timeout, send, httpcore.WriteTimeout) :]
            except OSError as error:
                raise httpcore.WriteError(str(error)) from error

    def close(self) -> None:
        self._socket.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        # A handshake cannot be cut into turns; Python holds the whole of it to the socket's timeout.
        try:
            self._socket.settimeout(self._deadline.left(timeout))
            secured = ssl_context.wrap_socket(self._socket, server_hostname=server_hostname)
        except BaseException as error:
            self.close()
            if isinstance(error, TimeoutError):
                raise httpcore.ConnectTimeout(str(error)) from error
            if isinstance(error, OSError):
                raise httpcore.ConnectError(str(error)) from error
            raise
        return _Stream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        match info:
            case "ssl_object":
                return self._socket if isinstance(self._socket, ssl.SSLSocket) else None
            case "socket":
                return self._socket
            case "is_readable":
                return _readable(self._socket)
        return None


class _Backend(httpcore.NetworkBackend):
    """Opens connections whose waits heed the deadline."""

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002 -- the base class's form; we never ask for one
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002 -- as above
    ) -> httpcore.NetworkStream:
        # Each address of the host gets the whole timeout (a broken IPv6 must not eat the time of IPv4); looking up
        # the name is held to the resolver's own limits.
        try:
            connected = socket.create_connection((host, port), self._deadline.left(timeout))
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(str(error)) from error
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(str(error)) from error
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return _Stream(connected, self._deadline)


class Transport(httpx.BaseTransport):
    """httpx's way to the network, over connections that heed a deadline.

    Raises httpcore's errors as they are: their causes tell a wrong name from a wrong certificate.
    """

    def __init__(self, deadline: Deadline, tls: ssl.SSLContext, connections: int) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=tls,
            max_connections=connections,
            max_keepalive_connections=connections,
            # Below the minute or two after which services and firewalls hang up in silence.
            keepalive_expiry=30.0,
            http1=True,
            http2=False,  # its client is not safe between threads, and uploads gain nothing
            network_backend=_Backend(deadline),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer to one request, its body still to be read."""
        assert isinstance(request.stream, httpx.SyncByteStream)
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            ),
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Parts(answer))

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class _Parts(httpx.SyncByteStream):
    """An answer's body as it comes."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


def _readable(connected: socket.socket) -> bool:
    """Whether an idle connection has something to say, which can only be that the server has hung up."""
    if connected.fileno() < 0:
        return True
    poll = select.poll()
    poll.register(connected, select.POLLIN)
    return bool(poll.poll(0))
