"""The sandbox as a whole: a server on one port of this machine that answers as Inqom does."""

from __future__ import annotations

import logging
import signal
import socket
import socketserver
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from pushdoc.errors import WrongUseError
from pushdoc.sandbox.account import DEMO_ACCOUNTS, TOKEN_LIFETIME, Account, Tokens
from pushdoc.sandbox.connection import Connection
from pushdoc.sandbox.demo_folders import DEMO_COMPANIES, DEMO_FOLDERS
from pushdoc.sandbox.documents import Documents
from pushdoc.sandbox.faults import Faults
from pushdoc.sandbox.folders import Company, Directory, Folder
from pushdoc.sandbox.hours import Hours
from pushdoc.sandbox.pace import REQUESTS_PER_SECOND, Pace
from pushdoc.sandbox.record import Exchange, Received, Record, Request
from pushdoc.sandbox.routes import DOCUMENTS_PATH, TOKEN_PATH
from pushdoc.sandbox.service import Service, Terms
from pushdoc.sandbox.uploads import MAX_SIZE
from pushdoc.signals import Flag
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

HOST = "127.0.0.1"
DEFAULT_PORT = 8089
"""The port of the "local stand-in" in the contract's OpenAPI file."""

_logger = logging.getLogger(__name__)


@dataclass(kw_only=True, eq=False)
class Sandbox:
    """A local Inqom, usable as a context manager; all settings have the values of the demo.

    Port 0 takes a free one. `clock` gives seconds and moves documents and tokens on; `started` is the wall clock's
    reading when the sandbox is made. `requests_per_second` None switches the pace off; real time counts for it.
    `token_lifetime` and `visible_after` are seconds, `max_size` is bytes of one file. `paging` False: lists ignore
    `pageNumber` and `pageSize`. `faults` are words of `Fault.parse`. `record` is a file to which a JSON line is
    added for each document. `observer` is called in the connection's thread with every exchange, just before its
    answer is written; it sees tokens and passwords. Closed and started again, the sandbox has the same port and
    the same documents.
    """

    port: int = 0
    accounts: Sequence[Account] = DEMO_ACCOUNTS
    companies: Sequence[Company] = DEMO_COMPANIES
    folders: Sequence[Folder] = DEMO_FOLDERS
    clock: Callable[[], float] = time.monotonic
    started: datetime | None = None
    requests_per_second: int | None = REQUESTS_PER_SECOND
    token_lifetime: float = TOKEN_LIFETIME
    max_size: int = MAX_SIZE
    paging: bool = True
    visible_after: float = 0.0
    keep_content: bool = False
    faults: Faults = field(default_factory=Faults)
    record: Path | None = None
    observer: Callable[[Exchange], None] | None = None
    _service: Service = field(init=False, repr=False)
    _listener: _Listener | None = field(init=False, repr=False, default=None)
    _accepting: threading.Thread | None = field(init=False, repr=False, default=None)

    def __post_init__(self) -> None:
        hours = Hours(self.clock, self.started)
        self._service = Service(
            tokens=Tokens(self.accounts, self.token_lifetime),
            directory=Directory(self.companies, self.folders),
            documents=Documents(hours, self.visible_after),
            pace=Pace(self.requests_per_second),
            hours=hours,
            record=Record(self.record),
            terms=Terms(self.max_size, self.paging, self.keep_content),
        )

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def start(self) -> None:
        """Open the port and answer.

        Raises:
            WrongUseError: the port is taken, or forbidden to this user.
        """
        try:
            listener = _Listener((HOST, self.port), Connection)
        except OSError as error:
            values = {"port": str(self.port), "error": error.strerror or str(error)}
            raise WrongUseError(Phrase("sandbox.port_taken", values)) from error
        self.port = listener.server_address[1]
        listener.service, listener.faults = self._service, self.faults
        listener.observer, listener.url = self.observer, self.url
        self._service.record.open()
        self._listener = listener
        self._accepting = threading.Thread(target=listener.accept, name="sandbox")
        self._accepting.start()

    def close(self) -> None:
        """End all connections and come back when every thread has ended; what was recorded stays readable."""
        if self._listener and self._accepting:
            self._listener.stop()
            self._accepting.join()
            self._listener.end()
        self._listener = self._accepting = None
        self._service.record.close()

    @property
    def url(self) -> str:
        """Where the sandbox is; also the API's own address."""
        return f"http://{HOST}:{self.port}"

    @property
    def token_url(self) -> str:
        """Where tokens are given out."""
        return self.url + TOKEN_PATH

    @property
    def documents_url(self) -> str:
        """Where the documents service is."""
        return self.url + DOCUMENTS_PATH

    @property
    def over_pace(self) -> int:
        """How many requests were answered 429 because the account was over its pace."""
        return self._service.pace.refused

    def received(self) -> list[Received]:
        """The documents stored so far, in their order."""
        return self._service.record.received()

    def requests(self) -> list[Request]:
        """The latest requests (100 000 at most); those of control routes are not among them."""
        return self._service.record.requests()

    def content(self, document_id: int) -> bytes | None:
        """A document's bytes; None where the sandbox was not asked to keep them."""
        return self._service.documents.content(document_id)

    def add_folder(self, folder: Folder) -> None:
        """Add the folder, in the place of one that had its id."""
        self._service.directory.add(folder)

    def revoke_tokens(self) -> None:
        """No token given out so far is good any longer."""
        self._service.tokens.revoke()

    def advance(self, seconds: float) -> None:
        """Let time pass at once."""
        self._service.hours.push(seconds)


def serve(sandbox: Sandbox, ready: Callable[[Sandbox], None]) -> None:
    """Run the sandbox until SIGINT or SIGTERM; `ready` is called once its port is open. Main thread only.

    Raises:
        WrongUseError: as for `Sandbox.start`.
    """
    stop = Flag()
    former = {number: signal.signal(number, lambda *_: stop.set()) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        with sandbox:
            ready(sandbox)
            stop.wait()
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


class _Listener(socketserver.ThreadingTCPServer):
    """The listening socket; keeps its open connections, to end them when it ends.

    Not `http.server.HTTPServer`, which asks the DNS for this machine's name when it starts.
    """

    allow_reuse_address = True
    request_queue_size = 256

    service: Service
    faults: Faults
    observer: Callable[[Exchange], None] | None
    url: str

    def __init__(self, *args: Any) -> None:
        self.closing = threading.Event()
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__(*args)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 -- the base class's form
        # A visitor may hang up at any moment, and at the end we hang up on it.
        error = sys.exception()
        if not isinstance(error, ConnectionError):
            _logger.error("the sandbox failed over a request", exc_info=error)

    def accept(self) -> None:
        """Take connections until `stop` is called; unlike `serve_forever`, without looking up 20 times a second."""
        while not self.closing.is_set():
            self.handle_request()

    def stop(self) -> None:
        """Take no more connections; whoever waits within `accept` comes back."""
        self.closing.set()
        self.socket.shutdown(socket.SHUT_RDWR)

    def end(self) -> None:
        """End all connections and wait for their threads."""
        with self._lock:
            still_open = list(self._open)
        for connection in still_open:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:  # it has ended by itself meanwhile
                continue
        self.server_close()
