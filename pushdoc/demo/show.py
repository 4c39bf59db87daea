"""What the demo does, and what it shows: Inqom's own record first, then the folders, the marks and the status."""

from __future__ import annotations

import tempfile
import threading
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pushdoc.clock import SystemClock
from pushdoc.demo.stage import MAX_SIZE, build
from pushdoc.errors import WrongUseError
from pushdoc.ledger import History, hold
from pushdoc.marks import MARK_SUFFIX
from pushdoc.once import run_once
from pushdoc.period import Period
from pushdoc.sandbox import DEMO_FOLDERS, Sandbox
from pushdoc.states import State
from pushdoc.tell import Reader, document, status, status_lines, table
from pushdoc.tell.mail.digest import Addressee, digest
from pushdoc.tell.mail.letter import worded
from pushdoc.wiring import build as build_house
from pushdoc.wiring import read_plan
from pushdoc.words import Phrase, say, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pushdoc.once import Progress
    from pushdoc.sandbox import Received
    from pushdoc.wiring import Plan

_RECORD = "inqom-recu.jsonl"
_DIGEST = "courriel.html"


def demonstrate(keep: Path | None, documents: int, tell: Callable[[Progress], None]) -> Iterator[str]:
    """Everything in one go; yields what a person reads, line by line. `keep` is a folder to leave it all in.

    Raises:
        WrongUseError: `keep` already holds something.
    """
    clock = SystemClock()
    with _stage_folder(keep) as folder, Sandbox(record=folder / _RECORD, max_size=MAX_SIZE) as sandbox:
        day = clock.now().astimezone()
        stage = build(folder, sandbox.url, documents, Period.of(day))
        plan = read_plan(stage.rules)
        yield _say(plan, "demo.set", folder=str(folder), documents=documents)
        with hold(plan.rules.ledger.path):
            house = build_house(plan, clock)
            try:
                run_once(house, threading.Event(), tell, wait=True)
            finally:
                house.close()
        yield from _received(plan, sandbox.received(), documents)
        yield from _filed(plan)
        yield from _marked(plan)
        yield from _status(plan, clock)
        yield from _digest(plan, clock, folder / _DIGEST)
        yield ""
        code = "demo.gone" if keep is None else "demo.kept"
        left = {"record": str(folder / _RECORD), "digest": str(folder / _DIGEST)}
        yield _say(plan, code, rules=str(stage.rules), port=sandbox.port, **left)


@contextmanager
def _stage_folder(keep: Path | None) -> Iterator[Path]:
    if keep is None:
        with tempfile.TemporaryDirectory(prefix="pushdoc-demo-") as folder:
            yield Path(folder)
        return
    if keep.exists() and (not keep.is_dir() or any(keep.iterdir())):
        raise WrongUseError(Phrase("demo.not_empty", {"folder": str(keep)}))
    keep.mkdir(parents=True, exist_ok=True)
    yield keep.absolute()


def _received(plan: Plan, received: Sequence[Received], documents: int) -> Iterator[str]:
    """What the sandbox wrote down, not what our ledger believes."""
    yield ""
    yield _say(plan, "demo.received")
    names = {folder.id: folder.name for folder in DEMO_FOLDERS}
    tally = Counter((one.folder, one.type) for one in received)
    types = sorted({kind for _, kind in tally})
    rows = [
        [f"{folder} {names[folder]}", *(str(tally[folder, kind] or "") for kind in types)]
        for folder in sorted({folder for folder, _ in tally})
    ]
    heads = [_say(plan, "tell.column.dossier"), *types]
    yield from ("  " + line for line in table(heads, rows, right=range(1, len(heads))))
    once = len({(one.folder, one.sha256) for one in received}) == len(received)
    yield "  " + _say(plan, "demo.once" if once else "demo.twice", received=len(received), documents=documents)


def _filed(plan: Plan) -> Iterator[str]:
    yield ""
    yield _say(plan, "demo.archived")
    root = plan.rules.clients.root
    tally = Counter(file.parent.relative_to(root) for file in root.rglob("Transmis/*") if file.is_file())
    for folder, count in sorted(tally.items()):
        yield f"  {count:>4}  {visible(str(folder))}"


def _marked(plan: Plan) -> Iterator[str]:
    yield ""
    yield _say(plan, "demo.marked")
    root = plan.rules.clients.root
    marks = sorted(root.rglob("*" + MARK_SUFFIX))
    for mark in marks:
        yield f"  {visible(str(mark.relative_to(root)))}"
    if marks:
        yield ""
        yield "  ┌ " + visible(marks[0].name)
        yield from ("  │ " + visible(line) for line in marks[0].read_text("utf-8-sig").splitlines())


def _status(plan: Plan, clock: SystemClock) -> Iterator[str]:
    yield ""
    yield "─" * 72
    history = History.open(plan.rules.ledger.path)
    try:
        reader = Reader(plan.rules.language, plan.rules.zone)
        told = status(
            history,
            reader,
            now=clock.now(),
            holder=None,
            rules=[rule.name for rule in plan.rules.rule],
            destinations=list(plan.rules.destination),
            enabled=len(plan.enabled),
        )
        attention = [document(one, reader) for one in history.documents(state=State.NON_TRANSMIS)]
        yield from status_lines(told, attention, reader)
    finally:
        history.close()


def _digest(plan: Plan, clock: SystemClock, file: Path) -> Iterator[str]:
    """What a collaborator reads tomorrow morning; as it looks in a mail program, in a file."""
    reader = Reader(plan.rules.language, plan.rules.zone)
    someone = Addressee("Claire Durand", "claire@cabinet.example", speaks_of=lambda _client: True)
    history = History.open(plan.rules.ledger.path)
    try:
        upto, names = history.telling().upto, list(plan.rules.destination)
        told = digest(history, someone, reader, after=None, upto=upto, now=clock.now(), destinations=names)
    finally:
        history.close()
    words = worded(told, reader, None)
    file.write_text(words.html or "", encoding="utf-8")
    yield ""
    yield "─" * 72
    yield _say(plan, "digest.to", name=someone.name, email=someone.email)
    yield _say(plan, "digest.subject.line", subject=words.subject)
    yield ""
    yield from words.text.splitlines()


def _say(plan: Plan, code: str, **values: Any) -> str:
    return say(Phrase(code, values), plan.rules.language)
