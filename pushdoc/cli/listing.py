"""Commands that answer about documents: list, show."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pushdoc.cli import completing
from pushdoc.cli.frame import Frame, pass_frame, print_json, print_lines, text
from pushdoc.cli.given import STATE, here, since_when
from pushdoc.cli.meant import clients_meant
from pushdoc.errors import ExitCode, WrongUseError
from pushdoc.marks import MARK_SUFFIX
from pushdoc.states import ENDS, State
from pushdoc.words import Phrase, visible
from pushdoc.words.alike import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pushdoc.document import Document
    from pushdoc.ledger import History
    from pushdoc.tell import Reader

_as_json = click.option("--json", "as_json", is_flag=True, help=text("cli.json"))
#: What may still leave, or should have.
_OPEN = [state for state in State if state not in ENDS and state is not State.DUPLICATE]
#: Of more documents than these that fit, `show` tells the latest.
_MOST_FOUND = 50
#: How the mark of a document ends whose name is too long for one: `filing.mark`.
_SHORTENED = re.compile(r"~[0-9a-f]{8}$")


@click.command("list", help=text("cli.list"))
@click.option("--state", "states", type=STATE, metavar="S", multiple=True, help=text("cli.list.state"))
@click.option("--open", "still_open", is_flag=True, help=text("cli.list.open"))
@click.option(
    "--client", "clients", metavar="C", multiple=True, shell_complete=completing.clients, help=text("cli.list.client")
)
@click.option(
    "--rule", "rules", metavar="R", multiple=True, shell_complete=completing.rules, help=text("cli.list.rule")
)
@click.option("--since", metavar="T", help=text("cli.list.since"))
@click.option("--limit", type=click.IntRange(1), metavar="N", help=text("cli.list.limit"))
@click.option("--reverse", is_flag=True, help=text("cli.list.reverse"))
@_as_json
@click.option("--csv", "as_csv", is_flag=True, help=text("cli.list.csv"))
@pass_frame
def list_documents(  # noqa: PLR0913 -- options of a command, by name
    frame: Frame,
    *,
    states: tuple[tuple[State, ...], ...],
    still_open: bool,
    clients: tuple[str, ...],
    rules: tuple[str, ...],
    since: str | None,
    limit: int | None,
    reverse: bool,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Documents, a line each, the latest first."""
    from pushdoc.cli.terminal import print_pages, screen
    from pushdoc.tell import csv_lines, list_lines

    begin = since_when(since, frame.clock.now(), frame.plan.rules.zone)
    wanted = [state for some in states for state in some] + (_OPEN if still_open else [])
    with frame.history() as history:
        told: Iterator[dict[str, Any]] = iter(())
        if history is not None:
            told = _told(
                frame.reader,
                history,
                state=wanted or None,
                client=_clients(frame, history, clients),
                rule=_rules(frame, history, rules),
                since=begin,
                limit=limit,
                latest_first=not reverse,
            )
        if as_json:
            for document in told:
                print_json(document)
        elif as_csv:
            print_lines(csv_lines(told, frame.reader))
        else:
            print_pages(list_lines(told, frame.reader, screen()))


@click.command(help=text("cli.show"))
@click.argument("sought", metavar="ID|PATH", shell_complete=completing.documents(State.NON_TRANSMIS, State.HELD))
@_as_json
@pass_frame
def show(frame: Frame, sought: str, *, as_json: bool) -> None:
    """One document's whole life; of several that fit, a list."""
    from pushdoc.cli.terminal import print_pages, screen
    from pushdoc.tell import document, life, list_lines, show_lines

    with frame.history() as history:
        found = _found(history, sought) if history else []
        if history is None or not found:
            frame.tell(Phrase("tell.show.none", {"sought": visible(sought)}))
            click.get_current_context().exit(int(ExitCode.WRONG_USE))
        many = len(found) > _MOST_FOUND
        found = found[:_MOST_FOUND]
        unmapped = _unmapped(history)
        told = [document(one, frame.reader, unmapped.get((one.destination, one.client))) for one in found]
        nexts = _nexts(frame, history, found, unmapped)
        lives = [life(history.life(one.id), frame.reader) for one in found]
    if as_json:
        for one, comes, its_life in zip(told, nexts, lives, strict=True):
            print_json({**one, "next": comes, "history": its_life})
    elif len(told) == 1:
        print_pages(show_lines(told[0] | {"next": nexts[0]}, lives[0], frame.reader, screen()))
    else:
        print_lines(list_lines(told, frame.reader, screen()))
    if len(told) > 1:
        values = {"sought": visible(sought), "count": len(told)}
        frame.tell(Phrase("tell.show.too_many" if many else "tell.show.several", values))


def _found(history: History, sought: str) -> list[Document]:
    """What a person means: also by the mark beside a document, or by a path that leads through links."""
    document = sought.removesuffix(MARK_SUFFIX) or sought
    path = here(Path(document))
    paths = dict.fromkeys([here(Path(sought)), path, Path(os.path.realpath(path.parent)) / path.name])
    found = history.find(document, list(paths), _MOST_FOUND + 1)
    if not found and document != sought:
        found = history.find(_SHORTENED.sub("", document), (), _MOST_FOUND + 1)
    return found


def _nexts(frame: Frame, history: History, found: Iterable[Document], unmapped: Iterable[tuple[str, str]]) -> list[str]:
    """What happens to each next."""
    from pushdoc.ledger import holder
    from pushdoc.tell import next_step

    running = holder(frame.plan.rules.ledger.path) is not None
    destinations = history.destinations()
    return [
        next_step(
            one,
            frame.reader,
            frame.clock.now(),
            running=running,
            mapped=(one.destination, one.client) not in unmapped,
            destination=destinations.get(one.destination),
        )
        for one in found
    ]


def _clients(frame: Frame, history: History, typed: tuple[str, ...]) -> list[str] | None:
    """The clients that were meant, among those of the rules and those that there are documents of; None for all."""
    if not typed:
        return None
    known = dict.fromkeys([*(client.folder for client in frame.plan.clients), *history.clients()])
    return clients_meant(typed, known, several=True)


def _rules(frame: Frame, history: History, typed: tuple[str, ...]) -> list[str] | None:
    """The rules that were meant, by their names or a part of these; None for all."""
    if not typed:
        return None
    known = dict.fromkeys([*(rule.name for rule in frame.plan.rules.rule), *history.rules()])
    meant = []
    for one in typed:
        found = [name for name in known if name == one] or [name for name in known if plain(one) in plain(name)]
        if not found:
            raise WrongUseError(Phrase("cli.list.no_rule", {"read": one, "rules": list(known)}))
        meant += found
    return meant


def _told(reader: Reader, history: History, **wanted: Any) -> Iterator[dict[str, Any]]:
    from pushdoc.tell import document

    unmapped = _unmapped(history)
    for known in history.documents(**wanted):
        yield document(known, reader, unmapped.get((known.destination, known.client)))


def _unmapped(history: History) -> dict[tuple[str, str], Phrase | None]:
    """Why clients have no dossier, by destination and client."""
    return {
        (name, note.client): note.reason
        for name in history.mapped()
        for note in history.mapping(name)
        if not note.usable
    }


COMMANDS = (list_documents, show)
