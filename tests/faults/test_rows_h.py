"""Rows H of the faults: the network and the destination, with the real client and the whole house."""

from __future__ import annotations

import random
import ssl
import subprocess
import threading
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from email.utils import format_datetime
from shutil import which
from typing import TYPE_CHECKING, Any

import pytest
from faults.firm_faults import Desk, Gateway, at_work, resting, uploads
from rude import RudeServer
from service.firm import Firm

from pushdoc.deliver.breaker import Standing
from pushdoc.sandbox.routes import Operation
from pushdoc.states import State

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from faults.firm_faults import Forward
    from pushed import PushedClock

    from pushdoc.sandbox import Sandbox

BIG = b"%PDF-1.7\n" + b"x" * 3_000_000
HOUR = timedelta(hours=1)


@pytest.fixture
def firm(tmp_path: Path) -> Firm:
    return Firm(tmp_path)


@pytest.fixture
def inqom(firm: Firm, clock: PushedClock) -> Iterator[Sandbox]:
    with firm.inqom(clock=clock.monotonic, started=clock.now(), keep_content=True) as inqom:
        firm.write_rules(inqom.url)
        yield inqom


@pytest.fixture
def desk(firm: Firm, inqom: Sandbox, clock: PushedClock) -> Iterator[Desk]:
    """The firm's pushdoc, speaking to Inqom itself."""
    with at_work(firm, clock) as desk:
        yield desk


@pytest.fixture
def gateway(firm: Firm, inqom: Sandbox) -> Iterator[Gateway]:
    """What stands before Inqom's documents service."""
    gateway = Gateway(inqom.url)
    firm.write_rules(inqom.url, (f'documents_url = "{inqom.url}', f'documents_url = "{gateway.url}'))
    yield gateway
    gateway.close()


@pytest.fixture
def behind(firm: Firm, gateway: Gateway, clock: PushedClock) -> Iterator[Desk]:
    """The firm's pushdoc, speaking to Inqom through the gateway."""
    assert gateway.uploads == 0
    with at_work(firm, clock) as desk:
        yield desk


@pytest.fixture
def elsewhere(firm: Firm, inqom: Sandbox, clock: PushedClock) -> Iterator[Callable[..., Desk]]:
    """The firm's pushdoc with Inqom's documents service at another address."""
    with ExitStack() as stack:

        def move(url: str, *changes: tuple[str, str]) -> Desk:
            there = (f'documents_url = "{inqom.url}/accounting-documents"', f'documents_url = "{url}"')
            firm.write_rules(inqom.url, there, *changes)
            return stack.enter_context(at_work(firm, clock))

        yield move


@pytest.fixture
def rude() -> Iterator[Callable[..., RudeServer]]:
    with ExitStack() as stack:

        def start(*given: Any) -> RudeServer:
            server = RudeServer(*given)
            stack.callback(server.close)
            return server

        yield start


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


def names(inqom: Sandbox) -> list[str]:
    return sorted(received.name for received in inqom.received())


def alerts(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The log's lines that tell of a destination in trouble."""
    told = "".join(capsys.readouterr())
    return [line for line in told.splitlines() if "destination is" in line and "destination is up" not in line]


def asked(inqom: Sandbox) -> int:
    """How often the list of a dossier's documents was asked for."""
    return sum(request.route == Operation.DOCUMENTS for request in inqom.requests())


def test_h01_while_inqom_is_down_files_wait_one_alert_is_raised_and_no_try_is_burnt(
    desk: Desk, inqom: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.work()
    inqom.close()
    for number in range(5):
        desk.firm.drop(f"{number}.pdf")
    desk.work(seconds=3600, step=60)
    assert desk.states == [State.WAITING] * 5
    assert {document.attempts for document in desk.documents} == {0}
    assert len(alerts(capsys)) == 1
    inqom.start()
    desk.work(seconds=600, step=30)
    assert desk.states == [State.ARCHIVED] * 5
    assert [received.name for received in inqom.received()] == [f"{number}.pdf" for number in range(5)]


def test_h02_a_name_that_nobody_knows_pauses_the_destination_and_looking_goes_on(
    elsewhere: Callable[..., Desk],
) -> None:
    desk = elsewhere("http://inqom.invalid/accounting-documents")
    desk.firm.drop("a.pdf")
    desk.work()
    assert desk.reasons() == ["deliver.name_unknown"]
    assert desk.branch.gate.standing is Standing.PAUSED
    desk.firm.drop("b.pdf")
    assert desk.look() == 1


def certified(folder: Path, host: str, days: str) -> ssl.SSLContext:
    """A server's papers, signed by nobody else, for `host`."""
    if which("openssl") is None:
        pytest.skip("needs the package openssl")
    request = (
        f"openssl req -x509 -newkey rsa:2048 -nodes -subj /CN={host} -addext subjectAltName=DNS:{host} -days {days}"
    )
    subprocess.run([*request.split(), "-keyout", "key", "-out", "paper"], cwd=folder, check=True, capture_output=True)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(folder / "paper", folder / "key")
    return tls


@pytest.mark.parametrize("host", ["unknown", "trusted"])
def test_h03_a_certificate_of_an_unknown_signer_or_for_another_host_takes_the_destination_down_at_once(
    elsewhere: Callable[..., Desk],
    rude: Callable[..., RudeServer],
    tmp_path: Path,
    host: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard: list[bytes] = []
    server = rude(lambda connection: heard.append(connection.recv(1000)), certified(tmp_path, "inqom.example", "10"))
    if host == "trusted":
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "paper"))
    desk = elsewhere(server.url)
    for number in range(3):
        desk.firm.drop(f"{number}.pdf")
    desk.work(seconds=700, step=100)
    assert desk.branch.gate.standing is Standing.DOWN
    assert desk.states == [State.WAITING] * 3
    said = {str(document.reason.values["error"]) for document in desk.documents if document.reason}
    assert any(("mismatch" if host == "trusted" else "self-signed") in error for error in said), said
    assert len(alerts(capsys)) == 1
    assert heard == []


def test_h04_a_handshake_that_stalls_is_left_and_nothing_is_marked(
    elsewhere: Callable[..., Desk], rude: Callable[..., RudeServer], clock: PushedClock
) -> None:
    def stall(connection: socket.socket) -> None:
        while connection.recv(65_536):
            pass

    desk = elsewhere(rude(stall).url.replace("http", "https"), ("requests_per_second = 200", 'timeout = "2s"'))
    desk.firm.drop("a.pdf")
    desk.look()
    desk.house.roll.refresh(desk.branch.destination, desk.branch.gate)
    with time_passing(clock):
        desk.branch.sending.carry()
    assert desk.states == [State.WAITING]
    assert desk.branch.gate.standing is Standing.PAUSED


def test_h05_a_reset_before_the_end_of_the_body_is_sent_again_without_asking(desk: Desk, inqom: Sandbox) -> None:
    inqom.faults.set("reset-before=next:1")
    desk.firm.drop("a.pdf", BIG)
    desk.work(seconds=30)
    assert desk.states == [State.ARCHIVED]
    assert names(inqom) == ["a.pdf"]
    assert asked(inqom) == 0


@pytest.mark.parametrize("fault", ["reset-after", "error-after", "no-id"])
def test_h06_cut_off_after_the_whole_body_it_is_asked_about_and_not_sent_again(
    desk: Desk, inqom: Sandbox, fault: str
) -> None:
    inqom.faults.set(f"{fault}=next:1")
    desk.firm.drop("a.pdf")
    desk.work()
    assert desk.states == [State.DOUBTFUL]
    desk.work(seconds=30)
    assert desk.states == [State.ARCHIVED]
    assert names(inqom) == ["a.pdf"]
    assert asked(inqom) > 0


def test_h06_fifty_answers_cut_off_at_random_leave_fifty_documents_once_each(desk: Desk, inqom: Sandbox) -> None:
    chance = random.Random(3)  # noqa: S311 -- must be repeatable, guards nothing
    inqom.faults.set("reset-after=0.5")
    for number in range(50):
        desk.firm.drop(f"{number:02}.pdf")
        if chance.random() < 0.3:
            desk.work()
    desk.work(seconds=3600, step=20)
    assert desk.states == [State.ARCHIVED] * 50
    assert names(inqom) == [f"{number:02}.pdf" for number in range(50)]
    assert any(document.asks for document in desk.documents)


def test_h07_silence_after_the_body_is_a_doubt_that_is_settled_by_asking(
    desk: Desk, inqom: Sandbox, clock: PushedClock
) -> None:
    inqom.faults.set("silent=next:1")
    desk.firm.drop("a.pdf")
    desk.look()
    with time_passing(clock):
        desk.send()
    desk.work(seconds=60)
    assert desk.states == [State.ARCHIVED]
    assert names(inqom) == ["a.pdf"]


@pytest.mark.parametrize(
    "answer",
    [
        resting(200, body="<html>Welcome to the guest network</html>"),
        resting(200, body='{"Id": 5'),
        resting(200, body='{"error": "no"}'),
        resting(200, body='{"Name": "a.pdf"}'),
        resting(204),
    ],
)
def test_h10_h11_success_without_a_receipt_is_none_and_nothing_is_archived_by_it(
    behind: Desk, gateway: Gateway, inqom: Sandbox, answer: bytes
) -> None:
    gateway.manner = uploads(answer)
    behind.firm.drop("a.pdf")
    behind.work()
    assert behind.states == [State.DOUBTFUL]
    gateway.manner = uploads(b"", only=b"nothing that is ever sent")
    behind.work(seconds=600)
    assert behind.states == [State.ARCHIVED]
    assert names(inqom) == ["a.pdf"]


@pytest.mark.parametrize(("fault", "state"), [("created", State.ARCHIVED), ("accepted", State.SUBMITTED)])
def test_h13_201_is_a_delivery_and_202_is_followed_until_inqom_keeps_it(
    desk: Desk, inqom: Sandbox, fault: str, state: State
) -> None:
    inqom.faults.set(f"{fault}=next:1")
    file = desk.firm.drop("a.pdf")
    desk.work()
    assert desk.states == [state]
    assert file.exists() is (state is State.SUBMITTED)
    for _ in range(40):
        desk.clock.push(30)
        desk.branch.inquiry.follow()
    assert desk.states == [State.ARCHIVED]
    assert names(inqom) == ["a.pdf"]


@pytest.mark.parametrize("status", [400, 411, 413, 414, 415, 422])
def test_h14_h20_what_is_about_the_document_marks_it_after_one_try_and_the_next_goes_on(
    behind: Desk, gateway: Gateway, inqom: Sandbox, status: int
) -> None:
    gateway.manner = uploads(resting(status, body='{"Message": "not this one"}'), only=b"bad.pdf")
    for name in ("a.pdf", "bad.pdf", "z.pdf"):
        behind.firm.drop(name)
    behind.work(seconds=60)
    by_name = {document.name: document for document in behind.documents}
    assert by_name["bad.pdf"].state is State.NON_TRANSMIS
    assert by_name["bad.pdf"].attempts == 1
    assert by_name["a.pdf"].state is by_name["z.pdf"].state is State.ARCHIVED
    assert names(inqom) == ["a.pdf", "z.pdf"]


def test_h15_a_token_that_is_revoked_in_the_middle_is_replaced_and_no_file_is_marked(
    desk: Desk, inqom: Sandbox
) -> None:
    for number in range(4):
        desk.firm.drop(f"{number}.pdf")
        inqom.revoke_tokens()
        desk.work()
    assert desk.states == [State.ARCHIVED] * 4
    assert {document.attempts for document in desk.documents} == {1}


def test_h15_rejected_for_good_the_destination_is_down_once_and_probed_until_somebody_mends_it(
    desk: Desk, inqom: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.work()
    inqom.faults.set("401=1")
    for number in range(4):
        desk.firm.drop(f"{number}.pdf")
    desk.work(seconds=3600, step=60)
    assert desk.branch.gate.standing is Standing.DOWN
    assert desk.states == [State.WAITING] * 4
    assert len(alerts(capsys)) == 1
    inqom.faults.clear()
    desk.work(seconds=600, step=60)
    assert desk.states == [State.ARCHIVED] * 4


def test_h16_403_for_one_dossier_keeps_that_dossiers_papers_waiting_and_no_others(
    behind: Desk, gateway: Gateway, inqom: Sandbox
) -> None:
    barred, free = behind.firm.names
    gateway.manner = uploads(resting(403), only=b"/%d/" % behind.firm.dossiers[barred])
    for client in (barred, free):
        for number in range(3):
            behind.firm.drop(f"{client} {number}.pdf", client=client)
    behind.work(seconds=120)
    states = {document.client: document.state for document in behind.documents}
    assert states == {barred: State.WAITING, free: State.ARCHIVED}
    assert behind.branch.gate.standing is Standing.UP
    gateway.manner = uploads(b"", only=b"nothing that is ever sent")
    behind.work(seconds=4 * 3600, step=300)
    assert behind.states == [State.ARCHIVED] * 6
    assert len(names(inqom)) == 6


def test_h17_404_is_the_last_word_only_after_a_fresh_mapping(behind: Desk, gateway: Gateway) -> None:
    gateway.manner = uploads(resting(404))
    behind.firm.drop("a.pdf")
    behind.work()
    assert behind.states == [State.WAITING]
    behind.work(seconds=300)
    assert behind.states == [State.NON_TRANSMIS]
    assert gateway.uploads == 2


@pytest.mark.parametrize("status", [408, 423, 425, 428])
def test_h18_h22_not_now_is_tried_again_and_burns_no_try(
    behind: Desk, gateway: Gateway, inqom: Sandbox, status: int
) -> None:
    gateway.manner = uploads(resting(status))
    behind.firm.drop("a.pdf")
    behind.work(seconds=60)
    assert behind.states == [State.WAITING]
    assert behind.documents[0].attempts == 0
    gateway.manner = uploads(b"", only=b"nothing that is ever sent")
    behind.work(seconds=400)
    assert behind.states == [State.ARCHIVED]
    assert names(inqom) == ["a.pdf"]


def test_h19_409_for_what_inqom_has_is_a_delivery_with_the_existing_id(
    behind: Desk, gateway: Gateway, inqom: Sandbox
) -> None:
    def conflict(request: bytes, forward: Forward) -> bytes:
        answer = forward(request)
        return resting(409) if request.startswith(b"POST") else answer

    gateway.manner = conflict
    behind.firm.drop("a.pdf")
    behind.work(seconds=60)
    assert behind.states == [State.ARCHIVED]
    (received,) = inqom.received()
    assert behind.documents[0].receipt == str(received.document_id)


def retry_after_forms(now: Any) -> dict[str, tuple[timedelta, timedelta]]:
    """Each form with the shortest and the longest pause that it may bring."""
    short = timedelta(0), timedelta(seconds=6)
    return {
        "7": (timedelta(seconds=7), timedelta(seconds=8)),
        format_datetime(now + timedelta(seconds=40), usegmt=True): (timedelta(seconds=38), timedelta(seconds=42)),
        format_datetime(now - timedelta(days=1), usegmt=True): (timedelta(0), timedelta(seconds=1)),
        format_datetime(now + timedelta(days=3650), usegmt=True): (HOUR, HOUR),
        "315360000": (HOUR, HOUR),
        "-5": short,
        "soon": short,
    }


@pytest.mark.parametrize("form", range(7))
def test_h23_h24_retry_after_is_obeyed_in_both_forms_between_nothing_and_one_hour(
    behind: Desk, gateway: Gateway, inqom: Sandbox, form: int
) -> None:
    behind.work()
    now = behind.clock.now() + timedelta(seconds=1)  # the look takes a second
    said, (shortest, longest) = list(retry_after_forms(now).items())[form]
    gateway.manner = uploads(resting(429, f"Retry-After: {said}\r\n"))
    for number in range(3):
        behind.firm.drop(f"{number}.pdf")
    behind.look()
    behind.house.roll.refresh_if_due(behind.branch.destination, behind.branch.gate)
    behind.branch.sending.carry()
    until = behind.branch.gate.until
    assert until is not None
    assert shortest <= until - behind.clock.now() <= longest
    waits = until > behind.clock.now()
    if waits:
        assert not behind.branch.sending.carry()  # the whole destination waits
    gateway.manner = uploads(b"", only=b"nothing that is ever sent")
    behind.clock.push(longest.total_seconds() + 1)
    behind.work()
    assert names(inqom) == ["0.pdf", "1.pdf", "2.pdf"]


def test_h23_a_destination_that_is_back_gets_one_document_first_then_twice_as_many(desk: Desk, inqom: Sandbox) -> None:
    inqom.faults.set("429-seconds:7@upload=next:1")
    for number in range(4):
        desk.firm.drop(f"{number}.pdf")
    desk.work()
    gate = desk.branch.gate
    desk.clock.push(8)
    assert gate.enter()
    other: list[bool] = []
    for thread in [threading.Thread(target=lambda: other.append(gate.enter())) for _ in range(2)]:
        thread.start()
        thread.join()
    assert other == [False, False]
    gate.leave()
    desk.work(seconds=30)
    assert desk.states == [State.ARCHIVED] * 4


@pytest.mark.parametrize("fault", ["500", "502", "503", "504"])
def test_h26_h27_a_failure_after_the_body_is_asked_about_and_sent_again_once(
    desk: Desk, inqom: Sandbox, fault: str
) -> None:
    inqom.faults.set(f"{fault}@upload=next:1")
    desk.firm.drop("a.pdf")
    desk.work(seconds=600)
    assert desk.states == [State.ARCHIVED]
    assert names(inqom) == ["a.pdf"]
    assert asked(inqom) > 0


def test_h26_a_document_on_which_inqom_always_fails_is_set_aside_while_others_pass(
    behind: Desk, gateway: Gateway, inqom: Sandbox
) -> None:
    gateway.manner = uploads(resting(500), only=b"poison.pdf")
    behind.firm.drop("poison.pdf")
    for number in range(12):
        behind.firm.drop(f"{number:02}.pdf")
        behind.work(seconds=300, step=20)
    by_name = {document.name: document for document in behind.documents}
    assert by_name.pop("poison.pdf").state is State.NON_TRANSMIS
    assert {document.state for document in by_name.values()} == {State.ARCHIVED}
    assert len(inqom.received()) == 12


def test_h26_a_document_that_always_breaks_the_connection_is_set_aside_while_others_pass(
    behind: Desk, gateway: Gateway, inqom: Sandbox
) -> None:
    gateway.cut = lambda beginning: b"poison.pdf" in beginning
    behind.firm.drop("poison.pdf", BIG)
    for number in range(8):
        behind.firm.drop(f"{number}.pdf")
        behind.work(seconds=60, step=10)
    by_name = {document.name: document for document in behind.documents}
    poison = by_name.pop("poison.pdf")
    assert poison.state is State.NON_TRANSMIS
    assert poison.reason is not None
    assert poison.reason.code == "journey.troubling"
    assert {document.state for document in by_name.values()} == {State.ARCHIVED}
    assert len(inqom.received()) == 8


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_h28_a_redirect_is_followed_by_nobody_and_a_person_is_told(
    behind: Desk, gateway: Gateway, rude: Callable[..., RudeServer], status: int
) -> None:
    other = rude(lambda connection: connection.close())
    gateway.manner = uploads(resting(status, f"Location: {other.url}/\r\n"))
    behind.firm.drop("a.pdf")
    behind.work(seconds=30)
    assert behind.states == [State.WAITING]
    assert behind.branch.gate.standing is Standing.DOWN
    assert other.connections == 0


@pytest.mark.parametrize(
    "before", [b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 3]
)
def test_h29_interim_answers_are_passed_over(behind: Desk, gateway: Gateway, inqom: Sandbox, before: bytes) -> None:
    gateway.manner = lambda request, forward: before + forward(request)
    behind.firm.drop("a.pdf")
    behind.work()
    assert behind.states == [State.ARCHIVED]
    assert names(inqom) == ["a.pdf"]


def test_h30_an_answer_of_http_1_0_without_a_length_is_read_to_its_end(
    behind: Desk, gateway: Gateway, inqom: Sandbox
) -> None:
    def old(request: bytes, forward: Forward) -> bytes:
        body = forward(request).partition(b"\r\n\r\n")[2]
        return b"HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n" + body

    gateway.manner = old
    for name in ("a.pdf", "b.pdf"):
        behind.firm.drop(name)
    behind.work()
    assert behind.states == [State.ARCHIVED] * 2
    assert names(inqom) == ["a.pdf", "b.pdf"]


def test_h35_a_destination_that_is_down_does_not_slow_the_other(firm: Firm, inqom: Sandbox, clock: PushedClock) -> None:
    folder = '\n[destination.coffre]\ntype = "folder"\npath = "coffre"\n\n[watch]'
    sales = 'name = "Ventes"\ndestination = "coffre"'
    purchases = 'name = "Achats"\ndestination = "inqom"'
    expenses = 'name = "Frais"\ndestination = "inqom"'
    changes = ("[watch]", folder), ('name = "Ventes"', sales), ('name = "Achats"', purchases)
    firm.write_rules(inqom.url, *changes, ('name = "Frais"', expenses))
    (firm.home / "coffre").mkdir()
    inqom.close()
    with at_work(firm, clock) as desk:
        for number in range(3):
            firm.drop(f"a{number}.pdf")
            firm.drop(f"v{number}.pdf", kind="Ventes")
        desk.work(seconds=10)
        states = {(document.rule, document.state) for document in desk.documents}
        assert states == {("Achats", State.WAITING), ("Ventes", State.ARCHIVED)}


def test_h36_three_days_down_raise_one_alert_and_drain_the_oldest_first(
    desk: Desk, inqom: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.work()
    inqom.close()
    for day in range(3):
        for number in range(60):
            desk.firm.drop(f"{day}-{number:03}.pdf")
            desk.clock.push(1)
            if number % 10 == 9:
                desk.look()
        desk.work(seconds=86_400, step=3 * 3600)
    assert desk.states == [State.WAITING] * 180
    assert len(alerts(capsys)) == 1
    inqom.start()
    desk.work(seconds=600, step=60)
    assert desk.states == [State.ARCHIVED] * 180
    arrived = [received.name for received in inqom.received()]
    assert arrived == sorted(arrived)


def test_h38_a_slow_line_is_no_trouble(desk: Desk, inqom: Sandbox) -> None:
    # A quarter of a second each way, on every request: no deadline of a healthy upload is met.
    inqom.faults.set("latency:250@upload=1")
    desk.firm.drop("a.pdf", BIG)
    desk.work()
    assert desk.states == [State.ARCHIVED]
