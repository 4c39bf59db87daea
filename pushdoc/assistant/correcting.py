"""What a person says of a client without a dossier: the right SIRET, or the dossier itself; written in the rules.

MCF's export stays as it is: the entry in the rules stands in the place of its row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pushdoc.assistant.proposals import Proposal, proposals, sought
from pushdoc.assistant.question import Question, UnfitError, text
from pushdoc.assistant.screen import Sign
from pushdoc.clients import folder as folders
from pushdoc.clients import siret as sirets
from pushdoc.errors import ProblemsError
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from pushdoc.assistant.setup import Setup
    from pushdoc.document import Client
    from pushdoc.rules.edit import RulesFile


@dataclass(frozen=True, slots=True)
class Correction:
    """What is to stand for a client in the rules: another SIRET, or the dossier by its number."""

    siret: str | None = None
    dossier: str | None = None


def correct(setup: Setup, client: Client, reason: Phrase | None, taken: Collection[str]) -> None:
    """Ask what is right for a client, show what comes near, and write the answer down.

    `reason` is why it has no dossier now; `taken` are the dossiers of other clients.
    """
    screen = setup.screen
    near: list[Proposal] = []
    if setup.answers.attended:
        screen.blank()
        screen.say("assistant.mapping.client", client=client.folder, siret=client.siret or "–")
        if reason is not None:
            screen.told(Sign.WARNING, reason)
        near = proposals(client, setup.dossiers or (), taken)
    while True:
        for number, proposal in enumerate(near, 1):
            screen.rows([(f"{number:>3}", _shown(setup, proposal))])
        setup.hint("assistant.mapping.correct")
        read = _correction(near, attended=setup.answers.attended)
        answer = setup.answers.ask(Question("correction", read, default=""))
        if isinstance(answer, str):
            near = sought(answer, setup.dossiers or ())
            if not near:
                screen.sign(Sign.WARNING, "assistant.mapping.nothing", sought=answer)
            continue
        if answer is None:
            return
        try:
            _keep(setup, client, answer)
        except ProblemsError as error:
            if not setup.answers.attended:
                raise
            screen.told(Sign.FAULT, error.problems[0].phrase)
            continue
        screen.sign(Sign.FINE, "assistant.mapping.kept", client=client.folder)
        return


def _shown(setup: Setup, proposal: Proposal) -> str:
    why = setup.screen.words(f"assistant.mapping.why.{proposal.why}")
    values = {"name": proposal.dossier.name, "id": proposal.dossier.id, "siret": proposal.siret or "–"}
    return setup.screen.words("assistant.mapping.proposal", why=why, **values)


def _correction(near: Sequence[Proposal], *, attended: bool) -> Callable[[str], Correction | str | None]:
    """Reads a correction: the number of a proposal, a SIRET, `=` and a dossier's number; else words to search by."""

    def read(given: str) -> Correction | str | None:
        typed = text(given)
        if not typed:
            return None
        if typed.startswith("=") and typed[1:].strip():
            return Correction(dossier=typed[1:].strip())
        digits = sirets.clean(typed)
        if digits.isascii() and digits.isdigit() and len(digits) >= 9:
            if fault := sirets.fault(digits):
                raise UnfitError(fault)
            return Correction(siret=digits)
        if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(near):
            proposal = near[int(typed) - 1]
            same = proposal.why in {"same", "no_nic"} or proposal.siret is None
            return Correction(dossier=proposal.dossier.id) if same else Correction(siret=proposal.siret)
        if not attended:
            raise UnfitError(Phrase("assistant.unfit.correction"))
        return typed

    return read


def _keep(setup: Setup, client: Client, correction: Correction) -> None:
    """Write a correction down, in the client's own entry or in one that stands in the place of the export's row."""
    entries = setup.draft.entries("client")
    here = folders.same(client.folder)
    place = next((n for n, one in enumerate(entries) if folders.same(str(one.get("folder", ""))) == here), None)
    values: dict[str, Any]
    if correction.dossier is not None:
        digits = correction.dossier.isascii() and correction.dossier.isdigit()
        values = {"siret": client.siret or None, "dossier": int(correction.dossier) if digits else correction.dossier}
    else:
        values = {"siret": correction.siret, "dossier": None}

    def change(file: RulesFile) -> None:
        if place is not None:
            file.change("client", place, values)
        else:
            file.add("client", {"folder": client.folder, **values, "replaces": True})

    setup.draft.edit(change)
