"""Drop folders on a real Samba server, mounted through FUSE: what other machines put there, and a server that goes."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from email.header import decode_header, make_header
from typing import TYPE_CHECKING

import pytest
from service.firm import Firm, paper, until
from service.samba import missing, samba_share
from service.test_alerts import MAIL, subjects

from pushdoc.states import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postbox import Postbox
    from service.samba import Samba

    from pushdoc.sandbox import Sandbox

WHY_NOT = missing()
pytestmark = [pytest.mark.service, pytest.mark.skipif(WHY_NOT is not None, reason=str(WHY_NOT))]

ASKING = ('first = "1s"', 'first = "1s"\nasking = ["1s", "1s", "2s"]')


@pytest.fixture
def inqom(firm: Firm, box: Postbox) -> Iterator[Sandbox]:
    with firm.inqom(keep_content=True) as inqom:
        firm.write_rules(inqom.url, ASKING, ("[retry]", MAIL.format(port=box.port, after="1s")))
        yield inqom


@contextmanager
def all_on_the_share(firm: Firm) -> Iterator[Samba]:
    """A server that has all clients' folders."""
    server = firm.home / "server"
    firm.root.rename(server)
    with samba_share(server, firm.root) as samba:
        yield samba


@contextmanager
def one_on_the_share(firm: Firm) -> Iterator[Samba]:
    """A server that has the first client's folders; the others lie on this machine's disk."""
    with samba_share(firm.home / "server", firm.root / firm.names[0]) as samba:
        yield samba


def names(inqom: Sandbox) -> list[str]:
    return sorted(received.name for received in inqom.received())


def states(firm: Firm) -> dict[str, State]:
    return {document.name: document.state for document in firm.documents()}


def all_filed(firm: Firm, count: int) -> bool:
    found = [document.state for document in firm.documents()]
    return found == [State.ARCHIVED] * count


def on_the_server(samba: Samba) -> dict[str, bytes]:
    """All files that lie there, with the marks and what is half done, by their name; the root's sign is none."""
    files = [file for file in samba.folder.rglob("*") if file.is_file() and file.name != ".pushdoc-owner"]
    return {f"{file.parent.name}/{file.name}": file.read_bytes() for file in files}


def mailed(box: Postbox) -> list[str]:
    """What each mail is about, without the place."""
    heads = (str(make_header(decode_header(line.removeprefix("Subject: ")))) for line in subjects(box))
    return [head.partition("\u00a0:")[0] for head in heads]


def told(firm: Firm) -> str:
    """What `status` says of the watch."""
    lines = firm.command("status")[1].splitlines()
    return "\n".join(line for line in lines if line.startswith("Surveillance") or "! " in line)


def test_what_other_machines_put_on_a_samba_share_arrives_once_and_is_archived_there(
    firm: Firm, inqom: Sandbox
) -> None:
    with all_on_the_share(firm) as samba:
        drop = firm.folder().relative_to(firm.root)
        daemon = firm.run()
        wanted: dict[str, bytes] = {}
        for number in range(8):
            for name in (f"envoyé {number}.pdf", f"sur place {number}.pdf"):
                wanted[name] = paper(name) * 50
            file = firm.home / "envoyé.pdf"
            file.write_bytes(wanted[f"envoyé {number}.pdf"])
            samba.put(file, f"{drop}/envoyé {number}.pdf")
            (samba.folder / drop / f"sur place {number}.pdf").write_bytes(wanted[f"sur place {number}.pdf"])
        until(lambda: all_filed(firm, len(wanted)), "all are filed", within=60)
        said = told(firm)
        assert daemon.stop() == 0
        assert "mode polling" in said
        assert names(inqom) == sorted(wanted)
        assert {received.name: inqom.content(received.document_id) for received in inqom.received()} == wanted
        assert on_the_server(samba) == {f"Transmis/{name}": content for name, content in wanted.items()}
        sys.stdout.write(f"{len(wanted)} put by smbclient and by the server: {len(inqom.received())} arrived\n{said}\n")


AWAY = {"killed": "ne répond p", "frozen": "ne répond p"}


BEGUN, OVER = "[pushdoc] Dossiers hors d’atteinte", "[pushdoc] Dossiers de nouveau accessibles"


def let_the_server_go(firm: Firm, inqom: Sandbox, box: Postbox, going: str, *, papers: int, within: float) -> None:
    """Let the first client's server go and come back; with `papers`, in the middle of sending so many of them."""
    far, near = firm.names
    with one_on_the_share(firm) as samba:
        drop = samba.folder / firm.folder(far).relative_to(firm.root / far)
        daemon = firm.run()
        wanted = [f"a{number}.pdf" for number in range(3)]
        for name in wanted:
            (drop / name).write_bytes(paper(name))
        until(lambda: all_filed(firm, len(wanted)), "the first are filed", within=30)
        if papers:
            inqom.faults.set("latency:1500@upload=1")
            sending = [f"b{number}.pdf" for number in range(papers)]
            for name in sending:
                (drop / name).write_bytes(paper(name))
            until(lambda: State.SENDING in states(firm).values(), "some are being sent")
            wanted += sending
        gone = time.monotonic()
        samba.kill() if going == "killed" else samba.freeze()
        inqom.faults.clear()
        caught = sum(state is State.SENDING for state in states(firm).values())
        (drop / "meanwhile.pdf").write_bytes(paper("meanwhile.pdf"))
        firm.drop("near.pdf", paper("near.pdf"), client=near)
        until(lambda: "near.pdf" in names(inqom), "the other client's has arrived", within)
        near_after = time.monotonic() - gone
        until(lambda: AWAY[going] in told(firm), "status says that the share is away", within=100)
        told_after, said = time.monotonic() - gone, told(firm)
        assert not {State.WITHDRAWN, State.NON_TRANSMIS} & set(states(firm).values())
        until(lambda: box.mails, "the administrator has the alert", within=100)

        samba.start() if going == "killed" else samba.thaw()
        back = time.monotonic()
        wanted += ["meanwhile.pdf"]
        until(
            lambda: all_filed(firm, len(wanted) + 1), "all are filed", within=240
        )  # rclone needs two minutes from the freeze
        back_after = time.monotonic() - back
        until(lambda: AWAY[going] not in told(firm), "status says no more that it is away", within=60)
        until(lambda: mailed(box)[-1] == OVER, "the administrator has its end", within=60)
        assert daemon.stop() == 0
        # Whom no patience keeps from it hears of each time that rclone remembers, and forgets, what was there.
        assert mailed(box) == [BEGUN, OVER] * (len(box.mails) // 2)
        assert names(inqom) == sorted([*wanted, "near.pdf"])
        assert on_the_server(samba) == {f"Transmis/{name}": paper(name) for name in wanted}
    sys.stdout.write(
        f"server {going}, {caught} documents just being sent: the other client's arrived after {near_after:.1f} s, "
        f"status told it after {told_after:.1f} s\n{said}\n"
        f"all {len(wanted) + 1} filed {back_after:.1f} s after it was back; {len(inqom.received())} arrived\n"
        f"mailed: {mailed(box)}\n"
    )


@pytest.mark.slow
@pytest.mark.timeout(480)
@pytest.mark.parametrize("going", AWAY)
def test_a_samba_server_that_goes_and_comes_back_loses_nothing_and_stops_no_other(
    firm: Firm, inqom: Sandbox, box: Postbox, going: str
) -> None:
    let_the_server_go(firm, inqom, box, going, papers=0, within=20)


@pytest.mark.slow
@pytest.mark.timeout(480)
@pytest.mark.parametrize("going", AWAY)
def test_a_samba_server_that_goes_in_the_middle_of_sending_loses_nothing_and_nothing_goes_twice(
    firm: Firm, inqom: Sandbox, box: Postbox, going: str
) -> None:
    # Who reads from the share in that moment comes back when rclone gives up, and not before.
    let_the_server_go(firm, inqom, box, going, papers=12, within=120)
