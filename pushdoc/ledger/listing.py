"""Which documents a listing asks for, as the one question that the database answers line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pushdoc.ledger.rows import DOCUMENT
from pushdoc.ledger.statements import IS_UNFILED
from pushdoc.states import State

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

_COPY = "(duplicate_of IS NOT NULL OR twin IS NOT NULL)"
_FILED = {State.ARCHIVED, State.KEPT}
#: Numbers grow with time: the index of the hours finds where to begin, and the order of numbers needs no sorting. A
#: clock that was put back makes some later ones older: hence the second half. The plus: not from number 1 on until one
#: is new enough, but by the index.
_SINCE = "id >= (SELECT min(+id) FROM document WHERE first_seen >= :since) AND +first_seen >= :since"


def question(
    *,
    states: Collection[State] = (),
    clients: Collection[str] | None = None,
    rules: Collection[str] | None = None,
    since: datetime | None = None,
    latest_first: bool = False,
    limit: int | None = None,
) -> tuple[str, dict[str, Any]]:
    """The question for the documents that fit, and its values; no `states` are all, no `clients` or `rules` none."""
    wanted: list[str] = []
    values: dict[str, Any] = {}
    if states:
        wanted.append(_in(states))
    for column, names in (("client", clients), ("rule", rules)):
        if names is not None:
            marks = {f"{column}{number}": name for number, name in enumerate(names)}
            wanted.append(f"{column} IN ({', '.join(f':{mark}' for mark in marks)})")
            values |= marks
    if since is not None:
        wanted.append(_SINCE)
        values["since"] = since
    order = "DESC" if latest_first else "ASC"
    where = f" WHERE {' AND '.join(wanted)}" if wanted else ""
    asked = f"SELECT {DOCUMENT} FROM document{where} ORDER BY id {order}"
    if limit is not None:
        asked += " LIMIT :limit"
        values["limit"] = limit
    return asked, values


def _in(states: Collection[State]) -> str:
    """The condition for states as they are counted: an archived or kept duplicate is one under DUPLICATE."""
    unfiled = [state for state in State if state in states and state not in _FILED]
    filed = [state for state in State if state in states and state in _FILED]
    some = [f"state IN ({_written(unfiled)}) AND {IS_UNFILED}"] if unfiled else []
    if filed:
        some.append(f"state IN ({_written(filed)}) AND NOT {_COPY}")
    if State.DUPLICATE in states:
        some.append(f"state IN ({_written(_FILED)}) AND {_COPY}")
    return some[0] if len(some) == 1 else f"({' OR '.join(some)})"


def _written(states: Collection[State]) -> str:
    return ", ".join(f"'{state}'" for state in sorted(states))
