"""Alerts in words: what has begun, what is over, for mails, `status` and the line that systemd shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pushdoc.ledger import AlertKind
from pushdoc.words import Phrase, say, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pushdoc.ledger import AlertNote
    from pushdoc.tell.answers import Reader

#: Of many clients so many are named.
_NAMED = 50
#: What looks closer at each.
_COMMANDS = {
    AlertKind.DOWN: "pushdoc check",
    AlertKind.PAUSED: "pushdoc check",
    AlertKind.SHARE: "pushdoc check",
    AlertKind.FOLDER: "pushdoc check",
    AlertKind.DISK: "pushdoc check --offline",
    AlertKind.CLIENT: "pushdoc map",
    AlertKind.RULES: "pushdoc check --offline",
}
_DESTINATION = {AlertKind.DOWN, AlertKind.PAUSED}
#: Their title does not say why.
_EXPLAINED = {AlertKind.SHARE, AlertKind.FOLDER, AlertKind.DISK}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is told: trouble, or the end of it, with what there is to say; of clients, all in one."""

    title: str
    over: bool
    facts: tuple[tuple[str, str], ...]
    names: tuple[tuple[str, str], ...] = ()
    more: str = ""


def alerts(lasting: Iterable[AlertNote], reader: Reader) -> list[dict[str, Any]]:
    """The troubles that were told and are not over, as JSON values; `gone` is since when one seems to be over."""
    return [
        {
            "kind": note.kind.value,
            "subject": visible(note.subject),
            "reason": reader.why(note.reason),
            "advice": reader.remedy(note.reason),
            "since": reader.at(note.since),
            "told": reader.at(note.told),
            "gone": reader.at(note.gone),
        }
        for note in lasting
    ]


class Teller:
    """Puts alerts into words for one reader; `waiting` is how many documents wait, by destination."""

    def __init__(self, reader: Reader, waiting: Mapping[str, int] | None = None) -> None:
        self._reader = reader
        self._waiting = waiting or {}

    def items(self, begun: Iterable[AlertNote], ended: Iterable[AlertNote]) -> list[Item]:
        """What is to be told, what has begun before what is over."""
        return [
            self._item(group, over=over) for over, notes in ((False, begun), (True, ended)) for group in _groups(notes)
        ]

    def title(self, group: Sequence[AlertNote], *, over: bool = False) -> str:
        """One line: the result first."""
        first = group[0]
        values = {
            "subject": first.subject + (", …" if len(group) > 1 else ""),
            "reason": self._reader.why(first.reason),
            "lasted": _lasted(first),
            "count": len(group) if first.kind is AlertKind.CLIENT else first.reason.values.get("count", 1),
            "destination": _destination(first),
        }
        title = self.said(f"alerts.{first.kind}.over" if over else f"alerts.{first.kind}", **values)
        return title[:1].upper() + title[1:]

    def titles(self, alerts: Iterable[AlertNote]) -> list[str]:
        """What is in trouble, a line each."""
        return [self.title(group) for group in _groups(alerts)]

    def why(self, reason: Phrase) -> str | None:
        """A reason in words."""
        return self._reader.why(reason)

    def said(self, code: str, **values: Any) -> str:
        """A text of this room."""
        return say(Phrase(code, values), self._reader.language, self._reader.zone)

    def _item(self, group: Sequence[AlertNote], *, over: bool) -> Item:
        first = group[0]
        clients = first.kind is AlertKind.CLIENT
        facts = self._ended(group) if over else self._begun(group)
        names = [(visible(note.subject), "" if over else self._reader.why(note.reason) or "") for note in group]
        more = self.said("alerts.more", count=len(group) - _NAMED) if len(group) > _NAMED else ""
        shown = tuple(names[:_NAMED]) if clients else ()
        return Item(self.title(group, over=over), over, tuple(facts), shown, more if clients else "")

    def _begun(self, group: Sequence[AlertNote]) -> Iterable[tuple[str, str]]:
        first, kind = group[0], group[0].kind
        yield self.said("alerts.since"), self.said("alerts.at", since=first.since.isoformat())
        if kind is AlertKind.RULES:
            yield self.said("alerts.place"), visible(first.subject)
        if kind in _EXPLAINED:
            yield self.said("alerts.why"), self._why(first)
        yield self.said("alerts.meaning"), self._meaning(f"alerts.{kind}.meaning", group)
        own = None if kind is AlertKind.CLIENT else self._reader.remedy(first.reason)
        yield self.said("alerts.todo"), own or self.said(f"alerts.{kind}.todo")
        yield self.said("alerts.look"), _COMMANDS[kind]

    def _ended(self, group: Sequence[AlertNote]) -> Iterable[tuple[str, str]]:
        first = group[0]
        hours = {"since": first.since.isoformat(), "gone": (first.gone or first.since).isoformat()}
        yield self.said("alerts.lasted"), self.said("alerts.from_to", lasted=_lasted(first), **hours)
        match first.kind:
            case AlertKind.DOWN | AlertKind.PAUSED:
                yield self.said("alerts.meaning"), self._meaning("alerts.down.over.meaning", group)
            case AlertKind.SHARE | AlertKind.FOLDER:
                yield self.said("alerts.meaning"), self.said("alerts.share.over.meaning")
            case AlertKind.CLIENT:
                yield self.said("alerts.meaning"), self.said("alerts.client.over.meaning")
            case AlertKind.DISK | AlertKind.RULES:
                pass

    def _why(self, note: AlertNote) -> str:
        why = self._reader.why(note.reason) or ""
        others = note.reason.values.get("count", 1) - 1 if note.kind is AlertKind.FOLDER else 0
        return self.said("alerts.other_folders", path=why, count=others) if others else why

    def _meaning(self, code: str, group: Sequence[AlertNote]) -> str:
        text = self.said(code, count=len(group))
        waiting = self._waiting.get(group[0].subject, 0) if group[0].kind in _DESTINATION else 0
        return self.said("alerts.waiting", text=text, count=waiting) if waiting else text


def _groups(notes: Iterable[AlertNote]) -> list[list[AlertNote]]:
    """The notes, the clients of one destination together."""
    groups: dict[str, list[AlertNote]] = {}
    for note in notes:
        together = f"{note.kind}:{_destination(note)}" if note.kind is AlertKind.CLIENT else note.key
        groups.setdefault(together, []).append(note)
    return list(groups.values())


def _destination(note: AlertNote) -> str:
    if note.kind in _DESTINATION:
        return note.subject
    # `client:DESTINATION:FOLDER`, as `alerting` makes it.
    return note.key.partition(":")[2].removesuffix(f":{note.subject}")


def _lasted(note: AlertNote) -> float:
    return ((note.gone or note.since) - note.since).total_seconds()
