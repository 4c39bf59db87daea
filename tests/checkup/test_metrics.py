from __future__ import annotations

import socket
import sys
from contextlib import closing
from typing import TYPE_CHECKING

from pushdoc.checkup import Group
from pushdoc.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from checkup.conftest import Found
    from service.firm import Firm


def ask_for(firm: Firm, line: str) -> None:
    firm.write_rules("http://127.0.0.1:9", ("[watch]", f"[metrics]\n{line}\n\n[watch]"))


def test_nothing_is_said_where_no_numbers_are_wanted(look: Callable[..., Found]) -> None:
    assert not [finding for finding in look().sections[Group.DAEMON] if finding.phrase.code.startswith("metrics")]


def test_a_file_is_looked_at_where_it_is_to_be_written(firm: Firm, look: Callable[..., Found]) -> None:
    ask_for(firm, f'file = "{firm.home}/pushdoc.prom"')
    look().one("metrics.file")

    ask_for(firm, f'file = "{firm.home}/nowhere/pushdoc.prom"')
    assert look().one("metrics.file_barred").code is ExitCode.NEEDS_A_PERSON
    assert not (firm.home / "pushdoc.prom").exists()


def test_a_port_that_somebody_else_has_is_told(firm: Firm, look: Callable[..., Found]) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as somebody:
        port = somebody.getsockname()[1]
        ask_for(firm, f"port = {port}")
        look().one("metrics.port_taken")

    look().one("metrics.port")


def test_a_missing_library_is_a_wrong_configuration(
    firm: Firm, look: Callable[..., Found], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "prometheus_client", None)
    ask_for(firm, "port = 9477")

    assert look().one("metrics.no_library").code is ExitCode.WRONG_CONFIGURATION
