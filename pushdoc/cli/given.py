"""What a person types for a moment, a path or a state, made into a value."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from pushdoc.cli.frame import text
from pushdoc.errors import WrongUseError
from pushdoc.states import State
from pushdoc.words import LANGUAGES, Phrase, say
from pushdoc.words.alike import plain

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_AGE = re.compile(r"([0-9]{1,6})([mhd])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def since_when(given: str | None, now: datetime, zone: ZoneInfo) -> datetime | None:
    """`2026-11-20`, `2026-11-20T07:00`, or an age: `90m`, `12h`, `3d`; a moment without a zone is one of `zone`.

    Raises:
        WrongUseError: none of these, or beyond the calendar.
    """
    if given is None:
        return None
    try:
        if age := _AGE.fullmatch(given):
            return now - timedelta(**{_UNITS[age[2]]: int(age[1])})
        at = datetime.fromisoformat(given)
        return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):  # the latter: before the year 1, or after the last one
        raise WrongUseError(Phrase("cli.list.since_wrong", {"read": given})) from None


def here(path: Path) -> Path:
    """The path counted from the working directory, without `..`; links in it are left as they were typed."""
    return Path(os.path.normpath(path.absolute()))


class StateWord(click.ParamType[tuple[State, ...]]):
    """States by the word of `--json`, or as the lists say them in either language: « Non transmis », `archived`.

    A word that several begin with means all of these: « transmis », archived or not.
    """

    name = "state"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> tuple[State, ...]:
        """The states that are meant."""
        typed = plain(value).replace("_", " ").replace("-", " ").strip()
        words = {state: _words(state) for state in State}
        found = [state for state in State if typed in words[state]]
        found = found or [state for state in State if typed and any(word.startswith(typed) for word in words[state])]
        if not found:
            known = ", ".join(f"{state} ({text(f'tell.state.{state}')})" for state in State)
            self.fail(text("cli.list.state_wrong", read=value, known=known), param, ctx)
        return tuple(found)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:  # noqa: ARG002 -- click's signature
        """The words of `--json`, each with what it means."""
        offered = [state for state in State if state.startswith(incomplete.lower())]
        return [CompletionItem(state.value, help=text(f"tell.state.{state}")) for state in offered]


def _words(state: State) -> set[str]:
    said = (say(Phrase(f"tell.state.{state}"), language) for language in LANGUAGES)
    return {state.replace("_", " "), *(plain(word) for word in said)}


STATE = StateWord()
