r"""A TOML text with one thing added, changed or taken out, and every other byte as it was.

Pure: text in, text out; that the result says what was meant is for the caller to see. New lines end as the text's
first line does. What is added as lines of its own is taken out without a trace by the function beside it: an entry
brings one blank line with it and takes one along; a text without a last line end keeps having none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pushdoc.rules import written
from pushdoc.rules.lines import places

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pushdoc.rules.lines import KeyPath, Place

_COMMENT = re.compile(r"[ \t]*#[^\n]*\n?")
_NOTHING = re.compile(r"[ \t\r]*(?:\n|\Z)")
_COMMA = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*,")
_HEADER_SHOWN = re.compile(r"^[ \t]*#[ \t]*\[", re.MULTILINE)


class Splice:
    """A text and where everything stands in it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._places = places(text)
        first = text.find("\n")
        self._newline = "\r\n" if first > 0 and text[first - 1] == "\r" else "\n"

    def put(self, path: KeyPath, given: object) -> str:
        """The text with a value at a key: in place of the one there, else behind the last key of its table."""
        pair = self._value_at(path)
        if pair is not None:
            newline = self._newline if pair.kind == "pair" else ""
            return self._text[: pair.value] + written.value(given, newline) + self._text[pair.end :]
        table = path[:-1]
        for depth in range(len(table), 0, -1):
            if holder := self._value_at(table[:depth]):
                return self._put_inside(holder, path[depth:], given)
        header = next((one for one in self._places if one.kind == "header" and one.path == table), None)
        dotted = [one for one in self._places if one.kind == "pair" and one.path[: len(table)] == table]
        if header is not None or not table:
            return self._with_lines(self._place_for(header, str(path[-1])), [self._pair(path[-1:], given)])
        if dotted:
            names = path[len(dotted[-1].table) :]
            return self._with_lines(self._line_end(dotted[-1].end), [self._pair(names, given)])
        return self._with_header(table, {str(path[-1]): given})

    def take(self, path: KeyPath) -> str:
        """The text without a key, a table or an entry and all that is inside; as it is where there is none."""
        found = self._value_at(path)
        if found is not None and found.kind != "pair":
            return self._taken_inside(found)
        mine = [(number, one) for number, one in enumerate(self._places) if one.path[: len(path)] == path]
        spans = [self._section(number) for number, one in mine if one.kind == "header"]
        spans += [(self._line_start(one.start), self._line_end(one.end)) for _, one in mine if one.kind == "pair"]
        inner = [one for _, one in mine if one.kind == "inner pair"]
        if inner and not spans:
            return Splice(self._taken_inside(inner[-1])).take(path)
        return self._without(spans)

    def append(self, table: str, *entries: Mapping[str, object]) -> str:
        """The text with more entries of an array of tables, behind the last of them."""
        array = self._value_at((table,))
        if array is not None:
            elements = [one for one in self._places if one.kind == "element" and one.table == (table,)]
            at = elements[-1].end if elements else array.value + 1
            comma = ", " if elements else ""
            new = ", ".join(written.value(entry, "") for entry in entries)
            return self._text[:at] + comma + new + self._text[at:]
        heads = [n for n, one in enumerate(self._places) if one.kind == "header" and one.path[:1] == (table,)]
        at = self._section_end(heads[-1]) if heads else self._place_spoken_of(f"[[{table}]]")
        return self._with_section(at, f"[[{written.key(table)}]]", *entries)

    # ── Where things stand ───────────────────────────────────────────────────────────────────────────────────────────

    def _value_at(self, path: KeyPath) -> Place | None:
        return next((one for one in self._places if one.kind != "header" and one.path == path), None)

    def _line_start(self, at: int) -> int:
        return self._text.rfind("\n", 0, at) + 1

    def _line_end(self, at: int) -> int:
        """Behind the line's end, or the end of the text."""
        found = self._text.find("\n", at)
        return len(self._text) if found < 0 else found + 1

    def _section_end(self, number: int) -> int:
        """Behind the last line of a header's section, with the comments that stand directly beneath it.

        Comments that also stand directly above the next header are that one's.
        """
        own, following = _own(self._places[number + 1 :])
        end = self._line_end(own[-1].end if own else self._places[number].end)
        below = end
        while (found := _COMMENT.match(self._text, below)) and found[0]:
            below = found.end()
        return end if following is not None and below == self._line_start(following.start) else below

    def _place_for(self, header: Place | None, name: str) -> int:
        """Where a new key of a table goes: beneath the comment that shows it, else behind the table's last key."""
        rest = self._places if header is None else self._places[self._places.index(header) + 1 :]
        own, following = _own(rest)
        start = 0 if header is None else self._line_end(header.end)
        limit = self._above(following)
        # A header in a comment begins the keys of another table.
        if other := _HEADER_SHOWN.search(self._text, self._line_end(own[-1].end) if own else start, limit):
            limit = other.start()
        shown = re.compile(rf"^[ \t]*#[ \t]*{re.escape(written.key(name))}[ \t]*=[^\n]*(?:\n|\Z)", re.MULTILINE)
        for found in shown.finditer(self._text, start, limit):
            if not any(one.start < found.start() < one.end for one in own):
                return found.end()
        if own:
            return self._line_end(own[-1].end)
        return limit if header is None else start

    def _above(self, header: Place | None) -> int:
        """The beginning of the comments that stand directly above a header; without one the end of the text."""
        if header is None:
            return len(self._text)
        at = self._line_start(header.start)
        while at and _COMMENT.fullmatch(self._text[self._line_start(at - 1) : at]):
            at = self._line_start(at - 1)
        return at

    def _place_spoken_of(self, header: str) -> int:
        """Behind the comment that speaks of a header, where the text can take one there; else the end of the text."""
        found = None
        spoken = re.compile(rf"^[ \t]*#[^\n]*(?<!\[){re.escape(header)}(?!\])[^\n]*(?:\n|\Z)", re.MULTILINE)
        for found_here in spoken.finditer(self._text):
            inside = any(one.start < found_here.start() < one.end for one in self._places)
            found = found if inside else found_here
        if found is None:
            return len(self._text)
        at = found.end()
        while (more := _COMMENT.match(self._text, at)) and more[0]:
            at = more.end()
        following = next((one for one in self._places if one.start >= at), None)
        alone = _NOTHING.match(self._text, at) is not None
        return at if alone and (following is None or following.kind == "header") else len(self._text)

    # ── Lines in, lines out ──────────────────────────────────────────────────────────────────────────────────────────

    def _pair(self, names: KeyPath, given: object) -> str:
        return f"{'.'.join(written.key(str(name)) for name in names)} = {written.value(given, self._newline)}"

    def _with_header(self, table: KeyPath, values: Mapping[str, object]) -> str:
        header = f"[{'.'.join(written.key(str(name)) for name in table)}]"
        return self._with_section(self._place_spoken_of(header), header, values)

    def _with_section(self, at: int, header: str, *several: Mapping[str, object]) -> str:
        new: list[str] = []
        for values in several:
            new += [*([""] if at or new else []), header]
            new += [self._pair((name,), given) for name, given in values.items()]
        return self._with_lines(at, new)

    def _with_lines(self, at: int, new: Iterable[str]) -> str:
        block = "".join(f"{line}{self._newline}" for line in new)
        if at and self._text[at - 1] != "\n":
            # The last line has no end, and shall have none.
            block = self._newline + block.removesuffix(self._newline)
        return self._text[:at] + block + self._text[at:]

    def _without(self, spans: Iterable[tuple[int, int]]) -> str:
        left, at = "", 0
        for start, end in sorted(spans):
            # Spans may lie inside each other, or share a blank line.
            left += self._text[at : max(at, start)]
            at = max(at, end)
        left += self._text[at:]
        if left.endswith("\n") and not self._text.endswith("\n"):
            left = left.removesuffix("\n").removesuffix("\r")
        return left

    def _section(self, number: int) -> tuple[int, int]:
        """From the blank line above a header (else to the one below) to the end of its section."""
        start, end = self._line_start(self._places[number].start), self._section_end(number)
        above = self._line_start(start - 1) if start else 0
        if start and _NOTHING.fullmatch(self._text[above:start]):
            return above, end
        if end < len(self._text) and (blank := _NOTHING.match(self._text, end)):
            end = blank.end()
        return start, end

    # ── Inside a value ───────────────────────────────────────────────────────────────────────────────────────────────

    def _put_inside(self, holder: Place, names: KeyPath, given: object) -> str:
        inner = [one for one in self._places if one.kind == "inner pair" and one.table == holder.path]
        at = inner[-1].end if inner else holder.value + 1
        new = (
            f"{', ' if inner else ''}{'.'.join(written.key(str(name)) for name in names)} = {written.value(given, '')}"
        )
        return self._text[:at] + new + self._text[at:]

    def _taken_inside(self, place: Place) -> str:
        """Without a pair or element, and without one of the commas beside it."""
        beside = [one for one in self._places if one.kind == place.kind and one.table == place.table]
        number = beside.index(place)
        start, end = place.start, place.end
        if number and "#" not in self._text[beside[number - 1].end : start]:
            return self._text[: beside[number - 1].end] + self._text[end:]
        if number + 1 < len(beside) and "#" not in self._text[end : beside[number + 1].start]:
            return self._text[:start] + self._text[beside[number + 1].start :]
        after = _COMMA.match(self._text, end)
        if after is None:
            return self._text[:start] + self._text[end:]
        return self._text[:start] + self._text[end : after.end() - 1] + self._text[after.end() :]


def _own(rest: Iterable[Place]) -> tuple[list[Place], Place | None]:
    """Of all that comes behind a header: the pairs of its section, and the next header."""
    own: list[Place] = []
    for place in rest:
        if place.kind == "header":
            return own, place
        if place.kind == "pair":
            own.append(place)
    return own, None
