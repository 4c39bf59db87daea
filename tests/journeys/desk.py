"""The people of a firm at their desks: what they do with files, and a tally of what should therefore exist.

pushdoc neither makes nor destroys a content, so the files beneath the clients' folders, wherever they were moved,
always have exactly the contents that people put there and did not take away themselves. The journeys compare the two.
"""

from __future__ import annotations

import os
from collections import Counter
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING, BinaryIO

from fakes import ScriptedDestination, breaks
from journeys.firm import DOSSIERS, GARAGE, MARTIN, Firm
from journeys.mortal import KilledError

from pushdoc.marks import MARK_SUFFIX
from pushdoc.states import ENDS, Event, State, next_state

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import datetime
    from pathlib import Path
    from random import Random

    from pushed import PushedClock

    from pushdoc.deliver.destination import Progress
    from pushdoc.document import Document

CLIENTS = MARTIN, GARAGE
DROP, ARCHIVE = "Achats", "Achats/Transmis"
#: One drop folder for all months: these stories jump over days, and months are other tests' business.
RULE = f"""
[[rule]]
name = "Achats"
drop = "{DROP}"
archive = "{ARCHIVE}"
type = "Facture d'achat"
"""
_DOSSIER_OF = dict(zip(CLIENTS, (dossier.id for dossier in DOSSIERS), strict=True))
_IDLE_S = 30.0


class Service(ScriptedDestination):
    """A service whose hours are its own: it does not mind ours being set back."""

    def follow(self, dossier: str, receipts: Collection[str], since: datetime) -> dict[str, Progress]:
        return super().follow(dossier, receipts, min(since, self.clock.now()))


class Desk:
    """What people do in the drop folders of two clients; `right` holds pushdoc to what it owes them."""

    def __init__(self, firm: Firm, destination: ScriptedDestination) -> None:
        self.firm = firm
        self.destination = destination
        self.put: Counter[bytes] = Counter()
        self.taken: Counter[bytes] = Counter()
        self.forced: Counter[tuple[str, str]] = Counter()
        self._growing: dict[Path, tuple[BinaryIO, bytes]] = {}
        self._unfinished: set[bytes] = set()
        self._numbers = count(1)
        self._moments = count(1)
        for client in CLIENTS:
            self._drop(client).mkdir(parents=True, exist_ok=True)

    def _drop(self, client: str) -> Path:
        return self.firm.root / client / DROP

    # --- what people do

    def new_path(self, client: str) -> Path:
        return self._drop(client) / f"{next(self._numbers)}.pdf"

    def new_content(self) -> bytes:
        return f"%PDF {next(self._numbers)}".encode()

    def papers(self) -> list[Path]:
        """The finished files that lie in drop folders now."""
        found = [path for client in CLIENTS for path in sorted(self._drop(client).iterdir())]
        return [path for path in found if _is_paper(path) and path not in self._growing]

    def contents(self) -> list[bytes]:
        """Every finished content that still exists."""
        return sorted(self.put.keys() - self._unfinished)

    def write(self, path: Path, content: bytes) -> None:
        """A file saved in one go, perhaps over another."""
        self._gone(path)
        path.write_bytes(content)
        self._stamp(path)
        self.put[content] += 1

    def begin(self, path: Path) -> None:
        """The first page of a file that stays open."""
        self._growing[path] = path.open("wb"), b""
        self.go_on(path)

    def go_on(self, path: Path) -> None:
        """One more page."""
        file, written = self._growing[path]
        page = self.new_content()
        file.write(page)
        file.flush()
        self._stamp(path)
        self.put[written] -= 1
        self.put += Counter()
        self._growing[path] = file, written + page
        self.put[written + page] += 1
        self._unfinished.add(written + page)

    def finish(self, path: Path) -> None:
        """The last page, and the file is closed."""
        self.go_on(path)
        file, written = self._growing.pop(path)
        file.close()
        self._unfinished.discard(written)

    @property
    def growing(self) -> list[Path]:
        return list(self._growing)

    def replace(self, path: Path, content: bytes) -> None:
        """Another file renamed over this one, as programs save."""
        aside = self.firm.folder / "aside"
        aside.write_bytes(content)
        self._stamp(aside)
        self._gone(path)
        self.put[content] += 1
        aside.rename(path)

    def rename(self, path: Path, new: Path) -> None:
        if path.exists():
            path.rename(new)

    def move_in(self, client: str, contents: list[bytes]) -> None:
        """Files that were made elsewhere, moved in one after the other, and a folder of drafts that nobody watches."""
        for content in contents:
            self.replace(self.new_path(client), content)

    def delete(self, path: Path) -> None:
        self._gone(path)
        path.unlink(missing_ok=True)

    def touch(self, path: Path) -> None:
        if path.exists():
            self._stamp(path)

    def retry(self, document: Document, decide: Callable[..., object], *, force: bool) -> None:
        """A person orders a document to be sent again; what is forced may arrive once more."""
        if decide(self.firm.ledger, document, self.firm.clock, force=force) is None and force:
            self.forced[document.client, document.digest.sha256] += 1

    def _stamp(self, path: Path) -> None:
        """Each writing gets a moment of its own.

        The kernel's clock ticks every few milliseconds, and these people do all their work of a day in one: a file
        written over in place within one tick looks untouched, and which tick it is differs from run to run.
        """
        moment = next(self._moments) * 10**9
        os.utime(path, ns=(moment, moment))

    def _gone(self, path: Path) -> None:
        if path.exists():
            content = path.read_bytes()
            self.put[content] -= 1
            self.put += Counter()  # what has come to nothing is not kept
            self.taken[content] += 1

    # --- what pushdoc owes them

    def lying(self) -> Counter[bytes]:
        """The contents of all files, archived and hidden ones too; only marks are pushdoc's own."""
        files = (path for client in CLIENTS for path in (self.firm.root / client).rglob("*") if path.is_file())
        return Counter(path.read_bytes() for path in files if not path.name.endswith((MARK_SUFFIX, ".mark")))

    def right(self) -> None:
        """Nothing is lost, nothing half-written was sent, nothing was sent twice that nobody ordered."""
        lying = self.lying()
        assert not self.put - lying, "something is lost"
        # What was replaced while it was sent is archived all the same: the destination has it.
        saved = lying - self.put
        assert saved <= self.taken, "something came from nowhere"
        assert set(saved) <= set(self.destination.contents)
        assert not self._unfinished & set(self.destination.contents)
        arrived = Counter((arrival.dossier, arrival.sha256) for arrival in self.destination.arrived)
        for (dossier, sha256), times in arrived.items():
            client = next(name for name, number in _DOSSIER_OF.items() if number == dossier)
            assert times <= 1 + self.forced[client, sha256], f"{times} times at {dossier}"

    def lives(self) -> None:
        """The history of every document is a way through the table."""
        for document in self.firm.documents:
            state: State | None = None
            for line in self.firm.history.life(document.id):
                if line.event in set(Event):
                    state = next_state(state, Event(line.event))
            assert state is document.state

    def settled(self) -> None:
        """Everything is decided: what lies in a drop folder has its reason, and its mark where it was refused."""
        documents = self.firm.documents
        assert {document.state for document in documents} <= ENDS | {State.NON_TRANSMIS}
        waiting = {document.path for document in documents if document.state is State.NON_TRANSMIS}
        marks = {path for client in CLIENTS for path in self._drop(client).iterdir() if path.name.endswith(MARK_SUFFIX)}
        assert len(marks) == len(waiting)
        assert all(self.firm.marked(path) for path in waiting)
        for path in self.papers():
            newest = self.firm.ledger.at(path)[0]
            assert newest.state in {State.NON_TRANSMIS, State.ACKNOWLEDGED, State.KEPT}, f"{path.name} {newest.state}"
        there = {(arrival.client, arrival.content) for arrival in self.destination.arrived}
        for client in CLIENTS:
            for path in (self.firm.root / client / ARCHIVE).glob("*"):
                assert (client, path.read_bytes()) in there
                assert State.ARCHIVED in {document.state for document in self.firm.ledger.archived_at(path)}, path.name

    def close(self) -> None:
        for path in self.growing:
            self.finish(path)


def _is_paper(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(".") and not path.name.endswith(MARK_SUFFIX)


def some_files(desk: Desk, random: Random) -> None:
    """One thing that somebody does with files, by chance."""
    papers, growing = desk.papers(), desk.growing
    client = random.choice(CLIENTS)
    content = random.choice([desk.new_content(), *desk.contents()[-8:]])
    paper = random.choice(papers) if papers else None
    match random.randrange(12):
        case 0 | 1 | 2 | 3:
            desk.write(desk.new_path(client), content)
        case 4:
            desk.begin(desk.new_path(client))
        case 5 if growing:
            desk.go_on(random.choice(growing))
        case 6 if growing:
            desk.finish(random.choice(growing))
        case 7 if paper:
            desk.replace(paper, content)
        case 8 if paper:
            desk.rename(paper, desk.new_path(client))
        case 9 if paper:
            desk.delete(paper)
        case 10 if paper:
            desk.touch(paper)
        case _:
            desk.move_in(client, [desk.new_content(), content])


def die_while_sending(firm: Firm, destination: ScriptedDestination, *, arrived: bool) -> None:
    """The process is killed after the last byte of the next document and before its answer, and started again."""
    dies = breaks(KilledError(), arrived=arrived)
    destination.script.appendleft(dies)
    try:
        firm.work()
    except KilledError:
        firm.restart()
    with suppress(ValueError):  # it was sent, or the service answered with its trouble
        destination.script.remove(dies)


def bring_to_rest(firm: Firm, clock: PushedClock) -> None:
    """Let everything end that can: a start as the daemon's, then hours without trouble."""
    firm.restart()
    longest = max(firm.rules.retry.longest, *firm.rules.retry.asking)
    firm.ledger.set_right("inqom", longest)
    for _ in range(60):
        firm.work(hours=0.05, step_s=60)
        if all(document.state in ENDS | {State.NON_TRANSMIS} for document in firm.documents):
            return
        clock.push(_IDLE_S * 20)
