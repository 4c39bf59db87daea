from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from pushdoc.watch import has_writer, surely_closed

if TYPE_CHECKING:
    from pathlib import Path

HOLD = "import sys; paper = open(sys.argv[1], 'ab'); print('open', flush=True); sys.stdin.read()"

# Probes while a thread opens the same file for writing, so that openers meet the lease; dies of it if SIGIO is left on.
RACE = """
import sys, threading
from pathlib import Path
from pushdoc.watch import has_writer

path, over, opened = Path(sys.argv[1]), threading.Event(), 0

def write() -> None:
    global opened
    while not over.is_set():
        with path.open("ab"):
            opened += 1

writer = threading.Thread(target=write)
writer.start()
refusals = sum(has_writer(path) for _ in range(int(sys.argv[2])))
over.set()
writer.join()
print(0 < refusals < int(sys.argv[2]), opened > 100)
"""


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "scan.pdf"
    path.write_bytes(b"page")
    return path


def test_a_file_that_another_process_has_open_for_writing_has_a_writer(paper: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(paper)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as scanner:
        assert scanner.stdout
        assert scanner.stdout.readline() == b"open\n"
        assert has_writer(paper)
    assert not has_writer(paper)


def test_a_file_that_is_only_read_has_no_writer(paper: Path) -> None:
    with paper.open("rb"):
        assert not has_writer(paper)


def test_asking_leaves_nothing_behind_that_keeps_a_writer_waiting(paper: Path) -> None:
    assert not has_writer(paper)
    os.close(os.open(paper, os.O_WRONLY | os.O_NONBLOCK))  # EWOULDBLOCK if a lease were left


def test_who_has_the_file_open_asks_by_that_descriptor_and_keeps_it(paper: Path) -> None:
    with paper.open("rb") as ours:
        if not surely_closed(paper, ours.fileno()):
            pytest.skip("this file system gives no leases")
        assert not has_writer(paper, ours.fileno())
        with paper.open("ab"):
            assert has_writer(paper, ours.fileno())
            assert not surely_closed(paper, ours.fileno())
        assert not has_writer(paper, ours.fileno())
        assert ours.read() == b"page"


def test_a_file_is_surely_closed_only_where_the_kernel_says_so(tmp_path: Path, paper: Path) -> None:
    if not surely_closed(paper):
        pytest.skip("this file system gives no leases")
    (tmp_path / "link.pdf").symlink_to(paper)
    with paper.open("ab"):
        assert not surely_closed(paper)
    assert not surely_closed(tmp_path / "link.pdf")
    assert not surely_closed(tmp_path / "missing.pdf")


def test_where_it_cannot_be_known_there_is_no_objection(tmp_path: Path, paper: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    (tmp_path / "link.pdf").symlink_to(paper)
    with paper.open("ab"):
        for name in ("missing.pdf", "pipe.pdf", "link.pdf"):
            assert not has_writer(tmp_path / name)


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("setpriv"), reason="needs root and setpriv to be nobody")
def test_somebody_elses_file_is_not_objected_to(paper: Path) -> None:
    for above in paper.parents[: len(paper.parents) - 2]:
        above.chmod(0o755)
    ask = (
        "import sys; from pathlib import Path; from pushdoc.watch import has_writer, surely_closed\n"
        "print(has_writer(Path(sys.argv[1])), surely_closed(Path(sys.argv[1])))"
    )
    nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", sys.executable, "-c", ask, str(paper)]
    with paper.open("ab"):
        assert subprocess.run(nobody, capture_output=True, text=True, check=True).stdout == "False False\n"


def test_a_writer_who_comes_while_we_ask_neither_kills_us_nor_is_turned_away(paper: Path) -> None:
    race = subprocess.run(
        [sys.executable, "-c", RACE, str(paper), "20000"], capture_output=True, text=True, check=False
    )
    assert (race.returncode, race.stdout, race.stderr) == (0, "True True\n", "")
