"""What the sandbox remembers, and what it must not."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from visitor import PDF

from pushdoc.sandbox import DEMO_CLIENT_SECRET, DEMO_PASSWORD, Exchange, Received, Sandbox

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from pushed import PushedClock
    from visitor import Visitor


def test_a_document_is_remembered_with_all_that_was_said_of_it(
    clock: PushedClock, visit: Callable[[Sandbox], Visitor]
) -> None:
    with Sandbox(clock=clock.monotonic, started=clock.now()) as sandbox:
        clock.push(60)
        visitor = visit(sandbox)
        visitor.upload(SourceId="drop-1", DocRef="F-1", WithoutWorkflow="true", TypeScan="Others", DocumentName="b.pdf")
        visitor.expense_bill(BeneficiaryFullName="Claire Durand")
    sha256 = hashlib.sha256(PDF).hexdigest()
    at = datetime(2026, 11, 20, 8, 1, tzinfo=UTC)
    assert sandbox.received() == [
        Received(51_000_001, 700101, "Others", "b.pdf", len(PDF), sha256, at, "drop-1", "F-1", True, None, "A"),
        Received(
            *(51_000_002, 700101, "ExpenseReport", "taxi.pdf", len(PDF), sha256, at),
            source_id=None,
            doc_ref=None,
            without_workflow=False,
            beneficiary="Claire Durand",
            variant="B",
        ),
    ]


def test_the_record_is_added_to_line_by_line_as_documents_come(
    tmp_path: Path, visit: Callable[[Sandbox], Visitor]
) -> None:
    record = tmp_path / "record.jsonl"
    for _ in range(2):
        with Sandbox(record=record) as sandbox:
            visitor = visit(sandbox)
            visitor.upload(name="été.pdf")
            before = record.read_text(encoding="utf-8").splitlines()
            visitor.upload()
            assert len(record.read_text(encoding="utf-8").splitlines()) == len(before) + 1
    lines = [json.loads(line) for line in record.read_text(encoding="utf-8").splitlines()]
    assert [line["document_id"] for line in lines] == [51_000_001, 51_000_002] * 2
    assert lines[0]["name"] == "été.pdf"
    assert datetime.fromisoformat(lines[0]["at"]).tzinfo


def test_no_token_password_or_secret_is_written_anywhere(
    tmp_path: Path, visit: Callable[[Sandbox], Visitor], capfd: pytest.CaptureFixture[str]
) -> None:
    record = tmp_path / "record.jsonl"
    exchanges: list[Exchange] = []
    with Sandbox(record=record, observer=exchanges.append) as sandbox:
        visitor = visit(sandbox)
        visitor.upload()
        token = visitor.http.headers["Authorization"].removeprefix("Bearer ")
        control = visitor.http.get("/_sandbox/record").text + visitor.http.get("/_sandbox/requests").text
    written = record.read_text() + control + repr(exchanges) + repr(sandbox.requests()) + "".join(capfd.readouterr())
    for secret in (token, DEMO_PASSWORD, DEMO_CLIENT_SECRET):
        assert secret not in written


def test_the_observer_sees_both_sides_whole(visit: Callable[[Sandbox], Visitor]) -> None:
    seen: list[Exchange] = []
    with Sandbox(observer=seen.append) as sandbox:
        visitor = visit(sandbox)
        answer = visitor.upload()
        visitor.http.get(visitor.documents(), params={"pageSize": 1})
    upload = seen[1]
    assert (upload.method, upload.path, upload.status) == ("POST", visitor.documents(rest="/"), 200)
    assert PDF in upload.request_body
    assert upload.request_headers["Authorization"] == visitor.http.headers["Authorization"]
    assert upload.response_body == answer.content
    assert (seen[2].query, len(seen)) == ("pageSize=1", 3)
