"""Path templates: `Achats/{millésime}/{mois}` beneath a client's folder, for a period or from a path found on disk.

Pure: what stands on the disk is `watch`'s business. Names are compared in NFC, since a Mac writes « é » as two
characters.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from pushdoc.errors import ConfigurationError
from pushdoc.period import Period
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_BRACKETS = re.compile(r"\{([^{}<>]*)\}|<([^{}<>]*)>")
_MONTH_NAMES = "janv fevr mars avri mai juin juil aout sept octo nov dec jan feb mar apr may jun jul aug oct"


class Variable(Enum):
    """What a template leaves open; the value is how it is written."""

    YEAR = "{millésime}"
    MONTH = "{mois}"


_BY_NAME = {"millesime": Variable.YEAR, "mois": Variable.MONTH}
#: ASCII digits only: `\d` would also take the digits of other scripts.
_STRICT = {Variable.YEAR: "(?P<year>[0-9]{4})", Variable.MONTH: "(?P<month>0[1-9]|1[0-2])"}
#: A year or month that a person would recognise: `26`, `7`, `07-Juillet`, `juillet`.
_LOOSE = {
    Variable.YEAR: r"\d{2}(?:\d{2})?",
    Variable.MONTH: rf"(?:\d{{1,2}}(?:\D.*)?|(?:{'|'.join(_MONTH_NAMES.split())}).*)",
}


class Found(NamedTuple):
    """What a path says of its period; None where the template has no such variable."""

    year: int | None = None
    month: int | None = None

    def fits(self, period: Period) -> bool:
        """Whether the period is one that the path may speak of."""
        return self.year in {None, period.year} and self.month in {None, period.month}


def complete(found: Found, watched: Sequence[Period]) -> Period | None:
    """The full period of a document whose path says only so much: the newest watched one that fits, or None."""
    return max(filter(found.fits, watched), default=None)


@dataclass(frozen=True, slots=True)
class Segment:
    """One folder name of a template."""

    parts: tuple[str | Variable, ...]

    def render(self, period: Period) -> str:
        """The name of that folder in a period, in NFC."""
        return "".join(_value(part, period) if isinstance(part, Variable) else part for part in self.parts)

    def match(self, name: str) -> Found | None:
        """What a folder's name says of the period, or None where it is another folder."""
        found = _pattern(self.parts).fullmatch(nfc(name))
        if found is None:
            return None
        written = found.groupdict()
        return Found(*(int(written[key]) if written.get(key) else None for key in ("year", "month")))

    def resembles(self, name: str) -> bool:
        """Whether a person may have meant this folder: case, accents, and other ways to write a month."""
        return _loose(self.parts).fullmatch(fold(name)) is not None

    def may_equal(self, other: Segment) -> bool:
        """Whether both can be the same name, each in a period of its own."""
        if self.parts == other.parts:
            return True
        names = {other.render(Period(2026, month)) for month in range(1, 13)}
        mine = {self.render(Period(2026, month)) for month in range(1, 13)}
        return any(map(self.match, names)) or any(map(other.match, mine)) or bool(names & mine)


@dataclass(frozen=True, slots=True)
class Template:
    """A path beneath a client's folder that changes with the period; equal where it means the same."""

    segments: tuple[Segment, ...]
    text: str = field(compare=False)

    def __str__(self) -> str:
        return self.text

    @classmethod
    def parse(cls, text: str) -> Template:
        """The template that is written in the rules.

        `{millésime}` and `{mois}` may also be written in angle brackets, without accents and in any case.

        Raises:
            ConfigurationError: not a path beneath a folder, or an unknown variable; the phrase says which.
        """
        if not text.strip():
            raise ConfigurationError(Phrase("rules.empty"))
        if any(unicodedata.category(char) in {"Cc", "Cs"} for char in text):
            raise ConfigurationError(Phrase("rules.template_control"))
        if "\\" in text:
            raise ConfigurationError(Phrase("rules.template_backslash", {"proposal": text.replace("\\", "/")}))
        if text.startswith("/"):
            raise ConfigurationError(Phrase("rules.template_absolute"))
        return cls(tuple(Segment(_parts(nfc(name))) for name in text.split("/")), text)

    def render(self, period: Period) -> PurePosixPath:
        """The path in a period, relative to the client's folder."""
        return PurePosixPath(*(segment.render(period) for segment in self.segments))

    def names(self, period: Period) -> tuple[Callable[[str], bool], ...]:
        """For each folder on the way, whether a name on disk is it, however its accents are encoded."""
        return tuple(_is(segment.render(period)) for segment in self.segments)

    def match(self, parts: Sequence[str]) -> Found | None:
        """What a path of exactly this many folders says of its period, or None where it is another path."""
        if len(parts) != len(self.segments):
            return None
        whole = Found()
        for segment, name in zip(self.segments, parts, strict=True):
            found = segment.match(name)
            if found is None or not _agree(whole, found):
                return None
            whole = Found(whole.year or found.year, whole.month or found.month)
        return whole

    def resembles(self, parts: Sequence[str]) -> bool:
        """Whether a person may have meant this path, though it is written otherwise."""
        return len(parts) == len(self.segments) and all(
            segment.resembles(name) for segment, name in zip(self.segments, parts, strict=True)
        )

    def periods(self, watched: Sequence[Period]) -> list[Period]:
        """The watched periods, newest first, one for each different path."""
        newest: dict[PurePosixPath, Period] = {}
        for period in sorted(watched, reverse=True):
            newest.setdefault(self.render(period), period)
        return list(newest.values())

    def may_equal(self, other: Template) -> bool:
        """Whether both can name the same folder, each in a period of its own."""
        return len(self.segments) == len(other.segments) and self._may_start(other)

    def may_contain(self, other: Template) -> bool:
        """Whether the other can name a folder that lies inside one of this."""
        return len(self.segments) < len(other.segments) and self._may_start(other)

    def _may_start(self, other: Template) -> bool:
        return all(mine.may_equal(its) for mine, its in zip(self.segments, other.segments, strict=False))


def nfc(name: str) -> str:
    """The name with each accented letter as one character, as names are compared."""
    return unicodedata.normalize("NFC", name)


def fold(name: str) -> str:
    """The name without accents and case, to find what somebody may have meant."""
    return "".join(char for char in unicodedata.normalize("NFD", name) if not unicodedata.combining(char)).casefold()


def _parts(name: str) -> tuple[str | Variable, ...]:
    if not name or name in {".", ".."}:
        raise ConfigurationError(Phrase("rules.template_dots" if name else "rules.template_empty_name"))
    parts: list[str | Variable] = []
    end = 0
    for bracket in _BRACKETS.finditer(name):
        parts += [name[end : bracket.start()], _variable(bracket)]
        end = bracket.end()
    parts.append(name[end:])
    if any(set(part) & set("{}<>") for part in parts if isinstance(part, str)):
        raise ConfigurationError(Phrase("rules.template_unclosed", {"name": name}))
    return tuple(part for part in parts if part)


def _variable(bracket: re.Match[str]) -> Variable:
    name = fold(bracket[1] if bracket[1] is not None else bracket[2]).strip()
    if name not in _BY_NAME:
        near = difflib.get_close_matches(name, _BY_NAME, n=1)
        code = "rules.template_variable_near" if near else "rules.template_variable"
        raise ConfigurationError(
            Phrase(code, {"variable": bracket[0], "near": _BY_NAME[near[0]].value if near else ""})
        )
    return _BY_NAME[name]


def _value(variable: Variable, period: Period) -> str:
    return f"{period.year:04}" if variable is Variable.YEAR else f"{period.month:02}"


def _agree(one: Found, other: Found) -> bool:
    return all(a is None or b is None or a == b for a, b in zip(one, other, strict=True))


def _is(name: str) -> Callable[[str], bool]:
    return lambda found: nfc(found) == name


@cache
def _pattern(parts: tuple[str | Variable, ...]) -> re.Pattern[str]:
    pattern, named = "", set()
    for part in parts:
        if not isinstance(part, Variable):
            pattern += re.escape(part)
        elif part in named:
            pattern += "(?P=year)" if part is Variable.YEAR else "(?P=month)"
        else:
            named.add(part)
            pattern += _STRICT[part]
    return re.compile(pattern)


@cache
def _loose(parts: tuple[str | Variable, ...]) -> re.Pattern[str]:
    return re.compile("".join(_LOOSE[part] if isinstance(part, Variable) else re.escape(fold(part)) for part in parts))
