"""What `status` goes by: the rules file, or, where that was broken under a running pushdoc, what that goes on with."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast
from zoneinfo import ZoneInfo

from pushdoc.errors import ConfigurationError, ProblemsError, PushdocError
from pushdoc.marks import OWNER_SIGN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pushdoc.cli.frame import Frame
    from pushdoc.rules import Rules
    from pushdoc.tell import Reader
    from pushdoc.words import Language


class Standing(NamedTuple):
    """The names of the rules and destinations in force; `broken` is what is wrong with the file instead."""

    ledger: Path
    reader: Reader
    rules: Sequence[str]
    destinations: Sequence[str]
    enabled: int
    broken: ProblemsError | None = None


def standing(frame: Frame) -> Standing:
    """What is in force: the rules of the file, unless a running pushdoc has refused them and goes on with older ones.

    Raises:
        PushdocError: the rules file cannot be used, and nobody goes on with older ones.
    """
    try:
        plan = frame.plan
    except ProblemsError as error:
        from pushdoc.rules.salvage import ledger_of

        broken = _refused_at(ledger_of(frame.file))
        if broken is None:
            raise
        return broken._replace(broken=error)
    rules = plan.rules
    names = [rule.name for rule in rules.rule]
    written = Standing(rules.ledger.path, frame.reader, names, list(rules.destination), len(plan.enabled))
    return _refused_at(rules.ledger.path) or _refused_at(_owner(rules)) or written


def _owner(rules: Rules) -> Path | None:
    """The ledger that the clients' root says it belongs to: that of a pushdoc that refused to begin a new one."""
    root = rules.clients.root
    with suppress(OSError, ConfigurationError):
        if rules.ledger.path.exists() or not (root / OWNER_SIGN).exists():
            return None
        from pushdoc.journey.owner import owner_of

        if (owner := owner_of(root)) is not None:
            return Path(owner.path)
    return None


def _refused_at(ledger: Path | None) -> Standing | None:
    """What the pushdoc that holds a ledger goes on with, where it refused other rules."""
    from pushdoc.ledger import History, holder
    from pushdoc.tell import Reader

    if ledger is None or holder(ledger) is None:
        return None
    try:
        history = History.open(ledger)
    except PushdocError:
        return None
    try:
        note = history.refused()
    finally:
        history.close()
    if note is None:
        return None
    reader = Reader(cast("Language", note.language), ZoneInfo(note.timezone))
    return Standing(ledger, reader, note.rules, note.destinations, note.enabled)
