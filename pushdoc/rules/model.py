"""The rules file as values: one class a table, one described field a key; the reference page is generated from here.

What concerns one key alone is refused here; what two keys make wrong together, in `check`. A destination's settings
are its plug-in's own and are kept here unread. `strict=False` stands where TOML's array becomes a tuple.
"""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field, InstanceOf

from pushdoc.document import Client, DocumentType
from pushdoc.rules.fields import (
    SQLITE,
    ClientPattern,
    DoneField,
    DossierField,
    FolderField,
    LedgerUrl,
    MailAddress,
    NamePattern,
    Pause,
    TemplateField,
    TypeField,
    Wait,
)
from pushdoc.settings import Duration, LocalPath, SecretField, Settings, Size, Text, TimeOfDay

_IMAGES = ("*.pdf", "*.jpg", "*.jpeg", "*.png")
_OFFICE = ("*.doc", "*.docx", "*.xls", "*.xlsx", "*.odt", "*.ods", "*.csv", "*.txt", "*.xml")
#: What is accepted where a rule does not say. Source: Inqom's contract, section 6: it documents no formats, so the
#: three types whose documents it reads by itself get what it is known to read.
ACCEPTED: dict[DocumentType, tuple[str, ...]] = {
    DocumentType.SALES_INVOICE: _IMAGES,
    DocumentType.PURCHASE_INVOICE: _IMAGES,
    DocumentType.EXPENSE_REPORT: _IMAGES,
    DocumentType.ADMINISTRATIVE: _IMAGES + _OFFICE,
    DocumentType.OTHER: _IMAGES + _OFFICE,
}


class Ledger(Settings):
    """`[ledger]`: where pushdoc remembers every document."""

    url: LedgerUrl = Field(
        default="sqlite:///var/pushdoc.db",
        validate_default=True,
        description="SQLAlchemy address of the database. `sqlite:///var/pushdoc.db` counts from the rules file's "
        "folder, `sqlite:////var/lib/pushdoc/pushdoc.db` (four slashes) is absolute. One file by default: one machine "
        "needs no server.",
    )

    @property
    def path(self) -> Path:
        """The file of the database."""
        return Path(self.url.removeprefix(SQLITE))


class Clients(Settings):
    """`[clients]`: where the clients' folders lie and which table names their SIRET."""

    root: LocalPath = Field(description="Folder that every client's folder lies beneath. Nothing outside is read.")
    table: LocalPath | None = Field(
        default=None,
        description="MCF's export (CSV): one line for each client's folder; `,`, `;` or tab, UTF-8 or Windows-1252. "
        "None by default: the clients may be written as `[[client]]` instead, or both.",
    )
    folder: Text = Field(
        default="Dossier",
        description="Column of the table that holds the folder's path beneath `root`; MCF's own name for it.",
    )
    siret: Text = Field(default="SIRET", description="Column of the table that holds the SIRET (14 digits).")
    only: tuple[ClientPattern, ...] = Field(
        default=("*",),
        description="Folders, folder names or patterns (`*`, `?`) of the clients that are active; of the others "
        "nothing is watched or sent, as with `enabled = false`. All by default; an empty list: none.",
        strict=False,
    )
    allow_probable: bool = Field(
        default=False,
        description="Whether to use a dossier whose SIREN is the client's and whose NIC is empty. Off by default: the "
        "dossier may be another establishment's.",
    )


class ListedClient(Settings):
    """`[[client]]`: one client, written here instead of in the table."""

    folder: FolderField = Field(description="The client's folder beneath `root`, `/` between names.")
    siret: str = Field(default="", description="Its SIRET; blanks are allowed. Not needed where `dossier` is given.")
    enabled: bool = Field(default=True, description="`false`: nothing of this client is watched or sent.")
    replaces: bool = Field(
        default=False,
        description="`true`: stands in the place of the table's line for the same folder, for a SIRET to correct or a "
        "dossier to pin. Off by default: a client in both places is told as a mistake.",
    )
    dossier: DossierField | None = Field(
        default=None,
        description="The destination's own id of the dossier, where the SIRET does not lead to the right one. None by "
        "default: the SIRET decides.",
    )

    def client(self) -> Client:
        """The client as the rest of the house knows it."""
        return Client(self.folder, "".join(self.siret.split()), self.enabled, self.dossier)


class Rule(Settings):
    """`[[rule]]`: what is dropped where, what it is, where it is sent, and where it is filed."""

    name: Text = Field(description="What people call the rule; different for each, whatever the case.")
    drop: TemplateField = Field(
        description="Folder that is watched, beneath each client's folder; `{millésime}` is the year (YYYY), `{mois}` "
        "the month (MM). `{millesime}`, `<millésime>` and `<mois>` are accepted too."
    )
    type: TypeField = Field(description="What the documents are at the destination: one of the five document types.")
    archive: TemplateField | None = Field(
        default=None,
        description="Folder that a delivered document is moved to, with the same variables, for the period of the "
        "folder it was dropped in. None by default: it stays where it is. Never watched, even inside a watched one.",
    )
    destination: Text | None = Field(
        default=None, description="Name of the `[destination.…]`. May be left out where there is only one."
    )
    clients: tuple[ClientPattern, ...] = Field(
        default=("*",),
        min_length=1,
        description="Folders, folder names or patterns (`*`, `?`) of the clients that the rule is for. All by default.",
        strict=False,
    )
    accept: tuple[NamePattern, ...] = Field(
        default_factory=lambda known: ACCEPTED[known["type"]],
        min_length=1,
        description="Patterns of the file names that are sent, whatever the case. By default PDF, JPEG and PNG; for "
        "`Administratif` and `Autre` also office, CSV, text and XML files.",
        strict=False,
    )
    subfolders: bool = Field(
        default=False,
        description="Whether folders inside the watched one are watched too. Off by default: people keep drafts there.",
    )
    look_back: int = Field(
        default=1,
        ge=0,
        le=24,
        description="How many earlier months are still watched (0 to 24); the current one always is. One by default: "
        "papers of a month still come in the next.",
    )
    settle: Duration = Field(
        default=timedelta(seconds=5),
        description="How long a file must lie unchanged before it counts as whole. Five seconds by default: longer "
        "than a scanner pauses between two pages on its disk.",
    )
    done: DoneField | None = Field(
        default=None,
        description="Name of the file that a program puts beside a document when it is whole, such as `{name}.ok`; "
        "`{name}` is the document's whole name, `{stem}` the same without its ending. The document is not sent before, "
        "and need not lie unchanged then; the file itself is no document and is removed with its filing. None by "
        "default.",
    )
    max_size: Size = Field(
        default=25_000_000,
        description="Largest file that is sent (decimal units). 25 MB by default, as Inqom's contract says.",
    )
    encrypted: Literal["send", "refuse"] = Field(
        default="send",
        description="What becomes of a PDF that needs a password to be opened. Told by the library `pypdf` (the extra "
        "`pdf`), up to 10 MB. Sent by default: some destinations are given the password.",
    )
    broken: Literal["send", "refuse"] = Field(
        default="refuse",
        description="What becomes of a file that stops before the end of its format and, waited for some twenty times "
        "`settle` more, goes no further, or of a PDF without pages. Refused by default: it is not what was meant.",
    )
    mismatch: Literal["send", "refuse"] = Field(
        default="send",
        description="What becomes of a file whose content is not what its name says (a JPEG called `.pdf`). Sent by "
        "default: most services look at the content.",
    )
    beneficiary: Text | None = Field(
        default=None, description="`Note de frais` only: whose expenses they are. By default the client's name."
    )
    send_as: Literal["expense-bills", "ExpenseReport"] = Field(
        default="expense-bills",
        description="`Note de frais` only: as expense bills, which Inqom reads and enters, or as a plain document.",
    )
    hold: bool = Field(
        default=False, description="`true`: each document waits for a person (`release`, `reject`) before it is sent."
    )


class Watch(Settings):
    """`[watch]`: how new files are noticed."""

    mode: Literal["auto", "events", "polling"] = Field(
        default="auto",
        description="`events`: the system tells of changes at once; `polling`: pushdoc looks every `rescan`. `auto` "
        "polls network file systems, where events are silent.",
    )
    rescan: Pause = Field(
        default=timedelta(seconds=30),
        description="How often every watched folder is looked at, whatever events say; at least 1 s. Half a minute by "
        "default: an event that got lost costs no more than that.",
    )


class Retry(Settings):
    """`[retry]`: how long a delivery that fails is tried again."""

    give_up_after: Wait = Field(
        default=timedelta(hours=48),
        description="Time after the first try at which a document becomes « Non transmis ». 48 h by default: a "
        "weekend's trouble ends by itself.",
    )
    first: Wait = Field(
        default=timedelta(minutes=1),
        description="Wait before the second try; it doubles with each try.",
    )
    longest: Wait = Field(default=timedelta(hours=4), description="The longest wait between two tries of a document.")
    asking: tuple[Wait, ...] = Field(
        default=(timedelta(seconds=10), timedelta(seconds=30), timedelta(minutes=2)),
        min_length=1,
        max_length=20,
        description="Waits between one asking and the next whether a document of which no answer came has arrived; "
        "when the destination has denied it after the last, it is sent again. Together longer than a destination "
        "takes to show it.",
        strict=False,
    )


class Marks(Settings):
    """`[marks]`: how « Non transmis » shows in the folder itself."""

    style: Literal["sidecar", "xattr", "none"] = Field(
        default="sidecar",
        description="`sidecar`: a text file beside the document says why; `xattr`: an extended attribute, seen by "
        "programs only; `none`.",
    )


class DigestMail(Settings):
    """`[digest]`: the daily mail of what was not sent."""

    at: TimeOfDay = Field(
        default=time(7, 0),
        description="Hour of the day, in `timezone`. 07:00 by default: there when people come to work.",
    )
    when_quiet: bool = Field(default=False, description="`true`: a mail even when nothing failed.")
    templates: LocalPath | None = Field(
        default=None,
        description="Folder of your own templates of the mails (Jinja2); one that is not there is taken from pushdoc. "
        "None by default.",
    )


class Mail(Settings):
    """`[mail]`: the server that takes our mail."""

    host: Text = Field(description="Name of the SMTP server.")
    port: int = Field(default=587, ge=1, le=65535, description="Its port: 587 (submission) by default, 465 with `tls`.")
    security: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="How the connection is encrypted; `none` only for a server on this machine."
    )
    username: Text | None = Field(default=None, description="Account at the server, where it asks for one.")
    password: SecretField | None = Field(default=None, description="Reference to its password.")
    sender: MailAddress = Field(description="Address that the mails come from.")


class Collaborator(Settings):
    """`[[collaborator]]`: who gets the digest, for which clients."""

    name: Text = Field(description="The person's name.")
    email: MailAddress = Field(description="The person's mail address.")
    digest: bool = Field(
        default=True, description="The option on the collaborator's card: whether the daily mail is sent to them."
    )
    clients: tuple[ClientPattern, ...] = Field(
        default=("*",),
        min_length=1,
        description="Folders, folder names or patterns of the clients that the mail speaks of. All by default.",
        strict=False,
    )


class Alerts(Settings):
    """`[alerts]`: the mails at once, to whoever looks after pushdoc: one when trouble begins, one when it ends."""

    to: tuple[MailAddress, ...] = Field(
        default=(), description="Addresses that get them. None by default.", strict=False
    )
    after: Duration = Field(
        default=timedelta(minutes=15),
        description="How long a destination or a share must be in trouble that may end by itself before a mail is "
        "sent. 15 minutes by default. Trouble that needs a person (credentials, rights) is told at once.",
    )
    free: Size = Field(
        default=1_000_000_000,
        description="Below so much free space a disk that pushdoc writes to counts as nearly full. 1 GB by default.",
    )


class Metrics(Settings):
    """`[metrics]`: numbers for Prometheus, in a file, at a port of this machine, or both; needs the extra `metrics`."""

    file: LocalPath | None = Field(
        default=None,
        description="File that is written every half minute, for node_exporter's textfile collector; its name ends "
        "by `.prom`. None by default.",
    )
    port: int | None = Field(
        default=None, ge=1, le=65535, description="Port on 127.0.0.1 that answers `/metrics`. None by default."
    )


class Log(Settings):
    """`[log]`: the operator's log, on standard error or in the journal."""

    format: Literal["logfmt", "json"] = Field(
        default="logfmt", description="`logfmt`: one line of `key=value` a fact; `json`: one JSON object a line."
    )
    level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="How much `run` logs; its option `--log` goes before it."
    )


class Rules(Settings):
    """The whole rules file, without problems; paths in it are absolute."""

    timezone: Text = Field(
        default="Europe/Paris", description="Time zone (IANA name) whose midnight turns month and year over."
    )
    language: Literal["fr", "en"] = Field(
        default="fr", description="Language of everything that people read: `fr` or `en`."
    )
    ledger: Ledger = Field(default=Ledger(), description="Where pushdoc remembers every document.")
    clients: Clients = Field(description="Where the clients' folders lie.")
    client: tuple[ListedClient, ...] = Field(default=(), description="Clients that are written here.", strict=False)
    destination: dict[str, InstanceOf[BaseModel]] = Field(
        default_factory=dict, description="The services that documents are sent to, by name; `type` says which plug-in."
    )
    rule: tuple[Rule, ...] = Field(default=(), description="What is watched and where it goes.", strict=False)
    watch: Watch = Field(default=Watch(), description="How new files are noticed.")
    retry: Retry = Field(default=Retry(), description="How long a delivery is tried again.")
    marks: Marks = Field(default=Marks(), description="How « Non transmis » shows in the folder.")
    digest: DigestMail = Field(default=DigestMail(), description="The daily mail.")
    mail: Mail | None = Field(default=None, description="The mail server. None by default: no mail is sent.")
    collaborator: tuple[Collaborator, ...] = Field(default=(), description="Who gets the daily mail.", strict=False)
    alerts: Alerts = Field(default=Alerts(), description="The mails at once, to whoever looks after pushdoc.")
    metrics: Metrics = Field(default=Metrics(), description="Numbers for Prometheus.")
    log: Log = Field(default=Log(), description="The operator's log.")

    @property
    def zone(self) -> ZoneInfo:
        """The time zone that periods turn over in."""
        return ZoneInfo(self.timezone)

    def destination_of(self, rule: Rule) -> str:
        """The name of the destination that a rule sends to: its own, or the only one."""
        return rule.destination or next(iter(self.destination))


#: The class of each table; a destination's is its plug-in's.
TABLES: dict[str, type[Settings]] = {
    "ledger": Ledger,
    "clients": Clients,
    "client": ListedClient,
    "rule": Rule,
    "watch": Watch,
    "retry": Retry,
    "marks": Marks,
    "digest": DigestMail,
    "mail": Mail,
    "collaborator": Collaborator,
    "alerts": Alerts,
    "metrics": Metrics,
    "log": Log,
}
#: Those that are written once for each entry, in double brackets.
REPEATED = frozenset({"client", "rule", "collaborator"})
