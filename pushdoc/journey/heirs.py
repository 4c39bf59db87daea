"""Which rule speaks for a document: the one that it was entered under, or the one that has taken that one's place.

Rules are renamed, mended and taken away while documents wait. What was entered under a rule goes as that rule says
now; where it is gone, as the rule says that takes files of its folder; where none does, a person is told. Asks neither
the disk nor the ledger.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from pushdoc.rules import accepts, covering, nfc, within
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from pushdoc.document import Client, Document
    from pushdoc.rules import Rule, Rules

#: Why the rule that takes files of a folder does not take this one today; it is the folder's rule all the same.
_NOT_TODAY = {None, "rules.where_no_longer", "rules.where_to_come", "rules.not_accepted"}
#: A person may send such a document all the same (`retry --force`).
FORCIBLE = frozenset({"heirs.rule_gone", "heirs.rule_of_others"})


@dataclass(frozen=True, slots=True)
class Heir:
    """The rule that speaks for a document, with what is to be written otherwise in the ledger.

    `archive`, from the clients' root, is the archive folder where that is another: None where it stays in its place.
    """

    rule: Rule
    changes: Mapping[str, Any] = field(default_factory=dict)
    archive: PurePosixPath | None = None

    @property
    def same(self) -> bool:
        """Whether it is the one that it was entered under, and says what it said."""
        return not self.changes and self.archive is None


class Heirs:
    """Who speaks for the documents of a ledger under these rules; `clients` are all of them, the disabled ones too."""

    def __init__(self, rules: Rules, clients: Iterable[Client]) -> None:
        self._rules = rules
        self._root = rules.clients.root
        self._clients = {nfc(client.folder): client for client in clients}
        self._by_name = {rule.name: rule for rule in rules.rule}
        self._covers = {rule.name: covering(rule.clients) for rule in rules.rule}

    def of(self, document: Document, now: datetime) -> Heir | Phrase:
        """The heir of a document, or why it has none and cannot be sent."""
        client = self._clients.get(nfc(document.client))
        if client is None:
            return Phrase("heirs.client_gone", {"client": document.client})
        if not client.enabled:
            return Phrase("heirs.client_disabled", {"client": document.client})
        rule = self._rule(document, client, now)
        return rule if isinstance(rule, Phrase) else self._heir(document, client, rule)

    def taker(self, document: Document, now: datetime) -> Heir | None:
        """The heir of a document; of one that it does not accept, the rule of its folder that does, where there is one.

        None: it cannot be sent, and `of` says why.
        """
        heir = self.of(document, now)
        if isinstance(heir, Phrase):
            return None
        if not accepts(heir.rule, document.name):
            client = self._clients[nfc(document.client)]
            today = now.astimezone(self._rules.zone).date()
            found = within(self._rules, client, self._parts(document, client), today)
            if found.taken and found.rule is not None:
                return self._heir(document, client, found.rule)
        return heir

    def serves(self, destination: str) -> bool:
        """Whether there still is a destination of that name."""
        return destination in self._rules.destination

    def _rule(self, document: Document, client: Client, now: datetime) -> Rule | Phrase:
        own = self._by_name.get(document.rule)
        theirs = own is not None and self._covers[own.name](client.folder)
        parts = self._parts(document, client)
        if own is not None and theirs and _takes(own, parts[:-1]):
            return own
        today = now.astimezone(self._rules.zone).date()
        found = within(self._rules, client, parts, today)
        if found.rule is not None and (None if found.reason is None else found.reason.code) in _NOT_TODAY:
            return found.rule
        if own is not None and theirs:
            return own  # it watches another folder now, and was the one of this folder when it was dropped
        code = "heirs.rule_gone" if own is None else "heirs.rule_of_others"
        return Phrase(code, {"rule": document.rule, "client": document.client})

    def _parts(self, document: Document, client: Client) -> Sequence[str]:
        """The document's path beneath its client's folder."""
        try:
            beneath = document.path.relative_to(self._root).parts
        except ValueError:  # of a root that was another's
            return document.path.parts[-1:]
        return beneath[len(PurePosixPath(client.folder).parts) :]

    def _heir(self, document: Document, client: Client, rule: Rule) -> Heir:
        destination = self._rules.destination_of(rule)
        wanted: dict[str, Any] = {
            "client": client.folder,
            "siret": client.siret,
            "rule": rule.name,
            "type": rule.type,
            "destination": destination,
        }
        changes = {name: value for name, value in wanted.items() if getattr(document, name) != value}
        if "destination" in changes:
            changes |= {"dossier": None, "reference": None}
        archive = None
        if rule.archive is not None:
            archive = PurePosixPath(client.folder) / rule.archive.render(document.period)
        elif document.archive_folder is not None:
            changes["archive_folder"] = None
        same = archive is None or nfc(str(self._root / archive)) == nfc(str(document.archive_folder))
        return Heir(rule, changes, None if same else archive)


def _takes(rule: Rule, folder: Sequence[str]) -> bool:
    """Whether a folder beneath a client's is the rule's, in whichever period."""
    drop = len(rule.drop.segments)
    return rule.drop.match(folder) is not None or (rule.subfolders and rule.drop.match(folder[:drop]) is not None)
