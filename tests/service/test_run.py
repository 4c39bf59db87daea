"""The daemon as a process: what its administrator and its documents live through."""

from __future__ import annotations

import ctypes
import os
import re
import resource
import shutil
import signal
import socket
import stat
import sys
import time
from collections import Counter
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from service.firm import paper, until

from pushdoc.states import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.firm import Firm, Running

    from pushdoc.sandbox import Sandbox

pytestmark = pytest.mark.service


@pytest.fixture
def inqom(firm: Firm) -> Iterator[Sandbox]:
    with firm.inqom(keep_content=True) as inqom:
        firm.write_rules(inqom.url)
        yield inqom


def names(inqom: Sandbox) -> list[str]:
    """The names of what has arrived, in order of the alphabet."""
    return sorted(received.name for received in inqom.received())


def run_trusting(firm: Firm, inqom: Sandbox, fault: str) -> Running:
    """The daemon once it has sent a few documents, so that it sends several at once; only then the fault begins."""
    daemon = firm.run()
    for number in range(3):
        firm.drop(f"a{number}.pdf")
    until(lambda: len(inqom.received()) == 3, "the first have arrived")
    until(lambda: all_archived(firm), "they are archived")
    inqom.faults.set(fault)
    return daemon


def drop_many(firm: Firm, count: int) -> list[str]:
    """The names of all documents dropped so far, `count` of them just now and together."""
    for number in range(count):
        file = firm.home / f"b{number:02}.pdf"
        file.write_bytes(paper(file.name))
        file.rename(firm.folder() / file.name)
    return [f"a{number}.pdf" for number in range(3)] + [f"b{number:02}.pdf" for number in range(count)]


def sending(firm: Firm) -> int:
    """How many documents are being sent now."""
    with firm.history() as history:
        return history.counts()[State.SENDING]


def until_arrived(inqom: Sandbox, count: int) -> float:
    """The seconds until so many documents have arrived."""
    return until(lambda: len(inqom.received()) == count, f"{count} have arrived")


def looks_anew(firm: Firm, daemon: Running) -> bool:
    """Whether the main thread gets on: it looks everywhere when it is told to."""
    before = firm.last_look()
    daemon.send(signal.SIGHUP)
    try:
        until(lambda: firm.last_look() != before, "another look", within=3.0)
    except AssertionError:
        return False
    return True


def scan_a_page(firm: Firm, daemon: Running) -> None:
    """A second, in which pushdoc looks again and again."""
    ends = time.monotonic() + 1
    until(lambda: looks_anew(firm, daemon) and time.monotonic() >= ends, "the page is scanned")


def all_archived(firm: Firm) -> bool:
    return {document.state for document in firm.documents()} == {State.ARCHIVED}


def assert_all_archived(firm: Firm) -> None:
    assert all_archived(firm)
    for document in firm.documents():
        assert document.archive_path is not None
        assert document.archive_path.is_file()
        assert not document.path.exists()


def test_a_file_written_in_five_pieces_arrives_whole_and_once(firm: Firm, inqom: Sandbox) -> None:
    # A scanner that closes the file after each page is waited for by the settling time alone.
    head, ventes = firm.rules.read_text().split('name = "Ventes"')
    firm.rules.write_text(head + 'name = "Ventes"' + ventes.replace('settle = "300ms"', 'settle = "4s"', 1))
    pages = {kind: [f"{kind}, page {number}\n".encode() * 5000 for number in range(5)] for kind in ("Achats", "Ventes")}
    daemon = firm.run()
    closed = firm.folder(kind="Ventes") / "closed after each page.pdf"
    with (firm.folder() / "held open.pdf").open("wb") as held:
        for one, other in zip(pages["Achats"], pages["Ventes"], strict=True):
            held.write(one)
            held.flush()
            with closed.open("ab") as file:
                file.write(other)
            scan_a_page(firm, daemon)
            assert inqom.received() == []
    until(lambda: len(inqom.received()) == 2, "both have arrived")
    assert daemon.stop() == 0
    assert names(inqom) == ["closed after each page.pdf", "held open.pdf"]
    arrived = {inqom.content(received.document_id) for received in inqom.received()}
    assert arrived == {b"".join(written) for written in pages.values()}


def test_a_file_moved_in_arrives_by_the_file_systems_own_word(firm: Firm, inqom: Sandbox) -> None:
    firm.write_rules(inqom.url, ('rescan = "1s"', 'rescan = "60s"'))  # the file system's own word is what wakes it
    daemon = firm.run()
    for count in range(2):  # the first time its folder is new, too
        outside = firm.home / "scan.pdf"
        outside.write_bytes(paper(f"scan {count}"))
        shutil.move(outside, firm.folder() / f"scan {count}.pdf")
        took = until_arrived(inqom, count + 1)
        sys.stdout.write(f"arrived {took:.2f} s after it was moved in, of which 0.3 s settling\n")
    assert daemon.stop() == 0
    assert_all_archived(firm)


def test_sigterm_in_the_middle_of_uploads_ends_cleanly_and_the_next_start_goes_on(firm: Firm, inqom: Sandbox) -> None:
    daemon = run_trusting(firm, inqom, "latency:1500@upload=1")
    wanted = drop_many(firm, 12)
    until(lambda: sending(firm) >= 4, "four couriers are sending")

    begun = time.monotonic()
    assert daemon.stop() == 0
    assert time.monotonic() - begun < 10
    states = Counter(document.state for document in firm.documents())
    assert states[State.SENDING] == states[State.DOUBTFUL] == 0  # those under way came to their end
    assert states[State.WAITING] > 0  # and nothing new was taken up
    assert "Traceback" not in daemon.told

    inqom.faults.clear()
    daemon = firm.run()
    until(lambda: len(inqom.received()) == len(wanted), "the rest has arrived")
    until(lambda: all_archived(firm), "it is filed")
    assert daemon.stop() == 0
    assert names(inqom) == wanted
    assert_all_archived(firm)


@pytest.mark.slow
def test_uploads_that_outlast_the_grace_are_cut_off_and_the_end_is_still_clean(firm: Firm, inqom: Sandbox) -> None:
    daemon = run_trusting(firm, inqom, "silent=next:4")  # stored, but no answer ever comes
    wanted = drop_many(firm, 6)
    until(lambda: len(inqom.received()) == 3 + 4, "four have arrived there, and nobody was told")

    begun = time.monotonic()
    assert daemon.stop() == 0
    took = time.monotonic() - begun
    assert 19 < took < 28, f"the grace is 20 s, it took {took:.1f} s"
    states = Counter(document.state for document in firm.documents())
    assert states == {State.ARCHIVED: 3, State.DOUBTFUL: 4, State.WAITING: 2}

    daemon = firm.run()
    until(lambda: all_archived(firm), "all are settled", within=40)
    assert daemon.stop() == 0
    assert names(inqom) == wanted


@pytest.mark.parametrize("end", ["a second SIGTERM", "SIGKILL"])
def test_killed_in_the_middle_of_uploads_every_document_still_arrives_once(
    firm: Firm, inqom: Sandbox, end: str
) -> None:
    # Those that were claimed and had not left are in doubt, too: nobody wrote down that they had not.
    firm.write_rules(inqom.url, ('first = "1s"', 'first = "1s"\nasking = ["500ms", "1s"]'))
    daemon = run_trusting(firm, inqom, "silent=next:4")
    wanted = drop_many(firm, 8)
    until(lambda: len(inqom.received()) == 3 + 4, "four have arrived there, and nobody was told")
    if end == "SIGKILL":
        daemon.send(signal.SIGKILL)
        assert daemon.ended(2) == -signal.SIGKILL
    else:
        daemon.send(signal.SIGTERM)
        until(lambda: "stopping" in daemon.told, "it is stopping")
        daemon.send(signal.SIGTERM)
        assert daemon.ended(2) == -signal.SIGTERM
    there = names(inqom)
    in_the_air = [one.id for one in firm.documents() if one.state is State.SENDING and one.name in there]
    assert len(in_the_air) == 4

    daemon = firm.run()
    until(lambda: all_archived(firm), "all are settled", within=40)
    assert daemon.stop() == 0
    assert names(inqom) == wanted
    with firm.history() as history:  # those in doubt were asked about, not sent again
        for number in in_the_air:
            assert [line.event for line in history.life(number)].count("claimed") == 1


def test_what_arrives_only_after_pushdoc_was_killed_is_not_sent_again(firm: Firm, inqom: Sandbox) -> None:
    firm.write_rules(inqom.url, ('first = "1s"', 'first = "1s"\nasking = ["2s", "2s", "2s"]'))
    inqom.faults.set("latency:4000@upload=next:1")  # the service holds the body back before it keeps it
    firm.drop("late.pdf")
    daemon = firm.run()
    until(lambda: sending(firm) == 1, "it is being sent")
    until(lambda: not inqom.faults.active(), "the service has its body")
    daemon.send(signal.SIGKILL)
    daemon.ended(2)

    daemon = firm.run()
    until(lambda: all_archived(firm), "it is settled by asking", within=40)
    assert daemon.stop() == 0
    assert names(inqom) == ["late.pdf"]


def test_what_never_arrived_before_pushdoc_was_killed_is_sent_again(firm: Firm, inqom: Sandbox) -> None:
    firm.write_rules(inqom.url, ('first = "1s"', 'first = "1s"\nasking = ["1s", "1s"]'))
    inqom.faults.set("latency:60000@upload=next:1")
    firm.drop("lost.pdf")
    daemon = firm.run()
    until(lambda: not inqom.faults.active(), "the service has its body")
    daemon.send(signal.SIGKILL)
    daemon.ended(2)

    daemon = firm.run()
    until(lambda: all_archived(firm), "it was asked about, and sent again", within=40)
    assert daemon.stop() == 0
    assert names(inqom) == ["lost.pdf"]
    with firm.history() as history:
        assert [line.event for line in history.life(1)].count("claimed") == 2


def test_a_second_pushdoc_on_the_same_ledger_ends_at_once_and_names_the_first(firm: Firm, inqom: Sandbox) -> None:
    daemon = firm.run()
    for command in ("run", "once"):
        code, out, err = firm.command(command)
        assert (code, out) == (75, "")
        assert str(daemon.pid) in err.replace("\u202f", "")
        assert err.count("\n") <= 2, err
    assert daemon.stop() == 0
    assert firm.command("once")[0] == 0


def test_status_knows_whether_the_daemon_runs(firm: Firm, inqom: Sandbox) -> None:
    code, out, err = firm.command("status")
    assert (code, err.count("\n")) == (0, 1)  # it has never run
    assert "arrêté" in out
    daemon = firm.run()
    firm.drop("facture.pdf")
    until(lambda: any(one.state is State.ARCHIVED for one in firm.documents()), "archived")
    code, out, err = firm.command("status")
    assert (code, err) == (0, "")
    assert f"en marche depuis le {firm.documents()[0].first_seen.astimezone():%d/%m/%Y}" in out
    assert f"(processus {daemon.pid})" in out
    assert daemon.stop() == 0
    code, out, err = firm.command("status")
    assert (code, err) == (0, "")
    assert "arrêté\u202f; dernier passage le" in out


def test_systemd_hears_that_pushdoc_is_ready_alive_and_stopping(firm: Firm, inqom: Sandbox, tmp_path: Path) -> None:
    address = tmp_path / "notify"
    if len(str(address)) > 100:
        pytest.skip("the folder for tests has too long a name for a socket")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(address))
        systemd.settimeout(20)
        heard: list[str] = []

        def hear(word: str) -> None:
            for _ in range(30):
                heard.append(systemd.recv(4096).decode())
                if heard[-1] == word:
                    return
            pytest.fail(f"{word} was not among {heard}")

        daemon = firm.start("run", NOTIFY_SOCKET=str(address))
        hear("READY=1")
        with firm.history() as history:
            assert history.run() is not None
        hear("STATUS=rien en attente\u202f; 12 dossiers surveillés")
        hear("WATCHDOG=1")
        daemon.send(signal.SIGTERM)
        hear("STOPPING=1")
        assert daemon.ended() == 0
    address.unlink()


#: __WALL of waitpid(2): wait for a traced thread, too.
_EVERY_THREAD = 0x40000000

_ptrace = ctypes.CDLL(None, use_errno=True).ptrace
_ptrace.argtypes = [ctypes.c_long] * 4


def stop_threads(pid: int) -> list[int]:
    """Stop every thread of a process but its main one, as in a deadlock; those that were stopped.

    Source: ptrace(2): PTRACE_SEIZE, PTRACE_INTERRUPT and PTRACE_DETACH concern one thread.
    """
    seize, interrupt = 0x4206, 0x4207
    others = [int(task.name) for task in Path(f"/proc/{pid}/task").iterdir() if int(task.name) != pid]
    for thread in others:
        if _ptrace(seize, thread, 0, 0) != 0:
            pytest.skip(f"no right to stop a thread: {os.strerror(ctypes.get_errno())}")
        _ptrace(interrupt, thread, 0, 0)
        os.waitpid(thread, _EVERY_THREAD)
    return others


def let_threads_go(threads: list[int]) -> None:
    detach = 17
    for thread in threads:
        _ptrace(detach, thread, 0, 0)


@contextmanager
def stopped_threads(firm: Firm, daemon: Running) -> Iterator[None]:
    """Every thread of the daemon but its main one stands still in here, and the main one gets on.

    Who is stopped with the ledger, or the interpreter, in hand stops the main thread, too: all are let go and stopped
    elsewhere then.
    """
    for _ in range(10):
        threads = stop_threads(daemon.pid)
        try:
            if looks_anew(firm, daemon):
                yield
                return
        finally:
            let_threads_go(threads)
        until(lambda: looks_anew(firm, daemon), "all get on")
    pytest.fail("wherever the threads are stopped, the main one hangs with them")


@pytest.mark.usefixtures("inqom")
def test_p32_systemd_hears_no_sign_of_life_while_those_who_send_hang(firm: Firm, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.setblocking(False)  # what nobody reads is lost, and pushdoc goes on

        def signs_of_life() -> int:
            signs = 0
            with suppress(BlockingIOError):
                while True:
                    signs += systemd.recv(4096) == b"WATCHDOG=1"
            return signs

        daemon = firm.start("run", NOTIFY_SOCKET=str(tmp_path / "notify"), WATCHDOG_USEC="5000000")
        until(signs_of_life, "a sign of life")
        with stopped_threads(firm, daemon):
            hangs = re.compile(r'"threads hang" .*inqom-asks')  # who came a step further later is named later
            until(lambda: hangs.search(daemon.told), "the log says who hangs")
            signs_of_life()  # those of before
            assert looks_anew(firm, daemon)
            assert signs_of_life() == 0
        until(signs_of_life, "a sign of life once they get on")
        assert daemon.stop() == 0


@pytest.mark.usefixtures("inqom")
def test_p32_what_hangs_leaves_where_it_stood_when_systemd_ends_it(firm: Firm) -> None:
    daemon = firm.run()
    resource.prlimit(daemon.pid, resource.RLIMIT_CORE, (0, 0))
    daemon.send(signal.SIGABRT)  # WatchdogSignal= of systemd.service(5)
    assert daemon.ended() == -signal.SIGABRT
    for where in ("daemon.py", "courier.py", "bulletin.py"):
        assert where in daemon.told


def dossiers_asked(inqom: Sandbox) -> int:
    return sum(request.route == "listAccountingFolders" for request in inqom.requests())


def test_sighup_looks_everywhere_at_once(firm: Firm, inqom: Sandbox) -> None:
    firm.write_rules(inqom.url, ('rescan = "1s"', 'rescan = "1h"'))
    daemon = firm.run()
    last = firm.last_look()
    daemon.send(signal.SIGHUP)
    until(lambda: firm.last_look() != last, "it has looked again", within=3)  # not after its rest, which is longer
    assert daemon.stop() == 0


@pytest.mark.slow
def test_sighup_asks_for_a_fresh_mapping(firm: Firm, inqom: Sandbox) -> None:
    daemon = firm.run()
    asked = dossiers_asked(inqom)
    daemon.send(signal.SIGHUP)
    until(lambda: dossiers_asked(inqom) > asked, "the dossiers are asked for again")  # not within 10 s of the last time
    assert daemon.stop() == 0


def test_a_polling_daemon_finds_what_came_too(firm: Firm, inqom: Sandbox) -> None:
    firm.write_rules(inqom.url, ('rescan = "1s"', 'rescan = "1s"\nmode = "polling"'))
    daemon = firm.run()
    firm.drop("facture.pdf")
    until(lambda: names(inqom) == ["facture.pdf"], "it has arrived")
    assert daemon.stop() == 0


def test_trouble_of_inqom_is_told_by_status_and_over_by_itself(firm: Firm, inqom: Sandbox) -> None:
    daemon = firm.run()
    inqom.faults.set("429=1")
    firm.drop("facture.pdf")

    def paused() -> bool:
        with firm.history() as history:
            return any(note.state == "paused" for note in history.destinations().values())

    until(paused, "the destination is paused")
    assert firm.documents()[0].attempts == 0
    assert "en pause, nouvel essai le" in firm.command("status")[1]
    inqom.faults.clear()
    daemon.send(signal.SIGHUP)  # somebody mended it
    until(lambda: names(inqom) == ["facture.pdf"], "it has arrived")
    assert daemon.stop() == 0


def test_what_pushdoc_writes_among_the_papers_is_for_their_readers_only(firm: Firm, inqom: Sandbox) -> None:
    refused = firm.drop("tableau.xlsx", b"PK")
    daemon = firm.run()
    mark = refused.with_name("tableau.xlsx.NON-TRANSMIS.txt")
    until(mark.exists, "the mark is there")
    assert daemon.stop() == 0
    assert "tableau.xlsx" in mark.read_text("utf-8-sig")
    assert not stat.S_IMODE(firm.ledger.parent.stat().st_mode) & stat.S_IRWXO
    assert firm.command("status")[0] == 1


def test_the_process_list_shows_no_secret(firm: Firm, inqom: Sandbox) -> None:
    daemon = firm.run()
    for name in ("cmdline", "environ"):
        (firm.said / name).write_bytes(Path(f"/proc/{daemon.pid}/{name}").read_bytes())
    assert daemon.stop() == 0  # `firm` looks into all that was said


def test_a_closed_standard_error_costs_log_lines_and_no_document(firm: Firm, inqom: Sandbox) -> None:
    firm.drop("facture.pdf")
    reader, firm.screen = os.pipe()
    os.close(reader)
    daemon = firm.start("run")
    os.close(firm.screen)
    until(lambda: names(inqom) == ["facture.pdf"], "it has arrived")
    assert daemon.stop() == 0
