"""A firm for each test; after it no secret may have got out, and no request may have broken the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from postbox import Postbox
from service.firm import CONTRACT, Firm
from witness import Witness

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def box() -> Iterator[Postbox]:
    """A mail server that takes whatever comes."""
    box = Postbox()
    yield box
    box.close()


@pytest.fixture
def firm(tmp_path: Path) -> Iterator[Firm]:
    firm = Firm(tmp_path, witness=Witness(CONTRACT))
    yield firm
    firm.end()
    assert firm.leaks() == []
    assert firm.witness is not None
    assert firm.witness.violations == []
