"""What the transport makes of services that answer early, oddly, never or too often; asked through `Http`."""

from __future__ import annotations

import os
import socket
import ssl
import subprocess
import threading
from typing import TYPE_CHECKING

import pytest
from pushed import PushedClock
from rude import FINE, answering, more_of, read_request

from pushdoc.clock import SystemClock
from pushdoc.deliver.answer import Answer, NotAccepted, Reply, Unanswered

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rude import Manners, RudeServer

    from pushdoc.deliver.http import Http
    from pushdoc.deliver.multipart import FilePart

    Rude = Callable[..., RudeServer]
    Client = Callable[..., Http]
    Part = Callable[[bytes], FilePart]

BIG = os.urandom(3_000_000)


def once(answer: bytes) -> Manners:
    """A server that hangs up after this answer."""

    def treat(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(answer)

    return treat


def upload(http: Http, server: RudeServer, part: FilePart) -> Reply:
    return http.upload(f"{server.url}/up", {"Authorization": "Bearer t0ps3cret"}, {"TypeScan": "Supplier"}, part)


def told(reply: Reply) -> tuple[int, bytes, bool]:
    assert isinstance(reply, Answer), reply
    return reply.status, reply.content, reply.whole


@pytest.mark.parametrize("farewell", [b"Connection: close\r\n", b""])
@pytest.mark.parametrize("status", [401, 413])
def test_an_answer_in_the_middle_of_the_upload_counts_though_the_service_then_hangs_up(
    rude: Rude, client: Client, part: Part, status: int, farewell: bytes
) -> None:
    def treat(connection: socket.socket) -> None:
        connection.recv(10_000)
        connection.sendall(b"HTTP/1.1 %d No\r\n%sContent-Length: 4\r\n\r\nnone" % (status, farewell))
        # What we sent meanwhile is left unread: closing resets the connection.

    file = part(BIG)
    assert told(upload(client(), rude(treat), file)) == (status, b"none", True)
    assert not file.body.gone_out


@pytest.mark.parametrize(
    ("answer", "content"),
    [
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[1\r\n1\r\n]\r\n0\r\n\r\n", b"[1]"),
        (b"HTTP/1.1 200 OK\r\n\r\n[1]", b"[1]"),
        (b"HTTP/1.0 200 OK\r\n\r\n[1]", b"[1]"),
        (b"HTTP/1.1 204 No Content\r\n\r\n", b""),
        (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + FINE, b"{}"),
    ],
    ids=["chunked", "until the end", "HTTP/1.0", "204", "interim answers"],
)
def test_an_answer_is_read_whole_however_its_end_is_told(
    rude: Rude, client: Client, answer: bytes, content: bytes
) -> None:
    assert told(client().get(rude(once(answer)).url, {}))[1:] == (content, True)


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[1]",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n[1]\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n[1]\r\nnonsense\r\n",
    ],
    ids=["shorter than announced", "no last chunk", "broken chunk"],
)
def test_an_answer_that_breaks_off_is_not_whole(rude: Rude, client: Client, answer: bytes) -> None:
    assert told(client().get(rude(once(answer)).url, {})) == (200, b"[1]", False)


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nno header at all\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X-Noise: 1\r\n" * 100_000,
        b"HTTP/1.1 100 Continue\r\nX-Noise: " + b"1" * 1_000_000,
    ],
    ids=["no number", "two lengths", "no header", "endless head", "endless interim head"],
)
def test_what_is_no_http_is_no_answer(rude: Rude, client: Client, part: Part, answer: bytes) -> None:
    reply = upload(client(), rude(once(answer)), part(b"small"))
    assert isinstance(reply, Unanswered)
    assert reply.reason.code == "deliver.garbled"


def test_what_nobody_asked_for_never_passes_for_the_next_answer(rude: Rude, client: Client, part: Part) -> None:
    ours = b'HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n{"Id":1}'
    server = rude(answering(ours + ours.replace(b"1}", b"2}")))
    http = client()
    for _ in range(3):
        assert told(upload(http, server, part(b"small"))) == (200, b'{"Id":1}', True)
    assert server.connections == 3


def test_uploads_one_after_the_other_share_a_connection(rude: Rude, client: Client, part: Part) -> None:
    http, server = client(), rude(answering(FINE))
    for _ in range(3):
        assert isinstance(upload(http, server, part(b"small")), Answer)
    assert server.connections == 1


def test_a_connection_that_rested_for_long_is_not_trusted(rude: Rude, client: Client) -> None:
    clock = PushedClock()
    http, server = client(clock), rude(answering(FINE))
    for pause in (29, 31, 0):
        http.get(server.url, {})
        clock.push(pause)
    http.get(server.url, {})
    assert server.connections == 2


def test_an_upload_that_began_on_a_kept_connection_is_never_sent_again(rude: Rude, client: Client, part: Part) -> None:
    bodies: list[bytes] = []

    def treat(connection: socket.socket) -> None:
        bodies.append(read_request(connection))
        connection.sendall(FINE)
        bodies.append(read_request(connection))  # and hangs up without a word

    http, server = client(), rude(treat)
    assert isinstance(upload(http, server, part(b"first")), Answer)
    assert isinstance(upload(http, server, part(b"second")), Unanswered)
    assert (server.connections, len(bodies)) == (1, 2)


def test_no_more_connections_than_allowed_and_a_thread_that_waits_for_one_gets_the_next(
    rude: Rude, client: Client
) -> None:
    asked, go_on = threading.Semaphore(0), threading.Event()

    def treat(connection: socket.socket) -> None:
        while True:
            read_request(connection)
            asked.release()
            go_on.wait(10)
            connection.sendall(FINE)

    http, server, replies = client(connections=2), rude(treat), list[Reply]()
    threads = [threading.Thread(target=lambda: replies.append(http.get(server.url, {}))) for _ in range(5)]
    for thread in threads:
        thread.start()
    assert asked.acquire(timeout=5)
    assert asked.acquire(timeout=5)
    go_on.set()
    for thread in threads:
        thread.join(10)
    assert [told(reply)[0] for reply in replies] == [200] * 5
    assert server.connections == 2


def test_who_waits_in_vain_for_a_connection_sends_nothing_and_says_so(rude: Rude, client: Client, part: Part) -> None:
    clock, arrived, go_on = PushedClock(), threading.Event(), threading.Event()

    def treat(connection: socket.socket) -> None:
        read_request(connection)
        arrived.set()
        while not go_on.wait(0.01):
            clock.push(0.5)
        connection.sendall(FINE)

    http, server = client(clock, timeout=5, connections=1), rude(treat)
    patient = threading.Thread(target=lambda: upload(http, server, part(BIG)))
    patient.start()
    assert arrived.wait(10)
    reply = upload(http, server, part(b"small"))
    go_on.set()
    patient.join(10)
    assert isinstance(reply, NotAccepted)
    assert reply.reason.code in {"deliver.busy", "deliver.overdue"}


def test_an_idle_connection_makes_room_for_another_host(rude: Rude, client: Client) -> None:
    http, one, other = client(connections=1), rude(answering(FINE)), rude(answering(FINE))
    for server in (one, other, one):
        assert isinstance(http.get(server.url, {}), Answer)
    assert (one.connections, other.connections) == (2, 1)


def test_each_host_keeps_its_own_connection_where_there_is_room(rude: Rude, client: Client) -> None:
    http, one, other = client(connections=2), rude(answering(FINE)), rude(answering(FINE))
    for server in (one, other, one, other):
        assert isinstance(http.get(server.url, {}), Answer)
    assert (one.connections, other.connections) == (1, 1)


def test_a_connection_that_failed_makes_room_for_the_next(rude: Rude, client: Client, part: Part) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        closed = f"http://127.0.0.1:{listener.getsockname()[1]}"
    http = client(connections=1)
    for _ in range(3):
        assert isinstance(http.get(closed, {}), NotAccepted)
        assert isinstance(upload(http, rude(once(b"")), part(b"small")), Unanswered)
    assert isinstance(http.get(rude(answering(FINE)).url, {}), Answer)


def test_a_host_with_two_kinds_of_addresses_is_reached_by_the_one_that_answers(rude: Rude, client: Client) -> None:
    server = rude(answering(FINE))
    assert isinstance(client().get(server.url.replace("127.0.0.1", "localhost"), {}), Answer)


def test_over_tls_a_big_document_arrives_byte_for_byte_and_the_connection_is_kept(
    rude: Rude, client: Client, part: Part, tmp_path: Path
) -> None:
    request = (
        "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=inqom -addext subjectAltName=IP:127.0.0.1"
        " -keyout key.pem -out certificate.pem"
    )
    papers = tmp_path / "papers"
    papers.mkdir()
    subprocess.run(request.split(), cwd=papers, check=True, capture_output=True)
    theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    theirs.load_cert_chain(papers / "certificate.pem", papers / "key.pem")
    ours = ssl.create_default_context(cafile=papers / "certificate.pem")
    heard: list[bytes] = []

    def treat(connection: socket.socket) -> None:
        while True:
            heard.append(read_request(connection))
            connection.sendall(FINE)

    http, server = client(tls=ours), rude(treat, theirs)
    for _ in range(2):
        assert told(upload(http, server, part(BIG))) == (200, b"{}", True)
    assert [BIG in request for request in heard] == [True, True]
    assert server.connections == 1


def test_sending_goes_on_where_it_was_when_a_service_reads_on_after_a_while(
    rude: Rude, client: Client, part: Part
) -> None:
    turns = threading.Semaphore(0)

    class Watched(SystemClock):
        def monotonic(self) -> float:
            turns.release()  # asked before each wait, and after each turn in which nothing went on
            return super().monotonic()

    heard: list[bytes] = []

    def treat(connection: socket.socket) -> None:
        received = more_of(connection)
        for _ in range(30):
            assert turns.acquire(timeout=10)
        head, _, content = received.partition(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
        while len(content) < length:
            content += more_of(connection)
        heard.append(content)
        connection.sendall(FINE)

    document = BIG * 5
    assert told(upload(client(Watched()), rude(treat), part(document))) == (200, b"{}", True)
    assert document in heard[0]
