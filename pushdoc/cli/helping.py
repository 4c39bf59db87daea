"""The help in the reader's language, where click's own words are English: headings, its own option, what it adds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from pushdoc.cli.frame import text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

_HEADINGS = {"Options": "usage.options", "Commands": "usage.commands"}
#: What click writes in brackets behind an option's help, and the text that says it.
_REMARKS = (
    (r"required", "usage.required"),
    (r"default: (?P<value>.+)", "usage.default"),
    (r"(?P<low>-?\d+)<=x<=(?P<high>-?\d+)", "usage.between"),
    (r"x>=(?P<low>-?\d+)", "usage.at_least"),
    (r"x<=(?P<high>-?\d+)", "usage.at_most"),
)


def recognised(said: str, patterns: Iterable[tuple[str, str]]) -> tuple[str, dict[str, str]]:
    """The code of the text for what click said, and its values, by the first pattern that it fits wholly; else ""."""
    for pattern, code in patterns:
        if found := re.fullmatch(pattern, said, re.DOTALL):
            return code, found.groupdict()
    return "", {}


def remark(said: str) -> str:
    """One thing that click adds to an option's help, `required` or `1<=x<=9`; as it is where it is not known."""
    code, values = recognised(said, _REMARKS)
    return text(code, **values) if code else said


def remarked(told: str) -> str:
    """An option's help, with what click added behind it in brackets."""
    words, opening, added = told.rpartition("[")
    if not opening or not added.endswith("]") or (words and not words.endswith("  ")):
        return told
    return f"{words}[{'; '.join(map(remark, added[:-1].split('; ')))}]"


class _Formatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line that says how to write a command."""
        super().write_usage(prog, args, f"{text('usage.usage')} " if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """A heading; as click says it where it is not known."""
        if heading in _HEADINGS:
            self.write(f"{'':>{self.current_indent}}{text(_HEADINGS[heading])}\n")
        else:
            super().write_heading(heading)

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Options or commands, each with its help."""
        super().write_dl([(name, remarked(told)) for name, told in rows], col_max, col_spacing)


class _Context(click.Context):
    formatter_class = _Formatter

    def __init__(self, command: click.Command, *args: Any, **kwargs: Any) -> None:
        super().__init__(command, *args, **kwargs)
        if option := command.get_help_option(self):
            option.help = text("usage.help")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        # click forgets which command it was whose option lacks its value.
        if isinstance(error, click.UsageError) and error.ctx is None:
            error.ctx = self
        return super().__exit__(kind, error, trace)


def taught(command: click.Command) -> click.Command:
    """The command, and all beneath it, once its help speaks the reader's language."""
    command.context_class = _Context
    if isinstance(command, click.Group):
        command.subcommand_metavar = text("usage.command")
        for each in command.commands.values():
            taught(each)
    return command
