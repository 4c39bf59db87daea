"""Which troubles are told, and when: once when one has begun for good, once when it is over for good.

Pure: what was known, what is seen now and the hour come in. A trouble that may end by itself is told when it has
lasted; one that needs a person, at once. It is over when it has been gone for a while (`Patience.calm`), so that one
that comes and goes is one; and for a while after its end was told, the next of its key must last in any case.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from pushdoc.ledger import AlertKind, AlertNote

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from pushdoc.words import Phrase

#: They end by a person's hand alone, or harm whatever comes next.
_AT_ONCE = frozenset({AlertKind.DOWN, AlertKind.DISK, AlertKind.RULES})
#: What is told together, though one began a little later: the shares of one server go one after the other.
_TOGETHER = timedelta(minutes=1)
_HELD = 5  # so many times that long, at the most, is the first one held back for the others


@dataclass(frozen=True, slots=True)
class Sign:
    """A trouble as it is seen now."""

    key: str
    kind: AlertKind
    subject: str
    reason: Phrase


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a trouble must last `after` its beginning to be told; none is before `earliest`, but for urgent ones.

    For the first moments of a process what an earlier one knew may be over, and nobody has looked yet.
    """

    after: timedelta
    earliest: datetime | None = None

    @property
    def calm(self) -> timedelta:
        """How long it must be gone to be over."""
        return self.after / 5

    @property
    def memory(self) -> timedelta:
        """How long after the end of one was told the next of its key must last to be told."""
        return self.after * 4


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be told now, to have `begun` and to have `ended`, and what is to be written down."""

    begun: tuple[AlertNote, ...]
    ended: tuple[AlertNote, ...]
    changed: tuple[AlertNote, ...]
    forgotten: tuple[str, ...]

    @property
    def told(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.begun or self.ended)

    @property
    def nothing(self) -> bool:
        """Whether all stays as it was."""
        return not (self.changed or self.forgotten)


def decide(
    known: Mapping[str, AlertNote], seen: Iterable[Sign], unclear: Collection[str], now: datetime, patience: Patience
) -> Decision:
    """What is to be told and kept, of what is known and what is seen now; of the `unclear` keys nothing is known."""
    signs = {sign.key: sign for sign in seen}
    rows = {key: _missed(note, now) for key, note in known.items() if key not in signs and key not in unclear}
    rows |= {key: _seen(known.get(key), sign, now, patience) for key, sign in signs.items()}
    due = _due(rows.values(), now, patience)
    begun = tuple(replace(note, told=now, over=None) for note in due if note.told is None)
    ended = tuple(note for note in due if note.told is not None)
    rows |= {note.key: note for note in begun}
    rows |= {note.key: replace(note, told=None, over=now) for note in ended}
    forgotten = tuple(key for key, note in rows.items() if _forgotten(note, now, patience))
    changed = tuple(note for key, note in rows.items() if known.get(key) != note and key not in forgotten)
    return Decision(begun, ended, changed, tuple(key for key in forgotten if key in known))


def _seen(note: AlertNote | None, sign: Sign, now: datetime, patience: Patience) -> AlertNote:
    """The trouble that is there."""
    fresh = AlertNote(sign.key, sign.kind, sign.subject, sign.reason, now)
    if note is None:
        return fresh
    if note.told is None:
        again = note.gone is not None and note.gone + patience.calm <= now
        # A clock that was set back: its beginning must not lie ahead for ever.
        return replace(fresh, since=now if again else min(note.since, now), over=note.over)
    if sign.kind is note.kind:
        return replace(note, reason=note.reason if _alike(note.reason, sign.reason) else sign.reason, gone=None)
    if sign.kind in _AT_ONCE:  # what would have ended by itself needs a person now: they have not been told that
        return replace(fresh, since=note.since)
    return replace(note, gone=None)


def _missed(note: AlertNote, now: datetime) -> AlertNote:
    """The trouble that is not there any more, as far as is seen."""
    return note if note.gone is not None and note.gone <= now else replace(note, gone=now)


def _alike(told: Phrase, seen: Phrase) -> bool:
    """Whether two reasons say the same but for numbers, as the free space on a disk."""
    return told.code == seen.code and _named(told) == _named(seen)


def _named(reason: Phrase) -> dict[str, object]:
    return {name: value for name, value in reason.values.items() if not isinstance(value, (int, float))}


def _due(rows: Iterable[AlertNote], now: datetime, patience: Patience) -> list[AlertNote]:
    """What is to be told now, the oldest first; what comes a little later is waited for, unless something is urgent."""
    hours = [(hour, note) for note in rows if (hour := _hour(note, patience)) is not None]
    due = [(hour, note) for hour, note in hours if hour <= now]
    together = min(_TOGETHER, patience.calm)
    if due and not any(_urgent(note) for _, note in due):
        more = any(now < hour <= now + together for hour, _ in hours)
        if more and now < min(hour for hour, _ in due) + _HELD * together:
            return []
    return sorted((note for _, note in due), key=lambda note: (note.since, note.key))


def _urgent(note: AlertNote) -> bool:
    return note.told is None and note.kind in _AT_ONCE and note.over is None


def _hour(note: AlertNote, patience: Patience) -> datetime | None:
    """When something is to be told of a trouble, if it stays as it is."""
    if note.told is not None:
        return None if note.gone is None else note.gone + patience.calm
    if note.gone is not None:
        return None
    if _urgent(note):
        return note.since
    return max(note.since + patience.after, patience.earliest or note.since)


def _forgotten(note: AlertNote, now: datetime, patience: Patience) -> bool:
    """Whether a trouble that is gone, and was told to be or never told at all, is of no interest any more."""
    if note.told is not None or note.gone is None or now < note.gone + patience.calm:
        return False
    return note.over is None or not timedelta(0) <= now - note.over < patience.memory
