"""Which dossier a client without one was probably meant to have. Pure; a person decides.

A likeness of names is proposed here and nowhere else: documents go by SIRET, or to the dossier that a person named.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pushdoc.assistant.question import fold
from pushdoc.clients import siret as sirets
from pushdoc.clients.register import Register, whole_siret

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from pushdoc.document import Client, Dossier

#: So many are shown, and names that are no nearer than this are not.
MOST = 9
_NEAR = 0.75


@dataclass(frozen=True, slots=True)
class Proposal:
    """A dossier that a client may belong to; `why` is the last part of a code `assistant.mapping.why.…`."""

    dossier: Dossier
    why: str

    @property
    def siret(self) -> str | None:
        """The SIRET that leads there; None where the dossier bears no whole one and has to be pinned."""
        return whole_siret(self.dossier)


def proposals(client: Client, dossiers: Collection[Dossier], taken: Collection[str] = ()) -> list[Proposal]:
    """Open dossiers that a client may belong to, the likeliest first, each once.

    A name that is merely alike counts for nothing where the dossier is `taken`: it is another client's by its SIRET.
    """
    found: dict[str, Proposal] = {}
    for dossier, why in _near(client, dossiers):
        if dossier.open and not (why == "name" and dossier.id in taken):
            found.setdefault(dossier.id, Proposal(dossier, why))
    return list(found.values())[:MOST]


def sought(words: str, dossiers: Iterable[Dossier]) -> list[Proposal]:
    """Open dossiers whose name, number or SIRET hold every word that is sought."""
    each = fold(words).split()
    found = [
        Proposal(dossier, "sought")
        for dossier in dossiers
        if dossier.open and all(word in f"{fold(dossier.name)} {dossier.id} {dossier.siret}" for word in each)
    ]
    return found[:MOST]


def _near(client: Client, dossiers: Collection[Dossier]) -> Iterator[tuple[Dossier, str]]:
    register = Register(dossiers)
    siret = sirets.clean(client.siret)
    for dossier in register.by_siret.get(siret, ()):
        yield dossier, "same"
    if len(siret) == 14 and (slip := register.resembling(siret)):
        yield slip, "slip"
    for dossier in register.by_siren.get(siret[:9], ()) if siret else ():
        yield dossier, "establishment"
    for dossier in register.without_nic.get(siret[:9], ()) if siret else ():
        yield dossier, "no_nic"
    names: dict[str, list[Dossier]] = {}
    for dossier in dossiers:
        names.setdefault(fold(dossier.name), []).append(dossier)
    for name in difflib.get_close_matches(fold(client.name), names, n=3, cutoff=_NEAR):
        for dossier in names[name]:
            yield dossier, "name"
