"""A port of this machine that answers `/metrics`, to whoever is on it; each caller in a thread of its own."""

from __future__ import annotations

import socket
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from prometheus_client.exposition import choose_encoder

from pushdoc.errors import PushdocError
from pushdoc.log import logger

if TYPE_CHECKING:
    from prometheus_client.registry import Collector

#: Only programs of this machine are answered.
HOST = "127.0.0.1"
#: So many callers are listened to; the next one sends the one away that came first.
_MOST = 16
#: How long a caller may say nothing, or take nothing, in seconds.
_PATIENCE_S = 5


class Scrapes:
    """The port, open from the start; `close` gives it back."""

    def __init__(self, port: int, metrics: Collector) -> None:
        """Open it.

        Raises:
            OSError: somebody else has it.
        """
        self._server = _Server((HOST, port), _Answering)
        self._server.metrics = metrics
        self._closed = False
        self._thread = threading.Thread(target=self._serve, name="metrics", daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        """Where it answers."""
        return int(self._server.server_address[1])

    def close(self) -> None:
        """Answer nobody any more, and wait for no caller."""
        self._closed = True
        self._server.socket.shutdown(socket.SHUT_RDWR)  # wakes who waits for the next caller
        self._thread.join()
        self._server.server_close()

    def _serve(self) -> None:
        # Without `serve_forever`, which wakes twice a second to see whether it is to end.
        while not self._closed:
            self._server.handle_request()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    block_on_close = False
    metrics: Collector

    def __init__(self, *given: Any) -> None:
        self._callers: list[socket.socket] = []
        self._lock = threading.Lock()
        super().__init__(*given)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._callers.append(request)
            slowest = self._callers.pop(0) if len(self._callers) > _MOST else None
        if slowest is not None:
            _send_away(slowest)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            if request in self._callers:
                self._callers.remove(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        super().server_close()
        with self._lock:
            callers, self._callers = self._callers, []
        for caller in callers:
            _send_away(caller)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that leaves, or is sent away, is none of the operator's business."""


class _Answering(BaseHTTPRequestHandler):
    server: _Server
    timeout = _PATIENCE_S
    server_version = "pushdoc"
    sys_version = ""

    def do_GET(self) -> None:
        if self.path.partition("?")[0] != "/metrics":
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        encode, content_type = choose_encoder(self.headers.get("Accept", ""))
        try:
            text = encode(self.server.metrics)
        except PushdocError as error:
            logger().warning("metrics cannot be told", reason=error.phrase)
            self.send_error(HTTPStatus.INTERNAL_SERVER_ERROR)
            return
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_: Any) -> None:
        """Who asked is told to nobody."""


def _send_away(caller: socket.socket) -> None:
    try:
        caller.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it has left
