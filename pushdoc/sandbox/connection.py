"""One visitor's connection: requests are read from the socket, answered, cut off or left unanswered."""

from __future__ import annotations

import re
import socket
import struct
import time
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Protocol, cast

from pushdoc.sandbox import control
from pushdoc.sandbox.answers import Answer, message
from pushdoc.sandbox.faults import Moment, afterwards, instead
from pushdoc.sandbox.record import Exchange, Request
from pushdoc.sandbox.routes import NotAllowed, Route, find
from pushdoc.sandbox.service import Call, no_such_path

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator

    from pushdoc.sandbox.faults import Faults
    from pushdoc.sandbox.service import Service

_PIECE = 64 * 1024
_LINE = 8 * 1024


class House(Protocol):
    """What a connection needs of the server that it belongs to."""

    service: Service
    faults: Faults
    closing: threading.Event
    observer: Callable[[Exchange], None] | None
    url: str


class BrokenBodyError(Exception):
    """The visitor hung up within the body, or its length cannot be understood."""


class Connection(BaseHTTPRequestHandler):
    """HTTP/1.1 with keep-alive; one thread each."""

    protocol_version = "HTTP/1.1"
    server_version = "pushdoc-sandbox"
    sys_version = ""
    disable_nagle_algorithm = True

    @property
    def house(self) -> House:
        """The server that this connection belongs to."""
        return cast("House", self.server)

    def handle_one_request(self) -> None:
        """Read and answer one request of any method."""
        self.raw_requestline = self.rfile.readline(_LINE)
        if not self.raw_requestline:
            self.close_connection = True
            return
        if not self.parse_request():
            return
        path, _, query = self.path.partition("?")
        headers = {name.lower(): value for name, value in self.headers.items()}
        call = Call(self.command, path, query, headers, arrived=time.monotonic())
        try:
            if path.startswith(control.PREFIX):
                body = b"".join(self._pieces())
                self._write(control.answer(call, body, self.house.service, self.house.faults))
            else:
                self._serve(call)
        except BrokenBodyError:
            self._note(call, None)
            self.send_error(400)
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the base class's name
        """Nothing: a request's query may bear a signature; what is worth knowing is in the record."""

    def _serve(self, call: Call) -> None:
        house, found = self.house, find(call.method, call.path)
        if not isinstance(found, Route):
            self._answer(call, self._take(call), _not_found(found))
            return
        call.route = found.operation
        call.body = house.service.body_for(call, found.operation)
        if too_fast := house.service.paced_on_arrival(call):
            self._answer(call, self._take(call), too_fast)
            return
        delay, fault = house.faults.strike(found.operation.group)
        if fault and fault.moment is Moment.CUT:
            self._read_some(int(fault.value))
            self._note(call, None)
            self._reset()
            return
        sent = self._take(call)
        house.closing.wait(delay)
        if fault and fault.moment is Moment.INSTEAD:
            self._answer(call, sent, instead(fault))
            return
        answer = house.service.handle(call, found, house.url)
        if fault and fault.moment is Moment.NO_ANSWER:
            self._note(call, None)
            self._wait_for_the_end() if fault.kind == "silent" else self._reset()
            return
        self._answer(call, sent, afterwards(fault, answer) if fault else answer)

    def _answer(self, call: Call, sent: bytes, answer: Answer) -> None:
        """Note and observe the exchange, then write: a visitor that has its answer finds it in the record."""
        self._note(call, answer.status)
        if observer := self.house.observer:
            observer(
                Exchange(
                    method=call.method,
                    path=call.path,
                    query=call.query,
                    request_headers=dict(self.headers.items()),
                    request_body=sent,
                    status=answer.status,
                    response_headers=dict(answer.headers),
                    response_body=answer.body,
                )
            )
        self._write(answer)

    def _note(self, call: Call, status: int | None) -> None:
        self.house.service.record.request(Request(call.method, call.route, status, call.arrived))

    def _write(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def _take(self, call: Call) -> bytes:
        """Feed the body to the call; comes back with its bytes where there is an observer to see them."""
        seen = []
        for piece in self._pieces():
            call.body.feed(piece)
            if self.house.observer:
                seen.append(piece)
        return b"".join(seen)

    def _pieces(self) -> Iterator[bytes]:
        if self.headers.get("Transfer-Encoding", "").strip().lower() == "chunked":
            while size := self._chunk_size():
                yield from self._exactly(size)
                self._line()
            while self._line():
                pass
            return
        length = self.headers.get("Content-Length", "0").strip()
        if not re.fullmatch("[0-9]{1,15}", length):
            raise BrokenBodyError
        yield from self._exactly(int(length))

    def _exactly(self, size: int) -> Iterator[bytes]:
        while size:
            piece = self.rfile.read(min(size, _PIECE))
            if not piece:
                raise BrokenBodyError
            size -= len(piece)
            yield piece

    def _chunk_size(self) -> int:
        digits = self._line().partition(b";")[0].strip()
        if not re.fullmatch(b"[0-9a-fA-F]{1,12}", digits):
            raise BrokenBodyError
        return int(digits, 16)

    def _line(self) -> bytes:
        line = self.rfile.readline(_LINE)
        if not line.endswith(b"\n"):
            raise BrokenBodyError
        return line.strip()

    def _read_some(self, count: int) -> None:
        for piece in self._pieces() if count else ():
            count -= len(piece)
            if count <= 0:
                return

    def _reset(self) -> None:
        """Close with RST instead of FIN, as a front end does that dies."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.rfile.close()
        self.connection.close()

    def _wait_for_the_end(self) -> None:
        """Say nothing until the visitor hangs up or the sandbox closes."""
        self.close_connection = True
        while self.connection.recv(_PIECE):
            pass


def _not_found(found: NotAllowed | None) -> Answer:
    if found is None:
        return no_such_path()
    answer = message(405, "The URL does not allow this method")
    return Answer(answer.status, answer.body, {**answer.headers, "Allow": ", ".join(found.methods)})
