"""A server without manners, and clients to send to it."""

from __future__ import annotations

import hashlib
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from rude import RudeServer

from pushdoc.clock import SystemClock
from pushdoc.deliver.body import OutgoingBody
from pushdoc.deliver.http import Http
from pushdoc.deliver.multipart import FilePart
from pushdoc.document import Digest

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from rude import Manners

    from pushdoc.clock import Clock


@pytest.fixture
def rude() -> Iterator[Callable[..., RudeServer]]:
    """Starts rude servers, and ends them."""
    with ExitStack() as stack:

        def start(manners: Manners, tls: ssl.SSLContext | None = None) -> RudeServer:
            server = RudeServer(manners, tls)
            stack.callback(server.close)
            return server

        yield start


@pytest.fixture
def client() -> Iterator[Callable[..., Http]]:
    """Makes clients, by default with real time and little patience, and closes them."""
    with ExitStack() as stack:

        def make(
            clock: Clock | None = None,
            timeout: float = 5.0,
            connections: int = 4,
            tls: ssl.SSLContext | None = None,
        ) -> Http:
            http = Http(clock or SystemClock(), timeout, connections, tls)
            stack.callback(http.close)
            return http

        yield make


@pytest.fixture
def body(tmp_path: Path) -> Iterator[Callable[[bytes], OutgoingBody]]:
    """Makes bodies of files with that content."""
    with ExitStack() as stack:

        def make(content: bytes) -> OutgoingBody:
            path = tmp_path / f"{len(list(tmp_path.iterdir()))}.pdf"
            path.write_bytes(content)
            file = stack.enter_context(path.open("rb"))
            return OutgoingBody(file.fileno(), len(content), digest_of(content))

        yield make


@pytest.fixture
def part(body: Callable[[bytes], OutgoingBody]) -> Callable[[bytes], FilePart]:
    """Makes the file parts of uploads."""
    return lambda content: FilePart("Document", "facture.pdf", "application/pdf", body(content))


def digest_of(content: bytes) -> Digest:
    sha1 = hashlib.sha1(content, usedforsecurity=False).hexdigest()
    return Digest(hashlib.sha256(content).hexdigest(), sha1)
