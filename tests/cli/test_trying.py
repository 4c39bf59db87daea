"""`sandbox` and `demo` as somebody types them who tries pushdoc."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import httpx
import pytest
from visitor import PDF, TOKEN_FORM

from pushdoc.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cli.conftest import Answer


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_the_sandbox_says_where_it_is_records_and_ends_on_a_signal(tmp_path: Path, end: signal.Signals) -> None:
    record = tmp_path / "record.jsonl"
    command = [sys.executable, "-m", "pushdoc", "sandbox", "--port", "0", "--record", str(record)]
    environment = os.environ | {"PYTHONUNBUFFERED": ""}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as sandbox:
        assert sandbox.stdout is not None
        assert sandbox.stderr is not None
        said = sandbox.stdout.readline()
        url = re.search(r"http://127\.0\.0\.1:\d+", said)
        assert url is not None, said
        with httpx.Client(base_url=url[0], trust_env=False) as http:
            token = http.post("/identity/connect/token", data=TOKEN_FORM).json()["access_token"]
            answer = http.post(
                "/accounting-documents/api/accounting-documents/accounting-folders/700101/Documents/",
                headers={"Authorization": f"Bearer {token}"},
                data={"TypeScan": "Supplier", "FileSource": "Api"},
                files={"Document": ("facture.pdf", PDF, "application/pdf")},
            )
            assert answer.status_code == 200
        sandbox.send_signal(end)
        assert sandbox.wait(10) == 0
        assert sandbox.stderr.read() == ""
    (row,) = map(json.loads, record.read_text().splitlines())
    assert (row["name"], row["folder"], row["type"], row["size"]) == ("facture.pdf", 700101, "Supplier", len(PDF))


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--fault", "lost=1"), "lost"),
        (("--fault", "503=2"), "503=2"),
        (("--folders", "nowhere.toml"), "nowhere.toml"),
        (("--port", "70000"), "70000"),
    ],
)
def test_a_sandbox_that_was_asked_for_wrongly_does_not_start(
    typed: Callable[..., Answer], words: tuple[str, ...], named: str
) -> None:
    told = typed("sandbox", *words)

    assert told.code in {2, 78}
    assert told.out == ""
    assert named in told.err


def test_a_taken_port_is_told(typed: Callable[..., Answer], tmp_path: Path) -> None:
    with Sandbox() as sandbox:
        told = typed("sandbox", "--port", str(sandbox.port))
    assert (told.code, told.out) == (2, "")
    assert str(sandbox.port) in told.err
