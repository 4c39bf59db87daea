"""For the rows: a firm, its pushdoc, Inqom and what stands before it. For the matrix: the library, undisturbed runs."""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from faults.firm_faults import QUICK, Desk, Gateway, at_work
from faults.matrix import Trial, attempt
from faults.shim import compiled
from faults.starter import Starter
from rude import RudeServer
from service.firm import Firm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pushed import PushedClock

    from pushdoc.sandbox import Sandbox


@pytest.fixture
def firm(tmp_path: Path) -> Iterator[Firm]:
    firm = Firm(tmp_path)
    yield firm
    firm.end()


@pytest.fixture
def inqom(firm: Firm, clock: PushedClock) -> Iterator[Sandbox]:
    """An Inqom by the clock that is pushed."""
    with firm.inqom(clock=clock.monotonic, started=clock.now(), keep_content=True) as inqom:
        firm.write_rules(inqom.url)
        yield inqom


@pytest.fixture
def ticking(firm: Firm) -> Iterator[Sandbox]:
    """An Inqom by the machine's own clock, for processes."""
    with firm.inqom() as inqom:
        firm.write_rules(inqom.url, *QUICK)
        yield inqom


@pytest.fixture
def desk(firm: Firm, inqom: Sandbox, clock: PushedClock) -> Iterator[Desk]:
    """The firm's pushdoc, speaking to Inqom itself."""
    assert inqom.url in firm.rules.read_text()
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


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if shutil.which("gcc") is None:
        pytest.skip("needs the package gcc")
    return compiled(tmp_path_factory.mktemp("shim"))


@pytest.fixture(scope="session")
def starter(library: Path) -> Iterator[Starter]:
    made = Starter(library)
    yield made
    made.close()


@pytest.fixture(scope="session")
def undisturbed(starter: Starter) -> Callable[[str], Trial]:
    @cache
    def run(scene: str) -> Trial:
        return attempt(starter, scene, None)

    return run


@pytest.fixture(scope="session")
def jobs() -> int:
    """So many runs at once: each of the processes that share the tests' work takes its part of four."""
    return max(2, 4 // int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))
