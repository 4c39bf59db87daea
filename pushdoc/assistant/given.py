"""A script's options as the answers of the assistant, each to be given in its turn; and what they still lack."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from pushdoc.assistant.question import Question, UnfitError, Value
from pushdoc.errors import WrongUseError
from pushdoc.words import Phrase, advice, say, visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pushdoc.assistant.question import Answers
    from pushdoc.assistant.screen import Screen

#: The option that answers a question, where it is not named like it.
OPTIONS = {
    "password": "--password-from",
    "client_secret": "--client-secret-from",
    "clients": "--client",
    "map": "--client-siret",
    "correction": "--client-siret",
    "paths": "--rule",
    "drop": "--rule",
    "type": "--rule",
    "archive": "--rule",
    "name": "--rule",
    "replace": "--yes",
}
#: The parts of a `--rule`.
RULE_KEYS = ("name", "drop", "type", "archive")


class Given:
    """Answers from options, None where one leaves it to the default; `otherwise` is asked for the rest, or nobody."""

    def __init__(self, given: Mapping[str, Sequence[str | None]], otherwise: Answers | None, screen: Screen) -> None:
        self._queues = {key: deque(answers) for key, answers in given.items() if answers}
        self._otherwise = otherwise
        self._screen = screen
        self.attended = otherwise is not None

    def prepared(self, key: str) -> bool:
        """Whether an option answers the question."""
        return bool(self._queues.get(key))

    def ask(self, question: Question[Value]) -> Value:
        """The value of the next answer that an option gives, or of the default.

        Raises:
            LeaveError: from whoever is asked otherwise.
            WrongUseError: an answer is unfit, or there is none and one is needed.
        """
        queue = self._queues.get(question.key)
        given = queue.popleft() if queue else None
        if given is not None:
            return self._read(question, given)
        if self._otherwise is not None:
            return self._otherwise.ask(question)
        default = question.default if question.unattended is None else question.unattended
        if default is None:
            raise WrongUseError(Phrase("assistant.missing", {"options": [option(question.key)]}))
        return self._read(question, default)

    def _read(self, question: Question[Value], given: str) -> Value:
        try:
            return question.read(given)
        except UnfitError as error:
            why = say(error.phrase, self._screen.language)
            remedy = advice(error.phrase, self._screen.language)
            shown = "…" if question.hidden else visible(given)
            told = {"option": option(question.key), "read": shown, "why": f"{why}. {remedy}" if remedy else why}
            raise WrongUseError(Phrase("assistant.option_unfit", told)) from None


def option(key: str) -> str:
    """The option that answers a question, as it is typed."""
    return OPTIONS.get(key, "--" + key.replace("_", "-"))


def rule_of(written: str) -> dict[str, str]:
    r"""The parts of a `--rule`, `name=…;drop=…;type=…;archive=…`; a semicolon in a part is written `\;`.

    Raises:
        WrongUseError: a part without its name, with an unknown one, twice, or no drop path and type.
    """
    found: dict[str, str] = {}
    for part in written.replace(r"\;", "\0").split(";"):
        key, equals, value = part.replace("\0", ";").partition("=")
        key = key.strip()
        if not part.strip():
            continue
        if not equals or key not in RULE_KEYS or key in found:
            raise WrongUseError(Phrase("assistant.rule_part", {"part": visible(part), "keys": list(RULE_KEYS)}))
        found[key] = value.strip()
    if lacking := [key for key in ("drop", "type") if not found.get(key)]:
        raise WrongUseError(Phrase("assistant.rule_lacks", {"rule": visible(written), "keys": lacking}))
    return found
