"""Row H03 of the faults: the destination shows papers that are not in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from certificates import ANOTHER, EXPIRED, HERE, VALID, certified
from faults.firm_faults import alerts

from pushdoc.deliver.breaker import Standing
from pushdoc.states import State

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from faults.firm_faults import Desk
    from rude import RudeServer

#: By what the TLS library says of them; the first kind alone is not among the authorities that the machine trusts.
PAPERS = {"self-signed": (HERE, VALID), "mismatch": (ANOTHER, VALID), "expired": (HERE, EXPIRED)}


@pytest.mark.parametrize("fault", PAPERS)
def test_h03_a_certificate_that_is_not_in_order_takes_the_destination_down_at_once_and_gets_no_byte_of_ours(
    elsewhere: Callable[..., Desk],
    rude: Callable[..., RudeServer],
    tmp_path: Path,
    fault: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard: list[bytes] = []
    server = rude(lambda connection: heard.append(connection.recv(1000)), certified(tmp_path, *PAPERS[fault]))
    if fault != "self-signed":
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "paper"))
    desk = elsewhere(server.url)
    for number in range(3):
        desk.firm.drop(f"{number}.pdf")
    desk.work(seconds=700, step=100)
    assert desk.branch.gate.standing is Standing.DOWN
    assert desk.states == [State.WAITING] * 3
    errors = {str(document.reason.values["error"]) for document in desk.documents if document.reason}
    assert any(fault in error for error in errors), errors
    assert len(alerts(capsys)) == 1
    assert heard == []


def test_h03_such_papers_in_order_are_believed(
    elsewhere: Callable[..., Desk], rude: Callable[..., RudeServer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[bytes] = []
    server = rude(lambda connection: heard.append(connection.recv(1000)), certified(tmp_path, HERE, VALID))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "paper"))
    desk = elsewhere(server.url)
    desk.firm.drop("a.pdf")
    desk.work()
    assert heard[0].startswith(b"POST")
