"""The benchmark's server: one process of its own, the same for pushdoc and for every yardstick.

It is far faster than the sandbox, which answers as carefully as Inqom does. Bodies are read, counted and thrown away.
`POST /-/begin` sets the terms and forgets what came, `GET /-/seen` tells it. It ends when its standard input does.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, cast

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).parents[1])  # as pytest does it; this folder's own modules have common names

from benchmarks import dav
from benchmarks.answers import Reply, Service, Terms

if TYPE_CHECKING:
    from collections.abc import Callable

_READ = 256 * 1024
_START = 4 * 1024
_UPLOADS = {"POST": "/accounting-documents/", "PUT": "/dav/"}
_PHRASES = {
    200: b"OK",
    201: b"Created",
    207: b"Multi-Status",
    404: b"Not Found",
    429: b"Too Many Requests",
    503: b"Service Unavailable",
}


class Connection(asyncio.BufferedProtocol):
    """One visitor's connection; requests come one after the other, each is answered before the next is read.

    All connections read into one buffer: whatever came is used up before the loop goes on.
    """

    _buffer = memoryview(bytearray(_READ))

    def __init__(self, service: Service) -> None:
        self._service = service
        self._begin()

    def _begin(self) -> None:
        self._head = b""
        self._in_body = False
        self._left = self._size = 0
        self._start = b""
        self._hash: hashlib._Hash | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport; answers go out on it."""
        self._transport = cast("asyncio.Transport", transport)

    def get_buffer(self, sizehint: int) -> memoryview:  # noqa: ARG002 -- the base class's form
        """Where the next bytes go."""
        return self._buffer

    def buffer_updated(self, nbytes: int) -> None:
        """Take the bytes that came."""
        data = self._buffer[:nbytes]
        if self._in_body:
            self._take(data)
            return
        self._head += data
        end = self._head.find(b"\r\n\r\n")
        if end < 0:
            return
        head, rest = self._head[:end], self._head[end + 4 :]
        self._arrived = time.monotonic()
        self._method, self._path = head.decode("latin-1").split(" ", 2)[:2]
        lower = head.lower()
        self._left = self._size = int(_header(lower, b"content-length") or b"0")
        self._closes = _header(lower, b"connection") == b"close"
        self._is_upload = self._path.startswith(_UPLOADS.get(self._method, "-"))
        if self._is_upload and self._service.terms.verify:
            self._hash = hashlib.sha256()
        if _header(lower, b"expect"):
            self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        self._in_body = True
        self._take(memoryview(rest))

    def _take(self, data: memoryview) -> None:
        if len(self._start) < _START or not self._is_upload:
            self._start += data
        if self._hash is not None:
            self._hash.update(data)
        self._left -= len(data)
        if self._left <= 0:
            self._answer()

    def _answer(self) -> None:
        service = self._service
        if not self._is_upload:
            reply = _other(service, self._method, self._path, self._start)
        else:
            sha256 = self._hash.hexdigest() if self._hash else None
            reply = service.upload(self._path, self._size, self._start, self._arrived, sha256)
        closes, is_upload = self._closes, self._is_upload
        self._begin()
        if is_upload and service.terms.answer_s:
            asyncio.get_running_loop().call_later(service.terms.answer_s, self._write, reply, closes, is_upload)
        else:
            self._write(reply, closes, is_upload)

    def _write(self, reply: Reply, closes: bool, is_upload: bool) -> None:  # noqa: FBT001 -- call_later has no keywords
        if is_upload:
            self._service.last = time.monotonic()
        if reply.status is None:
            self._transport.abort()
            return
        phrase = _PHRASES[reply.status]
        head = b"HTTP/1.1 %d %b\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%b\r\n"
        self._transport.write(head % (reply.status, phrase, len(reply.body), reply.headers) + reply.body)
        if closes:
            self._transport.close()


def _header(head: bytes, name: bytes) -> bytes:
    """A header's value, "" without it; `head` in lower case."""
    at = head.find(b"\r\n" + name + b":")
    return head[at + len(name) + 3 :].split(b"\r\n", 1)[0].strip() if at >= 0 else b""


def _other(service: Service, method: str, path: str, body: bytes) -> Reply:
    if path == "/-/begin":
        service.begin(Terms.read(body))
        return Reply(200)
    if path == "/-/seen":
        return Reply(200, json.dumps(service.seen() | {"cpu": time.process_time()}).encode())
    if method in {"PROPFIND", "MKCOL"}:
        return dav.answer(service.places, method, path)
    return service.token() if method == "POST" else service.ask(path)


async def _serve(tell: Callable[[int], None]) -> None:
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()

    def wait_for_the_end() -> None:
        sys.stdin.buffer.read()
        loop.call_soon_threadsafe(ended.set)

    service = Service()
    server = await loop.create_server(lambda: Connection(service), "127.0.0.1", 0, backlog=512)
    threading.Thread(target=wait_for_the_end, daemon=True).start()
    tell(server.sockets[0].getsockname()[1])
    await ended.wait()
    server.close()


if __name__ == "__main__":
    asyncio.run(_serve(lambda port: print(port, flush=True)))  # noqa: T201 -- the parent reads it
