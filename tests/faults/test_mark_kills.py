"""A mark is old, new or not there, whatever call its writer is killed at; and whoever comes next finishes the work."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from faults.shim import Deed, environment, read_trace

from pushdoc.filing import mark_name
from pushdoc.filing.mark_text import titles

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.service, pytest.mark.timeout(120)]

TITLE = min(titles(), key=len)
OLD, NEW = f"{TITLE}\nold\n", f"{TITLE}\nnew\n" + "x" * 5000
WORK = """
import sys
from pathlib import Path
from pushdoc.filing import remove_mark, write_mark
root, name, text = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
barred = write_mark(root, root / name, text) if text else remove_mark(root, root / name)
assert barred is None, barred
"""
NAME = "facture.pdf"


def work(root: Path, text: str, told: dict[str, str] | None = None) -> int:
    """The exit code of a process that writes the mark, or takes it away where there is no text."""
    command = [sys.executable, "-c", WORK, str(root), NAME, text]
    return subprocess.run(command, env=os.environ | (told or {}), check=False, capture_output=True).returncode


def standing(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in root.iterdir()}


@pytest.mark.parametrize(
    ("before", "text"), [("", NEW), (OLD, NEW), (OLD, "")], ids=["written", "rewritten", "removed"]
)
def test_p01_killed_at_any_call_a_mark_is_whole_or_not_there_and_the_next_one_finishes(
    library: Path, tmp_path: Path, before: str, text: str
) -> None:
    root = tmp_path / "clients"

    def prepared() -> None:
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir()
        (root / NAME).write_bytes(b"%PDF")
        if before:
            assert work(root, before) == 0

    def trace(number: int) -> Path:
        return tmp_path / f"trace-{number}"

    prepared()
    whole = standing(root)
    assert work(root, text, environment(library, [root], trace(0), None)) == 0
    done = standing(root)
    points = read_trace(trace(0))
    assert len(points) >= (1 if not text else 3)
    marks = {None, whole.get(mark_name(NAME)), done.get(mark_name(NAME))}
    for number, deed in enumerate([Deed(point.number, what) for point in points for what in ("before", "after")], 1):
        prepared()
        assert work(root, text, environment(library, [root], trace(number), deed)) == -9, deed
        left = standing(root)
        assert left[NAME] == b"%PDF"
        assert left.get(mark_name(NAME)) in marks, deed
        assert all(name in {NAME, mark_name(NAME)} or name.startswith(".pushdoc-") for name in left), deed
        assert work(root, text) == 0
        assert standing(root) == done, deed
