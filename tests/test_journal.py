from __future__ import annotations

import json
import os
import shutil
import socket
import struct
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import structlog
from hostile import HOSTILE

from pushdoc import log
from pushdoc.journal import Journal, leads_there
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

JOURNALD = Path("/usr/lib/systemd/systemd-journald")
STORY = """
from pushdoc.log import configure, logger
from pushdoc.words import Phrase

configure("debug")
logger().info("delivered", document=12, name="a\\nb.pdf", destination="inqom", receipt="55c1", forced=True)
logger().warning("refused", document=3, destination="inqom", reason=Phrase("journey.changed"))
"""
#: Becomes a program whose standard error leads to the journal, as systemd makes it.
BECOME = """
import os, socket, sys
to = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
to.connect("/run/systemd/journal/stdout")
to.sendall(b"pushdoc\\n\\n6\\n1\\n0\\n0\\n0\\n")
status = os.fstat(to.fileno())
os.environ["JOURNAL_STREAM"] = f"{status.st_dev}:{status.st_ino}"
os.dup2(to.fileno(), 2)
os.execv(sys.executable, [sys.executable, "-c", sys.argv[1]])
"""
#: A journald of its own, that sees nothing of the machine's and is not seen by it.
ALONE = """
mount -t tmpfs none /run && mkdir -p /run/systemd/journal /run/log/journal && mount --bind /dev/null /dev/kmsg
"$1" & journald=$!
for _ in $(seq 100); do test -S /run/systemd/journal/stdout && break; sleep 0.1; done
"$2" -c "$3" "$4"
journalctl --directory /run/log/journal --sync 2>/dev/null
for _ in $(seq 50); do
    journalctl --directory /run/log/journal --output json SYSLOG_IDENTIFIER=pushdoc > "$5"
    test "$(wc -l < "$5")" -ge 2 && break
    sleep 0.1
done
journalctl --directory /run/log/journal --output cat PUSHDOC_DOCUMENT=12 >> "$5"
journalctl --directory /run/log/journal --output cat -p warning SYSLOG_IDENTIFIER=pushdoc >> "$5"
kill $journald
"""


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    structlog.reset_defaults()


@pytest.fixture
def listening(tmp_path: Path) -> Iterator[socket.socket]:
    """A socket that reads as journald does."""
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as here:
        here.bind(str(tmp_path / "socket"))
        here.settimeout(5)
        yield here


def read(datagram: bytes) -> dict[str, str]:
    """The fields of one entry, as the protocol has them."""
    fields = {}
    while datagram:
        line, _, datagram = datagram.partition(b"\n")
        name, there, value = line.partition(b"=")
        if not there:
            (size,) = struct.unpack("<Q", datagram[:8])
            value, datagram = datagram[8 : 8 + size], datagram[8 + size + 1 :]
        fields[name.decode()] = value.decode()
    return fields


@pytest.mark.parametrize("value", ["", "a=b", "a\nMESSAGE=forged\n", "\n", *(name for name in HOSTILE if "\n" in name)])
def test_a_value_cannot_pass_for_another_field(tmp_path: Path, listening: socket.socket, value: str) -> None:
    with closing(Journal(tmp_path / "socket")) as journal:
        assert journal.send({"PUSHDOC_NAME": value, "PRIORITY": "6"})

    assert read(listening.recv(65536)) == {"PUSHDOC_NAME": value, "PRIORITY": "6"}


def test_a_journal_that_is_not_there_is_said_to_be_away(tmp_path: Path) -> None:
    with closing(Journal(tmp_path / "nowhere")) as journal:
        assert not journal.send({"MESSAGE": "x"})


def test_what_is_too_large_for_the_journal_is_said_not_to_have_gone(tmp_path: Path, listening: socket.socket) -> None:
    with closing(Journal(tmp_path / "socket")) as journal:
        assert not journal.send({"MESSAGE": "x" * 1_000_000})


def test_a_journal_that_does_not_read_is_waited_for_once_and_again_when_it_has_read(
    tmp_path: Path, listening: socket.socket
) -> None:
    with closing(Journal(tmp_path / "socket")) as journal:
        begun = time.monotonic()
        for _ in range(2000):  # more than the system keeps for a reader
            assert journal.send({"MESSAGE": "x"})
        assert 0.5 < time.monotonic() - begun < 10
        while True:
            listening.settimeout(0.01)
            try:
                listening.recv(100)
            except TimeoutError:
                break
        assert journal.send({"MESSAGE": "last"})
        assert read(listening.recv(100)) == {"MESSAGE": "last"}


def test_standard_error_leads_to_the_journal_where_systemd_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    status = os.fstat(2)
    for said, leads in (
        (f"{status.st_dev}:{status.st_ino}", True),
        (f"{status.st_dev}:{status.st_ino + 1}", False),  # it was, and is redirected now
        ("", False),
        ("rubbish", False),
    ):
        monkeypatch.setenv("JOURNAL_STREAM", said)
        assert leads_there(2) == leads


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Journal]:
    """The journal that the log speaks to, instead of the machine's."""
    status = os.fstat(2)
    monkeypatch.setenv("JOURNAL_STREAM", f"{status.st_dev}:{status.st_ino}")
    with closing(Journal(tmp_path / "socket")) as journal:
        monkeypatch.setattr(log, "_journal", lambda: journal)
        yield journal


def test_a_fact_goes_to_the_journal_in_fields(
    journal: Journal, listening: socket.socket, capsys: pytest.CaptureFixture[str]
) -> None:
    log.configure()
    log.logger().warning("refused", document=3, forced=True, reason=Phrase("journey.changed"))

    fields = read(listening.recv(65536))
    assert capsys.readouterr().err == ""
    assert fields.pop("MESSAGE").startswith("refused document=3 forced=true code=journey.changed reason=")
    assert fields.pop("PUSHDOC_REASON").startswith("the file changed")
    assert fields == {
        "PRIORITY": "4",
        "SYSLOG_IDENTIFIER": "pushdoc",
        "PUSHDOC_EVENT": "refused",
        "PUSHDOC_DOCUMENT": "3",
        "PUSHDOC_FORCED": "true",
        "PUSHDOC_CODE": "journey.changed",
    }


def test_the_message_is_the_line_of_json_where_the_rules_want_that(journal: Journal, listening: socket.socket) -> None:
    log.configure(form="json")
    log.logger().info("delivered", document=3)

    assert json.loads(read(listening.recv(65536))["MESSAGE"])["document"] == 3


def test_where_the_journal_is_away_systemd_reads_the_level_from_the_line(
    journal: Journal, capsys: pytest.CaptureFixture[str]
) -> None:
    log.configure()
    log.logger().error("threads hang", threads="x")

    assert capsys.readouterr().err == "<3>threads hang threads=x\n"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a journald a /run of its own")
@pytest.mark.skipif(
    not (JOURNALD.exists() and shutil.which("journalctl")), reason="journald is not here (Debian: systemd)"
)
def test_a_real_journald_is_asked_for_one_document(tmp_path: Path) -> None:
    told = tmp_path / "told"
    words = [str(JOURNALD), sys.executable, BECOME, STORY, str(told)]
    alone = ["unshare", "--mount", "--propagation", "private", "bash", "-c", ALONE, "alone", *words]
    subprocess.run(alone, check=True, capture_output=True, timeout=60)
    delivered, refused, *asked = told.read_text().splitlines()

    assert json.loads(delivered)["PUSHDOC_NAME"] == "a\\nb.pdf"
    assert json.loads(refused)["PRIORITY"] == "4"
    assert [line.partition(" ")[0] for line in asked] == ["delivered", "refused"]
