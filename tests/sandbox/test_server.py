"""The server itself: many visitors, rude visitors, and a clean end."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import httpx
import pytest
from visitor import PDF, Visitor

from pushdoc.errors import WrongUseError
from pushdoc.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Callable


def raw_upload(visitor: Visitor, body: bytes, length: str) -> bytes:
    return (
        f"POST {visitor.documents(rest='/')} HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n"
        f"Authorization: {visitor.http.headers['Authorization']}\r\n"
        "Content-Type: multipart/form-data; boundary=edge\r\n\r\n"
    ).encode() + body


def form(content: bytes = PDF) -> bytes:
    lines = [
        b'--edge\r\nContent-Disposition: form-data; name="TypeScan"\r\n\r\nClient',
        b'--edge\r\nContent-Disposition: form-data; name="FileSource"\r\n\r\nApi',
        b'--edge\r\nContent-Disposition: form-data; name="Document"; filename="a.pdf"',
        b"Content-Type: application/pdf\r\n\r\n" + content,
        b"--edge--\r\n",
    ]
    return b"\r\n".join(lines)


def connect(sandbox: Sandbox) -> socket.socket:
    return socket.create_connection(("127.0.0.1", sandbox.port), timeout=5)


def test_eight_visitors_lose_not_one_of_a_thousand_uploads_each(visitor: Visitor) -> None:
    headers = {
        "Authorization": visitor.http.headers["Authorization"],
        "Content-Type": "multipart/form-data; boundary=edge",
    }

    def send(sender: int) -> set[int]:
        connection = http.client.HTTPConnection("127.0.0.1", visitor.sandbox.port)
        answered = set()
        for number in range(1000):
            connection.request("POST", visitor.documents(rest="/"), form(b"%d of %d" % (number, sender)), headers)
            answer = connection.getresponse()
            assert answer.status == 200
            answered.add(int(answer.read()[6:14]))
        connection.close()
        return answered

    with ThreadPoolExecutor(8) as senders:
        answered = set[int]().union(*senders.map(send, range(8)))
    received = visitor.sandbox.received()
    assert len(answered) == 8000
    assert {one.document_id for one in received} == answered
    assert len({one.sha256 for one in received}) == 8000


def test_a_visitor_that_hangs_up_within_the_body_leaves_nothing(visitor: Visitor) -> None:
    body = form(b"x" * 100_000)
    with connect(visitor.sandbox) as rude:
        rude.sendall(raw_upload(visitor, body[:50_000], str(len(body))))
    with connect(visitor.sandbox) as polite:
        # The form is complete, but the body is announced longer: it is not there whole.
        polite.sendall(raw_upload(visitor, body, str(len(body) + 10)))
        polite.shutdown(socket.SHUT_WR)
        assert polite.recv(12) == b"HTTP/1.1 400"
    assert visitor.upload().json()["Id"] == 51_000_001
    assert len(visitor.sandbox.received()) == 1


@pytest.mark.parametrize("length", ["minus one", "-1", "1e3"])
def test_a_length_that_is_no_number_is_refused(visitor: Visitor, length: str) -> None:
    with connect(visitor.sandbox) as rude:
        rude.sendall(raw_upload(visitor, form(), length))
        assert rude.recv(12) == b"HTTP/1.1 400"


def test_a_body_may_come_in_chunks_and_the_connection_goes_on(visitor: Visitor) -> None:
    body = form()

    def answer() -> httpx.Response:
        return visitor.http.post(
            visitor.documents(rest="/"),
            content=(body[start : start + 50] for start in range(0, len(body), 50)),
            headers={"Content-Type": "multipart/form-data; boundary=edge"},
        )

    assert [answer().json()["Id"], answer().json()["Id"]] == [51_000_001, 51_000_002]


@pytest.mark.parametrize("chunk", [b"zz\r\n", b"5\r\nabc", b"\r\n", b""])
def test_a_broken_chunk_is_refused(sandbox: Sandbox, chunk: bytes) -> None:
    with connect(sandbox) as rude:
        rude.sendall(b"POST /identity/connect/token HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk)
        rude.shutdown(socket.SHUT_WR)
        assert rude.recv(12) == b"HTTP/1.1 400"


def test_a_visitor_that_asks_before_it_sends_is_told_to_go_on(visitor: Visitor) -> None:
    body = form()
    head = raw_upload(visitor, b"", str(len(body))).replace(b"Host: x", b"Host: x\r\nExpect: 100-continue")
    with connect(visitor.sandbox) as careful:
        careful.sendall(head)
        assert careful.recv(100).startswith(b"HTTP/1.1 100")
        careful.sendall(body)
        assert careful.recv(12) == b"HTTP/1.1 200"


def test_an_unknown_path_is_404_and_another_method_405(visitor: Visitor) -> None:
    assert visitor.http.get("/api/v2/documents").status_code == 404
    answer = visitor.http.delete(visitor.documents(rest="/1"))
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET")
    assert visitor.http.head(visitor.documents()).content == b""


def test_a_line_that_is_not_http_harms_nothing(visitor: Visitor) -> None:
    with connect(visitor.sandbox) as rude:
        rude.sendall(b"\x16\x03\x01 hello\r\n\r\n")
        assert b"400" in rude.recv(1000)
    assert visitor.upload().status_code == 200


def test_closing_ends_idle_silent_and_half_sent_connections_and_every_thread(
    visit: Callable[[Sandbox], Visitor],
) -> None:
    before = threading.active_count()
    sandbox = Sandbox()
    sandbox.start()
    visitor = visit(sandbox)
    sandbox.faults.set("silent=1")
    sandbox.faults.set("latency:60000@folders=1")
    open_connections = [connect(sandbox) for _ in range(3)]
    open_connections[0].sendall(raw_upload(visitor, form(), str(len(form()))))
    open_connections[1].sendall(raw_upload(visitor, b"--edge", "500"))
    open_connections[2].sendall(b"GET /provisioning/users/internal-access HTTP/1.1\r\nHost: x\r\n\r\n")
    while not sandbox.received():
        pass
    sandbox.close()
    assert threading.active_count() == before
    for connection in open_connections:
        connection.close()
    with pytest.raises(ConnectionRefusedError):
        connect(sandbox)


def test_after_an_outage_the_sandbox_has_its_documents_and_its_port(visit: Callable[[Sandbox], Visitor]) -> None:
    sandbox = Sandbox()
    with sandbox:
        visitor = visit(sandbox)
        visitor.upload()
    with pytest.raises(httpx.TransportError):
        visitor.upload()
    with sandbox:
        assert visitor.one(51_000_001)["Name"] == "facture-881.pdf"
        assert visitor.upload(b"2").json()["Id"] == 51_000_002


def test_two_sandboxes_do_not_share_a_port(sandbox: Sandbox) -> None:
    with pytest.raises(WrongUseError, match=f"Port {sandbox.port} cannot be opened"):
        Sandbox(port=sandbox.port).start()


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_serve_runs_until_a_signal_and_leaves_its_record(tmp_path: os.PathLike[str], ending: signal.Signals) -> None:
    program = (
        "import sys; from pathlib import Path; from pushdoc.sandbox import Sandbox, serve\n"
        "serve(Sandbox(record=Path(sys.argv[1])), lambda sandbox: print(sandbox.url, flush=True))\n"
        "print('ended')"
    )
    record = os.path.join(tmp_path, "record.jsonl")  # noqa: PTH118 -- it goes to a command line
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-c", program, record], stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout
        url = run.stdout.readline().strip()
        assert httpx.get(f"{url}/_sandbox/record", trust_env=False).json() == []
        run.send_signal(ending)
        assert run.stdout.read() == "ended\n"
    assert run.returncode == 0
