"""A firm in trouble: the whole house by a clock that is pushed, and a gateway before Inqom that ill-treats uploads."""

from __future__ import annotations

import socket
import struct
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rude import RudeServer, more_of

from pushdoc.period import Period
from pushdoc.sandbox.routes import Operation
from pushdoc.wiring import build, read_plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pytest
    from pushed import PushedClock
    from service.firm import Firm

    from pushdoc.document import Document
    from pushdoc.house import Branch
    from pushdoc.sandbox import Sandbox
    from pushdoc.states import State

    Forward = Callable[[bytes], bytes]
    Manner = Callable[[bytes, Forward], bytes]
    Cut = Callable[[bytes], bool]

#: Of the beginning of a body so much is read before it is decided whether to cut it: the form's fields stand there.
_BEGINNING = 4096
#: Changes to the rules for processes: papers settle soon, and what is in doubt is asked about soon.
QUICK = ('settle = "300ms"', 'settle = "100ms"'), ('first = "1s"', 'first = "1s"\nasking = ["100ms", "200ms"]')


def resting(status: int, headers: str = "", body: str = "") -> bytes:
    """A raw answer after which the connection is closed."""
    head = f"HTTP/1.1 {status} So\r\nContent-Length: {len(body)}\r\nConnection: close\r\n{headers}\r\n"
    return (head + body).encode()


def passing_on(request: bytes, forward: Forward) -> bytes:
    return forward(request)


def uploads(answer: bytes, only: bytes = b"") -> Manner:
    """Answers uploads that contain `only` so, and passes everything else on."""

    def treat(request: bytes, forward: Forward) -> bytes:
        return answer if request.startswith(b"POST") and only in request else forward(request)

    return treat


class Gateway:
    """Stands between pushdoc and Inqom's documents service; `manner` makes the answer, b"" resets the connection.

    `cut` says by the beginning of a request whether the connection is reset before the rest is read.
    """

    def __init__(self, inqom: str) -> None:
        self._inqom = urlsplit(inqom)
        self.manner: Manner = passing_on
        self.cut: Cut = lambda _beginning: False
        self.uploads = 0
        self._server = RudeServer(self._treat)
        self.url = self._server.url

    def close(self) -> None:
        self._server.close()

    def _treat(self, connection: socket.socket) -> None:
        received = b""
        while b"\r\n\r\n" not in received:
            received += more_of(connection)
        head, _, _ = received.partition(b"\r\n\r\n")
        announced = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
        whole = len(head) + 4 + (int(announced[0].split(b":")[1]) if announced else 0)
        while len(received) < min(whole, len(head) + _BEGINNING):
            received += more_of(connection)
        self.uploads += received.startswith(b"POST")
        if self.cut(received):
            _reset(connection)
            return
        while len(received) < whole:
            received += more_of(connection)
        answer = self.manner(received, self._forward)
        if answer:
            connection.sendall(answer)
        else:
            _reset(connection)

    def _forward(self, request: bytes) -> bytes:
        first, _, rest = request.partition(b"\r\n")
        assert self._inqom.hostname is not None
        with socket.create_connection((self._inqom.hostname, self._inqom.port or 80)) as there:
            there.sendall(first + b"\r\nConnection: close\r\n" + rest)
            answer = b""
            while received := there.recv(65_536):
                answer += received
        return answer.replace(b"\r\n", b"\r\nConnection: close\r\n", 1)


def _reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


class Desk:
    """One pushdoc on a firm's folders as `wiring` builds it, worked by hand in one thread and by a pushed clock."""

    def __init__(self, firm: Firm, clock: PushedClock) -> None:
        firm.period = Period.of(clock.now())
        self.firm = firm
        self.clock = clock
        self.house = build(read_plan(firm.rules), clock)
        for branch in self.house.branches:
            branch.sending.recover()
            branch.gate.try_now()

    def close(self) -> None:
        for branch in self.house.branches:
            branch.destination.close()
        self.house.after.lookout.close()
        self.house.ledger.close()

    @property
    def branch(self) -> Branch:
        """The first destination with all that serves it."""
        return self.house.branches[0]

    def look(self) -> int:
        """Look everywhere, let things settle, take what is whole; how many documents were entered."""
        self.house.intake.turn()
        entered = self.house.intake.look_everywhere()
        self.clock.push(1)
        return entered + self.house.intake.look_at_ripe()

    def send(self) -> None:
        """Ask what is due, and carry all that may go now."""
        for branch in self.house.branches:
            self.house.roll.refresh_if_due(branch.destination, branch.gate)
            branch.inquiry.ask()
            while branch.sending.carry():
                pass
            branch.sending.file_leftovers()

    def work(self, seconds: float = 0, step: float = 5) -> None:
        """All that the daemon does, once and then every `step` seconds for so long."""
        end = self.clock.monotonic() + seconds
        while True:
            self.look()
            self.send()
            if self.clock.monotonic() >= end:
                return
            self.clock.push(step)

    @property
    def documents(self) -> list[Document]:
        return self.firm.documents()

    @property
    def states(self) -> list[State]:
        return [document.state for document in self.documents]

    def reasons(self) -> list[str | None]:
        """The codes of why documents are where they are."""
        return [document.reason.code if document.reason else None for document in self.documents]


@contextmanager
def at_work(firm: Firm, clock: PushedClock) -> Iterator[Desk]:
    desk = Desk(firm, clock)
    try:
        yield desk
    finally:
        desk.close()


@contextmanager
def time_passing(clock: PushedClock) -> Iterator[None]:
    """Pushes the clock while the block waits for somebody who says nothing."""
    over = threading.Event()

    def push() -> None:
        while not over.wait(0.01):
            clock.push(0.5)

    pusher = threading.Thread(target=push)
    pusher.start()
    try:
        yield
    finally:
        over.set()
        pusher.join()


def once(firm: Firm, expected: int = 0) -> str:
    """What a pass over everything wrote on standard error."""
    code, out, err = firm.command("once", "--wait")
    assert code == expected, f"{code}\n{out}\n{err}"
    assert "Traceback" not in err
    return err


def names(inqom: Sandbox) -> list[str]:
    """The names of what has arrived, in order of the alphabet."""
    return sorted(received.name for received in inqom.received())


def asked(inqom: Sandbox) -> int:
    """How often the list of a dossier's documents was asked for."""
    return sum(request.route == Operation.DOCUMENTS for request in inqom.requests())


def alerts(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The log's lines that tell of a destination in trouble."""
    told = "".join(capsys.readouterr())
    return [line for line in told.splitlines() if "destination is" in line and "destination is up" not in line]
