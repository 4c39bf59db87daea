"""The table: medians of all runs, pushdoc first, each yardstick with the ratio to it."""

from __future__ import annotations

import statistics
from collections import defaultdict
from typing import TYPE_CHECKING

from benchmarks.figures import OURS, Figure, Row

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def table(figures: Iterable[Figure]) -> str:
    """The figures in Markdown, a row for each thing measured, in the order in which they came.

    `×` says how many times better pushdoc is than a yardstick: below 1 the yardstick is better.
    """
    rows: dict[Row, defaultdict[str, list[Figure]]] = {}
    for figure in figures:
        rows.setdefault(figure.row, defaultdict(list))[figure.subject].append(figure)
    lines = ["| measure | pushdoc | aim | yardsticks |", "|---|---|---|---|"]
    for row, subjects in rows.items():
        ours = _median(subjects.get(OURS, []))
        others = [_yardstick(row, ours, name, found) for name, found in subjects.items() if name != OURS]
        said = _value(row, ours, subjects.get(OURS, []))
        lines.append(f"| {row.title} | {said} | {row.aim} | {' · '.join(others)} |")
    return "\n".join(lines)


def write(page: Path, said: str) -> None:
    """Put what was measured into a page, between its two marks.

    Raises:
        ValueError: the page has no such marks.
    """
    before, _, rest = page.read_text().partition(BEGIN)
    _, ended, after = rest.partition(END)
    if not ended:
        raise ValueError(f"{page} has no lines {BEGIN} and {END} for the table to stand between")
    page.write_text(f"{before}{BEGIN}\n\n{said}\n\n{END}{after}")


def _median(found: Iterable[Figure]) -> float | None:
    values = [figure.value for figure in found if figure.value is not None]
    return statistics.median(values) if values else None


def _value(row: Row, value: float | None, found: list[Figure]) -> str:
    notes = sorted({figure.note for figure in found} - {""})
    said = "–" if value is None else f"**{value:,.{row.places}f}** {row.unit}"
    return f"{said} ({'; '.join(notes)})" if notes else said


def _yardstick(row: Row, ours: float | None, name: str, found: list[Figure]) -> str:
    value = _median(found)
    said = f"{name} {_value(row, value, found)}".replace("**", "")
    if not ours or not value:
        return said
    return f"{said} ×{ours / value if row.more else value / ours:.2g}"
