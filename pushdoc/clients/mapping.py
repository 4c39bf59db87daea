"""Which dossier each client's documents go to, by SIRET only, and why to none.

Pure: clients and dossiers are brought in. A likeness is never more than a hint for the reader: documents go to a
dossier of the very same SIRET, or to one that a person named.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pushdoc.clients import siret as sirets
from pushdoc.clients.register import Register, whole_siret
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from pushdoc.document import Client, Dossier

_MOST_SHOWN = 10


class Verdict(StrEnum):
    """What the mapping found for one client; `pushdoc map --json` shows these words."""

    MAPPED = "mapped"
    MISSING = "missing"
    MALFORMED = "malformed"
    UNKNOWN = "unknown"
    CLOSED = "closed"
    AMBIGUOUS = "ambiguous"
    PROBABLE = "probable"
    PINNED = "pinned"
    PINNED_UNKNOWN = "pinned_unknown"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Mapping:
    """One client's dossier. `dossier` is its id, and None unless documents may go there.

    `reason` says why they may not or, beside a dossier, what a person should look at.
    """

    client: str
    verdict: Verdict
    dossier: str | None = None
    dossier_name: str | None = None
    reason: Phrase | None = None

    @property
    def usable(self) -> bool:
        """Whether documents of the client can be sent."""
        return self.dossier is not None


def map_clients(
    clients: Iterable[Client], dossiers: Collection[Dossier] | None, *, allow_probable: bool
) -> list[Mapping]:
    """Each client's mapping, in the order of the clients; several clients may share a dossier.

    `dossiers` is None for a destination that keeps none: each client's folder is then its own. `allow_probable` lets
    documents go to the only open dossier of the client's SIREN that has no NIC.

    Source: Inqom knows a dossier by `Siren` and `Nic`, the second one often empty; its `Status` other than Active takes
    no more documents.
    """
    if dossiers is None:
        return [Mapping(client.folder, Verdict.OWN, client.folder, client.name) for client in clients]
    register = Register(dossiers)
    return [_mapping(client, register, allow_probable=allow_probable) for client in clients]


def _mapping(client: Client, register: Register, *, allow_probable: bool) -> Mapping:
    siret = sirets.clean(client.siret)
    if client.pinned is not None:
        return _pinned(client.folder, client.pinned.strip(), siret, register)
    if not siret:
        return Mapping(client.folder, Verdict.MISSING, reason=sirets.fault(siret))
    if fault := sirets.fault(siret):
        return Mapping(client.folder, Verdict.MALFORMED, reason=_malformed(fault, siret, register))
    same = register.by_siret.get(siret, [])
    values = {"siret": siret, "dossiers": _shown(same)}
    match [dossier for dossier in same if dossier.open]:
        case [dossier]:
            return Mapping(client.folder, Verdict.MAPPED, dossier.id, dossier.name)
        case [_, *_]:
            return Mapping(client.folder, Verdict.AMBIGUOUS, reason=Phrase("clients.ambiguous", values))
    if same:
        return Mapping(client.folder, Verdict.CLOSED, reason=Phrase("clients.closed", values))
    return _by_siren(client.folder, siret, register, allow_probable=allow_probable)


def _pinned(folder: str, pinned: str, siret: str, register: Register) -> Mapping:
    dossier = register.by_id.get(pinned)
    if dossier is None:
        return Mapping(folder, Verdict.PINNED_UNKNOWN, reason=Phrase("clients.pinned_unknown", {"dossier": pinned}))
    values = {"dossier": _show(dossier), "siret": siret}
    if not dossier.open:
        return Mapping(folder, Verdict.CLOSED, reason=Phrase("clients.pinned_closed", values))
    theirs = whole_siret(dossier)
    warns = theirs is not None and theirs != siret and sirets.fault(siret) is None
    reason = Phrase("clients.pinned_other_siret", {**values, "theirs": theirs}) if warns else None
    return Mapping(folder, Verdict.PINNED, dossier.id, dossier.name, reason)


def _malformed(fault: Phrase, siret: str, register: Register) -> Phrase:
    """The fault, or for 14 digits with a slip the dossier that was probably meant."""
    if fault.code not in {"clients.siret_siren_wrong", "clients.siret_nic_wrong"}:
        return fault
    near = register.resembling(siret)
    return _resembles("clients.siret_resembles", siret, near) if near else fault


def _by_siren(folder: str, siret: str, register: Register, *, allow_probable: bool) -> Mapping:
    """The mapping where no dossier bears the SIRET: a probable one, or a reason that names what comes near."""
    siren = siret[:9]
    bare = register.without_nic.get(siren, [])
    values = {"siret": siret, "siren": siren}
    match [dossier for dossier in bare if dossier.open]:
        case [dossier]:
            values["dossier"] = _show(dossier)
            if allow_probable:
                reason = Phrase("clients.probable_allowed", values)
                return Mapping(folder, Verdict.PROBABLE, dossier.id, dossier.name, reason)
            return Mapping(folder, Verdict.PROBABLE, reason=Phrase("clients.probable", values))
        case [_, *_] as several:
            reason = Phrase("clients.ambiguous_siren", {**values, "dossiers": _shown(several)})
            return Mapping(folder, Verdict.AMBIGUOUS, reason=reason)
    return Mapping(folder, Verdict.UNKNOWN, reason=_unknown(siret, register))


def _unknown(siret: str, register: Register) -> Phrase:
    siren = siret[:9]
    if not register.by_id:
        return Phrase("clients.no_dossiers")
    if others := register.by_siren.get(siren):
        return Phrase("clients.unknown_nic", {"siret": siret, "dossiers": _shown(others, nic=True)})
    if bare := register.without_nic.get(siren):
        return Phrase("clients.unknown_siren_closed", {"siret": siret, "siren": siren, "dossiers": _shown(bare)})
    near = register.resembling(siret)
    return _resembles("clients.unknown_resembles", siret, near) if near else Phrase("clients.unknown", {"siret": siret})


def _resembles(code: str, siret: str, near: Dossier) -> Phrase:
    return Phrase(code, {"siret": siret, "dossier": _show(near), "theirs": whole_siret(near)})


def _shown(dossiers: Collection[Dossier], *, nic: bool = False) -> list[str]:
    shown = [_show(dossier, nic=nic) for dossier in dossiers]
    return shown if len(shown) <= _MOST_SHOWN else [*shown[:_MOST_SHOWN], "…"]


def _show(dossier: Dossier, *, nic: bool = False) -> str:
    """A dossier as both languages write it: `BOULANGERIE MARTIN (700123, NIC 00012, Archived)`."""
    facts = [dossier.id]
    if nic:
        facts.append(f"NIC {sirets.clean(dossier.nic)}")
    if not dossier.open and dossier.status:
        facts.append(dossier.status)
    return f"{dossier.name.strip()} ({', '.join(facts)})".lstrip()
