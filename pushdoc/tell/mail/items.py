"""The lists of documents in a digest: by client, those with details first, the others counted."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from pushdoc.states import State
from pushdoc.tell.mail.discreet import beneath, discreet
from pushdoc.words import Phrase, say, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from pushdoc.document import Document
    from pushdoc.ledger import Telling, Told
    from pushdoc.tell.answers import Reader

#: Of each list so many documents with details: Gmail cuts a mail at 102 kB, and nobody reads as far.
_FAILURES = 50
_OTHERS = 20
#: Longer names and reasons are cut in the middle: names end in what tells them apart.
_LONGEST_NAME = 90
_LONGEST_TEXT = 400

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Item:
    """One document as a digest tells it; `fate` is what has become of it since."""

    number: int
    name: str
    type: str
    rule: str
    place: str
    since: str
    why: str | None = None
    todo: str | None = None
    fate: str | None = None


@dataclass(frozen=True, slots=True)
class Few:
    """A client and how many documents."""

    client: str
    count: int


@dataclass(frozen=True, slots=True)
class ByClient:
    """The documents of one client."""

    client: str
    documents: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One list: how many documents there are, those with details by client, and of which clients the others are."""

    total: int
    clients: tuple[ByClient, ...] = ()
    others: tuple[Few, ...] = ()

    @property
    def more(self) -> int:
        """How many documents are only counted."""
        return self.total - sum(len(one.documents) for one in self.clients)

    def shortened(self, most: int) -> Part:
        """The same with at most so many documents, and so many clients of the others."""
        spread = _spread([(one.client, item) for one in self.clients for item in one.documents], most)
        kept = {item.number for _, item in spread}
        left = Counter({few.client: few.count for few in self.others})
        left.update(one.client for one in self.clients for item in one.documents if item.number not in kept)
        return replace(self, clients=_by_client(spread), others=_counted(left))


NOTHING = Part(0)


def sorted_names(names: Iterable[str]) -> list[str]:
    """Names as a person looks for them: whatever the case and the accents."""
    return sorted(names, key=lambda name: (_plain(name), name))


def _plain(name: str) -> str:
    bare = unicodedata.normalize("NFKD", name)
    return "".join(char for char in bare if not unicodedata.combining(char)).casefold()


class Items:
    """The documents of somebody's clients, for one reader."""

    def __init__(self, telling: Telling, speaks_of: Callable[[str], bool], reader: Reader) -> None:
        self._telling = telling
        self._speaks_of = speaks_of
        self._reader = reader

    def failures(self, told: Sequence[Told]) -> Part:
        """What is « Non transmis », with all that is known of why."""

        def item(known: Document, at: datetime, reason: Phrase | None) -> Item:
            # A reason may have been put better since.
            why = known.reason if known.state is State.NON_TRANSMIS and known.reason else reason
            return self._item(known, at, why or Phrase("journey.unknown_reason"))

        return self._part(told, item, _FAILURES)

    def settled(self, told: Sequence[Told]) -> Part:
        """What was « Non transmis », with what has become of it."""
        return self._part(told, self._with_fate, _OTHERS)

    def duplicates(self, told: Sequence[Told]) -> Part:
        """What was not sent because it is there already."""
        return self._part(told, self._item, _OTHERS)

    def twice(self, told: Sequence[Told]) -> Part:
        """What may be there twice."""
        return self._part(told, lambda known, at, _: self._item(known, at, Phrase("digest.twice.why")), _OTHERS)

    def doubtful(self, told: Sequence[Told]) -> Part:
        """What was sent and not answered."""

        def item(known: Document, _at: datetime, reason: Phrase | None) -> Item:
            # It is being asked about: nobody need do anything.
            return replace(self._item(known, known.since, known.reason or reason), todo=None)

        return self._part(told, item, _OTHERS)

    def _with_fate(self, known: Document, at: datetime, reason: Phrase | None) -> Item:
        reader = self._reader
        fate = say(Phrase(f"tell.state.{known.state}"), reader.language)
        told = reason if known.state is State.ACKNOWLEDGED else None
        return replace(self._item(known, at, told), fate=fate, todo=None)

    def _part(self, told: Sequence[Told], item: Callable[[Document, datetime, Phrase | None], Item], most: int) -> Part:
        theirs = [(one.client, one) for one in sorted(told, key=lambda one: one.event) if self._speaks_of(one.client)]
        spread = _spread(theirs, most)
        left = Counter(client for client, _ in theirs)
        left.subtract(client for client, _ in spread)
        made = [(visible(client), item(*self._telling.document(one))) for client, one in spread]
        return Part(len(theirs), _by_client(made), _counted(Counter({visible(name): left[name] for name in left})))

    def _item(self, known: Document, at: datetime, reason: Phrase | None) -> Item:
        reader = self._reader
        told = None if reason is None else discreet(reason, known.destination, known.client)
        why, todo = reader.why(told), reader.remedy(told)
        folder = beneath(known.client, str(known.path.parent)) if known.path.parent.name else ""
        return Item(
            number=known.id,
            name=_cut(visible(known.name), _LONGEST_NAME),
            type=known.type.value,
            rule=_cut(visible(known.rule), _LONGEST_NAME),
            place=_cut(visible(folder), 2 * _LONGEST_NAME),
            since=reader.when(at),
            why=why and _cut(why, _LONGEST_TEXT),
            todo=todo and _cut(todo, _LONGEST_TEXT),
        )


def _spread(theirs: Sequence[tuple[str, T]], most: int) -> list[tuple[str, T]]:
    """At most so many, of each client one before another gets its second, clients in their order."""
    ranked = []
    seen: Counter[str] = Counter()
    for place, (client, one) in enumerate(theirs):
        ranked.append((seen[client], place, client, one))
        seen[client] += 1
    chosen = sorted(ranked, key=lambda rank: rank[:2])[:most]
    order = {client: at for at, client in enumerate(sorted_names(seen))}
    chosen.sort(key=lambda rank: (order[rank[2]], rank[1]))
    return [(client, one) for _, _, client, one in chosen]


def _by_client(items: Iterable[tuple[str, Item]]) -> tuple[ByClient, ...]:
    grouped = groupby(items, key=lambda pair: pair[0])
    return tuple(ByClient(client, tuple(item for _, item in pairs)) for client, pairs in grouped)


def _counted(counts: Counter[str]) -> tuple[Few, ...]:
    return tuple(Few(client, counts[client]) for client in sorted_names(counts) if counts[client])


def _cut(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    end = longest // 4
    return f"{text[: longest - end - 1]}…{text[-end:]}"
