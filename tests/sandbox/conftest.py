"""A sandbox to speak to, and visitors who know how to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from visitor import Visitor
from witness import Witness

from pushdoc.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CONTRACT = Path(__file__).parent.parent / "contracts" / "inqom-openapi.yaml"


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(requests_per_second=None) as sandbox:
        yield sandbox


@pytest.fixture
def visit() -> Iterator[Callable[..., Visitor]]:
    """Makes visitors, and hangs up for them at the end."""
    visitors: list[Visitor] = []

    def make(sandbox: Sandbox, **token_form: str) -> Visitor:
        visitors.append(Visitor(sandbox, **token_form))
        return visitors[-1]

    yield make
    for visitor in visitors:
        visitor.close()


@pytest.fixture
def visitor(sandbox: Sandbox, visit: Callable[..., Visitor]) -> Visitor:
    return visit(sandbox)


@pytest.fixture
def witness() -> Witness:
    return Witness(CONTRACT)
