"""`pushdoc init`: the four steps in their order, left and taken up again, and what to do when they are done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushdoc.assistant.choosing import choose_clients
from pushdoc.assistant.connecting import connect_account
from pushdoc.assistant.given import option
from pushdoc.assistant.mapping import map_dossiers
from pushdoc.assistant.paths import set_paths
from pushdoc.assistant.progress import ACCOUNT, Step, destination_name, is_chosen, next_step
from pushdoc.assistant.question import LeaveError, Question, UnfitError
from pushdoc.assistant.roster import roster
from pushdoc.assistant.screen import Sign
from pushdoc.errors import ExitCode, WrongUseError
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from pushdoc.assistant.draft import Draft
    from pushdoc.assistant.given import Given
    from pushdoc.assistant.setup import Setup

_WORK = {
    Step.CLIENTS: choose_clients,
    Step.CONNECTION: connect_account,
    Step.MAPPING: map_dossiers,
    Step.PATHS: set_paths,
}


def assist(setup: Setup) -> ExitCode:
    """Lead through the steps that are to be done; gives how the command ends.

    Raises:
        KeyboardInterrupt, EOFError: the person leaves; what was answered is kept.
        WrongUseError: a script's options lack something, or are unfit.
        ProblemsError, ConfigurationError: the rules file cannot be changed so.
    """
    _begin(setup)
    step = next_step(setup.draft.document) if setup.answers.attended else Step.CLIENTS
    in_order = step is not None
    while True:
        if step is None:
            step, in_order = _menu(setup), False
            if step is None:
                return _end(setup)
        setup.screen.heading(f"assistant.step.{int(step)}")
        try:
            _WORK[step](setup)
        except LeaveError:
            in_order = False
        _put_in_force(setup)
        step = Step(step + 1) if in_order and step < Step.PATHS else None


def lacking(draft: Draft, given: Given) -> list[str]:
    """The options that a script must give for what is not yet written, of those that it does not give."""
    clients, account = draft.table("clients"), draft.table("destination", destination_name(draft.document))
    there = {"root": bool(clients.get("root")), "clients": is_chosen(draft.document)}
    there |= {key: bool(account.get(key)) for key in ACCOUNT}
    there["paths"] = bool(draft.entries("rule"))
    return [option(key) for key, is_there in there.items() if not (is_there or given.prepared(key))]


def _begin(setup: Setup) -> None:
    draft, screen = setup.draft, setup.screen
    screen.heading("assistant.title")
    path = str(draft.final)
    resumed = draft.resumed or bool(setup.vault.waiting)
    if draft.standing and resumed:
        if draft.outdated:
            screen.sign(Sign.WARNING, "assistant.outdated", path=path)
        if not setup.agrees("resume", default=not draft.outdated):
            setup.discard()
    elif resumed:
        screen.sign(Sign.FINE, "assistant.resumed", path=path)
    else:
        screen.say("assistant.standing" if draft.standing else "assistant.new", path=path)
    if setup.answers.attended:
        screen.say("assistant.keys")


def _put_in_force(setup: Setup) -> None:
    """Put what a step has changed in the place of what stood there, once the person agrees."""
    draft = setup.draft
    if not setup.changed or draft.problems():
        return
    if draft.standing if setup.answers.attended else setup.stood:
        if not setup.answers.attended and not setup.answers.prepared("replace"):
            raise WrongUseError(Phrase("assistant.missing", {"options": [option("replace")]}))
        if not setup.agrees("replace", default=True, path=str(draft.final)):
            setup.discard()
            setup.screen.say("assistant.discarded")
            return
    setup.publish()


def _menu(setup: Setup) -> Step | None:
    """Which step the person wants to take again; None to end."""
    setup.screen.heading("assistant.menu")
    for step in Step:
        _summary(setup, step)

    def read(given: str) -> Step | None:
        typed = given.strip()
        if not typed:
            return None
        if typed in {str(int(step)) for step in Step}:
            return Step(int(typed))
        raise UnfitError(Phrase("assistant.unfit.one_of", {"last": len(Step)}))

    return setup.answers.ask(Question("step", read, default=""))


def _summary(setup: Setup, step: Step) -> None:
    draft, screen = setup.draft, setup.screen
    match step:
        case Step.CLIENTS:
            count = len(roster(draft, setup.base).clients) if is_chosen(draft.document) else 0
            screen.sign(
                Sign.FINE if count else Sign.WARNING, "assistant.menu.clients", count=count, root=str(setup.root)
            )
        case Step.CONNECTION:
            account = draft.table("destination", destination_name(draft.document))
            if not all(account.get(key) for key in ACCOUNT):
                screen.sign(Sign.FAULT, "assistant.menu.no_account")
            elif setup.health is None:
                screen.sign(Sign.WARNING, "assistant.menu.account", username=account["username"])
            else:
                green = setup.health.trouble is None
                code = "assistant.menu.green" if green else "assistant.menu.red"
                screen.sign(Sign.FINE if green else Sign.FAULT, code, username=account["username"])
        case Step.MAPPING:
            _mapping(setup)
        case Step.PATHS:
            rules = len(draft.entries("rule"))
            screen.sign(Sign.FINE if rules else Sign.WARNING, "assistant.menu.paths", count=rules)


def _mapping(setup: Setup) -> None:
    if setup.unmapped is None or setup.dossiers is None:
        setup.screen.sign(Sign.WARNING, "assistant.menu.mapping")
    elif setup.unmapped:
        setup.screen.sign(Sign.WARNING, "assistant.menu.mapped", unmapped=setup.unmapped)
    else:
        setup.screen.sign(Sign.FINE, "assistant.menu.mapped_all")


def _end(setup: Setup) -> ExitCode:
    draft, screen = setup.draft, setup.screen
    if draft.changed:
        screen.heading("assistant.unfinished")
        for problem in draft.problems():
            screen.told(Sign.FAULT, problem.phrase)
        screen.say("assistant.kept", path=str(draft.path))
        return ExitCode.NEEDS_A_PERSON
    code = ExitCode.NEEDS_A_PERSON if setup.unmapped else ExitCode.FINE
    trouble = None if setup.health is None else setup.health.trouble
    screen.heading("assistant.almost" if code or trouble else "assistant.done")
    if code:
        _mapping(setup)
    if setup.health is not None and trouble is not None:
        screen.told(Sign.FAULT, trouble)
        code = ExitCode.NEEDS_A_PERSON if setup.health.reachable else ExitCode.UNREACHABLE
    screen.say("assistant.next", path=str(draft.final))
    return code
