"""A rules file that has changed under a running pushdoc: whether it is taken up, and why not.

What cannot be used is refused whole, and the old rules go on: half a change would be worse than none. Refused, too,
is what a running pushdoc cannot change without letting go of what it holds: the ledger, and the clients' root.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pushdoc.errors import ConfigurationError, ProblemsError, PushdocError
from pushdoc.ledger import RefusedNote
from pushdoc.log import logger
from pushdoc.monitoring import wanted
from pushdoc.rules import resolve
from pushdoc.secret import SecretReference
from pushdoc.wiring import read_plan
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pushdoc.clock import Clock
    from pushdoc.ledger import Notes
    from pushdoc.secret import Secret
    from pushdoc.wiring import Plan


class Decree(NamedTuple):
    """A plan that can be worked by, with the secrets of its destinations as they are now."""

    plan: Plan
    secrets: Mapping[SecretReference, Secret]

    @classmethod
    def of(cls, plan: Plan) -> Decree:
        """The plan with its secrets.

        Raises:
            ConfigurationError: a secret that is not where the rules say.
        """
        return cls(plan, {reference: resolve(reference, plan.file.parent) for reference in _references(plan)})

    def same_as(self, other: Decree) -> bool:
        """Whether nothing is to be done otherwise."""
        mine, theirs = self.plan, other.plan
        return (mine.rules, mine.clients, self._revealed()) == (theirs.rules, theirs.clients, other._revealed())

    def _revealed(self) -> dict[SecretReference, str]:
        return {reference: secret.reveal() for reference, secret in self.secrets.items()}


class Reload:
    """The rules in force, and what is found in their file when somebody says that it has changed."""

    def __init__(self, plan: Plan, clock: Clock) -> None:
        self.in_force = Decree.of(plan)
        self._clock = clock

    def read(self, notes: Notes) -> Decree | None:
        """Other rules, or another table of clients, that are to be worked by from now on; None where there are none.

        What is refused is written down in `notes`, for `status`, and told in the log.
        """
        begun = self._clock.now()
        try:
            found = Decree.of(read_plan(self.in_force.plan.file))
            self._permit(found.plan)
        except PushdocError as error:
            self.refuse(error, notes)
            return None
        notes.keep_refused(None)
        notes.keep_rules_read(begun)
        for problem in found.plan.problems:
            logger().warning("client left out", place=problem.place, reason=problem.phrase)
        return None if found.same_as(self.in_force) else found

    def refuse(self, error: PushdocError, notes: Notes) -> None:
        """Write down why changed rules are not worked by."""
        plan, problems = self.in_force.plan, _problems(error, self.in_force.plan.file)
        for place, phrase in problems:
            logger().error("rules refused", place=place, reason=phrase)
        notes.keep_refused(
            RefusedNote(
                at=self._clock.now(),
                problems=problems,
                rules=[rule.name for rule in plan.rules.rule],
                destinations=list(plan.rules.destination),
                enabled=len(plan.enabled),
                language=plan.rules.language,
                timezone=plan.rules.timezone,
            )
        )
        logger().error("the old rules stay in force", path=plan.file, problems=len(problems))

    def _permit(self, plan: Plan) -> None:
        """Refuse what needs a restart.

        Raises:
            ConfigurationError: the ledger, or the clients' root, is another; or an extra is missing (`monitoring`).
        """
        wanted(plan.rules)
        old, new = self.in_force.plan.rules, plan.rules
        changed = {"ledger": (old.ledger.path, new.ledger.path), "root": (old.clients.root, new.clients.root)}
        for what, (before, after) in changed.items():
            if before != after:
                raise ConfigurationError(Phrase(f"reload.{what}", {"old": str(before), "new": str(after)}))


def _references(plan: Plan) -> Sequence[SecretReference]:
    settings = plan.rules.destination.values()
    return [value for one in settings for _, value in one if isinstance(value, SecretReference)]


def _problems(error: PushdocError, file: Path) -> list[tuple[str, Phrase]]:
    if isinstance(error, ProblemsError):
        return [(problem.place, problem.phrase) for problem in error.problems]
    return [(str(file), error.phrase)]
