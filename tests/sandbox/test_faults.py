"""Every fault by its switch, as a client meets it."""

from __future__ import annotations

import socket
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import httpx
import pytest

from pushdoc.errors import WrongUseError
from pushdoc.sandbox import KINDS, Fault, Faults, Sandbox
from pushdoc.sandbox.routes import Group
from pushdoc.words import say

if TYPE_CHECKING:
    from visitor import Visitor


@pytest.mark.parametrize("kind", ["401", "403", "404", "429", "500", "502", "503", "504"])
def test_a_status_by_switch_answers_in_the_place_of_the_service(visitor: Visitor, kind: str) -> None:
    visitor.sandbox.faults.set(f"{kind}=next:1")
    answer = visitor.upload()
    assert answer.status_code == int(kind)
    assert ("WWW-Authenticate" in answer.headers) == (kind == "401")
    assert "Retry-After" not in answer.headers
    assert visitor.sandbox.received() == []
    assert visitor.upload().status_code == 200


def test_429_comes_with_retry_after_in_every_form(visitor: Visitor) -> None:
    faults = visitor.sandbox.faults
    faults.set("429-seconds:7=next:1")
    assert visitor.upload().headers["Retry-After"] == "7"
    faults.set("429-date:90=next:1")
    answer = visitor.upload()
    ahead = parsedate_to_datetime(answer.headers["Retry-After"]) - parsedate_to_datetime(answer.headers["Date"])
    assert 85 < ahead.total_seconds() < 95
    faults.set("429-garbage=next:1")
    assert visitor.upload().headers["Retry-After"] == "soon"


@pytest.mark.parametrize(("word", "sent"), [("reset-before=next:1", 70_000), ("reset-before:0=next:1", 0)])
def test_a_reset_before_the_end_of_the_body_stores_nothing(visitor: Visitor, word: str, sent: int) -> None:
    visitor.sandbox.faults.set(word)
    head = f"POST {visitor.documents()} HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", visitor.sandbox.port), timeout=5) as connection:
        connection.sendall(head + b"x" * sent)
        with pytest.raises(ConnectionResetError):
            connection.recv(1)
    assert visitor.sandbox.received() == []
    assert visitor.sandbox.requests()[-1].status is None
    assert visitor.upload().status_code == 200


def test_a_reset_after_the_body_has_stored_the_document(visitor: Visitor) -> None:
    visitor.sandbox.faults.set("reset-after=next:1")
    with pytest.raises(httpx.ReadError, match="reset"):
        visitor.upload(SourceId="drop-1")
    assert [received.source_id for received in visitor.sandbox.received()] == ["drop-1"]
    assert visitor.one(51_000_001)["SourceId"] == "drop-1"


def test_silence_has_stored_the_document_and_ends_with_the_visitor_or_the_sandbox(visitor: Visitor) -> None:
    visitor.sandbox.faults.set("silent=1")
    visitor.http.timeout = httpx.Timeout(5, read=0.05)
    with pytest.raises(httpx.ReadTimeout):
        visitor.upload()
    assert len(visitor.sandbox.received()) == 1


@pytest.mark.parametrize(
    ("kind", "status", "stored"),
    [("html", 200, 0), ("no-id", 200, 1), ("error-after", 500, 1), ("created", 201, 1), ("accepted", 202, 1)],
)
def test_an_answer_may_be_spoilt_with_or_without_the_work_done(
    visitor: Visitor, kind: str, status: int, stored: int
) -> None:
    visitor.sandbox.faults.set(f"{kind}=next:1")
    answer = visitor.upload()
    assert (answer.status_code, len(visitor.sandbox.received())) == (status, stored)
    assert answer.headers["Content-Type"].startswith("text/html" if kind == "html" else "application/json")
    if kind != "html":
        assert ("Id" in answer.json()) == (kind in {"created", "accepted"})


def test_an_expense_bill_can_lose_its_id_or_come_in_an_array(visitor: Visitor) -> None:
    visitor.sandbox.faults.set("no-id=next:1")
    assert visitor.expense_bill().json() == {}
    visitor.sandbox.faults.set("array=1")
    assert visitor.expense_bill().json() == [{"DocumentId": 51_000_002}]


def test_a_refusal_is_not_made_better_by_a_fault(visitor: Visitor) -> None:
    visitor.sandbox.faults.set("created=1")
    assert visitor.upload(folder=77).status_code == 404


def test_latency_delays_and_is_counted_besides_another_fault() -> None:
    faults = Faults(["latency=250", "503=1"])
    delay, fault = faults.strike(Group.READ)
    assert delay == 0.25
    assert fault
    assert fault.kind == "503"


def test_latency_is_felt(visitor: Visitor) -> None:
    visitor.sandbox.faults.set("latency:120@read=next:1")
    assert visitor.http.get(visitor.documents()).elapsed.total_seconds() >= 0.12


def test_a_fault_strikes_only_its_routes(visitor: Visitor) -> None:
    visitor.sandbox.faults.set("503@read,token=1")
    assert visitor.upload().status_code == 200
    assert visitor.http.get(visitor.documents()).status_code == 503
    assert visitor.sign_in().status_code == 503
    visitor.sandbox.faults.clear()
    assert visitor.sign_in().status_code == 200


def test_the_same_seed_draws_the_same_faults_and_the_rate_is_kept() -> None:
    def drawn(seed: int) -> list[bool]:
        faults = Faults(["503=0.2"], seed)
        return [faults.strike(Group.UPLOAD).fault is not None for _ in range(1000)]

    assert drawn(1) == drawn(1) != drawn(2)
    assert 150 < sum(drawn(1)) < 250
    assert not any(Faults(["503=0"]).strike(Group.UPLOAD).fault for _ in range(100))


def test_a_switch_replaces_one_of_its_kind_and_says_what_is_left() -> None:
    faults = Faults(["503=0.5", "latency=30"])
    faults.set("503@upload=next:1")
    assert faults.active() == ["503@upload=next:1", "latency:30@folders,read,token,upload=1"]
    faults.strike(Group.UPLOAD)
    assert faults.active() == ["latency:30@folders,read,token,upload=1"]
    faults.clear("latency")
    assert faults.active() == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_written_and_read_back(kind: str) -> None:
    fault = Fault.parse(f"{kind}=0.5")
    assert Fault.parse(str(fault)) == fault


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("505=1", "Unknown fault: “505”. Known faults: latency, 401"),
        ("nonsense", "Known faults:"),
        ("503", "cannot be read as a fault"),
        ("503=1.5", "cannot be read as a fault"),
        ("503=often", "cannot be read as a fault"),
        ("503:2=1", "cannot be read as a fault"),
        ("503@uploads=1", "Known groups: token, folders, upload, read, all"),
    ],
)
def test_a_word_that_is_no_fault_is_told_what_would_be(word: str, said: str) -> None:
    with pytest.raises(WrongUseError) as caught:
        Fault.parse(word)
    assert said in str(caught.value)
    assert say(caught.value.phrase, "fr")


def test_faults_may_be_given_from_the_start() -> None:
    with Sandbox(faults=Faults(["503@token=1"])) as sandbox:
        assert httpx.post(sandbox.token_url, trust_env=False).status_code == 503
