"""Where each key of a TOML text stands: its line, by the key's path.

`tomllib` gives values without their places, and no library that is kept up gives the places without values of its own.
The text must be one that `tomllib` has read: what is not TOML is not noticed here.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

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
_SCALAR = re.compile(r"[^,\]}#\n]+")


def lines(text: str) -> dict[KeyPath, int]:
    """The line, counted from 1, of every key, table and entry of the text.

    An entry of an array of tables stands at its header, one of any other array at its value; a table that several
    headers make stands at the first.
    """
    return _Reader(text).read()


class _Reader:
    """One pass over a text, holding the place in it."""

    def __init__(self, text: str) -> None:
        # As tomllib reads it, and every line ends in one character.
        self._text = text.replace("\r\n", "\n")
        self._at = 0
        self._line = 1
        self._lines: dict[KeyPath, int] = {}
        self._entries: dict[KeyPath, int] = {}

    def read(self) -> dict[KeyPath, int]:
        """The whole text, statement by statement."""
        table: KeyPath = ()
        while self._skip(_BLANK) and self._at < len(self._text):
            if self._text[self._at] == "[":
                table = self._header()
            else:
                self._pair(table)
        return self._lines

    def _skip(self, pattern: re.Pattern[str]) -> str:
        """What the pattern takes from here on, or a blank where it takes nothing."""
        found = pattern.match(self._text, self._at)
        if found is None:
            return " "
        self._at = found.end()
        self._line += found[0].count("\n")
        return found[0] or " "

    def _header(self) -> KeyPath:
        many = self._text.startswith("[[", self._at)
        self._at += 1 + many
        line = self._line
        names = list(self._names())
        self._at += 1 + many
        path: KeyPath = ()
        for name in names[:-1]:
            path = self._note((*path, name), line)
            path = self._newest(path)
        path = self._note((*path, names[-1]), line)
        if many:
            self._entries[path] = self._entries.get(path, -1) + 1
            path = self._note(self._newest(path), line)
        return path

    def _newest(self, path: KeyPath) -> KeyPath:
        """The path itself, or its last entry so far where it is an array of tables."""
        return (*path, self._entries[path]) if path in self._entries else path

    def _note(self, path: KeyPath, line: int) -> KeyPath:
        self._lines.setdefault(path, line)
        return path

    def _names(self) -> Iterator[str]:
        while True:
            self._skip(_SPACE)
            written = self._skip(_KEY)
            yield next(iter(tomllib.loads(f"{written} = 0"))) if written[0] in "\"'" else written
            self._skip(_SPACE)
            if self._text[self._at : self._at + 1] != ".":
                return
            self._at += 1

    def _pair(self, table: KeyPath) -> None:
        line, path = self._line, table
        for name in self._names():
            path = self._note((*path, name), line)
        self._at += 1  # the equals sign
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        self._skip(_SPACE)
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
        number = 0
        while self._skip(_BLANK) and self._text[self._at] != "]":
            if self._text[self._at] == ",":
                self._at += 1
                continue
            self._value(self._note((*path, number), self._line))
            number += 1
        self._at += 1

    def _inline(self, path: KeyPath) -> None:
        while self._skip(_BLANK) and self._text[self._at] != "}":
            if self._text[self._at] == ",":
                self._at += 1
                continue
            self._pair(path)
        self._at += 1
