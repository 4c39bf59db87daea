"""Which of the candidates are clients: what a person types at the list, what it changes, how it is written down.

Pure. One line is one `Move`, and a `Selection` after a move is a new one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, assert_never

from pushdoc.assistant.candidates import search
from pushdoc.assistant.question import NOTHING, UnfitError, fold
from pushdoc.assistant.screen import PAGE
from pushdoc.clients import folder as folders
from pushdoc.rules import covering
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pushdoc.assistant.candidates import Candidate

#: `[clients] only` for everybody, those too who come later.
EVERYBODY = ("*",)
_ALL = frozenset({"tout", "tous", "toutes", "all"})
_NONE = frozenset({"aucun", "aucune", "rien", "none"})
_NUMBERS = re.compile(r"[0-9]{1,6}(?:-[0-9]{1,6})?(?:[ ,]+[0-9]{1,6}(?:-[0-9]{1,6})?)*")


@dataclass(frozen=True, slots=True)
class Sought:
    """Show those who are found by these words; by none: everybody."""

    words: str


@dataclass(frozen=True, slots=True)
class Toggled:
    """Choose these places of the list, or no longer where they all were chosen."""

    places: frozenset[int]


@dataclass(frozen=True, slots=True)
class Named:
    """Choose whom a pattern names, in the list or not."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Found:
    """Choose everybody who was found, on whatever page, or nobody of them."""

    chosen: bool


@dataclass(frozen=True, slots=True)
class Turned:
    """Show another page."""

    pages: int


Move = Sought | Toggled | Named | Found | Turned


@dataclass(frozen=True, slots=True)
class Selection:
    """The state of the list: who is known, chosen, and shown."""

    known: tuple[Candidate, ...]
    chosen: frozenset[str] = frozenset()
    sought: str = ""
    found: tuple[Candidate, ...] = ()
    first: int = 0

    @property
    def shown(self) -> list[tuple[int, Candidate]]:
        """The page that is shown, each with its number from 1."""
        return list(enumerate(self.found, 1))[self.first : self.first + PAGE]

    @property
    def clients(self) -> list[Candidate]:
        """Who is chosen, in the order of the list."""
        return [candidate for candidate in self.known if candidate.folder in self.chosen]

    def typed(self, given: str) -> Selection | None:
        """The list after a line that was typed at it; None where that was all.

        Raises:
            UnfitError: numbers that it does not have, a pattern that names nobody, or nobody chosen at the end.
        """
        move = move_of(given, len(self.found))
        if move is not None:
            return self.after(move)
        if not self.chosen:
            raise UnfitError(Phrase("assistant.unfit.none_chosen"))
        return None

    def after(self, move: Move) -> Selection:
        """The list after a move.

        Raises:
            UnfitError: a pattern that names nobody.
        """
        match move:
            case Sought(words):
                return replace(self, sought=words, found=tuple(search(self.known, words)), first=0)
            case Toggled(places):
                meant = {self.found[place].folder for place in places}
                return replace(self, chosen=self.chosen - meant if meant <= self.chosen else self.chosen | meant)
            case Named(pattern):
                covers = covering([pattern])
                meant = {candidate.folder for candidate in self.known if covers(candidate.folder)}
                if not meant:
                    raise UnfitError(Phrase("assistant.unfit.no_client", {"pattern": pattern}))
                return replace(self, chosen=self.chosen | meant)
            case Found(chosen):
                meant = {candidate.folder for candidate in self.found}
                return replace(self, chosen=self.chosen | meant if chosen else self.chosen - meant)
            case Turned():
                return replace(self, first=page(self.first, move, len(self.found)))
        assert_never(move)

    def strays(self, only: Iterable[str]) -> list[str]:
        """Who is meant by `[clients] only` without having been chosen: one whose folder ends by another's name."""
        covers = covering(only)
        return [one.folder for one in self.known if one.folder not in self.chosen and covers(one.folder)]

    def only(self) -> list[str]:
        """`[clients] only` for those who are chosen."""
        if len(self.chosen) == len(self.known):
            return list(EVERYBODY)
        return [pattern_of(candidate.folder) for candidate in self.clients]


def begun(known: Iterable[Candidate], only: Iterable[str]) -> Selection:
    """The list as `[clients] only` left it, nobody chosen where it says nothing; everybody is shown."""
    everybody, patterns = tuple(known), list(only)
    covers = covering(patterns)
    chosen = frozenset(candidate.folder for candidate in everybody if patterns and covers(candidate.folder))
    return Selection(everybody, chosen, found=everybody)


def page(first: int, turned: Turned, count: int) -> int:
    """Where the page begins that is shown next of a list of so many, from 0."""
    last = max(0, (count - 1) // PAGE * PAGE)
    return min(max(0, first + turned.pages * PAGE), last)


def move_of(given: str, found: int) -> Move | None:
    """What a line means at a list of so many: numbers, « tout », « aucun », `=pattern`, `+`, `-`, else a search.

    None for an empty one: that is all.

    Raises:
        UnfitError: numbers of which some are in the list and some are not; those that all are not are searched for.
    """
    typed = given.strip()
    word = fold(typed)
    if not typed:
        return None
    if word in _ALL or word in _NONE:
        return Found(word in _ALL)
    if typed in {"+", NOTHING}:
        return Turned(1 if typed == "+" else -1)
    if typed.startswith("="):
        return Named(folders.clean(typed[1:]))
    places = _places(typed) if _NUMBERS.fullmatch(typed) else set()
    within = places & set(range(found))
    if places and within == places:
        return Toggled(frozenset(places))
    if within:
        raise UnfitError(Phrase("assistant.unfit.number", {"last": found}))
    return Sought("" if typed in {"*", "/"} else typed.removeprefix("/"))


def pattern_of(folder: str) -> str:
    """The pattern that names one folder and no other: what has a meaning in patterns stands in brackets."""
    escaped = re.sub(r"[*?\[]", r"[\g<0>]", folder)
    return re.sub(r"^ | $", "[ ]", escaped)


def _places(typed: str) -> set[int]:
    places: set[int] = set()
    for part in re.split(r"[ ,]+", typed):
        first, _, last = part.partition("-")
        low, high = int(first), int(last or first)
        places |= set(range(low - 1, high))
    return places
