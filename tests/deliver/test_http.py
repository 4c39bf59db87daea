from __future__ import annotations

import logging
import os
import socket
import ssl
import struct
import subprocess
import threading
from typing import TYPE_CHECKING

import pytest
from pushed import PushedClock
from rude import FINE, answering, read_request

from pushdoc.deliver.answer import Answer, NotAccepted, Reply, Unanswered
from pushdoc.deliver.http import ERROR_SIZE
from pushdoc.original import ChangedError
from pushdoc.words import LANGUAGES, Phrase, advice, say
from pushdoc.words.deliver import PHRASES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rude import RudeServer

    from pushdoc.deliver.http import Http
    from pushdoc.deliver.multipart import FilePart

    Rude = Callable[..., RudeServer]
    Client = Callable[..., Http]
    Part = Callable[[bytes], FilePart]

BIG = os.urandom(3_000_000)


def reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def pass_time(clock: PushedClock, connection: socket.socket) -> None:
    """Push the clock until the other side hangs up."""
    connection.settimeout(0.01)
    while True:
        clock.push(0.3)
        try:
            if connection.recv(1) == b"":
                return
        except TimeoutError:
            continue


def code(reply: Reply) -> str:
    assert not isinstance(reply, Answer)
    return reply.reason.code


def upload(http: Http, server: RudeServer, part: FilePart) -> Reply:
    return http.upload(f"{server.url}/up", {"Authorization": "Bearer t0ps3cret"}, {"TypeScan": "Supplier"}, part)


def test_an_upload_carries_fields_then_file_with_its_exact_length(rude: Rude, client: Client, part: Part) -> None:
    heard: list[bytes] = []

    def treat(connection: socket.socket) -> None:
        heard.append(read_request(connection))
        connection.sendall(FINE)

    reply = upload(client(), rude(treat), part(b"%PDF-1.7"))
    assert isinstance(reply, Answer)
    head, _, content = heard[0].partition(b"\r\n\r\n")
    assert f"Content-Length: {len(content)}".encode() in head
    assert b"User-Agent: pushdoc/" in head
    assert content.index(b"TypeScan") < content.index(b"%PDF-1.7")


def test_a_reset_before_the_body_has_left_was_not_accepted(rude: Rude, client: Client, part: Part) -> None:
    def treat(connection: socket.socket) -> None:
        connection.recv(65_536)
        reset(connection)

    reply = upload(client(), rude(treat), part(BIG))
    assert isinstance(reply, NotAccepted)
    assert code(reply) == "deliver.hung_up"


def test_a_reset_after_the_body_leaves_the_outcome_open(rude: Rude, client: Client, part: Part) -> None:
    def treat(connection: socket.socket) -> None:
        read_request(connection)
        reset(connection)

    assert isinstance(upload(client(), rude(treat), part(BIG)), Unanswered)


def test_a_service_that_hangs_up_without_an_answer_leaves_it_open_too(rude: Rude, client: Client, part: Part) -> None:
    def treat(connection: socket.socket) -> None:
        read_request(connection)

    reply = upload(client(), rude(treat), part(b"small"))
    assert isinstance(reply, Unanswered)
    assert code(reply) == "deliver.hung_up"


def test_a_service_that_stays_silent_is_left_after_the_timeout(rude: Rude, client: Client, part: Part) -> None:
    clock = PushedClock()

    def treat(connection: socket.socket) -> None:
        read_request(connection)
        pass_time(clock, connection)

    reply = upload(client(clock, timeout=5), rude(treat), part(b"small"))
    assert isinstance(reply, Unanswered)
    assert code(reply) in {"deliver.read_timeout", "deliver.overdue"}


def test_a_service_that_stops_reading_is_left_before_the_body_has_gone_out(
    rude: Rude, client: Client, part: Part
) -> None:
    clock = PushedClock()
    gone = threading.Event()

    def treat(connection: socket.socket) -> None:
        connection.recv(10_000)
        while not gone.wait(0.01):
            clock.push(1)

    reply = upload(client(clock, timeout=5), rude(treat), part(os.urandom(30_000_000)))
    gone.set()
    assert isinstance(reply, NotAccepted)
    assert code(reply) == "deliver.write_timeout"


@pytest.mark.parametrize("drop", [b"X-Noise: 1\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"])
def test_a_service_that_dribbles_does_not_hold_us_for_ever(rude: Rude, client: Client, drop: bytes) -> None:
    clock = PushedClock()
    drops = 0

    def treat(connection: socket.socket) -> None:
        nonlocal drops
        read_request(connection)
        if drop.startswith(b"X"):
            connection.sendall(b"HTTP/1.1 200 OK\r\n")
        for _ in range(200):
            clock.push(0.3)
            connection.sendall(drop)
            drops += 1
            connection.settimeout(0.002)
            try:
                if connection.recv(1) == b"":
                    return
            except TimeoutError:
                continue

    reply = client(clock, timeout=5).get(rude(treat).url, {})
    assert code(reply) == "deliver.overdue"
    assert 10 < drops < 200


def test_an_answer_whose_body_dribbles_keeps_its_status(rude: Rude, client: Client) -> None:
    clock = PushedClock()

    def treat(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[1")
        pass_time(clock, connection)

    reply = client(clock, timeout=5).get(rude(treat).url, {})
    assert isinstance(reply, Answer)
    assert (reply.status, reply.content, reply.whole) == (200, b"[1", False)


def test_the_time_for_an_upload_grows_with_its_size(rude: Rude, client: Client, part: Part) -> None:
    clock = PushedClock()

    def treat(connection: socket.socket) -> None:
        read_request(connection)
        clock.push(4)  # for the wait
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        clock.push(4)  # beyond 5 s in all
        connection.sendall(b"Content-Length: 2\r\n\r\n{}")

    http, server = client(clock, timeout=5), rude(treat)
    assert isinstance(upload(http, server, part(BIG)), Answer)


def test_of_a_huge_answer_only_so_much_is_read(rude: Rude, client: Client) -> None:
    page = b"HTTP/1.1 %s\r\nContent-Length: 100000000\r\n\r\n"
    for status, most in ((b"500 Oops", ERROR_SIZE), (b"200 OK", 1_000_000)):

        def treat(connection: socket.socket, status: bytes = status) -> None:
            read_request(connection)
            connection.sendall(page % status)
            for _ in range(1000):
                connection.sendall(b"x" * 100_000)

        reply = client().get(rude(treat).url, {}, most=1_000_000)
        assert isinstance(reply, Answer)
        assert (len(reply.content), reply.whole) == (most, False)


def test_a_redirect_is_an_answer_and_is_not_followed(rude: Rude, client: Client, part: Part) -> None:
    elsewhere = rude(answering(FINE))
    moved = b"HTTP/1.1 307 Moved\r\nLocation: %s/\r\nContent-Length: 0\r\n\r\n" % elsewhere.url.encode()
    reply = upload(client(), rude(answering(moved)), part(b"small"))
    assert isinstance(reply, Answer)
    assert reply.status == 307
    assert elsewhere.connections == 0


def test_a_proxy_of_the_environment_is_not_used(rude: Rude, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    proxy = rude(answering(FINE))
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, proxy.url)
    monkeypatch.delenv("no_proxy", raising=False)
    assert isinstance(client().get(rude(answering(FINE)).url, {}), Answer)
    assert proxy.connections == 0


def test_cookies_are_not_kept(rude: Rude, client: Client) -> None:
    heard: list[bytes] = []

    def treat(connection: socket.socket) -> None:
        for _ in range(2):
            heard.append(read_request(connection))
            connection.sendall(b"HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n")

    http, server = client(), rude(treat)
    http.get(server.url, {})
    http.get(server.url, {})
    assert b"Cookie" not in heard[1]


def test_an_unknown_name_a_closed_port_and_a_wrong_protocol_are_told_apart(rude: Rude, client: Client) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        closed = f"http://127.0.0.1:{listener.getsockname()[1]}"
    http = client()
    assert code(http.get("http://inqom.invalid/", {})) == "deliver.name_unknown"
    assert code(http.get(f"http://{'a' * 80}.example/", {})) == "deliver.name_unknown"
    assert code(http.get(closed, {})) == "deliver.connection_refused"
    plain = rude(answering(b"220 mail.example ESMTP\r\n\r\n"))
    assert code(http.get(plain.url, {})) == "deliver.garbled"
    talkative = rude(lambda connection: connection.sendall(b"220 mail.example ESMTP\r\n"))
    assert code(http.get(talkative.url.replace("http:", "https:"), {})) == "deliver.tls"


def test_a_certificate_that_nobody_signed_needs_a_person_and_gets_no_byte_of_ours(
    rude: Rude, client: Client, part: Part, tmp_path: Path
) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    request = "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=127.0.0.1 -keyout key.pem -out certificate.pem"
    subprocess.run(request.split(), cwd=tmp_path, check=True, capture_output=True)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    heard: list[bytes] = []
    server = rude(lambda connection: heard.append(connection.recv(1000)), tls)
    reply = upload(client(), server, part(b"small"))
    assert isinstance(reply, NotAccepted)
    assert reply.needs_person
    assert code(reply) == "deliver.certificate"
    assert heard == []


def test_a_file_that_changes_under_way_raises_and_its_end_is_never_sent(
    rude: Rude, client: Client, part: Part, tmp_path: Path
) -> None:
    heard: list[bytes] = []

    def treat(connection: socket.socket) -> None:
        (tmp_path / "0.pdf").write_bytes(BIG + b"more")
        while received := connection.recv(1_000_000):
            heard.append(received)

    http, server = client(), rude(treat)
    with pytest.raises(ChangedError):
        upload(http, server, part(BIG))
    http.close()
    server.close()
    assert len(b"".join(heard)) < len(BIG)


def test_a_connection_that_the_service_closed_while_idle_is_replaced(rude: Rude, client: Client, part: Part) -> None:
    def treat(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(FINE)

    http, server = client(), rude(treat)
    for _ in range(3):
        assert isinstance(upload(http, server, part(b"small")), Answer)
        server.wait_until_closed()
    assert server.connections == 3


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_a_safe_request_is_repeated_until_the_trouble_has_passed(
    rude: Rude, client: Client, clock: PushedClock, status: int
) -> None:
    answers = iter([b"HTTP/1.1 %d No\r\nContent-Length: 0\r\n\r\n" % status] * 3 + [FINE])

    def treat(connection: socket.socket) -> None:
        while True:
            read_request(connection)
            connection.sendall(next(answers))

    http, server, start = client(clock), rude(treat), clock.monotonic()
    reply = http.repeated(lambda: http.get(server.url, {}))
    assert isinstance(reply, Answer)
    assert reply.status == 200
    assert clock.monotonic() - start == 0.5 + 1 + 2


def test_after_four_tries_the_last_reply_counts(rude: Rude, client: Client, clock: PushedClock) -> None:
    def treat(connection: socket.socket) -> None:
        read_request(connection)
        reset(connection)

    http, server = client(clock), rude(treat)
    assert code(http.repeated(lambda: http.get(server.url, {}))) == "deliver.hung_up"
    assert server.connections == 4


@pytest.mark.parametrize(("asked", "waited", "tries"), [("3", 3 + 3 + 3, 4), ("60", 0, 1), ("soon", 3.5, 4)])
def test_a_short_retry_after_is_waited_for_and_a_long_one_is_left_to_the_caller(
    rude: Rude, client: Client, asked: str, waited: float, tries: int
) -> None:
    clock, requests = PushedClock(), []

    def treat(connection: socket.socket) -> None:
        while True:
            requests.append(read_request(connection))
            connection.sendall(
                b"HTTP/1.1 429 Slow\r\nRetry-After: %s\r\nContent-Length: 0\r\n\r\n" % asked.encode(),
            )

    http, server, start = client(clock), rude(treat), clock.monotonic()
    http.repeated(lambda: http.get(server.url, {}))
    assert (clock.monotonic() - start, len(requests)) == (waited, tries)


@pytest.mark.parametrize("status", [200, 302, 400, 401, 403, 404])
def test_what_will_not_pass_is_not_repeated(rude: Rude, client: Client, clock: PushedClock, status: int) -> None:
    requests = []

    def treat(connection: socket.socket) -> None:
        while True:
            requests.append(read_request(connection))
            connection.sendall(b"HTTP/1.1 %d So\r\nContent-Length: 0\r\n\r\n" % status)

    http, server = client(clock), rude(treat)
    http.repeated(lambda: http.get(server.url, {}))
    assert len(requests) == 1


def test_closing_ends_the_calls_under_way(rude: Rude, client: Client, part: Part) -> None:
    arrived = threading.Event()

    def treat(connection: socket.socket) -> None:
        read_request(connection)
        arrived.set()
        connection.recv(1)

    http, server, replies = client(timeout=60), rude(treat), []
    caller = threading.Thread(target=lambda: replies.append(upload(http, server, part(b"small"))))
    caller.start()
    assert arrived.wait(10)
    http.close()
    caller.join(5)
    assert [code(reply) for reply in replies] == ["deliver.stopped"]
    assert isinstance(replies[0], Unanswered)


def test_nothing_secret_is_logged_even_at_debug(
    rude: Rude, client: Client, part: Part, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="pushdoc")
    caplog.set_level(logging.INFO)
    upload(client(), rude(answering(FINE)), part(b"content of a document"))
    assert "t0ps3cret" not in caplog.text
    assert "content of a document" not in caplog.text


def test_every_failure_is_told_in_both_languages() -> None:
    for one in PHRASES:
        phrase = Phrase(one.removesuffix(".advice"), {"host": "api.inqom.example", "error": "expired", "seconds": 60})
        for language in LANGUAGES:
            assert "…" not in say(phrase, language)
            assert "{" not in (advice(phrase, language) or "")
