"""`pushdoc`: its commands under one roof, and what it says and returns when one of them ends by an error."""

from __future__ import annotations

import atexit
import gc
import sys
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import click

from pushdoc import __version__
from pushdoc.cli import completing, helping
from pushdoc.cli.frame import Frame, text
from pushdoc.errors import PushdocError

#: Which module has which commands, in the order of the help; a module is imported when one of its commands is.
_MODULES = (
    ("trying", ("demo",)),
    ("starting", ("init",)),
    ("working", ("run", "once")),
    ("checking", ("check",)),
    ("asking", ("map", "where")),
    ("watching", ("status",)),
    ("listing", ("list", "show")),
    ("deciding", ("retry", "ack", "release", "reject")),
    ("digesting", ("digest",)),
    ("ruling", ("rules",)),
    ("laying", ("folders",)),
    ("keeping", ("ledger",)),
    ("working", ("reconcile",)),
    ("serving", ("service",)),
    ("trying", ("sandbox",)),
)


class _Roof(click.Group):
    """The group of all commands: `status` must not pay for what `sandbox` needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        """All commands, in the order in which a newcomer meets them."""
        return [name for _, names in _MODULES for name in names]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 -- as above
        """One command, its module imported."""
        for module, names in _MODULES:
            if cmd_name in names:
                found: tuple[click.Command, ...] = import_module(f"pushdoc.cli.{module}").COMMANDS
                return helping.taught(next(command for command in found if command.name == cmd_name))
        return None


@click.group(cls=_Roof, help=text("cli.pushdoc"), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="pushdoc", message="%(prog)s %(version)s", help=text("cli.version"))
@click.option("-c", "--config", type=click.Path(path_type=Path), metavar="PATH", help=text("cli.config"))
@click.option(
    "--install-completion",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=completing.install,
    help=text("service.completion"),
)
@click.pass_context
def commands(context: click.Context, config: Path | None) -> None:
    """The group itself only keeps what all commands share."""
    context.obj = Frame(config)


helping.taught(commands)


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run one command and end the process by its exit code."""
    # A process that ends need not look through all that it made for garbage: that was a tenth of `status`.
    atexit.register(gc.freeze)
    context: click.Context | None = None
    try:
        if (code := completing.answer(commands)) is not None:
            raise SystemExit(code)
        with commands.make_context("pushdoc", list(sys.argv[1:] if arguments is None else arguments)) as context:
            commands.invoke(context)
        code = 0
    except PushdocError as error:
        frame = context.find_object(Frame) if context else None
        (frame or Frame(None)).tell_error(error)
        code = int(error.exit_code)
    except click.exceptions.Exit as ended:
        code = ended.exit_code
    except click.ClickException as error:
        from pushdoc.cli import misuse

        misuse.tell(error)
        code = error.exit_code
    except click.Abort:
        code = 130
    except BrokenPipeError:
        # Whoever read us (`head`) has enough; the interpreter must not complain of it again at its end.
        sys.stdout = None  # Python's own way to have nothing flushed
        code = 0
    raise SystemExit(code)
