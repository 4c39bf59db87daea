"""Words to systemd."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from pushdoc.notify import notify, watchdog_s

if TYPE_CHECKING:
    from pathlib import Path


def test_a_listener_that_never_reads_does_not_stop_us(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as deaf:
        deaf.bind(str(tmp_path / "notify"))
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        for _ in range(1000):
            notify("WATCHDOG=1")
        assert deaf.recv(100) == b"WATCHDOG=1"


@pytest.mark.parametrize(("told", "seconds"), [("5000000", 5.0), ("", 600.0), ("soon", 600.0)])
def test_the_watchdogs_time_is_systemds(told: str, seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHDOG_USEC", told)
    assert watchdog_s() == seconds
