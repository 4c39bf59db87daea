"""A sandbox that is witnessed, and Inqom as the destination that speaks to it."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from witness import Witness

from pushdoc.destinations.inqom.client import Inqom
from pushdoc.destinations.inqom.settings import InqomSettings
from pushdoc.sandbox import DEMO_CLIENT_ID, DEMO_CLIENT_SECRET, DEMO_PASSWORD, DEMO_USERNAME, Sandbox
from pushdoc.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pushed import PushedClock

    from pushdoc.clock import Clock

CONTRACT = Path(__file__).parents[2] / "contracts" / "inqom-openapi.yaml"


@pytest.fixture(scope="session")
def contract() -> Witness:
    """One witness for all: reading the contract takes a while."""
    return Witness(CONTRACT)


@pytest.fixture
def witness(contract: Witness) -> Witness:
    contract.violations.clear()
    return contract


@pytest.fixture
def sandbox(clock: PushedClock, witness: Witness) -> Iterator[Sandbox]:
    """A sandbox whose time is pushed with the client's."""
    with Sandbox(
        requests_per_second=None, clock=clock.monotonic, started=clock.now(), observer=witness.observe
    ) as sandbox:
        yield sandbox


@pytest.fixture
def connect(clock: PushedClock) -> Iterator[Callable[..., Inqom]]:
    """Makes accounts at a sandbox (or at any address), and closes them."""
    with ExitStack() as stack:

        def make(
            url: str,
            *,
            password: str = DEMO_PASSWORD,
            secret: str = DEMO_CLIENT_SECRET,
            time: Clock = clock,
            **settings: Any,
        ) -> Inqom:
            written = {
                "username": DEMO_USERNAME,
                "password": "env:P",
                "client_id": DEMO_CLIENT_ID,
                "client_secret": "env:S",
                "token_url": f"{url}/identity/connect/token",
                "api_url": url,
                "documents_url": f"{url}/accounting-documents",
                "timeout": "5s",
            }
            model = InqomSettings.model_validate(written | settings)
            inqom = Inqom("inqom", model, Secret(password), Secret(secret), time)
            stack.callback(inqom.close)
            return inqom

        yield make


@pytest.fixture
def destination(sandbox: Sandbox, connect: Callable[..., Inqom]) -> Inqom:
    return connect(sandbox.url)
