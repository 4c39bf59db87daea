"""Commands that care for the ledger: ledger check, ledger backup."""

from __future__ import annotations

from pathlib import Path

import click

from pushdoc.cli.frame import Frame, pass_frame, text
from pushdoc.errors import ConfigurationError, ExitCode
from pushdoc.words import Phrase


@click.group(help=text("cli.ledger"))
def ledger() -> None:
    """The group itself does nothing."""


@ledger.command(help=text("cli.ledger.check"))
@pass_frame
def check(frame: Frame) -> None:
    """Whether the ledger's file is sound; exit code 78 where it is not."""
    from pushdoc.ledger import faults

    path = _existing(frame)
    found = faults(path)
    for fault in found:
        click.echo(f"✗ {fault}")
    if found:
        raise ConfigurationError(Phrase("ledger.broken", {"path": str(path)}))
    click.echo(frame.say("cli.ledger.sound", path=str(path)))


@ledger.command(help=text("cli.ledger.backup"))
@click.argument("target", metavar="PATH", type=click.Path(path_type=Path))
@pass_frame
def backup(frame: Frame, target: Path) -> None:
    """A consistent copy, also while pushdoc runs."""
    from pushdoc.ledger import backup as copy

    size = copy(_existing(frame), target)
    click.echo(frame.say("cli.ledger.copied", path=str(target), size=size))


def _existing(frame: Frame) -> Path:
    """The ledger's file; where there is none yet, that is said and the command ends."""
    path = frame.plan.rules.ledger.path
    if not path.exists():
        frame.tell(Phrase("tell.no_ledger", {"path": str(path)}))
        click.get_current_context().exit(int(ExitCode.NEEDS_A_PERSON))
    return path


COMMANDS = (ledger,)
