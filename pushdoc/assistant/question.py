"""A question of the assistant, how an answer is read, and who answers: a person at a terminal, or a script's options.

What a question says stands in the catalogue under `assistant.ask.KEY`; where and how it is shown is `terminal`'s
business.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Value = TypeVar("Value")

#: Typed in the place of an answer, it leaves the step.
LEAVE = "<"
#: Typed in the place of an answer, it stands for nothing at all, where a default would be taken.
NOTHING = "-"

_YES = frozenset({"o", "oui", "y", "yes"})
_NO = frozenset({"n", "non", "no"})


class UnfitError(Exception):
    """An answer that cannot be used; the phrase says why."""

    def __init__(self, phrase: Phrase) -> None:
        super().__init__(phrase.code)
        self.phrase = phrase


class LeaveError(Exception):
    """The person leaves the step and goes back to the four of them."""


@dataclass(frozen=True)
class Question(Generic[Value]):
    """One question; `key` names its text and the option that answers it, `said_as` another text where it has two.

    `read` makes an answer into its value and may raise `UnfitError`. `default` is what no answer means, None where one
    is needed; `unattended` is what it means where nobody can be asked. `complete` gives whole answers that begin as the
    one being typed. A `hidden` answer is not shown while it is typed, and never shown again.
    """

    key: str
    read: Callable[[str], Value]
    default: str | None = None
    unattended: str | None = None
    complete: Callable[[str], Sequence[str]] | None = None
    hidden: bool = False
    said_as: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def phrase(self) -> Phrase:
        """What is asked."""
        return Phrase(f"assistant.ask.{self.said_as or self.key}", self.values)


class Answers(Protocol):
    """Whoever answers."""

    #: Whether a person is there who can be asked again.
    attended: bool

    def ask(self, question: Question[Value]) -> Value:
        """The value of a fit answer.

        Raises:
            LeaveError: the person leaves the step.
            WrongUseError: nobody can be asked, and the option is unfit or missing.
        """

    def prepared(self, key: str) -> bool:
        """Whether an answer is already there: the question must be asked even where it could be done without."""


def text(given: str) -> str:
    """An answer that is text: without blanks around, and with nothing in it that cannot be seen.

    Raises:
        UnfitError: it holds control characters, or bytes that are no text.
    """
    told = given.strip()
    if any(unicodedata.category(char) in {"Cc", "Cs"} for char in told):
        raise UnfitError(Phrase("assistant.unfit.unreadable"))
    return told


def yes(given: str) -> bool:
    """Whether an answer is a yes, in either language.

    Raises:
        UnfitError: it is neither yes nor no.
    """
    word = given.strip().casefold()
    if word in _YES | _NO:
        return word in _YES
    raise UnfitError(Phrase("assistant.unfit.yes_or_no"))


def one_of(words: Sequence[str]) -> Callable[[str], int]:
    """Reads which of some words an answer means, by its number from 1 or by the word itself; gives its place from 0."""
    folded = [fold(word) for word in words]

    def read(given: str) -> int:
        told = given.strip()
        if told.isascii() and told.isdigit() and 1 <= int(told) <= len(words):
            return int(told) - 1
        if fold(told) in folded:
            return folded.index(fold(told))
        raise UnfitError(Phrase("assistant.unfit.one_of", {"last": len(words)}))

    return read


def fold(word: str) -> str:
    """A word as it is compared with what a person types: without accents, capitals and spare blanks."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char))
    return " ".join(plain.replace("\u2019", "'").casefold().split())
