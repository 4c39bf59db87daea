"""`pushdoc folders`: which drop folders of this month are missing, and making them."""

from __future__ import annotations

import sys
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import click

from pushdoc.cli import completing
from pushdoc.cli.frame import Frame, pass_frame, print_json, text
from pushdoc.errors import ConfigurationError, ExitCode, WrongUseError
from pushdoc.words import Phrase, advice, say, visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pushdoc.document import Client
    from pushdoc.filing.drops import Laid

#: On a terminal so many folders are named and the rest counted.
_NAMED = 40


@click.command(help=text("folders.help"))
@click.option("--create", is_flag=True, help=text("folders.create"))
@click.option(
    "--client", "patterns", metavar="C", multiple=True, shell_complete=completing.clients, help=text("folders.client")
)
@click.option("--json", "as_json", is_flag=True, help=text("cli.json"))
@pass_frame
def folders(frame: Frame, patterns: tuple[str, ...], *, create: bool, as_json: bool) -> None:
    """The drop folders of the current period; exit code 1 where some are missing, or cannot be made."""
    from pushdoc.filing.drops import Stand

    laid = list(_laid(frame, _clients(frame, patterns), make=create))
    named = [one for one in laid if one.stand is (Stand.MADE if create else Stand.MISSING)]
    there = sum(one.stand is Stand.THERE for one in laid)
    failed: dict[str, tuple[Phrase, list[str]]] = {}
    for one in laid:
        if one.trouble is not None:
            failed.setdefault(say(one.trouble, "en"), (one.trouble, []))[1].append(_shown(one))
    if as_json:
        told = {
            "period": str(_period(frame)),
            "there": there,
            "made" if create else "missing": [_shown(one) for one in named],
            "failed": [
                {
                    "reason": say(phrase, frame.language),
                    "advice": advice(phrase, frame.language),
                    "folders": names,
                }
                for phrase, names in failed.values()
            ],
        }
        print_json(told)
    else:
        _names(frame, [_shown(one) for one in named])
        count = {"count": len(named), "there": there, "period": str(_period(frame))}
        click.echo(frame.say("folders.made" if create else "folders.missing", **count))
        for phrase, names in failed.values():
            frame.tell(Phrase("folders.failed", {"count": len(names), "why": say(phrase, frame.language)}))
            if remedy := advice(phrase, frame.language):
                click.echo(f"    → {remedy}", err=True)
            _names(frame, names, err=True)
        if named and not create:
            click.echo(frame.say("folders.how"))
    wanting = failed or (named and not create)
    click.get_current_context().exit(int(ExitCode.NEEDS_A_PERSON if wanting else ExitCode.FINE))


def _clients(frame: Frame, patterns: Iterable[str]) -> list[Client]:
    """The enabled clients that are meant.

    Raises:
        WrongUseError: a pattern that means none of them.
    """
    from pushdoc.rules import covering

    patterns = list(patterns)
    for pattern in patterns:
        if not any(map(covering([pattern]), (client.folder for client in frame.plan.enabled))):
            raise WrongUseError(Phrase("folders.no_client", {"client": pattern}))
    meant = covering(patterns or ["*"])
    return [client for client in frame.plan.enabled if meant(client.folder)]


def _laid(frame: Frame, clients: Iterable[Client], *, make: bool) -> Iterable[Laid]:
    from pushdoc.filing.drops import lay
    from pushdoc.rules import covering

    rules = frame.plan.rules
    drops = [(covering(rule.clients), rule.drop.render(_period(frame))) for rule in rules.rule]
    for client in clients:
        mine = dict.fromkeys(drop for covers, drop in drops if covers(client.folder))
        try:
            yield from lay(rules.clients.root, PurePosixPath(client.folder), mine, make=make)
        except OSError:
            raise ConfigurationError(Phrase("folders.no_root", {"path": str(rules.clients.root)})) from None


def _period(frame: Frame) -> Any:
    from pushdoc.period import Period

    return Period.of(frame.clock.now().astimezone(frame.plan.rules.zone).date())


def _shown(one: Laid) -> str:
    return visible(str(one.folder))


def _names(frame: Frame, names: list[str], *, err: bool = False) -> None:
    stream = sys.stderr if err else sys.stdout
    shown = names[:_NAMED] if stream.isatty() else names
    if more := len(names) - len(shown):
        shown = [*shown, frame.say("folders.more", count=more)]
    for name in shown:
        click.echo(f"    {name}" if err else name, err=err)


COMMANDS = (folders,)
