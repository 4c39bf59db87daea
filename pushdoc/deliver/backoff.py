"""When a delivery is tried again, over minutes and hours, and when no more. Repeating a request is `deliver.http`'s."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

_SPREAD = 0.2
_DOUBLINGS = 60  # enough for any length; many more would overflow a float


def next_attempt(attempts: int, first: timedelta, longest: timedelta, jitter: float, now: datetime) -> datetime:
    """When to try again after so many failed attempts: the wait begins at `first` and doubles up to `longest`.

    `jitter` (0 to 1, a random number) brings it forward by up to a fifth, so that documents that failed together do
    not come back together.
    """
    doubled = first.total_seconds() * 2.0 ** min(max(attempts - 1, 0), _DOUBLINGS)
    return now + timedelta(seconds=min(doubled, longest.total_seconds()) * (1 - _SPREAD * jitter))


def give_up(first_try_at: datetime, give_up_after: timedelta, now: datetime) -> bool:
    """Whether a document has been tried for so long that a person must look at it."""
    return now - first_try_at >= give_up_after
