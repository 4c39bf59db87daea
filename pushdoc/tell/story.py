"""One document's life as a story: where it is, why, what happens next, and everything that happened before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pushdoc.states import Event, State
from pushdoc.tell.listing import TONES
from pushdoc.tell.sayer import Sayer, counted_as
from pushdoc.tell.screen import PAPER, Screen, Tone, aligned, flowing
from pushdoc.words import size

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from pushdoc.document import Document
    from pushdoc.ledger import DestinationNote
    from pushdoc.tell.answers import Reader


def next_step(
    known: Document,
    reader: Reader,
    now: datetime,
    *,
    running: bool,
    mapped: bool = True,
    destination: DestinationNote | None = None,
) -> str:
    """What happens to a document next, and who must do something for it.

    `running` where a pushdoc sends now, `mapped` where its client has a dossier; `destination` is how that is.
    """
    say_ = Sayer(reader)
    next_try = {"at": reader.at(known.next_attempt), "destination": known.destination}
    copy = known.duplicate_of is not None or known.twin is not None
    match known.state:
        case State.WAITING if not mapped:
            code = "unmapped"
        case State.WAITING if destination is not None and destination.state == "down":
            code = "destination_down"
        case State.WAITING if destination is not None and destination.state == "paused" and destination.until:
            code = "destination_paused"
            next_try["at"] = reader.at(destination.until)
        case State.WAITING if known.next_attempt > now:
            code = "waiting_until"
        case State.ARCHIVED | State.KEPT if copy:
            code = "duplicate_filed"
        case State.ARCHIVED | State.KEPT | State.WITHDRAWN | State.REJECTED:
            code = "end"
        case state:
            code = state.value
    said = say_(f"tell.next.{code}", id=str(known.id), **next_try)
    by_itself = known.state in {State.WAITING, State.SENDING, State.DOUBTFUL, State.SUBMITTED, State.DELIVERED}
    return f"{said} {say_('tell.next.not_running')}" if by_itself and not running else said


def show_lines(
    told: Mapping[str, Any], happenings: Sequence[Mapping[str, Any]], reader: Reader, screen: Screen = PAPER
) -> Iterator[str]:
    """`show`: one document and its whole life; `told` may bear what happens `next`."""
    say_ = Sayer(reader)
    yield screen.paint(say_("tell.show.title", id=told["id"], name=told["name"]), Tone.HEAD)
    yield ""
    facts = [
        ("why", told["reason"]),
        ("todo", told["advice"]),
        ("next", told.get("next")),
        ("client", f"{told['client']} ({told['siret']})" if told["siret"] else told["client"]),
        ("rule", told["rule"]),
        ("type", told["type"]),
        ("period", told["period"]),
        ("size", size(told["size"], reader.language)),
        ("path", told["path"]),
        ("archive_path", told["archive_path"]),
        ("destination", " · ".join(filter(None, [told["destination"], told["dossier"]]))),
        ("receipt", told["receipt"]),
        ("duplicate_of", told["duplicate_of"] and str(told["duplicate_of"])),
    ]
    state = say_.state(told)
    told_of = [(say_(f"tell.show.{name}"), said) for name, said in facts if said]
    lines = aligned([(say_("tell.show.state"), state), *told_of], screen)
    begin, _, end = next(lines).partition(state)
    yield begin + screen.paint(state, TONES.get(counted_as(told), Tone.WAITS)) + end
    yield from lines
    yield ""
    yield screen.paint(say_("tell.show.history"), Tone.HEAD)
    yield from _life(happenings, say_, screen)


def _life(happenings: Sequence[Mapping[str, Any]], say_: Sayer, screen: Screen) -> Iterator[str]:
    told_before = None
    tries = 0
    for happening in happenings:
        story = say_(f"tell.event.{happening['event']}", **happening["detail"])
        if happening["event"] == Event.CLAIM:
            tries += 1
            story += f" ({say_('tell.show.try', number=tries)})" if tries > 1 else ""
        why = f" : {happening['reason']}" if happening["reason"] not in {None, told_before} else ""
        told_before = happening["reason"]
        at = f"  {say_.at(happening['at'], seconds=True)}  "
        yield from flowing(f"{story}{why}", at, screen, " " * len(at))
