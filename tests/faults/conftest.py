"""The preloaded library, and an undisturbed run of each scene to choose the points from: made once a test process."""

from __future__ import annotations

import os
import shutil
from functools import cache
from typing import TYPE_CHECKING

import pytest
from faults.matrix import Trial, attempt
from faults.shim import compiled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if shutil.which("gcc") is None:
        pytest.skip("needs the package gcc")
    return compiled(tmp_path_factory.mktemp("shim"))


@pytest.fixture(scope="session")
def undisturbed(library: Path) -> Callable[[str], Trial]:
    @cache
    def run(scene: str) -> Trial:
        return attempt(library, scene, None)

    return run


@pytest.fixture(scope="session")
def jobs() -> int:
    """So many runs at once: each of the processes that share the tests' work takes its part of four."""
    return max(2, 4 // int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))
