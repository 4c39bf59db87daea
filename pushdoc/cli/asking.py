"""Commands that only ask: status, list, show, where, map."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pushdoc.cli import completing
from pushdoc.cli.frame import Frame, pass_frame, print_json, print_lines, text
from pushdoc.cli.given import here, since_when
from pushdoc.cli.standing import standing
from pushdoc.errors import ExitCode
from pushdoc.states import State
from pushdoc.words import Phrase, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pushdoc.document import Document
    from pushdoc.ledger import History
    from pushdoc.tell import Reader

_as_json = click.option("--json", "as_json", is_flag=True, help=text("cli.json"))


@click.command(help=text("cli.status"))
@_as_json
@pass_frame
def status(frame: Frame, *, as_json: bool) -> None:
    """How everything stands; exit code 1 when something needs a person."""
    from pushdoc.ledger import holder
    from pushdoc.tell import status as told_status
    from pushdoc.tell import status_lines

    now = standing(frame)
    with frame.history(now.ledger) as history:
        told = told_status(
            history,
            now.reader,
            now=frame.clock.now(),
            holder=holder(now.ledger),
            rules=now.rules,
            destinations=now.destinations,
            enabled=now.enabled,
        )
        if history is None:
            frame.tell(Phrase("tell.no_ledger", {"path": str(now.ledger)}))
        if as_json:
            print_json(told)
        else:
            attention = list(_told(now.reader, history, state=State.NON_TRANSMIS)) if history else []
            print_lines(status_lines(told, attention, now.reader))
    if now.broken is not None:
        raise now.broken
    needs_a_person = told["documents"]["non_transmis"] or told["clients"]["unmapped"] or told["daemon"]["rules_refused"]
    down = any(destination["state"] == "down" for destination in told["destinations"])
    _end(ExitCode.NEEDS_A_PERSON if needs_a_person or down else ExitCode.FINE)


@click.command("list", help=text("cli.list"))
@click.option("--state", type=click.Choice([state.value for state in State]), help=text("cli.list.state"))
@click.option("--client", shell_complete=completing.clients, help=text("cli.list.client"))
@click.option("--rule", shell_complete=completing.rules, help=text("cli.list.rule"))
@click.option("--since", metavar="T", help=text("cli.list.since"))
@_as_json
@click.option("--csv", "as_csv", is_flag=True, help=text("cli.list.csv"))
@pass_frame
def list_documents(frame: Frame, /, since: str | None, *, as_json: bool, as_csv: bool, **wanted: Any) -> None:
    """Documents, a line each."""
    from pushdoc.tell import csv_lines, list_lines

    wanted["state"] = None if wanted["state"] is None else State(wanted["state"])
    wanted["since"] = since_when(since, frame.clock.now(), frame.plan.rules.zone)
    with frame.history() as history:
        told = iter(()) if history is None else _told(frame.reader, history, **wanted)
        if as_json:
            for document in told:
                print_json(document)
        elif as_csv:
            print_lines(csv_lines(told))
        else:
            print_lines(list_lines(told, frame.reader))


@click.command(help=text("cli.show"))
@click.argument("sought", metavar="ID|PATH", shell_complete=completing.documents(State.NON_TRANSMIS, State.HELD))
@_as_json
@pass_frame
def show(frame: Frame, sought: str, *, as_json: bool) -> None:
    """One document's whole life; of several that fit, a list."""
    from pushdoc.tell import document, life, list_lines, show_lines

    with frame.history() as history:
        found = history.find(sought, here(Path(sought))) if history else []
        if not found:
            frame.tell(Phrase("tell.show.none", {"sought": visible(sought)}))
            _end(ExitCode.WRONG_USE)
        assert history is not None
        unmapped = _unmapped(history)
        told = [document(one, frame.reader, unmapped.get((one.destination, one.client))) for one in found]
        lives = [life(history.life(one.id), frame.reader) for one in found]
    if as_json:
        for one, its_life in zip(told, lives, strict=True):
            print_json({**one, "history": its_life})
    elif len(told) > 1:
        print_lines(list_lines(told, frame.reader))
    else:
        print_lines(show_lines(told[0], lives[0], frame.reader))


@click.command(help=text("cli.where"))
@click.argument("path", type=click.Path(path_type=Path))
@pass_frame
def where(frame: Frame, path: Path) -> None:
    """Which rule takes a path; exit code 1 where none does."""
    from pushdoc.rules import covering
    from pushdoc.rules import where as asked
    from pushdoc.watch import ignored

    plan = frame.plan
    today = frame.clock.now().astimezone(plan.rules.zone).date()
    verdict = asked(plan.rules, plan.clients, here(path), today)
    reason = verdict.reason
    if (reason is None or reason.code == "rules.not_accepted") and ignored(path.name):
        reason = Phrase("cli.where.ignored", {"name": path.name})
    if verdict.client is not None and not covering(plan.rules.clients.only)(verdict.client.folder):
        reason = Phrase("ruling.left_out", {"client": verdict.client.folder})
    if reason is not None:
        frame.tell(reason, visible(str(path)))
        _end(ExitCode.NEEDS_A_PERSON)
    assert verdict.client is not None
    assert verdict.rule is not None
    archive = None if verdict.archive is None else visible(str(plan.rules.clients.root / verdict.archive))
    facts = {
        "client": f"{verdict.client.folder} ({verdict.client.siret})",
        "rule": verdict.rule.name,
        "type": verdict.rule.type.value,
        "period": str(verdict.period),
        "destination": plan.rules.destination_of(verdict.rule),
        "archive_path": archive or frame.say("cli.where.stays"),
    }
    width = max(len(frame.say(f"tell.show.{name}")) for name in facts)
    for name, value in facts.items():
        click.echo(f"{frame.say(f'tell.show.{name}'):<{width}}  {value}")


@click.command("map", help=text("cli.map"))
@_as_json
@pass_frame
def map_command(frame: Frame, *, as_json: bool) -> None:
    """Client → dossier, asked anew; exit code 1 where a client has none, 69 where it could not be asked."""
    from pushdoc.journey import Gate, Roll
    from pushdoc.tell import map_lines, mapping
    from pushdoc.wiring import connect

    plan = frame.plan
    unreachable = []
    with frame.ledger() as ledger:
        roll = Roll(plan.clients, ledger, frame.clock, allow_probable=plan.rules.clients.allow_probable)
        for name, destination in connect(plan, frame.clock).items():
            try:
                gate = Gate(name, ledger, frame.clock)
                if roll.refresh(destination, gate) is None:
                    unreachable.append((name, gate.reason))
            finally:
                destination.close()
    with frame.history() as history:
        assert history is not None
        told = [
            mapping(note, name, frame.reader) for name in plan.rules.destination for note in history.mapping(name)
        ]  # fmt: skip
    if as_json:
        print_json({"at": frame.reader.at(frame.clock.now()), "clients": told})
    else:
        print_lines(map_lines(told, frame.reader))
    for name, reason in unreachable:
        if reason is not None:
            frame.tell(reason, name)
    if unreachable:
        _end(ExitCode.UNREACHABLE)
    _end(ExitCode.FINE if all(one["usable"] for one in told) else ExitCode.NEEDS_A_PERSON)


def _told(reader: Reader, history: History, **wanted: Any) -> Iterator[dict[str, Any]]:
    from pushdoc.tell import document

    unmapped = _unmapped(history)
    documents: Iterator[Document] = history.documents(**wanted)
    for known in documents:
        yield document(known, reader, unmapped.get((known.destination, known.client)))


def _unmapped(history: History) -> dict[tuple[str, str], Phrase | None]:
    """Why clients have no dossier, by destination and client."""
    return {
        (name, note.client): note.reason
        for name in history.mapped()
        for note in history.mapping(name)
        if not note.usable
    }


def _end(code: ExitCode) -> None:
    click.get_current_context().exit(int(code))


COMMANDS = (status, list_documents, show, where, map_command)
