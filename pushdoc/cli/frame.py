"""What all commands share: the rules file they were given, the reader they speak to, and how an error is told."""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

import click

from pushdoc.clock import SystemClock
from pushdoc.errors import ProblemsError, PushdocError
from pushdoc.words import LANGUAGES, Phrase, advice, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from pushdoc.clock import Clock
    from pushdoc.ledger import History, Ledger
    from pushdoc.tell import Reader
    from pushdoc.wiring import Plan
    from pushdoc.words import Language


def spoken() -> Language:
    """The language of help and of whatever is said before the rules are read: $PUSHDOC_LANGUAGE, else French."""
    wanted = os.environ.get("PUSHDOC_LANGUAGE", "fr")
    return next((language for language in LANGUAGES if language == wanted), "fr")


def text(code: str, **values: Any) -> str:
    """A text of the commands' own, in the language spoken before the rules are read."""
    return say(Phrase(code, values), spoken())


class Frame:
    """One command's surroundings, each made when it is first asked for: `--help` reads no rules."""

    def __init__(self, config: Path | None) -> None:
        self._config = config
        self.clock: Clock = SystemClock()

    @cached_property
    def file(self) -> Path:
        """The rules file.

        Raises:
            ConfigurationError: none was named, and none stands in the usual places.
        """
        from pushdoc.rules import find

        return find(self._config, os.environ)

    @cached_property
    def plan(self) -> Plan:
        """The rules and clients.

        Raises:
            PushdocError: there are none, or they cannot be used.
        """
        from pushdoc.wiring import read_plan

        return read_plan(self.file)

    @property
    def language(self) -> Language:
        """The rules' language once they are read, before that the one of `spoken`."""
        plan: Plan | None = self.__dict__.get("plan")
        return spoken() if plan is None else plan.rules.language

    @property
    def reader(self) -> Reader:
        """Who is spoken to."""
        from pushdoc.tell import Reader

        return Reader(self.language, self.plan.rules.zone)

    @contextmanager
    def history(self, ledger: Path | None = None) -> Iterator[History | None]:
        """The ledger, by default that of the rules, for questions; None where pushdoc has never run with it."""
        from pushdoc.ledger import History

        path = ledger or self.plan.rules.ledger.path
        # An empty file is one that the first run is just making.
        if not path.exists() or path.stat().st_size == 0:
            yield None
            return
        history = History.open(path)
        try:
            yield history
        finally:
            history.close()

    @contextmanager
    def ledger(self) -> Iterator[Ledger]:
        """The ledger for a person's decisions, beside a pushdoc that runs."""
        from pushdoc import log
        from pushdoc.ledger import Ledger

        log.configure("error")
        ledger = Ledger.open(self.plan.rules.ledger.path, self.clock)
        try:
            yield ledger
        finally:
            ledger.close()

    def say(self, code: str, **values: Any) -> str:
        """A text in the rules' language."""
        return say(Phrase(code, values), self.language)

    def tell(self, phrase: Phrase, place: str = "") -> None:
        """Tell a person on standard error what is wrong, and what to do about it."""
        click.echo(
            f"{place} : {said}" if (said := say(phrase, self.language)) and place else f"pushdoc : {said}", err=True
        )
        if remedy := advice(phrase, self.language):
            click.echo(f"    → {remedy}", err=True)

    def tell_error(self, error: PushdocError) -> None:
        """Tell a person what ended the command: every problem, where there are several."""
        if isinstance(error, ProblemsError):
            for problem in error.problems:
                self.tell(problem.phrase, problem.place)
        self.tell(error.phrase)


def as_line(value: Any) -> str:
    """A JSON value on one line."""
    return json.dumps(value, ensure_ascii=False)


def print_json(value: Any) -> None:
    """One JSON value on one line of standard output."""
    click.echo(as_line(value))


def print_lines(lines: Iterable[str]) -> None:
    """Lines on standard output, as they come."""
    for line in lines:
        click.echo(line)


@contextmanager
def progress(frame: Frame) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal's standard error that `(done, known)` moves; elsewhere nothing."""
    if not sys.stderr.isatty():
        yield lambda _done, _known: None
        return
    label = frame.say("cli.progress")
    with click.progressbar(length=1, label=label, file=sys.stderr, show_pos=True) as bar:

        def move(done: int, known: int) -> None:
            bar.length = max(known, 1)
            bar.update(done - bar.pos)

        yield move


pass_frame = click.make_pass_decorator(Frame)
