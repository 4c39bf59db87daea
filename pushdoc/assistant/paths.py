"""The fourth step: the rules, one after the other; what each would take is shown before it is written down."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pushdoc.assistant.completion import DropPaths, path_with_variables
from pushdoc.assistant.naming import likely_archive, likely_name, likely_type
from pushdoc.assistant.preview import preview
from pushdoc.assistant.progress import destination_name
from pushdoc.assistant.question import NOTHING, Question, UnfitError, fold, text
from pushdoc.assistant.roster import roster
from pushdoc.assistant.screen import Sign
from pushdoc.document import DocumentType
from pushdoc.errors import ConfigurationError, ProblemsError
from pushdoc.rules import Rule, Template
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pushdoc.assistant.setup import Setup
    from pushdoc.document import Client
    from pushdoc.rules.edit import RulesFile

_TYPES = [kind.value for kind in DocumentType]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be done: with the rule at a place (None: a new one), written anew or removed."""

    place: int | None
    remove: bool = False


def set_paths(setup: Setup) -> None:
    """Add, change and remove rules until there is nothing more to do; each is saved when it is done.

    Raises:
        LeaveError: the person leaves the step.
        ProblemsError: what a script's option says cannot be.
    """
    clients = roster(setup.draft, setup.base).clients
    drop_paths = DropPaths(setup.root, [client.folder for client in clients], setup.clock)
    setup.hint("assistant.paths.what")
    while True:
        rules = setup.draft.entries("rule")
        if setup.answers.attended:
            _show(setup, rules)
        # The first rule is asked for without further ado.
        default = "+" if not rules else ""
        question = Question("paths", _choice([str(rule.get("name", "")) for rule in rules]), default, unattended="")
        chosen = setup.answers.ask(question)
        if chosen is None:
            return
        if chosen.remove:
            assert chosen.place is not None
            _remove(setup, chosen.place)
        else:
            _write(setup, chosen.place, clients, drop_paths)


def _show(setup: Setup, rules: Sequence[Mapping[str, Any]]) -> None:
    screen = setup.screen
    screen.blank()
    for number, rule in enumerate(rules, 1):
        archive = rule.get("archive") or screen.words("assistant.paths.stays")
        screen.rows([(f"{number:>3}", f"{rule.get('name', '')} ({rule.get('type', '')})")])
        screen.rows([("   ", f"{rule.get('drop', '')} → {archive}")])
    if rules:
        setup.hint("assistant.paths.how")


def _choice(names: Sequence[str]) -> Callable[[str], Chosen | None]:
    """Reads what is to be done: `+` a new rule, a number or name to change one, `-` before it to remove it."""
    folded = [fold(name) for name in names]

    def place(typed: str) -> int:
        if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(names):
            return int(typed) - 1
        if fold(typed) in folded:
            return folded.index(fold(typed))
        raise UnfitError(Phrase("assistant.unfit.no_such_rule", {"read": typed}))

    def read(given: str) -> Chosen | None:
        typed = text(given)
        if not typed:
            return None
        if typed == "+":
            return Chosen(None)
        if typed.startswith(NOTHING):
            return Chosen(place(typed.removeprefix(NOTHING).strip()), remove=True)
        return Chosen(place(typed))

    return read


def _remove(setup: Setup, place: int) -> None:
    name = setup.draft.entries("rule")[place].get("name", "")
    if setup.agrees("remove", default=False, rule=name):
        setup.draft.remove("rule", place)
        setup.screen.sign(Sign.FINE, "assistant.paths.removed", rule=name)


def _write(setup: Setup, place: int | None, clients: Sequence[Client], drop_paths: DropPaths) -> None:
    """Ask for one rule, show what it would take, and save it; what cannot be is said and asked again."""
    rules = setup.draft.entries("rule")
    values = dict(rules[place]) if place is not None else {}
    others = [str(rule.get("name", "")) for number, rule in enumerate(rules) if number != place]
    while True:
        values |= _asked(setup, values, others, drop_paths)
        _preview(setup, values, clients)
        if not setup.agrees("save", default=True):
            return
        try:
            setup.draft.edit(partial(_put, setup, place, values))
        except ProblemsError as error:
            if not setup.answers.attended:
                raise
            for problem in error.problems:
                setup.screen.told(Sign.FAULT, problem.phrase)
            continue
        setup.screen.sign(Sign.FINE, "assistant.paths.saved", rule=values["name"])
        if setup.answers.attended:
            setup.publish()
        return


def _asked(setup: Setup, values: Mapping[str, Any], others: Sequence[str], drop_paths: DropPaths) -> dict[str, Any]:
    answers = setup.answers
    setup.hint("assistant.paths.drop")
    drop = answers.ask(Question("drop", _path("drop"), default=values.get("drop"), complete=drop_paths.complete))
    changing = path_with_variables(drop)
    if changing != drop and setup.agrees("variables", default=True, unattended=False, path=changing):
        drop = changing
    likely = values.get("type") or likely_type(drop)
    kind = DocumentType(_TYPES[setup.choice("type", _TYPES, likely and str(likely))])
    setup.hint("assistant.paths.archive")
    filed = values.get("archive") or NOTHING if values else likely_archive(drop)
    archive = answers.ask(Question("archive", _archive, default=filed, complete=drop_paths.complete))
    name = answers.ask(Question("name", _name(others), default=values.get("name") or likely_name(kind, others)))
    return {"name": name, "drop": drop, "type": kind.value, "archive": archive}


def _path(key: str) -> Callable[[str], str]:
    """Reads a drop or archive path, as it is written in the rules."""

    def read(given: str) -> str:
        written = text(given).rstrip("/")
        try:
            Template.parse(written)
        except ConfigurationError as error:
            # The rules' phrases say first where something stands.
            values = {"where": key, "read": written, **error.phrase.values}
            raise UnfitError(Phrase(error.phrase.code, values)) from None
        return written

    return read


def _archive(given: str) -> str | None:
    return None if given.strip() == NOTHING else _path("archive")(given)


def _name(others: Sequence[str]) -> Callable[[str], str]:
    taken = {fold(name) for name in others}

    def read(given: str) -> str:
        name = text(given)
        if not name:
            raise UnfitError(Phrase("assistant.unfit.needed"))
        if fold(name) in taken:
            raise UnfitError(Phrase("assistant.unfit.rule_twice", {"rule": name}))
        return name

    return read


def _preview(setup: Setup, values: Mapping[str, Any], clients: Sequence[Client]) -> None:
    screen = setup.screen
    written = {key: value for key, value in values.items() if value is not None}
    try:
        rule = Rule.model_validate(written)
    except ValueError:  # another key of a rule that was there is wrong; saving will say so
        rule = Rule.model_validate({key: written[key] for key in ("name", "drop", "type")})
    try:
        zone = ZoneInfo(str(setup.draft.document.get("timezone", "Europe/Paris")))
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("Europe/Paris")
    today = setup.clock.now().astimezone(zone).date()
    seen = preview(rule, setup.root, clients, today, setup.clock)
    if seen.folders:
        screen.sign(Sign.FINE, "assistant.paths.now", folders=seen.folders, missing=seen.missing)
    else:
        screen.sign(Sign.WARNING, "assistant.paths.nowhere", drop=values["drop"])
    screen.sign(Sign.FINE, "assistant.paths.takes", files=seen.files, size=seen.size)
    screen.rows(("   ", name) for name in seen.names)
    if more := seen.files - len(seen.names):
        screen.say("assistant.more_files", count=more)
    if seen.left:
        screen.sign(Sign.WARNING, "assistant.paths.left", count=seen.left)
    for trouble in seen.troubles[:1]:
        screen.told(Sign.FAULT, trouble)
    if not seen.whole:
        screen.sign(Sign.WARNING, "assistant.paths.not_all")


def _put(setup: Setup, place: int | None, values: Mapping[str, Any], file: RulesFile) -> None:
    own = {key: values[key] for key in ("name", "drop", "type", "archive")}
    if place is not None:
        file.change("rule", place, own)
        return
    destinations = setup.draft.document.get("destination", {})
    several = destination_name(setup.draft.document) if len(destinations) > 1 else None
    file.add("rule", {**own, "destination": several})
