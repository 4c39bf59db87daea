"""Texts of rules files, and stand-ins for the settings of destinations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushdoc.settings import LocalPath, SecretField, Settings, Text, Url

if TYPE_CHECKING:
    from pydantic import BaseModel

MINIMAL = """\
[clients]
root = "mcf"
[[client]]
folder = "Boulangerie Martin"
[destination.inqom]
type = "inqom"
username = "robot@cabinet.example"
password = "env:PASSWORD"
client_id = "cabinet-demo"
client_secret = "env:SECRET"
"""

RULE = """\
[[rule]]
name = "Factures d'achat"
drop = "Achats/{millésime}/{mois}"
type = "Facture d'achat"
"""


class StandIn(Settings):
    """The keys of `[destination.inqom]` as the interface page has them."""

    username: Text
    password: SecretField
    client_id: Text
    client_secret: SecretField
    token_url: Url = "https://auth.inqom.com/identity/connect/token"
    api_url: Url = "https://api.inqom.com"
    documents_url: Url = "https://api.inqom.com/accounting-documents"
    scope: str = ""
    requests_per_second: float = 12
    parallel: int = 4


class Copies(Settings):
    """A destination that is a folder."""

    path: LocalPath


KINDS: dict[str, type[BaseModel]] = {"inqom": StandIn, "folder": Copies}
