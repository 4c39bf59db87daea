"""What one person's daily mail tells, as everything stood at one event of the ledger; nothing is written or sent.

Each text is said in the reader's language and made visible; what is long is cut here, and counted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pushdoc.tell.mail.discreet import discreet
from pushdoc.tell.mail.items import NOTHING, Few, Items, Part, sorted_names
from pushdoc.words import Phrase, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from pushdoc.ledger import History, Unmapped
    from pushdoc.tell.answers import Reader

#: A first digest, which continues no other, counts what was delivered in this time.
_A_DAY = timedelta(hours=24)
#: A destination that pauses for less is not worth a person's morning.
_PASSING = timedelta(minutes=15)
#: Of others than documents so many are shown.
_MOST = 30

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whoever a digest is for; `speaks_of` says of a client's folder whether it is one of theirs."""

    name: str
    email: str
    speaks_of: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that is not one document's: whose, since when, why, and what can be done."""

    name: str
    why: str
    todo: str | None = None
    since: str | None = None
    count: int = 0


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """A list of others than documents: how many documents or things it counts, those shown, how many are not."""

    count: int = 0
    shown: tuple[T, ...] = ()
    more: int = 0

    def shortened(self, most: int) -> Listed[T]:
        """The same with at most so many shown."""
        return Listed(self.count, self.shown[:most], self.more + len(self.shown[most:]))


@dataclass(frozen=True, slots=True)
class Digest:
    """What there is to tell to `name`, at `now` in the reader's zone; `first`: it continues no other digest.

    `waiting` documents need something that is not done at the document: an approval, a dossier.
    """

    name: str
    now: datetime
    first: bool
    delivered: int
    waiting: int = 0
    new: Part = NOTHING
    still: Part = NOTHING
    settled: Part = NOTHING
    duplicates: Part = NOTHING
    twice: Part = NOTHING
    doubtful: Part = NOTHING
    held: Listed[Few] = Listed()
    unmapped: Listed[Trouble] = Listed()
    pending: Listed[Trouble] = Listed()
    destinations: Listed[Trouble] = Listed()

    @property
    def failing(self) -> int:
        """How many documents are « Non transmis »."""
        return self.new.total + self.still.total

    @property
    def parts(self) -> dict[str, Part]:
        """The lists of documents, in the order in which they are read."""
        names = "new", "still", "doubtful", "twice", "duplicates", "settled"
        return {name: getattr(self, name) for name in names}

    @property
    def quiet(self) -> bool:
        """Whether nobody need read it."""
        others = self.held, self.unmapped, self.pending, self.destinations
        return not any(one.count for one in others) and not any(part.total for part in self.parts.values())

    def shortened(self, most: int) -> Digest:
        """The same with at most so many entries in each list; the others are counted."""
        changes: dict[str, Any] = {name: part.shortened(most) for name, part in self.parts.items()}
        changes |= {name: getattr(self, name).shortened(most) for name in ("held", "unmapped", "pending")}
        return replace(self, **changes)


def digest(
    history: History,
    addressee: Addressee,
    reader: Reader,
    *,
    after: int | None,
    upto: int,
    now: datetime,
    destinations: Sequence[str],
) -> Digest:
    """What happened to the addressee's clients after one event and up to another, and what was open then.

    Without `after`, in a first digest, everything open is new, and what has happened is told of a day.
    """
    telling = history.telling(upto)
    since = telling.event_before(now - _A_DAY) if after is None else after
    items = Items(telling, addressee.speaks_of, reader)
    failing, held = telling.failing(), _few(telling.held(), addressee)
    unmapped = tuple(_unmapped(telling.unmapped(), addressee, reader))
    return Digest(
        name=visible(addressee.name),
        now=now.astimezone(reader.zone),
        first=after is None,
        delivered=sum(few.count for few in _few(telling.delivered(since), addressee)),
        waiting=sum(few.count for few in held) + sum(one.count for one in unmapped),
        new=items.failures([told for told in failing if after is None or told.event > after]),
        still=items.failures([told for told in failing if after is not None and told.event <= after]),
        settled=items.settled(telling.settled(since)),
        duplicates=items.duplicates(telling.duplicates(since)),
        twice=items.twice(telling.twice(since)),
        doubtful=items.doubtful(telling.doubtful()),
        held=Listed(sum(few.count for few in held), held).shortened(_MOST),
        unmapped=_listed(unmapped),
        pending=_listed(_pending(history, addressee, reader)),
        destinations=_listed(_destinations(history, destinations, addressee, reader, now)),
    )


def _listed(found: Iterable[Trouble]) -> Listed[Trouble]:
    troubles = tuple(found)
    return Listed(len(troubles), troubles).shortened(_MOST)


def _few(counts: dict[str, int], addressee: Addressee) -> tuple[Few, ...]:
    return tuple(Few(visible(name), counts[name]) for name in sorted_names(filter(addressee.speaks_of, counts)))


def _unmapped(clients: Iterable[Unmapped], addressee: Addressee, reader: Reader) -> Iterable[Trouble]:
    theirs = [one for one in clients if addressee.speaks_of(one.client)]
    order = sorted_names({one.client for one in theirs})
    for one in sorted(theirs, key=lambda one: (order.index(one.client), one.destination)):
        reason = discreet(one.reason or Phrase("digest.no_dossier"), one.destination, one.client)
        since = reader.when(one.since)
        yield Trouble(visible(one.client), reader.why(reason) or "", reader.remedy(reason), since, one.count)


def _pending(history: History, addressee: Addressee, reader: Reader) -> Iterable[Trouble]:
    """Files that do not become whole, and folders that cannot be looked at."""
    for note in history.troubles():
        if not note.client or addressee.speaks_of(note.client):
            reason = discreet(note.phrase, "", note.client)
            yield Trouble(visible(note.client), reader.why(reason) or "", reader.remedy(reason))


def _destinations(
    history: History, names: Sequence[str], addressee: Addressee, reader: Reader, now: datetime
) -> Iterable[Trouble]:
    """The destinations that have been in trouble for a while, where some client of theirs is sent there."""
    known = history.destinations()
    for name in names:
        note = known.get(name)
        if note is None or note.state == "up" or (note.state == "paused" and now - note.since < _PASSING):
            continue
        clients = [mapped.client for mapped in history.mapping(name)]
        if clients and not any(map(addressee.speaks_of, clients)):
            continue
        reason = discreet(note.reason or Phrase("digest.no_reason"), name)
        # What can be done about it is the administrator's business, who has a mail of its own.
        yield Trouble(visible(name), reader.why(reason) or "", None, reader.when(note.since))
