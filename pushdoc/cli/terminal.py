"""The terminal that somebody sits at: its width and colours, a page at a time, a view that renews itself."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from contextlib import contextmanager, nullcontext
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

import click

from pushdoc.cli.frame import print_lines
from pushdoc.signals import Flag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pushdoc.clock import Clock
    from pushdoc.tell import Screen, Tone

_STYLES: dict[str, dict[str, Any]] = {
    "good": {"fg": "green"},
    "waits": {"fg": "yellow"},
    "bad": {"fg": "red", "bold": True},
    "done": {"dim": True},
    "head": {"bold": True},
}
#: Seconds from one look to the next of a view that renews itself.
EVERY = 2.0
_OTHER_PAGE, _OWN_PAGE = "\x1b[?1049h\x1b[?25l", "\x1b[?25h\x1b[?1049l"
_TO_THE_TOP, _REST_OF_LINE, _REST_OF_PAGE = "\x1b[H", "\x1b[K", "\x1b[J"


def screen() -> Screen:
    """What standard output is: a terminal with its width and colours, or paper.

    Source: no-color.org: $NO_COLOR, whatever is in it, means no colours.
    """
    from pushdoc.tell import PAPER, Screen

    if not sys.stdout.isatty():
        return PAPER
    width = shutil.get_terminal_size().columns
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM", "dumb") == "dumb"
    return Screen(width) if plain else Screen(width, _painted)


def _painted(text: str, tone: Tone) -> str:
    return click.style(text, **_STYLES[tone])


def print_pages(lines: Iterator[str]) -> None:
    """Lines on standard output; what is more than one page of a terminal goes through the reader's pager, as git's.

    They are made as the pager takes them: leaving it early ends the work.
    """
    if not sys.stdout.isatty():
        print_lines(lines)
        return
    room = shutil.get_terminal_size().lines - 2
    page = list(islice(lines, room + 1))
    if len(page) <= room:
        print_lines(page)
    else:
        click.echo_via_pager(f"{line}\n" for line in chain(page, lines))


def renewing(show: Callable[[], Iterable[str]], clock: Clock) -> None:
    """Show something anew every two seconds: on a page of its own on a terminal, elsewhere one below the other.

    Until Ctrl-C or SIGTERM; the terminal is left as it was.
    """
    at_a_terminal = sys.stdout.isatty()
    with _asked_to_end() as asked, _page_of_its_own() if at_a_terminal else nullcontext():
        while not asked.is_set():
            lines = show()
            if at_a_terminal:
                click.echo(_page(list(lines)), nl=False)
            else:
                print_lines(lines)
            clock.wait(EVERY, asked)


@contextmanager
def _asked_to_end() -> Iterator[Flag]:
    """Set by Ctrl-C and SIGTERM."""
    asked = Flag()
    signals = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, lambda _number, _frame: asked.set()) for number in signals]
    try:
        yield asked
    finally:
        for number, handler in zip(signals, before, strict=True):
            signal.signal(number, handler)


@contextmanager
def _page_of_its_own() -> Iterator[None]:
    """The terminal's other page, without a cursor; what stood on the first one is there again afterwards."""
    click.echo(_OTHER_PAGE, nl=False)
    try:
        yield
    finally:
        click.echo(_OWN_PAGE, nl=False)


def _page(lines: list[str]) -> str:
    """The lines over those that stood there: nothing is wiped first, so that nothing flickers."""
    room = shutil.get_terminal_size().lines - 1
    if len(lines) > room:
        lines = [*lines[: room - 1], "…"]
    return _TO_THE_TOP + "".join(f"{line}{_REST_OF_LINE}\r\n" for line in lines) + _REST_OF_PAGE
