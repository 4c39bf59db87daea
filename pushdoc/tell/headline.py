"""How all stands in one line: what `systemctl status` shows, the result first."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from pushdoc.states import State
from pushdoc.tell.alerts import Teller

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pushdoc.ledger import AlertNote, OutboxNote
    from pushdoc.tell.answers import Reader
    from pushdoc.words import Phrase

#: A terminal shows no more of it.
_LONGEST = 200
#: On their way, or about to be.
_WAITING = State.WAITING, State.SENDING, State.DOUBTFUL


def headline(
    counts: Mapping[State, int],
    alerts: Sequence[AlertNote],
    reader: Reader,
    *,
    folders: int | None = None,
    mails: OutboxNote | None = None,
    fault: Phrase | None = None,
) -> str:
    """The line; `folders` is how many are watched, `fault` what keeps pushdoc from writing to its ledger."""
    teller = Teller(reader)
    ill = [] if fault is None else [teller.said("alerts.line.ledger", reason=teller.why(fault))]
    parts = [*ill, *_parts(counts, alerts, teller, mails, folders)]
    line = reduce(lambda first, then: teller.said("alerts.line.and", first=first, then=then), parts)
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _parts(
    counts: Mapping[State, int],
    alerts: Sequence[AlertNote],
    teller: Teller,
    mails: OutboxNote | None,
    folders: int | None,
) -> Iterator[str]:
    waiting = sum(counts.get(state, 0) for state in _WAITING)
    numbers = {"non_transmis": counts.get(State.NON_TRANSMIS, 0), "waiting": waiting}
    told = [teller.said(f"alerts.line.{name}", count=count) for name, count in numbers.items() if count]
    yield ", ".join(told) or teller.said("alerts.line.fine")
    if titles := teller.titles(alerts):
        others = len(titles) - 1
        yield teller.said("alerts.line.more", title=titles[0], others=others) if others else titles[0]
    if mails is not None and mails.waiting and mails.reason is not None:
        yield teller.said("alerts.line.mail", count=mails.waiting, reason=teller.why(mails.reason))
    if folders is not None:
        yield teller.said("alerts.line.folders", count=folders)
