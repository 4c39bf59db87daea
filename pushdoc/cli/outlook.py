"""What happens next to documents of which a person has decided: when they leave, what they wait for, who is asked."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from pushdoc.states import State
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pushdoc.cli.frame import Frame
    from pushdoc.document import Document
    from pushdoc.ledger import Ledger

#: Of many clients so many are named.
_NAMED = 3


def going(frame: Frame, ledger: Ledger, documents: Sequence[Document], again: int) -> Iterator[str]:
    """What becomes of documents that may leave now; `again` of them may be at their destination already."""
    by_destination = sorted(documents, key=lambda one: (one.destination, one.id))
    for name, group in groupby(by_destination, key=lambda one: one.destination):
        there = list(group)
        for phrase in _going_to(frame, ledger, name, there):
            yield from _lines(frame, phrase)
    if again:
        yield from _lines(frame, Phrase("outlook.again", {"count": again}))


def put_aside(frame: Frame) -> Iterator[str]:
    """What becomes of documents that were set aside."""
    yield from _lines(frame, Phrase("outlook.aside"))
    yield from _lines(frame, Phrase("outlook.mark_soon" if _runs(frame) else "outlook.mark_later"))


def _going_to(frame: Frame, ledger: Ledger, name: str, documents: Sequence[Document]) -> Iterator[Phrase]:
    asked = sum(one.state is State.DOUBTFUL for one in documents)
    waiting = [one for one in documents if one.state is State.WAITING]
    without = _without_dossier(frame, name)
    stuck = [one for one in waiting if one.client in without]
    clients = sorted({one.client for one in stuck})
    leaving = len(waiting) - len(stuck)
    if leaving:
        yield _leaving(frame, ledger, name, leaving)
    if stuck:
        named = clients[:_NAMED] + ["…"] * (len(clients) > _NAMED)
        yield Phrase("outlook.no_dossier", {"count": len(stuck), "clients": named})
    if asked:
        yield Phrase("outlook.asked", {"count": asked, "destination": name})
        if not leaving and not _runs(frame):
            yield Phrase("outlook.stopped", {"count": asked})


def _leaving(frame: Frame, ledger: Ledger, name: str, count: int) -> Phrase:
    told = {"count": count, "destination": name}
    if not _runs(frame):
        return Phrase("outlook.stopped", told)
    note = ledger.notes.destination(name)
    if note is None or note.reason is None or note.state not in {"paused", "down"}:
        return Phrase("outlook.soon", told)
    why = {**told, "reason": frame.reader.why(note.reason)}
    if note.state == "down":
        return Phrase("outlook.down", {**why, "remedy": frame.reader.remedy(note.reason) or ""})
    if note.until is None or note.until <= frame.clock.now():
        return Phrase("outlook.soon", told)
    return Phrase("outlook.paused", {**why, "until": note.until.isoformat()})


def _without_dossier(frame: Frame, destination: str) -> set[str]:
    """The clients of which the last mapping says that they have no dossier there."""
    with frame.history() as history:
        return set() if history is None else {one.client for one in history.mapping(destination) if not one.usable}


def _runs(frame: Frame) -> bool:
    from pushdoc.ledger import holder

    return holder(frame.plan.rules.ledger.path) is not None


def _lines(frame: Frame, phrase: Phrase) -> Iterator[str]:
    yield f"    → {frame.reader.why(phrase)}"
    if remedy := phrase.values.get("remedy"):
        yield f"      {remedy}"
