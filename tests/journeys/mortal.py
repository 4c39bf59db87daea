"""A process that may end at any transaction of its ledger."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pushdoc.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator


class KilledError(BaseException):
    """The process ends here; nothing that follows in it counts."""


class MortalLedger(Ledger):
    """A ledger whose process is killed before, or just after, one of its transactions."""

    left: float = float("inf")
    after: bool = False

    @contextmanager
    def _writing(self) -> Iterator[Any]:
        MortalLedger.left -= 1
        if MortalLedger.left == 0 and not MortalLedger.after:
            raise KilledError
        with super()._writing() as connection:
            yield connection
        if MortalLedger.left == 0:
            raise KilledError
