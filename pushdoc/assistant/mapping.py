"""The third step: which column holds the SIRET, which dossier each client has by it, and what to do about the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pushdoc.assistant.connecting import try_account
from pushdoc.assistant.correcting import correct
from pushdoc.assistant.export import read_export, siret_columns
from pushdoc.assistant.question import NOTHING, Question, UnfitError, fold
from pushdoc.assistant.roster import Roster, roster
from pushdoc.assistant.screen import PAGE, Sign
from pushdoc.assistant.selection import Turned, page
from pushdoc.clients import folder as folders
from pushdoc.clients import map_clients
from pushdoc.clients import siret as sirets
from pushdoc.errors import ProblemsError
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pushdoc.assistant.setup import Setup
    from pushdoc.document import Client


@dataclass(frozen=True, slots=True)
class Row:
    """One client and where its documents go; `reason` is what a person has to look at, None where there is nothing.

    `dossier` and its name are empty where there is none, or where Inqom was not asked.
    """

    client: Client
    reason: Phrase | None
    usable: bool
    dossier: str = ""
    dossier_name: str = ""


def map_dossiers(setup: Setup) -> None:
    """Ask for the column, show the table, and take corrections until there are no more.

    Raises:
        LeaveError: the person leaves the step.
    """
    _column(setup)
    if setup.dossiers is None and setup.health is None and not setup.offline:
        try_account(setup)
    first = 0
    while True:
        rows = _rows(setup)
        setup.unmapped = sum(not row.usable for row in rows)
        if setup.answers.attended:
            _sum_up(setup, rows)
            _show(setup, rows, first)
        chosen = setup.answers.ask(Question("map", _choice(rows), default=""))
        if chosen is None:
            break
        if isinstance(chosen, Turned):
            first = page(first, chosen, len(rows))
            continue
        row = rows[chosen]
        correct(setup, row.client, row.reason, {row.dossier for row in rows if row.dossier})
    if not setup.answers.attended:
        _sum_up(setup, rows)
        _show(setup, [row for row in rows if not row.usable], 0)


def _column(setup: Setup) -> None:
    table, chosen = setup.draft.of_clients("table"), setup.draft.of_clients("siret")
    if not table:
        return
    try:
        export = read_export(setup.base / table)
    except ProblemsError as error:
        setup.screen.told(Sign.FAULT, error.problems[0].phrase)
        return
    if not export.columns:
        setup.screen.sign(Sign.FAULT, "assistant.unfit.no_columns")
        return
    tallies = siret_columns(export)
    setup.hint("assistant.mapping.column")
    shown = [
        setup.screen.words(
            "assistant.mapping.tally", column=tally.title, valid=tally.valid, filled=tally.filled, rows=len(export.rows)
        )
        for tally in tallies
    ]
    titles = [tally.title for tally in tallies]
    default = chosen if setup.draft.standing and chosen in titles else titles[0]
    place = setup.choice("siret_column", titles, default, shown=shown)
    setup.draft.set(("clients",), {"siret": titles[place]})


def _rows(setup: Setup) -> list[Row]:
    """Every client, those that a person must see first."""
    known = roster(setup.draft, setup.base)
    if known.problems:
        setup.screen.sign(Sign.WARNING, "assistant.mapping.rows", count=len(known.problems))
    rows = _judged(setup, known)
    return sorted(rows, key=lambda row: row.usable)


def _judged(setup: Setup, known: Roster) -> list[Row]:
    if setup.dossiers is None:
        # Inqom was not asked: all that can be said is whether the SIRET can be one.
        return [
            Row(client, fault, usable=fault is None)
            for client in known.clients
            for fault in [None if client.pinned else sirets.fault(client.siret)]
        ]
    allowed = bool(setup.draft.table("clients").get("allow_probable", False))
    mappings = map_clients(known.clients, setup.dossiers, allow_probable=allowed)
    return [
        Row(client, mapping.reason, mapping.usable, mapping.dossier or "", mapping.dossier_name or "")
        for client, mapping in zip(known.clients, mappings, strict=True)
    ]


def _sum_up(setup: Setup, rows: Sequence[Row]) -> None:
    screen = setup.screen
    wrong = sum(not row.usable for row in rows)
    screen.blank()
    if setup.dossiers is None:
        screen.sign(Sign.WARNING, "assistant.mapping.unasked", count=len(rows), wrong=wrong)
    elif wrong:
        screen.sign(Sign.WARNING, "assistant.mapping.some", mapped=len(rows) - wrong, wrong=wrong)
    else:
        screen.sign(Sign.FINE, "assistant.mapping.every", mapped=len(rows))


def _show(setup: Setup, rows: Sequence[Row], first: int) -> None:
    screen = setup.screen
    width = max((len(row.client.folder) for row in rows[first : first + PAGE]), default=0)
    for number, row in list(enumerate(rows, 1))[first : first + PAGE]:
        sign = Sign.FINE if row.usable else Sign.FAULT
        siret = row.client.siret or "–"
        shown = f"{row.client.folder:<{min(width, 30)}}  {siret:<14}  {row.dossier} {row.dossier_name}"
        screen.rows([(f"{number:>4} {sign.value[0]}", shown)])
        if row.reason is not None:
            screen.reason(row.reason)
    if (left := len(rows) - first - PAGE) > 0:
        screen.say("assistant.more", count=left)
    setup.hint("assistant.mapping.how")


def _choice(rows: Sequence[Row]) -> Callable[[str], int | Turned | None]:
    """Reads which client is to be corrected, by number or folder; None for none."""
    by_folder = {fold(row.client.folder): place for place, row in enumerate(rows)}

    def read(given: str) -> int | Turned | None:
        typed = given.strip()
        if not typed:
            return None
        if typed in {"+", NOTHING}:
            return Turned(1 if typed == "+" else -1)
        if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(rows):
            return int(typed) - 1
        place = by_folder.get(fold(folders.clean(typed)))
        if place is None:
            raise UnfitError(Phrase("assistant.unfit.no_such_client", {"read": typed, "last": len(rows)}))
        return place

    return read
