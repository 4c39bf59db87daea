"""The transport beneath httpx's requests and answers: a few connections for all threads, taken and given back.

Why not httpx's own: it limits single waits and no whole request, does not see `stop`, and costs several times as much
as all the rest of a delivery.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import httpx

from pushdoc.deliver.connection import Connection, Origin, connected
from pushdoc.deliver.deadline import TURN

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator

    from pushdoc.clock import Clock
    from pushdoc.deliver.deadline import Deadline

_LONGEST_IDLE = 30.0
"""Seconds; below the minute or two after which services and firewalls hang up in silence."""

_CONNECT_SECONDS = 10.0

_PORTS = {"http": 80, "https": 443}


class Transport(httpx.BaseTransport):
    """At most `connections` at once; one that is idle is used again, unless its other end has hung up meanwhile.

    `timeout` (seconds) bounds each single wait; the whole request is held to the deadline.
    """

    def __init__(self, clock: Clock, deadline: Deadline, tls: ssl.SSLContext, connections: int, timeout: float) -> None:
        self._clock = clock
        self._deadline = deadline
        self._tls = tls
        self._most = connections
        self._timeout = timeout
        self._changed = threading.Condition()
        self._open = 0
        self._idle: list[Connection] = []
        self._closed = False

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer to one request, its body still to be read. Nothing is repeated and nothing followed.

        Raises:
            TransportError: no answer came; its causes tell a wrong name from a wrong certificate.
        """
        scheme = request.url.scheme
        host = request.url.raw_host.decode("ascii")
        connection = self._take(Origin(scheme, host, request.url.port or _PORTS[scheme]))
        try:
            head = connection.ask(request)
        except BaseException:
            self._drop(connection)
            raise
        return httpx.Response(head.status_code, headers=list(head.headers), stream=_Parts(self, connection))

    def close(self) -> None:
        """Close what is idle now, and the rest when it is given back."""
        with self._changed:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            self._drop(connection)

    def give_back(self, connection: Connection) -> None:
        """Keep a connection for the next request where it can carry one."""
        connection.idle_since = self._clock.monotonic()
        with self._changed:
            if connection.renew() and not self._closed:
                self._idle.append(connection)
                self._changed.notify()
                return
        self._drop(connection)

    def _take(self, origin: Origin) -> Connection:
        """An idle connection, the one that was used last; a new one where there is none."""
        while connection := self._deadline.in_turns(self._timeout, lambda: self._next(origin), httpx.PoolTimeout):
            rested = self._clock.monotonic() - connection.idle_since
            if connection.origin == origin and rested < _LONGEST_IDLE and not connection.speaks():
                return connection
            self._drop(connection)
        try:
            seconds = min(self._timeout, _CONNECT_SECONDS)
            found = connected(origin, self._tls, self._deadline, seconds)
        except BaseException:
            self._leave()
            raise
        return Connection(origin, found, self._deadline, self._timeout)

    def _next(self, origin: Origin) -> Connection | None:
        """An idle connection, to be used or dropped, or None where there is room for a new one, now taken.

        Raises:
            TimeoutError: neither, for a turn.
        """
        with self._changed:
            for connection in reversed(self._idle):
                if connection.origin == origin:
                    self._idle.remove(connection)
                    return connection
            if self._open < self._most:
                self._open += 1
                return None
            if self._idle:
                return self._idle.pop(0)
            self._changed.wait(TURN)
            raise TimeoutError

    def _drop(self, connection: Connection) -> None:
        connection.close()
        self._leave()

    def _leave(self) -> None:
        with self._changed:
            self._open -= 1
            self._changed.notify()


class _Parts(httpx.SyncByteStream):
    """An answer's body as it comes."""

    def __init__(self, transport: Transport, connection: Connection) -> None:
        self._transport = transport
        self._connection = connection

    def __iter__(self) -> Iterator[bytes]:
        return self._connection.parts()

    def close(self) -> None:
        self._transport.give_back(self._connection)
