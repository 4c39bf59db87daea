"""Rows W of the faults: shares that go away, hang, flap, list half or may not be written."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from faults.apart import apart, do
from faults.firm_faults import QUICK, names
from faults.ill_share import ill_share, missing
from service.firm import Firm, until

from pushdoc.clock import SystemClock
from pushdoc.journey.alerting import Alerting
from pushdoc.ledger import AlertKind
from pushdoc.states import State
from pushdoc.watch import Lookout, Presence, look

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from faults.firm_faults import Desk
    from faults.ill_share import IllShare
    from pushed import PushedClock

    from pushdoc.sandbox import Sandbox
    from pushdoc.watch.share import Share

service = pytest.mark.service
WHY_NOT = missing()
needs_fuse = pytest.mark.skipif(WHY_NOT is not None, reason=str(WHY_NOT))
PATIENCE = timedelta(seconds=1)
AWAY = [errno.EIO, errno.ESTALE, errno.ENOTCONN, errno.EHOSTDOWN]


@pytest.fixture
def share(firm: Firm) -> Iterator[IllShare]:
    """The firm's clients lie on a share."""
    server = firm.home / "server"
    firm.root.rename(server)
    with ill_share(firm.home, firm.root) as share:
        yield share


@pytest.fixture
def lookout(firm: Firm, share: IllShare, clock: PushedClock) -> Iterator[Lookout]:
    lookout = Lookout(firm.root, clock, ".pushdoc-owner", patience=PATIENCE)
    yield lookout
    share.recover()
    lookout.close()


def share_of(lookout: Lookout) -> Share:
    (share,) = lookout._shares.values()
    return share


def code(lookout: Lookout, folder: Path) -> str | None:
    why = lookout.look(folder).trouble
    return None if why is None else why.code


@contextmanager
def at_work(home: Path) -> Iterator[tuple[Firm, Sandbox]]:
    """A firm and an Inqom made in here: in the network and with the mounts of the test's own."""
    firm = Firm(home)
    try:
        with firm.inqom() as inqom:
            firm.write_rules(inqom.url, *QUICK)
            yield firm, inqom
    finally:
        firm.end()


def looks_again(firm: Firm) -> None:
    """Wait until the daemon has looked everywhere twice, so that one look began after this was called."""
    for _ in range(2):
        before = firm.last_look()
        until(lambda before=before: firm.last_look() != before, "it looks again")  # type: ignore[misc] # a loop's value


def states(firm: Firm) -> dict[str, State]:
    return {document.name: document.state for document in firm.documents()}


@service
@apart
def test_w07_a_root_that_is_unmounted_takes_no_document_with_it_and_goes_on_when_it_is_back(tmp_path: Path) -> None:
    with at_work(tmp_path) as (firm, inqom):
        disk = tmp_path / "disk"
        firm.root.rename(disk)
        firm.root.mkdir()
        do("mount", "--bind", disk, firm.root)
        daemon = firm.run()
        firm.drop("a.pdf")
        firm.drop("letter.docx", b"PK")
        until(lambda: names(inqom) == ["a.pdf"], "it has arrived")
        until(lambda: states(firm).get("letter.docx") is State.NON_TRANSMIS, "the other is refused")
        do("umount", "-l", firm.root)
        looks_again(firm)
        assert states(firm)["letter.docx"] is State.NON_TRANSMIS
        do("mount", "--bind", disk, firm.root)
        firm.drop("b.pdf")
        until(lambda: names(inqom) == ["a.pdf", "b.pdf"], "it goes on")
        until(lambda: states(firm)["b.pdf"] is State.ARCHIVED, "it is filed")
        assert states(firm)["letter.docx"] is State.NON_TRANSMIS
        assert daemon.stop() == 0


@service
@apart
def test_w07_one_clients_share_that_is_unmounted_takes_no_document_with_it_until_a_person_says_so(
    tmp_path: Path,
) -> None:
    with at_work(tmp_path) as (firm, inqom):
        client, disk = firm.root / firm.names[0], tmp_path / "disk"
        client.rename(disk)
        shutil.copytree(disk, client)  # what is seen when it is not mounted: the same folders, and nothing in them
        do("mount", "--bind", disk, client)
        daemon = firm.run()
        firm.drop("letter.docx", b"PK")
        until(lambda: states(firm).get("letter.docx") is State.NON_TRANSMIS, "it is refused")
        do("umount", "-l", client)
        looks_again(firm)
        firm.drop("other.pdf", client=firm.names[1])
        until(lambda: names(inqom) == ["other.pdf"], "the other client goes on")
        assert states(firm)["letter.docx"] is State.NON_TRANSMIS
        assert "n’est plus monté" in firm.command("status")[1]
        do("mount", "--bind", disk, client)
        inqom.faults.set("latency:1500@upload=next:1")
        firm.drop("a.pdf")
        until(lambda: not inqom.faults.active(), "its upload has begun")
        do("umount", "-l", client)  # before it is filed
        until(lambda: states(firm)["a.pdf"] is State.DELIVERED, "it has arrived")
        looks_again(firm)
        do("mount", "--bind", disk, client)
        until(lambda: states(firm)["a.pdf"] is State.ARCHIVED, "it is filed where it lay")
        assert states(firm)["letter.docx"] is State.NON_TRANSMIS
        do("umount", "-l", client)
        looks_again(firm)
        daemon.send(signal.SIGHUP)
        until(lambda: states(firm)["letter.docx"] is State.WITHDRAWN, "it is not meant to be mounted any more")
        assert daemon.stop() == 0


@apart
def test_w07_an_unmounted_root_is_away_at_once_and_the_same_again_on_another_device(tmp_path: Path) -> None:
    root, disk = tmp_path / "clients", tmp_path / "disk"
    for folder in (root, disk / "Martin"):
        folder.mkdir(parents=True)
    (disk / "sign").write_bytes(b"ours")
    clock = SystemClock()
    lookout = Lookout(root, clock, "sign")
    presence = Presence(root, b"ours".__eq__, known=True)

    def why() -> str | None:
        found = presence.see(lookout.sight(), clock.now())
        return None if found is None else found.code

    assert why() == "watch.root_empty", "nothing is mounted yet"
    do("mount", "--bind", disk, root)
    assert why() is None
    do("mount", "-t", "tmpfs", "another", root)
    (root / "somebody else's").mkdir()
    assert why() == "watch.root_changed"
    shutil.copytree(disk, root, dirs_exist_ok=True)
    assert why() is None, "a new disk that bears our sign"
    do("umount", root)
    do("umount", root)
    assert why() == "watch.root_empty"
    lookout.close()


@needs_fuse
def test_w09_a_folder_that_hangs_stops_no_other_and_leaves_one_process_behind(
    firm: Firm, share: IllShare, lookout: Lookout
) -> None:
    hanging, *others = (firm.folder(client, kind) for client in firm.names for kind in ("Achats", "Ventes"))
    lookout.look(hanging)
    share.hang("/" + str(hanging.relative_to(firm.root)))
    assert code(lookout, hanging) == "watch.folder_hangs"
    begun = time.monotonic()
    assert [code(lookout, folder) for folder in others] == [None] * len(others)
    assert {code(lookout, hanging) for _ in range(10)} == {"watch.folder_hangs"}
    assert time.monotonic() - begun < 5 * PATIENCE.total_seconds(), "nobody waits for it again"
    assert share_of(lookout).left_behind == 1, "stuck in the kernel"
    assert lookout.troubles() == []
    share.recover()
    until(lambda: share_of(lookout).left_behind == 0, "it ends when it is let go")


@needs_fuse
def test_w09_a_share_that_hangs_is_asked_once_and_not_for_each_folder_and_is_back_by_itself(
    firm: Firm, share: IllShare, lookout: Lookout, clock: PushedClock
) -> None:
    folders = [firm.folder(client, kind) for client in firm.names for kind in ("Achats", "Ventes", "Frais")]
    assert lookout.answers(folders[0])
    since = clock.now()
    share.hang()
    begun = time.monotonic()
    for _ in range(100):
        assert {code(lookout, folder) for folder in folders} == {"watch.hanging"}
        clock.push(10)
        assert not lookout.answers(folders[0])
    assert time.monotonic() - begun < 20 * PATIENCE.total_seconds(), "600 looks"
    assert [(why.code, why.values["since"]) for why in lookout.troubles()] == [("watch.hanging", since.isoformat())]
    assert share_of(lookout).left_behind <= 1
    assert children(lookout) <= 2
    share.recover()
    until(lambda: lookout.answers(folders[0]), "it is back")
    assert {code(lookout, folder) for folder in folders} == {None}
    assert lookout.troubles() == []


@needs_fuse
def test_w09_a_share_that_hangs_while_papers_on_it_are_open_is_noticed_all_the_same(
    firm: Firm, share: IllShare, lookout: Lookout
) -> None:
    folder = firm.folder()
    (folder / "a.pdf").write_bytes(b"x")
    assert code(lookout, folder) is None
    with (folder / "a.pdf").open("rb"):  # as it is while it is being sent
        share.hang()
        at_last = threading.Timer(10 * PATIENCE.total_seconds(), share.recover)
        at_last.start()
        assert code(lookout, folder) == "watch.hanging"
        assert at_last.is_alive(), "it was noticed while the share hung"
        at_last.cancel()
        share.recover()  # closing the paper would hang, too


@needs_fuse
def test_w09_a_share_that_is_mounted_anew_is_looked_at_while_somebody_is_still_stuck_in_the_old_one(
    firm: Firm, share: IllShare, lookout: Lookout
) -> None:
    folder = firm.folder()
    share.hang()
    assert code(lookout, folder) == "watch.hanging"
    share.unmount()
    share.serve()
    old = share_of(lookout)
    assert lookout.sight().trouble is None
    assert code(lookout, folder) is None
    assert old.left_behind >= 1


@needs_fuse
def test_w09_a_share_that_hangs_is_not_touched_to_find_out_that_it_is_a_share(
    firm: Firm, share: IllShare, clock: PushedClock
) -> None:
    (firm.home / "link").symlink_to(firm.root)
    share.hang()
    lookout = Lookout(firm.home / "link" / firm.names[0], clock, ".pushdoc-owner", patience=PATIENCE)
    found: list[object] = []
    asking = threading.Thread(target=lambda: found.append(lookout.sight().trouble), daemon=True)
    asking.start()
    asking.join(20)
    assert [getattr(why, "code", None) for why in found] == ["watch.hanging"]
    share.recover()
    lookout.close()


@needs_fuse
@pytest.mark.parametrize("error", AWAY, ids=[errno.errorcode[error] for error in AWAY])
def test_w10_an_error_of_the_share_is_told_and_nothing_is_concluded(
    firm: Firm, inqom: Sandbox, share: IllShare, desk: Desk, error: int
) -> None:
    desk.work()
    firm.drop("letter.docx", b"PK")
    firm.drop("a.pdf")
    desk.look()
    known = desk.states
    assert len(known) == 2
    share.fail(error)
    desk.look()
    desk.look()
    assert desk.states == known
    assert {why.code for why in desk.house.intake.problems.values()} == {"watch.away"}
    share.recover()
    desk.work(seconds=600, step=30)
    assert sorted(desk.states) == sorted([State.NON_TRANSMIS, State.ARCHIVED])
    assert names(inqom) == ["a.pdf"]


@needs_fuse
def test_w10_a_share_in_one_trouble_after_the_other_is_told_as_one(
    firm: Firm, share: IllShare, lookout: Lookout, desk: Desk, clock: PushedClock
) -> None:
    house = desk.house
    alerting = Alerting(house.rules, house.ledger, clock, [], house.roll, lookout)
    folders = [firm.folder(kind=kind) for kind in ("Achats", "Ventes", "Frais")]
    reasons: set[str] = set()

    def told() -> list[tuple[AlertKind, str]]:
        clock.push(60)  # what failed is asked again by then
        troubles = {folder: why for folder in folders if (why := lookout.look(folder).trouble) is not None}
        reasons.update(why.code for why in troubles.values())
        alerting.saw(SimpleNamespace(problems=troubles, folders=folders))  # type: ignore[arg-type] # of an intake, these
        alerting.look()
        return [(note.kind, note.subject) for note in house.ledger.alerts.known().values() if note.gone is None]

    begun = [(AlertKind.SHARE, str(share.point))]
    share.fail(errno.EIO)
    assert told() == begun
    share.recover()
    share.hang()
    assert told() == begun
    share.recover()
    until(lambda: lookout.answers(folders[0]), "it is back")
    share.hang("/" + str(folders[1].relative_to(firm.root)))
    assert told() == begun
    assert reasons >= {"watch.away", "watch.hanging", "watch.folder_hangs"}
    share.recover()
    assert told() == []


@needs_fuse
def test_w10_a_server_that_died_is_told_and_the_share_is_believed_again_when_it_is_back(
    firm: Firm, share: IllShare, lookout: Lookout
) -> None:
    folder = firm.folder()
    share.die()
    why = lookout.sight().trouble
    assert why is not None
    assert why.values["error"] == "ENOTCONN"
    assert code(lookout, folder) == "watch.away"
    share.unmount()
    share.serve()
    assert code(lookout, folder) is None


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs the package strace")
def test_w10_a_listing_that_fails_half_way_is_trouble_and_not_a_shorter_listing(tmp_path: Path) -> None:
    folder = tmp_path / "Achats"
    folder.mkdir()
    for number in range(3000):  # more than one call of the system lists
        (folder / f"{number}.pdf").write_bytes(b"x")
    program = f"""
from pathlib import Path
from pushdoc.watch import look
seen = look(Path({str(tmp_path)!r}), Path({str(folder)!r}))
print(len(seen.sightings), seen.trouble and seen.trouble.code)
"""

    def run(*strace: str) -> str:
        return subprocess.run(
            [*strace, sys.executable, "-c", program], check=True, capture_output=True, text=True
        ).stdout

    inject = ["-e", "trace=getdents64", "-e", "inject=getdents64:error=EIO:when=2+"]
    assert run("strace", "-qq", "-o", os.devnull, "-P", str(folder), *inject).split() == ["0", "watch.away"]
    assert run().split() == ["3000", "None"]


@needs_fuse
def test_w11_a_share_that_flaps_withdraws_nothing_and_sends_nothing_twice(
    firm: Firm, inqom: Sandbox, share: IllShare, desk: Desk
) -> None:
    desk.work()
    firm.drop("letter.docx", b"PK")
    desk.work()
    inqom.faults.set("429@upload=next:1")
    firm.drop("a.pdf")
    desk.work()
    known = desk.states
    assert known == [State.NON_TRANSMIS, State.WAITING]
    for _ in range(5):
        share.unmount()
        desk.look()
        assert desk.states == known
        share.serve()
        desk.look()
        assert desk.states == known
    desk.work(seconds=3600, step=60)
    assert desk.states == [State.NON_TRANSMIS, State.ARCHIVED]
    assert names(inqom) == ["a.pdf"]


@needs_fuse
@service
def test_w12_what_another_machine_puts_on_the_share_arrives_once(firm: Firm, ticking: Sandbox, share: IllShare) -> None:
    folder = share.folder / firm.folder().relative_to(firm.root)
    daemon = firm.run()
    for number in range(20):
        (folder / f"{number}.pdf").write_bytes(b"%%PDF-1.7\n%d\n%%%%EOF\n" % number)
    until(lambda: len(names(ticking)) == 20, "all have arrived")
    until(lambda: set(states(firm).values()) == {State.ARCHIVED}, "all are filed")
    assert "mode polling" in firm.command("status")[1]
    assert daemon.stop() == 0
    assert len(names(ticking)) == 20


@pytest.mark.skipif(shutil.which("disorderfs") is None, reason="needs the package disorderfs")
@apart
def test_w15_the_order_of_a_listing_changes_nothing(tmp_path: Path) -> None:
    disk, root = tmp_path / "disk", tmp_path / "clients"
    folder = root / "Achats"
    (disk / "Achats").mkdir(parents=True)
    root.mkdir()
    for number in range(50):
        file = disk / "Achats" / f"{number}.pdf"
        file.write_bytes(b"x")
        os.utime(file, (number, number))
    do("disorderfs", "--shuffle-dirents=yes", disk, root)
    try:
        listings = {tuple(os.listdir(folder)) for _ in range(5)}  # noqa: PTH208 -- the system's own order
        looks = {tuple(one.path.name for one in look(root, folder).sightings) for _ in range(5)}
    finally:
        do("umount", "-l", root)
    assert len(listings) > 1
    assert looks == {tuple(f"{number}.pdf" for number in range(50))}


@service
@apart
def test_w16_what_may_only_be_read_is_not_sent_and_goes_when_it_may_be_written(tmp_path: Path) -> None:
    with at_work(tmp_path) as (firm, inqom):
        firm.drop("a.pdf")
        do("mount", "--bind", firm.root, firm.root)
        do("mount", "-o", "remount,ro,bind", firm.root)
        daemon = firm.run()
        until(firm.documents, "it is entered")
        looks_again(firm)
        assert names(inqom) == []
        do("mount", "-o", "remount,rw,bind", firm.root)
        until(lambda: names(inqom) == ["a.pdf"], "it has arrived", within=60)
        until(lambda: states(firm) == {"a.pdf": State.ARCHIVED}, "it is filed")
        assert daemon.stop() == 0


@pytest.fixture
def as_nobody() -> Iterator[Callable[[Callable[[], object]], object]]:
    """Does something in this thread with the rights of nobody on files."""
    if os.geteuid():
        pytest.skip("needs root, to become nobody")
    libc = ctypes.CDLL(None)

    def work(what: Callable[[], object]) -> object:
        libc.setfsuid(65534)
        try:
            return what()
        finally:
            libc.setfsuid(0)

    yield work
    libc.setfsuid(0)


def test_w17_one_folder_without_rights_is_told_and_the_others_are_seen(
    as_nobody: Callable[[Callable[[], object]], object],
) -> None:
    with tempfile.TemporaryDirectory() as home:
        root = Path(home)
        root.chmod(0o755)
        for name in ("Achats", "Achats/open", "Achats/closed"):
            (root / name).mkdir()
            (root / name / "a.pdf").write_bytes(b"x")
        (root / "Achats" / "closed").chmod(0)
        seen = look(root, root / "Achats", subfolders=True)
        assert len(seen.sightings) == 3
        seen = as_nobody(lambda: look(root, root / "Achats", subfolders=True))  # type: ignore[assignment] # what it gives
    assert sorted(str(one.path.relative_to(root)) for one in seen.sightings) == ["Achats/a.pdf", "Achats/open/a.pdf"]
    assert [(odd.path.name, odd.phrase.code) for odd in seen.oddities] == [("closed", "watch.no_right")]
    assert seen.trouble is None


def children(lookout: Lookout) -> int:
    """How many scouts live."""
    starts = lookout._launcher._process
    assert starts is not None
    return len(Path(f"/proc/{starts.pid}/task/{starts.pid}/children").read_text().split())


@needs_fuse
@service
def test_w09_one_client_on_a_share_that_hangs_does_not_keep_the_others_waiting(firm: Firm, ticking: Sandbox) -> None:
    slow, quick = firm.names
    with ill_share(firm.home, firm.root / slow) as share:
        firm.folder(slow)
        daemon = firm.run()
        firm.drop("before.pdf", client=slow)
        until(lambda: names(ticking) == ["before.pdf"], "it has arrived")
        until(lambda: states(firm) == {"before.pdf": State.ARCHIVED}, "it is filed")
        share.hang()
        until(lambda: "ne répond plus depuis" in firm.command("status")[1], "it is told", within=60)
        firm.drop("meanwhile.pdf", client=quick)
        until(lambda: "meanwhile.pdf" in names(ticking), "the other goes on")
        share.recover()
        firm.drop("after.pdf", client=slow)
        until(lambda: len(names(ticking)) == 3, "it goes on by itself", within=60)
        assert daemon.stop() == 0
