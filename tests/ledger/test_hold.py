from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from pushdoc.errors import ConfigurationError, ExitCode, HeldError
from pushdoc.ledger import hold, holder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOLDER = """
import sys
from pathlib import Path
from pushdoc.ledger import hold

with hold(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def other(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another pushdoc, which holds the ledger until it is ended."""
    command = [sys.executable, "-c", HOLDER, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_pushdoc_is_refused_and_told_which_one_is_first(path: Path, other: subprocess.Popen[str]) -> None:
    with pytest.raises(HeldError) as caught, hold(path):
        pass

    assert caught.value.phrase.values == {"path": str(path), "pid": other.pid}
    assert caught.value.exit_code is ExitCode.TRY_LATER
    assert holder(path) == other.pid


def test_a_pushdoc_that_was_killed_holds_nothing(path: Path, other: subprocess.Popen[str]) -> None:
    other.send_signal(signal.SIGKILL)
    other.wait()

    assert holder(path) is None
    with hold(path):
        assert holder(path) == os.getpid()


def test_a_ledger_is_free_again_after_the_block_and_after_an_error_in_it(path: Path) -> None:
    with hold(path):
        pass
    with pytest.raises(ZeroDivisionError), hold(path):
        _ = 1 / 0

    assert holder(path) is None


def test_nobody_holds_a_ledger_that_does_not_exist_and_asking_makes_nothing(path: Path) -> None:
    assert holder(path) is None
    assert not path.parent.exists()


def test_whoever_only_looks_who_holds_it_does_not_keep_a_pushdoc_out(path: Path) -> None:
    with hold(path):
        pass
    looking = os.open(path.with_name("pushdoc.db.lock"), os.O_RDONLY)
    fcntl.flock(looking, fcntl.LOCK_SH)
    found: list[int | None] = []

    def start() -> None:
        with hold(path):
            found.append(holder(path))

    second = threading.Thread(target=start)
    second.start()
    assert holder(path) is None
    assert found == []
    os.close(looking)
    second.join()

    assert found == [os.getpid()]


def test_a_lock_that_nobody_signed_is_held_by_process_0(path: Path) -> None:
    path.parent.mkdir()
    lock = path.with_name("pushdoc.db.lock")
    lock.write_text("not a number")
    descriptor = os.open(lock, os.O_RDWR)
    fcntl.flock(descriptor, fcntl.LOCK_EX)

    assert holder(path) == 0

    os.close(descriptor)


def test_a_shorter_process_id_leaves_nothing_of_a_longer_one(path: Path) -> None:
    path.parent.mkdir()
    path.with_name("pushdoc.db.lock").write_text("99999999999")

    with hold(path):
        assert holder(path) == os.getpid()


def test_a_lock_that_cannot_be_made_is_a_matter_of_rights(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(ConfigurationError) as caught, hold(tmp_path / "file" / "pushdoc.db"):
        pass

    assert caught.value.phrase.code == "ledger.no_access"
