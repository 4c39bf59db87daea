"""The first step: where the clients' folders lie, MCF's export, and which of the clients documents are sent for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pushdoc.assistant.candidates import Beneath, Candidate, candidates, folders_beneath
from pushdoc.assistant.completion import paths
from pushdoc.assistant.export import folder_column, likely_export, named, nearby, read_export, siret_columns
from pushdoc.assistant.question import NOTHING, Question, UnfitError, fold, text
from pushdoc.assistant.screen import Sign
from pushdoc.assistant.selection import EVERYBODY, Selection, begun
from pushdoc.clients import folder as folders
from pushdoc.errors import ProblemsError
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pushdoc.assistant.export import Export
    from pushdoc.assistant.setup import Setup
    from pushdoc.rules.edit import RulesFile

#: So many names of folders that cannot be clients' are shown.
_NAMED = 5


def choose_clients(setup: Setup) -> None:
    """Ask for all of it, and write down what is answered.

    Raises:
        LeaveError: the person leaves the step.
    """
    beneath = _root(setup)
    export, column = _export(setup, beneath)
    known = candidates(setup.root, beneath.names, export, column)
    if export is not None:
        away = sum(not candidate.there for candidate in known)
        apart = sum(not candidate.tabled for candidate in known)
        if away:
            setup.screen.sign(Sign.WARNING, "assistant.clients.away", count=away)
        if apart:
            setup.screen.sign(Sign.WARNING, "assistant.clients.apart", count=apart)
    _select(setup, known, tabled=export is not None)


def _root(setup: Setup) -> Beneath:
    screen = setup.screen

    def read(given: str) -> tuple[Path, Beneath]:
        root = setup.path(text(given))
        try:
            return root, folders_beneath(root)
        except OSError as error:
            values = {"path": str(root), "error": error.strerror or ""}
            raise UnfitError(Phrase("assistant.unfit.root", values)) from None

    setup.hint("assistant.clients.root")
    known = setup.draft.of_clients("root")
    question = Question("root", read, default=known or None, complete=lambda typed: paths(typed, setup.base))
    root, beneath = setup.answers.ask(question)
    setup.draft.set(("clients",), {"root": str(root)})
    screen.sign(Sign.FINE, "assistant.clients.beneath", count=len(beneath.names))
    if beneath.unfit:
        shown = [*beneath.unfit[:_NAMED], *(["…"] if len(beneath.unfit) > _NAMED else [])]
        screen.sign(Sign.WARNING, "assistant.clients.unfit", count=len(beneath.unfit), names=shown)
    return beneath


def _export(setup: Setup, beneath: Beneath) -> tuple[Export | None, str]:
    """MCF's export, and its column of the folders; None where the clients have none."""

    def read(given: str) -> Export | None:
        if given.strip() == NOTHING:
            return None
        try:
            export = read_export(setup.path(text(given)))
        except ProblemsError as error:
            raise UnfitError(error.problems[0].phrase) from None
        if not export.columns:
            raise UnfitError(Phrase("assistant.unfit.no_columns"))
        return export

    draft = setup.draft
    proposed = draft.of_clients("table")
    if not proposed and not draft.entries("client"):
        places = (setup.base, setup.root, setup.root.parent, Path.cwd())
        near = likely_export(nearby(dict.fromkeys(places)), beneath.names)
        proposed = "" if near is None else setup.written(near.path)
    setup.hint("assistant.clients.table")
    question = Question(
        "table", read, default=proposed or NOTHING, complete=lambda typed: paths(typed, setup.base, ending=".csv")
    )
    export = setup.answers.ask(question)
    if export is None:
        draft.set(("clients",), {"table": None})
        return None, ""
    column = _folder_column(setup, export, beneath)
    values = {"table": setup.written(export.path), "folder": column}
    if draft.of_clients("siret") not in export.columns:
        # Until the third step asks; without any the rules could not be read.
        values["siret"] = siret_columns(export)[0].title
    draft.set(("clients",), values)
    counted = {"rows": len(export.rows), "column": column, "named": named(export, column, beneath.names)}
    setup.screen.sign(Sign.FINE, "assistant.clients.read", table=export.path.name, **counted)
    return export, column


def _folder_column(setup: Setup, export: Export, beneath: Beneath) -> str:
    columns = export.columns
    written = setup.draft.of_clients("folder")
    chosen = setup.draft.of_clients("table") and written in columns
    likely = written if chosen else folder_column(export, beneath.names)
    if likely is not None and not setup.answers.prepared("folder_column") and named(export, likely, beneath.names):
        return likely
    setup.hint("assistant.clients.columns")
    return columns[setup.choice("folder_column", columns, likely)]


def _select(setup: Setup, known: list[Candidate], *, tabled: bool) -> None:
    screen, draft = setup.screen, setup.draft
    if not known:
        screen.sign(Sign.FAULT, "assistant.clients.nobody")
        return
    selection = _begun(setup, known, tabled=tabled)
    before = selection.chosen
    setup.hint("assistant.clients.how")
    try:
        while True:
            _show(setup, selection)
            after = setup.answers.ask(Question("clients", selection.typed, default=""))
            if after is None:
                break
            selection = after
    finally:
        # Also when the person leaves by Ctrl-C: what was chosen is kept.
        if selection.chosen and (selection.chosen != before or not (draft.only or draft.standing)):
            _keep(setup, selection, tabled=tabled)
    screen.sign(Sign.FINE, "assistant.clients.chosen", chosen=len(selection.chosen), known=len(known))


def _begun(setup: Setup, known: list[Candidate], *, tabled: bool) -> Selection:
    """The list as it was left, without those that the rules switch off; without an export, those that they name."""
    only = setup.draft.only
    listed = {folders.same(str(entry.get("folder", ""))): entry for entry in setup.draft.entries("client")}
    # Before anything was chosen nobody is; in rules without the key everybody is.
    usual = EVERYBODY if setup.draft.standing or not tabled else ()
    selection = begun(known, only or usual)

    def is_on(folder: str) -> bool:
        entry = listed.get(folders.same(folder), {"enabled": tabled})
        return bool(entry.get("enabled", True))

    return replace(selection, chosen=frozenset(filter(is_on, selection.chosen)))


def _show(setup: Setup, selection: Selection) -> None:
    screen = setup.screen
    if not setup.answers.attended:
        return
    screen.blank()
    counted = {"found": len(selection.found), "known": len(selection.known), "chosen": len(selection.chosen)}
    if selection.sought:
        screen.say("assistant.clients.found", sought=selection.sought, **counted)
    else:
        screen.say("assistant.clients.all", **counted)
    screen.rows(_rows(setup, selection))
    if left := len(selection.found) - selection.first - len(selection.shown):
        screen.say("assistant.more", count=left)


def _rows(setup: Setup, selection: Selection) -> Iterator[tuple[str, str]]:
    words = fold(selection.sought).split()
    for number, candidate in selection.shown:
        mark = f" {'[x]' if candidate.folder in selection.chosen else '[ ]'} {number:>4}"
        shown = candidate.folder
        if words and (attribute := candidate.shown_by(words)):
            title, value = attribute
            shown += f"   ({setup.screen.words('assistant.clients.attribute', title=title, value=value)})"
        if not candidate.there:
            shown += f"   ({setup.screen.words('assistant.clients.no_folder')})"
        yield mark, shown


def _keep(setup: Setup, selection: Selection, *, tabled: bool) -> None:
    """Write the choice down: as `only`, and as `[[client]]` for those that no export names."""
    draft = setup.draft
    listed = {folders.same(str(entry.get("folder", ""))): place for place, entry in enumerate(draft.entries("client"))}
    new: list[dict[str, Any]] = []
    changed: list[tuple[int, bool]] = []
    for candidate in selection.known:
        chosen = candidate.folder in selection.chosen
        place = listed.get(folders.same(candidate.folder))
        if place is None:
            if chosen and not candidate.tabled:
                new.append({"folder": candidate.folder})
        elif draft.entries("client")[place].get("enabled", True) != chosen and (chosen or not tabled):
            changed.append((place, chosen))

    def enable(file: RulesFile) -> None:
        for place, chosen in changed:
            file.change("client", place, {"enabled": None if chosen else False})

    if changed:
        draft.edit(enable)
    draft.add("client", new)
    if tabled or draft.only or not draft.standing:
        draft.set(("clients",), {"only": selection.only() if tabled else list(EVERYBODY)})
    if strays := selection.strays(draft.only or EVERYBODY):
        setup.screen.sign(Sign.WARNING, "assistant.clients.strays", count=len(strays), names=strays[:_NAMED])
