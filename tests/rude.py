"""A server without manners, for tests of what is done with a service that has none."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable

    Manners = Callable[[socket.socket], None]


#: An answer that nobody finds fault with.
FINE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


class RudeServer:
    """Listens on a free port and treats every connection by `manners`; what was read of requests is in `heard`."""

    def __init__(self, manners: Manners, tls: ssl.SSLContext | None = None) -> None:
        self._manners = manners
        self._tls = tls
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._threads: list[threading.Thread] = []
        self._open: list[socket.socket] = []
        self._closed = threading.Semaphore(0)
        self.connections = 0
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self._listener.getsockname()[1]}"
        self._start(self._accept)

    def _start(self, work: Callable[[], None]) -> None:
        self._threads.append(threading.Thread(target=work))
        self._threads[-1].start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._open.append(connection)
            self._start(lambda connection=connection: self._treat(connection))  # type: ignore[misc]  # bound now

    def _treat(self, connection: socket.socket) -> None:
        try:
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
            with connection:
                self._manners(connection)
        except OSError:
            connection.close()
        finally:
            self._closed.release()

    def wait_until_closed(self) -> None:
        """Come back when one more connection has been closed from this side."""
        assert self._closed.acquire(timeout=10)

    def close(self) -> None:
        if self._listener.fileno() < 0:
            return
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._open:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue
        for thread in self._threads:
            thread.join()
        for connection in self._open:
            connection.close()


def read_request(connection: socket.socket) -> bytes:
    """One whole request: its head, and as much body as it announces."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += more_of(connection)
    head, _, content = received.partition(b"\r\n\r\n")
    announced = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    length = int(announced[0].split(b":")[1]) if announced else 0
    while len(content) < length:
        content += more_of(connection)
    return head + b"\r\n\r\n" + content


def more_of(connection: socket.socket) -> bytes:
    received = connection.recv(65_536)
    if not received:
        raise ConnectionResetError
    return received


def answering(answer: bytes) -> Manners:
    """A server that reads each request and gives this answer."""

    def treat(connection: socket.socket) -> None:
        while True:
            read_request(connection)
            connection.sendall(answer)

    return treat
