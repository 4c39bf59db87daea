"""What lines are shown on, and how they stand there: columns, an edge and colours on a terminal, neither in a file."""

from __future__ import annotations

import textwrap
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_GAP = "  "
_ELLIPSIS = "…"


class Tone(StrEnum):
    """What a text means, for whoever gives it a colour; its words or its sign say so, too."""

    GOOD = "good"
    WAITS = "waits"
    BAD = "bad"
    DONE = "done"
    HEAD = "head"


def _bare(text: str, _tone: Tone) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Screen:
    """Where lines are shown: `width` in columns, None where nothing is cut; `paint` colours a text by its tone."""

    width: int | None = None
    paint: Callable[[str, Tone], str] = _bare


#: A file, a pipe, a mail: as long as it takes, and no colours.
PAPER = Screen()


def wide(text: str) -> int:
    """How many columns a terminal needs for a text: two for a Chinese sign, none for an accent of its own."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) or unicodedata.category(char) == "Me"
        else 2 if unicodedata.east_asian_width(char) in "WF"
        else 1
        for char in text
    )  # fmt: skip


def cut(text: str, width: int) -> str:
    """The text in at most so many columns, an ellipsis in its middle: names end in what tells them apart."""
    if wide(text) <= width:
        return text
    end = _first(text[::-1], (width - 1) // 2)[::-1]
    while end and unicodedata.combining(end[0]):
        end = end[1:]  # its letter was left out
    return _first(text, width - 1 - wide(end)) + _ELLIPSIS + end


def _first(text: str, width: int) -> str:
    taken = 0
    for at, char in enumerate(text):
        taken += wide(char)
        if taken > width:
            return text[:at]
    return text


def flowing(text: str, indent: str, screen: Screen, hanging: str | None = None) -> Iterator[str]:
    """A text behind an indent, on as many lines as the screen's width needs; those after the first are `hanging`."""
    if screen.width is None or wide(indent + text) < screen.width:
        yield f"{indent}{text}".rstrip()
        return
    after = indent if hanging is None else hanging
    room = max(screen.width - 1, len(indent) + 20)
    yield from textwrap.wrap(
        text, room, initial_indent=indent, subsequent_indent=after, break_long_words=True, break_on_hyphens=False
    )


def widths_of(rows: Iterable[Sequence[str]], least: Sequence[int] = ()) -> list[int]:
    """How wide the columns of a table must be, `least` being those of its earlier pages."""
    each = [[wide(cell) for cell in row] for row in rows]
    return [max(column) for column in zip(*each, *([least] if least else []), strict=True)]


def row_of(cells: Sequence[str], widths: Sequence[int], right: Iterable[int] = ()) -> list[str]:
    """The cells, each as wide as its column."""
    blanks = [" " * max(0, width - wide(cell)) for cell, width in zip(cells, widths, strict=True)]
    return [
        blank + cell if at in right else cell + blank
        for at, (cell, blank) in enumerate(zip(cells, blanks, strict=True))
    ]


def joined(cells: Iterable[str]) -> str:
    """One line of a table."""
    return _GAP.join(cells).rstrip()


def table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], right: Iterable[int] = (), screen: Screen = PAPER
) -> Iterator[str]:
    """Rows in columns two blanks apart; the columns in `right` are aligned to the right. No heads: no head line."""
    every = [heads, *rows] if heads else list(rows)
    if not every:
        return
    widths = widths_of(every)
    for row in every:
        line = joined(row_of(row, widths, right))
        yield screen.paint(line, Tone.HEAD) if row is heads else line


def aligned(pairs: Iterable[tuple[str, str | None]], screen: Screen = PAPER) -> Iterator[str]:
    """Names and what is said of each, one below the other."""
    known = [(name, value or "") for name, value in pairs]
    width = max(wide(name) for name, _ in known)
    for name, value in known:
        (begin,) = row_of([name], [width])
        yield from flowing(value, begin + _GAP, screen, " " * (width + len(_GAP)))
