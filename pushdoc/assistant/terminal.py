"""A person at the terminal: questions with a default, completion by Tab, answers that are not shown.

Without `readline` everything works but the completion.
"""

from __future__ import annotations

import sys
from getpass import getpass
from typing import TYPE_CHECKING

from pushdoc.assistant.question import LEAVE, LeaveError, Question, UnfitError, Value
from pushdoc.assistant.screen import Screen, Sign
from pushdoc.words import say, visible

try:
    import readline
except ImportError:  # a Python that was built without it
    _COMPLETES = False
else:
    _COMPLETES = True

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

#: A terminal's line is no longer (canonical mode); nothing that is asked for is either.
_LONGEST = 4000


class Terminal:
    """Asks until an answer is fit."""

    attended = True

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        if _COMPLETES:
            readline.set_auto_history(False)
            # The whole line is one word: paths have blanks.
            readline.set_completer_delims("")
            libedit = "libedit" in (readline.__doc__ or "")
            readline.parse_and_bind("bind ^I rl_complete" if libedit else "tab: complete")

    def prepared(self, key: str) -> bool:  # noqa: ARG002 -- the protocol's signature; a person has nothing prepared
        """A person answers when asked."""
        return False

    def ask(self, question: Question[Value]) -> Value:
        """The value of the first fit answer.

        Raises:
            LeaveError: the person leaves the step.
            EOFError, KeyboardInterrupt: the person leaves altogether.
        """
        while True:
            typed = self._typed(question)
            if typed.strip() == LEAVE and not question.hidden:
                raise LeaveError
            given = typed if typed.strip() else question.default
            if given is None:
                self._screen.sign(Sign.FAULT, "assistant.unfit.needed")
                continue
            try:
                return question.read(given)
            except UnfitError as error:
                self._screen.told(Sign.FAULT, error.phrase)

    def _typed(self, question: Question[Value]) -> str:
        asked = say(question.phrase, self._screen.language)
        if question.default and not question.hidden:
            asked += f" [{visible(question.default)}]"
        prompt = self._screen.words("assistant.ask.prompt", question=asked) + " "
        if question.hidden:
            return getpass(prompt)[:_LONGEST]
        if _COMPLETES:
            readline.set_completer(_completer(question.complete))
        try:
            return input(prompt)[:_LONGEST]
        except UnicodeDecodeError:
            return "\udcff"  # what no reader takes: the question is asked again
        finally:
            if _COMPLETES:
                readline.set_completer(None)


def stands_before() -> bool:
    """Whether a person sits before this process: both what is typed and what is shown go through a terminal."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


def _completer(complete: Callable[[str], Sequence[str]] | None) -> Callable[[str, int], str | None]:
    found: list[str] = []

    def completed(typed: str, number: int) -> str | None:
        if number == 0:
            # What cannot be seen is not offered: the terminal would be shown it raw.
            found[:] = [] if complete is None else [one for one in complete(typed) if visible(one) == one]
        return found[number] if number < len(found) else None

    return completed
