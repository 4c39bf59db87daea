"""The periods that drop and archive paths are made of: a year (`{millésime}`) and a month (`{mois}`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date


class Period(NamedTuple):
    """One month of one year; sorts by time."""

    year: int
    month: int

    def __str__(self) -> str:
        """`2026-11`, as the ledger and the answers write it."""
        return f"{self.year:04}-{self.month:02}"

    @classmethod
    def of(cls, day: date) -> Period:
        """The period that a day lies in; the day is one of the firm's time zone, not of UTC."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Period:
        """The period that `str` wrote.

        Raises:
            ValueError: the text is not `YYYY-MM`.
        """
        year, _, month = text.partition("-")
        period = cls(int(year), int(month))
        if not (1 <= period.month <= 12 and str(period) == text):
            raise ValueError(f"not a period: {text!r}")
        return period

    def back(self, months: int) -> Period:
        """The period so many months earlier."""
        year, month = divmod(self.year * 12 + self.month - 1 - months, 12)
        return Period(year, month + 1)


def watched(today: date, look_back: int) -> list[Period]:
    """The periods that are watched on a day: the current one, then `look_back` earlier months, newest first."""
    current = Period.of(today)
    return [current.back(months) for months in range(look_back + 1)]
