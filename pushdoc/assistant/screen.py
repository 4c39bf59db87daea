"""What the assistant shows: short lines of text for a terminal of 80 columns or wider, in the reader's language."""

from __future__ import annotations

import textwrap
import unicodedata
from enum import Enum
from typing import TYPE_CHECKING, Any

from pushdoc.words import Phrase, advice, say, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pushdoc.words import Language

#: So many entries of a long list are shown at a time.
PAGE = 15


class Sign(Enum):
    """A mark before a line, and its colour (SGR)."""

    FINE = "✓", "32"
    WARNING = "!", "33"
    FAULT = "✗", "31"


class Screen:
    """Writes to a person; `write` takes text with its line ends, `colours` says whether marks may be coloured."""

    def __init__(self, language: Language, write: Callable[[str], object], *, colours: bool, width: int) -> None:
        self.language = language
        self._write = write
        self._colours = colours
        self._width = max(width, 40)

    def words(self, code: str, **values: Any) -> str:
        """A text of the catalogue."""
        return say(Phrase(code, values), self.language)

    def say(self, code: str, **values: Any) -> None:
        """A paragraph of the catalogue, broken between words."""
        self._paragraph(self.words(code, **values))

    def heading(self, code: str, **values: Any) -> None:
        """The title of a step."""
        title = self.words(code, **values)
        self._write(f"\n{self._painted(title, '1')}\n{'─' * min(len(title), self._width)}\n")

    def sign(self, sign: Sign, code: str, **values: Any) -> None:
        """A marked line of the catalogue, with what to do beneath it where there is something to do."""
        self.told(sign, Phrase(code, values))

    def told(self, sign: Sign, phrase: Phrase) -> None:
        """The same of a phrase that comes from elsewhere."""
        mark, colour = sign.value
        first, *rest = self._broken(say(phrase, self.language), "  ")
        self._write(f"{self._painted(mark, colour)} {first[2:]}\n" + "".join(f"{line}\n" for line in rest))
        if remedy := advice(phrase, self.language):
            self._paragraph(f"→ {remedy}", "    ")

    def reason(self, phrase: Phrase) -> None:
        """Why something in a list is so, beneath its line."""
        self._paragraph(say(phrase, self.language), "       ")

    def rows(self, rows: Iterable[tuple[str, str]]) -> None:
        """Lines of a list, a mark or number before each; what is too long for the screen is cut."""
        for before, shown in rows:
            line = _cut(f"{before} {visible(shown)}".rstrip(), self._width)
            for mark, colour in (sign.value for sign in Sign):
                if mark in before:
                    line = line.replace(mark, self._painted(mark, colour), 1)
            self._write(f"{line}\n")

    def blank(self) -> None:
        """An empty line."""
        self._write("\n")

    def _paragraph(self, shown: str, indent: str = "") -> None:
        for paragraph in shown.split("\n"):
            self._write("".join(f"{line}\n" for line in self._broken(paragraph, indent)) or "\n")

    def _broken(self, shown: str, indent: str) -> list[str]:
        # Long paths are left whole: a broken one cannot be copied.
        return textwrap.wrap(
            shown,
            self._width,
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )

    def _painted(self, shown: str, colour: str) -> str:
        return f"\x1b[{colour}m{shown}\x1b[0m" if self._colours else shown


def _cut(line: str, width: int) -> str:
    """The line in so many columns at most; an East Asian character takes two."""
    taken = end = 0
    for at, char in enumerate(line, 1):
        taken += 0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        if taken < width:
            end = at
        if taken > width:
            return line[:end] + "…"
    return line
