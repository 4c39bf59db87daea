"""What a person types for a moment or a path, made into a value."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from pushdoc.errors import WrongUseError
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_AGE = re.compile(r"([0-9]{1,6})([mhd])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def since_when(given: str | None, now: datetime, zone: ZoneInfo) -> datetime | None:
    """`2026-11-20`, `2026-11-20T07:00`, or an age: `90m`, `12h`, `3d`; a moment without a zone is one of `zone`.

    Raises:
        WrongUseError: none of these, or beyond the calendar.
    """
    if given is None:
        return None
    try:
        if age := _AGE.fullmatch(given):
            return now - timedelta(**{_UNITS[age[2]]: int(age[1])})
        at = datetime.fromisoformat(given)
        return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):  # the latter: before the year 1, or after the last one
        raise WrongUseError(Phrase("cli.list.since_wrong", {"read": given})) from None


def here(path: Path) -> Path:
    """The path counted from the working directory, without `..`; links in it are left as they were typed."""
    return Path(os.path.normpath(path.absolute()))
