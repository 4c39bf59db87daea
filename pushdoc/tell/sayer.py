"""The texts of this room, said to one reader."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from pushdoc.states import State
from pushdoc.words import Phrase, moment, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pushdoc.tell.answers import Reader


class Sayer:
    """Says texts by their code: `say_("tell.oldest", age=5)`."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def __call__(self, code: str, **values: Any) -> str:
        """The text, with these values in it."""
        return say(Phrase(code, values), self._reader.language, self._reader.zone)

    def at(self, iso: str | None, *, seconds: bool = False) -> str | None:
        """An ISO moment of the answers as people write it, in the zone that it bears."""
        if iso is None:
            return None
        at = datetime.fromisoformat(iso)
        return moment(at, self._reader.language) + (f":{at.second:02}" if seconds else "")

    def state(self, told: Mapping[str, Any]) -> str:
        """The state of a document in words."""
        return self(f"tell.state.{counted_as(told)}")


def counted_as(told: Mapping[str, Any]) -> State:
    """The state that a document is counted and shown under: a duplicate stays one, wherever its file lies."""
    copy = told["duplicate_of"] or told["duplicate_there"]
    state = State(told["state"])
    return State.DUPLICATE if copy and state in {State.ARCHIVED, State.KEPT} else state
