"""Commands that only ask how the rules are meant: where, map."""

from __future__ import annotations

from pathlib import Path

import click

from pushdoc.cli.frame import Frame, pass_frame, print_json, print_lines, text
from pushdoc.cli.given import here
from pushdoc.errors import ExitCode
from pushdoc.words import Phrase, visible

_as_json = click.option("--json", "as_json", is_flag=True, help=text("cli.json"))


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
    from pushdoc.cli.terminal import screen
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
        print_lines(map_lines(told, frame.reader, screen()))
    for name, reason in unreachable:
        if reason is not None:
            frame.tell(reason, name)
    if unreachable:
        _end(ExitCode.UNREACHABLE)
    _end(ExitCode.FINE if all(one["usable"] for one in told) else ExitCode.NEEDS_A_PERSON)


def _end(code: ExitCode) -> None:
    click.get_current_context().exit(int(code))


COMMANDS = (where, map_command)
