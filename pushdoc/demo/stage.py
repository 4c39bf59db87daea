"""The demo's stage: clients' folders, their table, secrets, a rules file, and the documents that are dropped."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle, islice
from typing import TYPE_CHECKING

from pushdoc.demo import papers
from pushdoc.sandbox import DEMO_CLIENT_ID, DEMO_CLIENT_SECRET, DEMO_PASSWORD, DEMO_USERNAME

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pushdoc.period import Period

#: Clients of the demo and their SIRET; the last two have no dossier that their documents could go to.
CLIENTS = {
    "Boulangerie Martin": "810 000 109 00019",
    "Garage Lefèvre": "810 000 406 00019",
    "Pharmacie du Parc": "810 000 703 00027",
    "SCI Les Tilleuls": "810 001 008 00012",
    "Café de la Gare": "810 001 305 00012",
    "Imprimerie Collet": "810 003 707 00017",  # archived at Inqom
    "Atelier Perrin": "810 000 406 00091",  # mistyped
}
_MAPPED = list(CLIENTS)[:5]

#: Drop folder and a file's stem for each document type, in the order of the rules file.
_KINDS = {
    "Achats": "facture-fournisseur",
    "Ventes": "facture-client",
    "Notes de frais": "note-de-frais",
    "Administratif": "courrier",
    "Divers": "piece",
}
#: What the sandbox takes at most, so that one document is refused by Inqom itself.
MAX_SIZE = 400_000

_RULES = """\
# Règles de la démonstration ; rules.example.toml explique chaque clé.
timezone = "Europe/Paris"
language = "fr"

[ledger]
url = "sqlite:///var/pushdoc.db"

[clients]
root  = "clients"
table = "dossiers.csv"

[destination.inqom]
type          = "inqom"
username      = "{username}"
password      = "file:secrets/inqom-password"
client_id     = "{client_id}"
client_secret = "file:secrets/inqom-client-secret"
token_url     = "{url}/identity/connect/token"
api_url       = "{url}"
documents_url = "{url}/accounting-documents"

[[rule]]
name    = "Factures d'achat"
drop    = "Achats/{{millésime}}/{{mois}}"
type    = "Facture d'achat"
archive = "Achats/{{millésime}}/{{mois}}/Transmis"
settle  = "500ms"

[[rule]]
name    = "Factures de vente"
drop    = "Ventes/{{millésime}}/{{mois}}"
type    = "Facture de vente"
archive = "Ventes/{{millésime}}/{{mois}}/Transmis"
settle  = "500ms"

[[rule]]
name     = "Notes de frais"
drop     = "Notes de frais/{{millésime}}/{{mois}}"
type     = "Note de frais"
archive  = "Notes de frais/{{millésime}}/{{mois}}/Transmis"
max_size = "100KB"
settle   = "500ms"

[[rule]]
name    = "Administratif"
drop    = "Administratif/{{millésime}}/{{mois}}"
type    = "Administratif"
archive = "Administratif/{{millésime}}/{{mois}}/Transmis"
settle  = "500ms"

[[rule]]
name    = "Divers"
drop    = "Divers/{{millésime}}/{{mois}}"
type    = "Autre"
archive = "Divers/{{millésime}}/{{mois}}/Transmis"
settle  = "500ms"

[watch]
rescan = "2s"

[retry]
first = "1s"
"""


@dataclass(frozen=True, slots=True)
class Stage:
    """What was set up: the rules file, and how many documents were dropped that should leave."""

    rules: Path
    good: int


def build(folder: Path, url: str, documents: int, today: Period) -> Stage:
    """Set everything up in a folder: `documents` that should leave, and a few that cannot."""
    secrets = folder / "secrets"
    secrets.mkdir(parents=True, mode=0o700)
    for name, secret in (("inqom-password", DEMO_PASSWORD), ("inqom-client-secret", DEMO_CLIENT_SECRET)):
        file = secrets / name
        file.touch(mode=0o600)
        file.write_text(secret + "\n")
    lines = ["Dossier;SIRET;Responsable", *(f"{client};{siret};Claire Durand" for client, siret in CLIENTS.items())]
    # As MCF exports it on Windows.
    (folder / "dossiers.csv").write_bytes("\r\n".join(lines).encode("cp1252") + b"\r\n")
    rules = folder / "rules.toml"
    rules.write_text(_RULES.format(username=DEMO_USERNAME, client_id=DEMO_CLIENT_ID, url=url), encoding="utf-8")
    root = folder / "clients"
    for name, content in [*islice(_good(today), documents), *_failing(today)]:
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return Stage(rules, documents)


def _good(today: Period) -> Iterator[tuple[str, bytes]]:
    """Documents that leave, round and round through clients, types, formats and the two watched months."""
    months = cycle([today, today, today.back(1)])
    formats = cycle(["pdf", "pdf", "jpg", "png"])
    pairs = cycle([(client, kind) for client in _MAPPED for kind in _KINDS])
    for number, ((client, kind), month, suffix) in enumerate(zip(pairs, months, formats, strict=False), 1):
        stem = f"{_KINDS[kind]}-{number:03}"
        yield f"{client}/{_folder(kind, month)}/{stem}.{suffix}", _content(suffix, client, stem)


def _failing(today: Period) -> Iterator[tuple[str, bytes]]:
    """A duplicate, documents of clients without a dossier, and three that cannot be sent, each for its own reason."""
    martin = _content("pdf", "Boulangerie Martin", "facture-fournisseur-001")
    yield f"Boulangerie Martin/{_folder('Achats', today)}/copie de la facture 001.pdf", martin
    for client in list(CLIENTS)[5:]:
        yield f"{client}/{_folder('Achats', today)}/facture.pdf", _content("pdf", client, "facture")
    yield f"Garage Lefèvre/{_folder('Achats', today)}/devis.docx", b"PK\x03\x04 devis"
    yield f"Café de la Gare/{_folder('Notes de frais', today)}/train et hôtel.pdf", _heavy("train et hôtel", 150_000)
    yield f"SCI Les Tilleuls/{_folder('Ventes', today)}/quittances 2026.pdf", _heavy("quittances", MAX_SIZE + 100_000)


def _folder(kind: str, month: Period) -> str:
    return f"{kind}/{month.year}/{month.month:02}"


def _content(suffix: str, client: str, stem: str) -> bytes:
    match suffix:
        case "jpg":
            return papers.jpeg(f"{client} {stem}")
        case "png":
            return papers.png(f"{client} {stem}")
        case _:
            return papers.pdf([stem, client, "Document de démonstration de pushdoc"])


def _heavy(title: str, size: int) -> bytes:
    """A PDF of at least so many bytes."""
    return papers.pdf([title], padding=size)
