"""Many of a kind, a line each: the documents of `list`, the clients of `map`."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from pushdoc.states import State
from pushdoc.tell.sayer import Sayer, counted_as
from pushdoc.tell.screen import PAPER, Screen, Tone, cut, flowing, joined, row_of, table, widths_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pushdoc.tell.answers import Reader

#: So many rows are read before the first is shown, for their width.
_PAGE = 500
_COLUMNS = ("id", "state", "first_seen", "client", "name", "reason")
_STATE, _CLIENT, _NAME, _REASON = 1, 3, 4, 5
#: Below so many columns a client or a name says nothing any more, and the terminal may break the line.
_LEAST = 12
#: What the states of a document mean to whoever looks for trouble; the others are on their way.
TONES = {
    State.ARCHIVED: Tone.GOOD,
    State.KEPT: Tone.GOOD,
    State.DELIVERED: Tone.GOOD,
    State.DUPLICATE: Tone.DONE,
    State.ACKNOWLEDGED: Tone.DONE,
    State.WITHDRAWN: Tone.DONE,
    State.REJECTED: Tone.DONE,
    State.NON_TRANSMIS: Tone.BAD,
}


def list_lines(documents: Iterable[Mapping[str, Any]], reader: Reader, screen: Screen = PAPER) -> Iterator[str]:
    """`list`, a line a document; as many as there are, without holding more than a page of them.

    On a screen that is too narrow for the reasons each stands beneath its document, whole, and clients and names are
    cut in their middle; elsewhere nothing is.
    """
    say_ = Sayer(reader)
    heads = [say_(f"tell.column.{name}") for name in _COLUMNS]
    rows = ((_row(told, say_), TONES.get(counted_as(told), Tone.WAITS)) for told in documents)
    widths: list[int] = []
    beneath = False
    while page := list(islice(rows, _PAGE)):
        first = not widths
        widths = widths_of([heads, *(row for row, _ in page)], widths)
        if screen.width is not None:
            beneath = beneath or sum(widths) + 2 * (len(widths) - 1) >= screen.width
            if beneath:
                _narrow(widths, screen.width - 1)
        last = _REASON if beneath else len(heads)
        if first:
            yield screen.paint(joined(row_of(heads, widths, {0})[:last]), Tone.HEAD)
        for row, tone in page:
            for at in (_CLIENT, _NAME):
                row[at] = cut(row[at], widths[at])
            cells = row_of(row, widths, {0})
            cells[_STATE] = screen.paint(cells[_STATE], tone)
            yield joined(cells[:last])
            if beneath and row[_REASON]:
                yield from flowing(row[_REASON], " " * (widths[0] + 2), screen)
    if not widths:
        yield say_("tell.list.none")


def _row(told: Mapping[str, Any], say_: Sayer) -> list[str]:
    seen = say_.at(told["first_seen"]) or ""
    return [str(told["id"]), say_.state(told), seen, told["client"], told["name"], told["reason"] or ""]


def _narrow(widths: list[int], width: int) -> None:
    """Take from the columns of clients and names, the wider one first, until the line fits."""
    while sum(widths[:_REASON]) + 2 * (_REASON - 1) > width:
        column = max(_CLIENT, _NAME, key=lambda at: widths[at])
        if widths[column] <= _LEAST:
            return
        widths[column] -= 1


def map_lines(mappings: Sequence[Mapping[str, Any]], reader: Reader, screen: Screen = PAPER) -> Iterator[str]:
    """`map`: a line a client, those without a dossier first, with what to do under each."""
    say_ = Sayer(reader)
    usable = [told for told in mappings if told["usable"]]
    for told in mappings:
        if not told["usable"]:
            yield f"{screen.paint('✗', Tone.BAD)} {told['client']}  {told['siret']}"
            yield from flowing(told["reason"], "    ", screen)
            if told["advice"]:
                yield from flowing(told["advice"], "    → ", screen, "      ")
    if usable and len(usable) < len(mappings):
        yield ""
    heads = ["", *(say_(f"tell.column.{name}") for name in ("client", "siret", "dossier"))]
    rows = []
    for told in usable:
        dossier = " ".join(filter(None, [told["dossier"], told["dossier_name"]]))
        rows.append(["✓", told["client"], told["siret"], dossier + (f" ({told['reason']})" if told["reason"] else "")])
    if rows:
        yield from table(heads, rows, screen=screen)
