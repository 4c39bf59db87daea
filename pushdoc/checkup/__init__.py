"""`pushdoc check`: everything that must be right before documents can leave, each with what to do where it is not.

One module looks at one group of things and says `Finding`s. Folders are looked at once (`survey`), by scouts where they
lie on a share, and with the rights of the service (`account`). Nothing is changed, but a missing ledger is made.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from pushdoc.checkup import connecting
from pushdoc.checkup.account import account_of
from pushdoc.checkup.finding import Finding, Group, Mark, Section, exit_code, fault
from pushdoc.checkup.folders import folders
from pushdoc.checkup.hours import clock as hours
from pushdoc.checkup.keeping import all_there, secrets
from pushdoc.checkup.memory import daemon, ledger
from pushdoc.checkup.metrics import metrics
from pushdoc.checkup.space import space
from pushdoc.checkup.survey import survey
from pushdoc.checkup.watching import watching
from pushdoc.checkup.writing import rules
from pushdoc.errors import ExitCode
from pushdoc.journey.owner import OWNER_FILE
from pushdoc.service import Places
from pushdoc.watch import Lookout
from pushdoc.wiring import connect

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from pushdoc.clock import Clock
    from pushdoc.errors import ProblemsError
    from pushdoc.wiring import Plan

__all__ = ["Finding", "Group", "Mark", "Section", "checkup", "exit_code", "unreadable"]

_PLACES = Places()


def checkup(plan: Plan, clock: Clock, *, offline: bool) -> Iterator[Section]:
    """Looks at one group after the other; `offline` asks no service."""
    account = account_of(_PLACES.unit)
    yield _section(Group.RULES, [*account.findings(), *rules(plan)])
    kept = secrets(plan, account)
    yield _section(Group.SECRETS, [finding for findings in kept.values() for finding in findings])
    yield _section(Group.CLOCK, hours(clock.now(), plan.rules.zone))
    with closing(Lookout(plan.rules.clients.root, clock, OWNER_FILE)) as lookout, account.acting():
        found = survey(plan, lookout, clock)
        today = clock.now().astimezone(plan.rules.zone).date()
        sections = [
            _section(Group.FOLDERS, folders(plan, found, account.name, today)),
            _section(Group.WATCH, watching(plan, found)),
            _section(Group.SPACE, space(plan, found, lookout)),
            _section(Group.LEDGER, ledger(plan, found, clock)),
            _section(Group.DAEMON, [*daemon(plan, clock, installed=account.installed), *metrics(plan)]),
        ]
    yield from sections
    asked = () if offline else {name for name, findings in kept.items() if all_there(findings)}
    yield from _destinations(plan, clock, asked)
    yield _section(Group.MAIL, connecting.mail(plan, ask=None in asked))


def unreadable(error: ProblemsError) -> Section:
    """What is wrong in rules that cannot be used at all: nothing else can be looked at before they are mended."""
    code = ExitCode.WRONG_CONFIGURATION
    return _section(Group.RULES, [fault(problem.phrase, code, place=problem.place) for problem in error.problems])


def _destinations(plan: Plan, clock: Clock, asked: Container[str | None]) -> Iterator[Section]:
    found = list(connecting.settings(plan))
    mapped: list[Finding] = []
    wanted = {name: settings for name, settings in plan.rules.destination.items() if name in asked}
    reachable = replace(plan, rules=plan.rules.model_copy(update={"destination": wanted}))
    for name, destination in connect(reachable, clock).items():
        with closing(destination):
            let_in, dossiers = connecting.connection(destination, found)
            if let_in:
                mapped += connecting.mapping(plan, name, dossiers)
    yield _section(Group.CONNECTION, found)
    yield _section(Group.MAPPING, mapped)


def _section(group: Group, findings: Iterable[Finding]) -> Section:
    return Section(group, tuple(findings))
