"""What monitoring asks the ledger: numbers that are kept as documents change, and begin anew with no start."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Self

from pushdoc.ledger.history import History
from pushdoc.ledger.schema import TIMES
from pushdoc.ledger.statements import IS_UNSENT
from pushdoc.states import State

if TYPE_CHECKING:
    from collections.abc import Mapping


class Failure(NamedTuple):
    """One way to fail at a destination: the event, and the code of its reason, which may be empty."""

    destination: str
    event: str
    reason: str


@dataclass(frozen=True, slots=True)
class Timing:
    """How long a destination's documents took, from their first sight to their delivery.

    `within` says how many took so many seconds or less; the last stands for all, however long they took.
    """

    within: tuple[tuple[float, int], ...]
    seconds: float

    @classmethod
    def of(cls, counts: Mapping[int, int], seconds: float) -> Self:
        """By how many took each bound of `TIMES` or less, and longer than the one before."""
        within, so_far = [], 0
        for bound in TIMES:
            so_far += counts.get(bound, 0)
            within.append((float("inf") if bound == TIMES[-1] else float(bound), so_far))
        return cls(tuple(within), seconds)

    @property
    def count(self) -> int:
        """How many there were."""
        return self.within[-1][1]


class Numbers(History):
    """A ledger, open for the questions of monitoring."""

    def by_rule(self) -> Counter[tuple[str, State]]:
        """How many documents of each rule are in each state; an archived or kept duplicate counts as DUPLICATE."""
        counts: Counter[tuple[str, State]] = Counter()
        for rule, named, copy, count in self._rows("SELECT rule, state, copy, count FROM tally"):
            state = State(named)
            filed_copy = copy and state in {State.ARCHIVED, State.KEPT}
            counts[rule, State.DUPLICATE if filed_copy else state] += count
        return counts

    def failures(self) -> dict[Failure, int]:
        """How often something has failed since the ledger was made."""
        rows = self._rows("SELECT destination, event, reason, count FROM failure")
        return {Failure(*cells): count for *cells, count in rows}

    def timings(self) -> dict[str, Timing]:
        """How long documents took since the ledger was made, by destination."""
        counts: dict[str, dict[int, int]] = {}
        seconds: dict[str, float] = defaultdict(float)
        for destination, bound, count, took in self._rows("SELECT destination, bound, count, seconds FROM timing"):
            counts.setdefault(destination, {})[bound] = count
            seconds[destination] += took
        return {name: Timing.of(each, seconds[name]) for name, each in counts.items()}

    def dossiers(self) -> dict[tuple[str, bool], int]:
        """How many clients have a dossier that can be used at a destination, and how many have none."""
        rows = self._rows("SELECT destination, usable, count(*) FROM mapping GROUP BY destination, usable")
        return {(destination, bool(usable)): count for destination, usable, count in rows}

    def alerts(self) -> dict[str, int]:
        """How many alerts were told and are not over, by their kind."""
        return dict(self._rows("SELECT kind, count(*) FROM alert WHERE told IS NOT NULL GROUP BY kind"))

    def unsent(self) -> int:
        """How many mails are still to be sent."""
        ((count,),) = self._rows(f"SELECT count(*) FROM mail WHERE {IS_UNSENT}")
        return int(count)
