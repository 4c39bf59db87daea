"""Which day's digest is due, and when a mail is tried again: decided from values, nothing is asked of the world.

The hour of a digest only says when somebody looks. What it tells is counted in events (`ledger.mails`): an hour that
comes twice, never, or a year too early costs a mail more or less, and tells no failure twice.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import tzinfo

_DAY = timedelta(days=1)
#: Between two tries to reach the mail server: the first wait doubles up to the longest.
_FIRST = timedelta(minutes=1)
_LONGEST = timedelta(hours=1)
#: A mail that waits for longer than this has its hour from a clock that jumped.
NO_WAIT = 2 * _LONGEST


def day_due(at: time, zone: tzinfo, now: datetime) -> date:
    """The last day whose hour `at` in `zone` has come.

    An hour that a change of the clock leaves out comes as much later; of one that it repeats the first counts.
    """
    today = now.astimezone(zone).date()
    return today if _hour(today, at, zone) <= now else today - _DAY


def is_due(day: date, last: date | None) -> bool:
    """Whether somebody whose last digest was that of the day `last` is to have the one of `day` now.

    So it is, too, where their last one was made by a clock that was ahead by more than a day.
    """
    return last is None or last < day or last > day + _DAY


def next_attempt(attempts: int, now: datetime) -> datetime:
    """When a mail is tried again after so many attempts."""
    doublings = min(max(attempts, 1) - 1, 10)
    return now + min(_FIRST * (1 << doublings), _LONGEST)


def _hour(day: date, at: time, zone: tzinfo) -> datetime:
    # In a gap Python counts from the time before it, which is what comes as much later.
    return datetime.combine(day, at).replace(tzinfo=zone).astimezone(UTC)
