"""Where everything stands in a TOML text: each header, pair and element, by its path.

`tomllib` gives values without their places, and no library that is kept up gives the places without values of its own.
The text must be one that `tomllib` has read: what is not TOML is not noticed here.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Names of tables and numbers of entries, as `("rule", 2, "drop")`.
KeyPath = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:\\.|[^"\\])*"|'[^']*'""")
_STRING = re.compile(
    r'''"""(?:\\.|[^\\])*?"{3,5}(?!")|\'\'\'.*?\'{3,5}(?!\')|"(?:\\.|[^"\\])*"|'[^']*\'''',
    re.DOTALL,
)
_SCALAR = re.compile(r"[^,\]}#\r\n]*[^,\]}#\r\n \t]")


@dataclass(frozen=True, slots=True)
class Place:
    """Where one thing stands, as offsets in the text: from its bracket, key or first character to behind its last.

    `table` is the path that the key of a pair counts from: the header's above it, or the inline table's around it.
    `value` is where the value of a pair begins; a header has none, its `value` is its `end`.
    """

    kind: Literal["header", "pair", "inner pair", "element"]
    path: KeyPath
    table: KeyPath
    start: int
    value: int
    end: int


def lines(text: str) -> dict[KeyPath, int]:
    """The line, counted from 1, of every key, table and entry of the text.

    An entry of an array of tables stands at its header, one of any other array at its value; a table that several
    headers make stands at the first.
    """
    ends = [found.start() for found in re.finditer("\n", text)]
    told: dict[KeyPath, int] = {}
    for place in places(text):
        line = bisect(ends, place.start) + 1
        for depth in range(1, len(place.path) + 1):
            told.setdefault(place.path[:depth], line)
    return told


def places(text: str) -> list[Place]:
    """Everything in the text in the order of its beginnings, what is inside a value after the pair that has it."""
    return _Reader(text).read()


class _Reader:
    """One pass over a text, holding the place in it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._places: list[Place] = []
        self._entries: dict[KeyPath, int] = {}

    def read(self) -> list[Place]:
        """The whole text, statement by statement."""
        table: KeyPath = ()
        while self._skip(_BLANK) and self._at < len(self._text):
            if self._text[self._at] == "[":
                table = self._header()
            else:
                self._pair("pair", table)
        return self._places

    def _skip(self, pattern: re.Pattern[str]) -> str:
        """What the pattern takes from here on, or a blank where it takes nothing."""
        found = pattern.match(self._text, self._at)
        if found is None:
            return " "
        self._at = found.end()
        return found[0] or " "

    def _header(self) -> KeyPath:
        start = self._at
        many = self._text.startswith("[[", self._at)
        self._at += 1 + many
        path: KeyPath = ()
        for name in self._names():
            path = (*self._newest(path), name)
        self._at += 1 + many
        if many:
            self._entries[path] = self._entries.get(path, -1) + 1
            path = self._newest(path)
        self._places.append(Place("header", path, (), start, self._at, self._at))
        return path

    def _newest(self, path: KeyPath) -> KeyPath:
        """The path itself, or its last entry so far where it is an array of tables."""
        return (*path, self._entries[path]) if path in self._entries else path

    def _names(self) -> Iterator[str]:
        while True:
            self._skip(_SPACE)
            written = self._skip(_KEY)
            yield next(iter(tomllib.loads(f"{written} = 0"))) if written[0] in "\"'" else written
            self._skip(_SPACE)
            if self._text[self._at : self._at + 1] != ".":
                return
            self._at += 1

    def _pair(self, kind: Literal["pair", "inner pair"], table: KeyPath) -> None:
        start, number, path = self._at, len(self._places), (*table, *self._names())
        self._at += 1  # the equals sign
        self._skip(_SPACE)
        value = self._at
        self._value(path)
        self._places.insert(number, Place(kind, path, table, start, value, self._at))

    def _value(self, path: KeyPath) -> None:
        match self._text[self._at]:
            case "[":
                self._at += 1
                self._array(path)
            case "{":
                self._at += 1
                self._inline(path)
            case '"' | "'":
                self._skip(_STRING)
            case _:
                self._skip(_SCALAR)

    def _array(self, path: KeyPath) -> None:
        inner = 0
        while self._skip(_BLANK) and self._text[self._at] != "]":
            if self._text[self._at] == ",":
                self._at += 1
                continue
            start, number, element = self._at, len(self._places), (*path, inner)
            self._value(element)
            self._places.insert(number, Place("element", element, path, start, start, self._at))
            inner += 1
        self._at += 1

    def _inline(self, path: KeyPath) -> None:
        while self._skip(_BLANK) and self._text[self._at] != "}":
            if self._text[self._at] == ",":
                self._at += 1
                continue
            self._pair("inner pair", path)
        self._at += 1
