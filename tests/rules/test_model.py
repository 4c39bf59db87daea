from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

import pytest
from rules.texts import MINIMAL, RULE

from pushdoc.document import Client, DocumentType
from pushdoc.rules.model import TABLES, Rules
from pushdoc.secret import SecretReference

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pydantic import BaseModel

    Read = Callable[[str], Rules]

#: The rules file of the interface page, as it is printed there.
INTERFACE = """\
timezone = "Europe/Paris"
language = "fr"

[ledger]
url = "sqlite:///var/pushdoc.db"          # or postgresql+psycopg://…

[clients]
root   = "/srv/mcf"                       # each client's folder lies beneath
table  = "dossiers.csv"                   # MCF's export: one line per client folder; , or ; or tab, UTF-8 or Windows-1252
folder = "Dossier"                        # column that holds the folder's path beneath root
siret  = "SIRET"                          # « l'attribut MCF contenant le Siret »
[[client]]                                # or written here; both may be used, a client named twice is an error
folder  = "Boulangerie Martin"
siret   = "123 456 789 00012"             # blanks allowed; 14 digits; Luhn, with La Poste's exception
enabled = true
dossier = 700123                          # optional: pins the destination's folder id

[destination.inqom]
type          = "inqom"
username      = "robot@cabinet.example"
password      = "credential:inqom-password"      # credential:NAME (systemd), env:NAME, file:PATH (mode 0600)
client_id     = "cabinet-demo"
client_secret = "credential:inqom-client-secret"
token_url     = "https://auth.inqom.com/identity/connect/token"     # defaults shown
api_url       = "https://api.inqom.com"
documents_url = "https://api.inqom.com/accounting-documents"
requests_per_second = 12                         # the service allows 15 per account; more is warned of by `check`, not forbidden
parallel      = 4

[[rule]]
name    = "Factures d'achat"
drop    = "Achats/{millésime}/{mois}"            # beneath each client's folder; {millesime}, <millésime>, <mois> are accepted too
type    = "Facture d'achat"                      # Administratif | Facture de vente | Facture d'achat | Note de frais | Autre
archive = "Achats/{millésime}/{mois}/Transmis"   # optional; never seen as a drop path, even where it lies beneath one
destination = "inqom"                            # optional where there is one
clients = ["*"]                                  # folder names or patterns; default all enabled clients
accept  = ["*.pdf", "*.jpg", "*.jpeg", "*.png"]  # default by type
subfolders = false
look_back = 1                                    # earlier months still watched; the current one always is
settle  = "5s"
max_size = "25MB"
beneficiary = "Claire Durand"                    # Note de frais only; default the client's name
send_as = "expense-bills"                        # Note de frais only: expense-bills | ExpenseReport
hold = false                                     # true: waits for a person (`release`, `reject`) before it is sent

[watch]
mode = "auto"                                    # auto | events | polling ; auto polls network file systems
rescan = "30s"

[retry]
give_up_after = "48h"                            # then « Non transmis »
first = "1m"
longest = "4h"

[marks]
style = "sidecar"                                # sidecar | xattr | none

[digest]
at = "07:00"
when_quiet = false                               # true: a mail even when nothing failed
[mail]
host = "smtp.cabinet.example"
port = 587
security = "starttls"                            # starttls | tls | none
username = "pushdoc"
password = "credential:smtp-password"
sender = "pushdoc@cabinet.example"
[[collaborator]]
name = "Claire Durand"
email = "claire@cabinet.example"
digest = true                                    # the option on the collaborator's card
clients = ["Boulangerie Martin", "SCI *"]
"""  # noqa: E501 -- as it is printed


def test_the_file_of_the_interface_page_loads(read: Read, tmp_path: Path) -> None:
    rules = read(INTERFACE)

    assert str(rules.clients.root) == "/srv/mcf"
    assert rules.clients.table == tmp_path / "dossiers.csv"
    assert rules.ledger.path == tmp_path / "var/pushdoc.db"
    assert rules.client[0].client() == Client("Boulangerie Martin", "12345678900012", enabled=True, pinned="700123")
    assert rules.rule[0].beneficiary == "Claire Durand"
    assert rules.mail is not None
    assert rules.mail.password == SecretReference("credential", "smtp-password")
    assert rules.collaborator[0].clients == ("Boulangerie Martin", "SCI *")


def test_the_defaults_are_those_of_the_interface_page(read: Read) -> None:
    written = read(INTERFACE)
    default = read(MINIMAL + RULE)

    assert default.timezone == written.timezone == "Europe/Paris"
    assert default.zone.key == "Europe/Paris"
    assert default.language == written.language == "fr"
    assert default.ledger == written.ledger
    assert default.clients.folder == written.clients.folder
    assert default.clients.siret == written.clients.siret
    assert default.client[0].enabled is True
    assert default.client[0].dossier is None
    assert default.destination == written.destination | {"inqom": default.destination["inqom"]}
    assert default.destination_of(default.rule[0]) == "inqom"
    assert default.watch == written.watch
    assert default.retry == written.retry
    assert default.marks == written.marks
    assert default.digest == written.digest
    assert default.mail is None
    unset = {"archive": None, "destination": None, "beneficiary": None}
    assert default.rule[0] == written.rule[0].model_copy(update=unset)


def test_the_defaults_are_these_values(read: Read) -> None:
    rules = read(MINIMAL + RULE)
    rule = rules.rule[0]

    assert rules.clients.table is None
    assert rules.clients.allow_probable is False
    assert (rule.clients, rule.accept) == (("*",), ("*.pdf", "*.jpg", "*.jpeg", "*.png"))
    assert (rule.subfolders, rule.look_back, rule.settle, rule.max_size) == (False, 1, timedelta(seconds=5), 25_000_000)
    assert (rule.archive, rule.beneficiary, rule.send_as, rule.hold) == (None, None, "expense-bills", False)
    assert (rule.done, rule.encrypted, rule.broken, rule.mismatch) == (None, "send", "refuse", "send")
    assert (rules.watch.mode, rules.watch.rescan) == ("auto", timedelta(seconds=30))
    assert rules.retry.give_up_after == timedelta(hours=48)
    assert (rules.retry.first, rules.retry.longest) == (timedelta(minutes=1), timedelta(hours=4))
    assert rules.marks.style == "sidecar"
    assert (rules.digest.at, rules.digest.when_quiet) == (time(7), False)


def test_a_mail_server_and_a_collaborator_need_only_their_addresses(read: Read) -> None:
    mail = '[mail]\nhost = "smtp"\nsender = "pushdoc@cabinet.example"\n'
    person = '[[collaborator]]\nname = "Claire"\nemail = "claire@cabinet.example"\n'
    rules = read(MINIMAL + RULE + mail + person)

    assert rules.mail is not None
    assert (rules.mail.port, rules.mail.security) == (587, "starttls")
    assert (rules.mail.username, rules.mail.password) == (None, None)
    assert (rules.collaborator[0].digest, rules.collaborator[0].clients) == (True, ("*",))


@pytest.mark.parametrize("kind", DocumentType)
def test_what_is_accepted_by_default_depends_on_the_type(read: Read, kind: DocumentType) -> None:
    rule = read(MINIMAL + RULE.replace('type = "Facture d\'achat"', f'type = "{kind}"')).rule[0]

    office = kind in {DocumentType.OTHER, DocumentType.ADMINISTRATIVE}
    assert ("*.docx" in rule.accept) is office
    assert "*.pdf" in rule.accept


@pytest.mark.parametrize("written", ["Facture d\u2019achat", "FACTURE D'ACHAT", "facture  d'achat "])
def test_a_type_may_have_the_apostrophe_of_print_and_any_case(read: Read, written: str) -> None:
    rules = read(MINIMAL + RULE.replace('type = "Facture d\'achat"', f'type = "{written}"'))

    assert rules.rule[0].type is DocumentType.PURCHASE_INVOICE


def test_every_key_is_described() -> None:
    models: list[type[BaseModel]] = [Rules, *TABLES.values()]

    assert [
        f"{model.__name__}.{name}"
        for model in models
        for name, field in model.model_fields.items()
        if not field.description or not field.description.endswith(".")
    ] == []


def test_the_rules_do_not_change(read: Read) -> None:
    rules = read(MINIMAL + RULE)

    with pytest.raises(ValueError, match="frozen"):
        rules.timezone = "UTC"


def test_relative_paths_count_from_the_rules_file(read: Read, tmp_path: Path) -> None:
    folder = '[destination.copies]\ntype = "folder"\npath = "copies"\n'
    secret = MINIMAL.replace("env:PASSWORD", "file:password")
    rules = read(secret + RULE + 'destination = "inqom"\n' + folder)

    assert rules.clients.root == tmp_path / "mcf"
    assert rules.ledger.url == f"sqlite:///{tmp_path}/var/pushdoc.db"
    inqom, copies = rules.destination["inqom"], rules.destination["copies"]
    assert inqom.model_dump()["password"] == SecretReference("file", str(tmp_path / "password"))
    assert copies.model_dump() == {"path": tmp_path / "copies"}


def test_absolute_paths_stay_as_they_are(read: Read) -> None:
    text = MINIMAL.replace('root = "mcf"', 'root = "/srv/mcf"\ntable = "/srv/dossiers.csv"')
    rules = read(text + RULE + '[ledger]\nurl = "sqlite:////var/lib/pushdoc/pushdoc.db"\n')

    assert str(rules.clients.root) == "/srv/mcf"
    assert str(rules.clients.table) == "/srv/dossiers.csv"
    assert rules.ledger.url == "sqlite:////var/lib/pushdoc/pushdoc.db"
