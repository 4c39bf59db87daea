"""What is said to somebody who typed a command wrongly: click's complaints in the reader's language.

What a newer click says in other words is told in click's own.
"""

from __future__ import annotations

import ast
import difflib
from typing import TYPE_CHECKING

import click

from pushdoc.cli.frame import text
from pushdoc.cli.helping import recognised, remark

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: A text as `repr` shows it.
_READ = r"""(?P<read>'.*'|".*")"""
#: What click says of a whole command line. Source: click 8.5, core.py and parser.py.
_OF_LINES = (
    (rf"No such command {_READ}\.", "usage.no_command"),
    (r"Missing command\.", "usage.missing_command"),
    (r"Got unexpected extra argument \((?P<arguments>.*)\)", "usage.one_too_many"),
    (r"Got unexpected extra arguments \((?P<arguments>.*)\)", "usage.too_many"),
    (r"Option .* requires an argument\.", "usage.value_missing"),
    (r"Option .* does not take a value\.", "usage.value_needless"),
)
#: What click says of one value. Source: click 8.5, types.py, for the types that the commands use.
_OF_VALUES = (
    (rf"{_READ} is not a valid integer(?: range)?\.", "usage.no_integer"),
    (r"(?P<number>-?\d+) is not in the range (?P<range>.+)\.", "usage.out_of_range"),
    (rf"{_READ} is not one of (?P<known>.+, .+)\.", "usage.no_choice"),
    (rf"(?:Path|File|Directory) {_READ} does not exist\.", "usage.no_path"),
    (rf"(?:Path|File|Directory) {_READ} is a file\.", "usage.is_file"),
    (rf"(?:Path|File|Directory) {_READ} is a directory\.", "usage.is_folder"),
    (rf"(?:Path|File|Directory) {_READ} is not readable\.", "usage.unreadable"),
    (rf"(?:Path|File|Directory) {_READ} is not writable\.", "usage.unwritable"),
)


def tell(error: click.ClickException) -> None:
    """Tell on standard error what is wrong, and where the help stands."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()  # it is the help
        return
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is not None:
        click.echo(context.get_usage(), err=True)
        command = f"{context.command_path} {max(context.help_option_names, key=len)}"
        click.echo(f"{text('usage.try', command=command)}\n", err=True)
    click.echo(text("usage.error", message=_said(error) or error.format_message()), err=True)


def _said(error: click.ClickException) -> str | None:
    """What is wrong; None where nobody here knows how to say it."""
    match error:
        case click.NoSuchOption():
            return _no_such("usage.no_option", error.option_name, error.possibilities or ())
        case click.MissingParameter():
            return _missing(error)
        case click.BadParameter():
            message = _of_value(error.message)
            return text("usage.wrong", name=name, message=message) if (name := _name(error)) else message
        case click.UsageError():
            return _of_line(error)
    return None


def _of_line(error: click.UsageError) -> str | None:
    code, values = recognised(error.message, _OF_LINES)
    if not code:
        return None
    if code == "usage.no_command":
        typed = _unquoted(values["read"])
        group = error.ctx.command if error.ctx else None
        known = group.list_commands(error.ctx) if error.ctx and isinstance(group, click.Group) else []
        return _no_such(code, typed, difflib.get_close_matches(typed, known))
    if isinstance(error, click.BadOptionUsage):
        return text(code, name=error.option_name)
    return text(code, **values)


def _of_value(message: str) -> str:
    """What is wrong with a value, as a type says it: click's or one of ours, which speaks the language already."""
    code, values = recognised(message, _OF_VALUES)
    if not code:
        return message
    return text(code, **{name: remark(said) if name == "range" else _unquoted(said) for name, said in values.items()})


def _no_such(code: str, name: str, near: Sequence[str]) -> str:
    if not near:
        return text(code, name=name)
    quoted = _quoted(near)
    if len(quoted) > 1:
        quoted = [text("usage.or", names=quoted[:-1], last=quoted[-1])]
    return text(f"{code}_near", name=name, near=quoted[0])


def _missing(error: click.MissingParameter) -> str | None:
    name, parameter = _name(error), error.param
    if not name or parameter is None or error.message or parameter.type.get_missing_message(parameter, error.ctx):
        return None
    is_option = isinstance(parameter, click.Option)
    return text("usage.missing_option" if is_option else "usage.missing_argument", name=name)


def _name(error: click.BadParameter) -> str:
    """The option or argument that is meant, by all its names."""
    match error.param_hint, error.param:
        case str(hint), _:
            return hint
        case None, click.Option(opts=names):
            return " / ".join(_quoted(names))
        case None, click.Argument() as argument:
            return _quoted([argument.make_metavar(error.ctx) if error.ctx else argument.human_readable_name])[0]
        case None, _:
            return ""
        case hints, _:
            return " / ".join(_quoted(hints))


def _quoted(names: Iterable[str]) -> list[str]:
    return [text("usage.quoted", name=name) for name in names]


def _unquoted(shown: str) -> str:
    """What was typed, or several words, where click shows their `repr`."""
    try:
        read = ast.literal_eval(shown)
    except (ValueError, SyntaxError):
        return shown
    return ", ".join(map(str, read)) if isinstance(read, tuple) else str(read)
