"""The dossiers of a destination, found by their numbers, and those that a wrong number resembles."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from pushdoc.clients import siret as sirets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pushdoc.document import Dossier

_SIREN = re.compile(r"[0-9]{9}")
_NIC = re.compile(r"[0-9]{5}")


class Register:
    """Dossiers by id, SIRET and SIREN; one that the service lists twice counts once.

    `by_siren` holds those whose NIC is not empty, whole or not; `without_nic` the others. Numbers that are not whole
    stand there as they are, and no client's SIRET finds them.
    """

    def __init__(self, dossiers: Iterable[Dossier]) -> None:
        self.by_id = {dossier.id: dossier for dossier in dossiers}
        self.by_siret: defaultdict[str, list[Dossier]] = defaultdict(list)
        self.by_siren: defaultdict[str, list[Dossier]] = defaultdict(list)
        self.without_nic: defaultdict[str, list[Dossier]] = defaultdict(list)
        for dossier in self.by_id.values():
            nic = sirets.clean(dossier.nic)
            (self.by_siren if nic else self.without_nic)[sirets.clean(dossier.siren)].append(dossier)
            if siret := whole_siret(dossier):
                self.by_siret[siret].append(dossier)

    def resembling(self, siret: str) -> Dossier | None:
        """The only dossier whose SIRET differs in one digit or by two digits swapped; None where several do."""
        found = [dossier for slip in _slips(siret) for dossier in self.by_siret.get(slip, ())]
        return found[0] if len(found) == 1 else None


def whole_siret(dossier: Dossier) -> str | None:
    """The SIRET that a dossier bears, or None where one of its two parts is not whole."""
    siren, nic = sirets.clean(dossier.siren), sirets.clean(dossier.nic)
    return siren + nic if _SIREN.fullmatch(siren) and _NIC.fullmatch(nic) else None


def _slips(siret: str) -> Iterator[str]:
    """What a person may have meant who typed this: every other digit in each place, every two digits swapped."""
    for at, digit in enumerate(siret):
        for other in "0123456789":
            if other != digit:
                yield siret[:at] + other + siret[at + 1 :]
    for left, right in combinations(range(len(siret)), 2):
        if siret[left] != siret[right]:
            yield siret[:left] + siret[right] + siret[left + 1 : right] + siret[left] + siret[right + 1 :]
