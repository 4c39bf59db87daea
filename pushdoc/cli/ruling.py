"""Commands that change the rules file: rules list, rules add, rules remove."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from pushdoc.cli import completing
from pushdoc.cli.frame import Frame, pass_frame, print_json, print_lines, text
from pushdoc.cli.rule_options import KEYS, options, spelt, value
from pushdoc.errors import ConfigurationError, ProblemsError, PushdocError, WrongUseError
from pushdoc.states import State
from pushdoc.words import Phrase, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pushdoc.errors import Problem
    from pushdoc.rules import Rule, Rules
    from pushdoc.rules.edit import RulesFile

#: States that somebody waits for, or that the rule still has a say in.
_OPEN = (
    State.HELD,
    State.WAITING,
    State.SENDING,
    State.SUBMITTED,
    State.DOUBTFUL,
    State.DELIVERED,
    State.NON_TRANSMIS,
)


@click.group(help=text("ruling.rules"))
def rules() -> None:
    """The group itself does nothing."""


@rules.command("list", help=text("ruling.list"))
@click.option("--json", "as_json", is_flag=True, help=text("cli.json"))
@pass_frame
def list_rules(frame: Frame, *, as_json: bool) -> None:
    """The rules by the numbers that `remove` takes."""
    from pushdoc.tell.screen import table

    known = frame.plan.rules
    if as_json:
        print_json(
            {"file": visible(str(frame.plan.file)), "rules": [_told(known, at) for at in range(len(known.rule))]}
        )
        return
    columns = ("number", "name", "drop", "type", "archive", "destination", "clients")
    stays = frame.say("ruling.stays")
    rows = []
    for at in range(len(known.rule)):
        told = _told(known, at) | {"clients": ", ".join(_told(known, at)["clients"])}
        rows.append([str(told[name] or stays) for name in columns])
    print_lines(table([frame.say(f"ruling.column.{name}") for name in columns], rows, right={0}))


def _told(known: Rules, at: int) -> dict[str, Any]:
    rule = known.rule[at]
    return {
        "number": at + 1,
        "name": visible(rule.name),
        "drop": visible(str(rule.drop)),
        "type": rule.type.value,
        "archive": None if rule.archive is None else visible(str(rule.archive)),
        "destination": visible(known.destination_of(rule)),
        "clients": [visible(pattern) for pattern in rule.clients],
    }


@rules.command(help=text("ruling.add"))
@options
@pass_frame
def add(frame: Frame, /, **given: Any) -> None:
    """One more rule behind the last one; refused where something would be wrong by it."""
    entry = {key: value(key, given[key]) for key in KEYS if given[key] not in (None, False, ())}
    file = _read(frame)
    try:
        left = _change(file, lambda: file.add("rule", entry))
    except ProblemsError as error:
        _tell_by_options(frame, file, error)
        raise ConfigurationError(error.phrase) from None
    click.echo(frame.say("ruling.added", name=entry["name"], path=str(file.path)))
    _tell_what_it_takes(frame, left)
    _tell_how_it_is_taken_up(frame)


@rules.command(help=text("ruling.remove"))
@click.argument("sought", metavar="NAME|NUMBER", shell_complete=completing.rules)
@pass_frame
def remove(frame: Frame, sought: str) -> None:
    """One rule fewer; its documents stay in the ledger."""
    file = _read(frame)
    at = _number(file, sought)
    name = str(file.document["rule"][at].get("name", sought))
    _change(file, lambda: file.remove("rule", at))
    click.echo(frame.say("ruling.removed", name=name, path=str(file.path)))
    _tell_what_waits(frame, name)
    _tell_how_it_is_taken_up(frame)


def _tell_by_options(frame: Frame, file: RulesFile, error: ProblemsError) -> None:
    """What is wrong in a rule that was not saved: it stands in no line yet, but behind an option."""
    from pushdoc.rules.lines import lines

    number = len(file.document["rule"]) - 1
    keys = {line: str(path[2]) for path, line in lines(file.text).items() if path[:2] == ("rule", number) and path[2:]}
    for problem in error.problems:
        key = keys.get(problem.line or 0)
        frame.tell(problem.phrase, problem.place if key is None else spelt(key))


def _read(frame: Frame) -> RulesFile:
    from pushdoc.rules.edit import RulesFile

    with suppress(PushdocError):
        frame.plan  # noqa: B018 -- says in which language is spoken, where the rules can be read
    return RulesFile.read(frame.file)


def _change(file: RulesFile, change: Callable[[], None]) -> list[Problem]:
    """Save a change, unless something would be wrong by it that was not before; what was wrong and still is.

    Raises:
        ProblemsError: all that would be wrong; nothing is saved.
    """
    from pushdoc.destinations.catalog import settings_models
    from pushdoc.rules.edit import worsened

    kinds = settings_models()
    before = file.problems(kinds)
    change()
    after = file.problems(kinds)
    if wrong := worsened(before, after):
        raise ProblemsError(wrong)
    file.save()
    return after


def _number(file: RulesFile, sought: str) -> int:
    """Where the rule stands that somebody means by its name, or by its number in `rules list`.

    Raises:
        WrongUseError: there is none, with all that there are.
    """
    from pushdoc.settings import plain

    written = file.document.get("rule", [])
    entries: Sequence[Mapping[str, Any]] = written if isinstance(written, list) else []
    names = [str(entry.get("name", "")) for entry in entries]
    for at, name in enumerate(names):
        if plain(name) == plain(sought):
            return at
    if sought.isdecimal() and 0 < int(sought) <= len(names):
        return int(sought) - 1
    raise WrongUseError(Phrase("ruling.no_such_rule", {"sought": sought, "names": names}))


def _tell_what_it_takes(frame: Frame, left: Sequence[Problem]) -> None:
    """What the new rule would take right now; where the file is not sound yet, what is still wrong."""
    if left:
        for problem in left:
            frame.tell(problem.phrase, problem.place)
        return
    from pushdoc.assistant.preview import preview

    vars(frame).pop("plan", None)
    try:
        plan = frame.plan
    except PushdocError as error:  # the table of clients, perhaps
        frame.tell_error(error)
        return
    rule: Rule = plan.rules.rule[-1]
    today = frame.clock.now().astimezone(plan.rules.zone).date()
    seen = preview(rule, plan.rules.clients.root, plan.enabled, today, frame.clock)
    values = {"folders": seen.folders, "missing": seen.missing, "files": seen.files, "size": seen.size}
    click.echo(frame.say("ruling.takes", **values))
    for name in seen.names:
        click.echo(f"    {visible(name)}")
    if seen.files > len(seen.names):
        click.echo("    …")
    if seen.left:
        click.echo(frame.say("ruling.leaves", count=seen.left))
    if not seen.whole:
        click.echo(frame.say("ruling.not_all"))
    if seen.missing and not seen.folders:
        click.echo(frame.say("ruling.no_folder_yet"))
    for trouble in seen.troubles[:1]:
        frame.tell(trouble)


def _tell_what_waits(frame: Frame, name: str) -> None:
    """The documents of a rule that is removed, by state: they stay in the ledger."""
    with suppress(PushdocError), frame.history() as history:
        if history is None:
            return
        counts = {state: sum(1 for _ in history.documents(state=state, rule=name)) for state in _OPEN}
        told = [f"{count} {frame.say(f'tell.state.{state}')}" for state, count in counts.items() if count]
        if told:
            click.echo(frame.say("ruling.waits", count=sum(counts.values()), states=told, name=name))


def _tell_how_it_is_taken_up(frame: Frame) -> None:
    from pushdoc.ledger import holder

    pid = None
    with suppress(PushdocError, OSError):
        pid = holder(frame.plan.rules.ledger.path)
    if pid is None:
        click.echo(frame.say("ruling.next_start"))
    else:  # 0: one that cannot be named
        click.echo(frame.say("ruling.reload" if pid else "ruling.reload_unnamed", pid=str(pid)))


COMMANDS = (rules,)
