"""The same answers for the eye: lines of plain text in the reader's language, made from the JSON values."""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from pushdoc.states import State
from pushdoc.words import Phrase, moment, say, size

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pushdoc.tell.answers import Reader

_MOST_SHOWN = 10
#: Documents that left, then those still on their way, then those that a person must see: the order of the list.
_ORDER = (
    State.ARCHIVED,
    State.KEPT,
    State.DELIVERED,
    State.SUBMITTED,
    State.SENDING,
    State.WAITING,
    State.HELD,
    State.DOUBTFUL,
    State.DUPLICATE,
    State.NON_TRANSMIS,
    State.ACKNOWLEDGED,
    State.WITHDRAWN,
    State.REJECTED,
)


def status_lines(told: Mapping[str, Any], attention: Sequence[Mapping[str, Any]], reader: Reader) -> Iterator[str]:
    """`status`, with the documents that need a person (`document` answers) under it."""
    say_ = _Sayer(reader)
    yield f"pushdoc {told['version']} · {say_.at(told['at'])}"
    yield ""
    yield from _aligned(_service(told, say_))
    counted = [(state, told["documents"][state]) for state in _ORDER if told["documents"][state]]
    yield ""
    yield say_("tell.documents")
    if not counted:
        yield f"  {say_('tell.documents.none')}"
    for state, count in counted:
        waits = state is State.WAITING and told["oldest_waiting_seconds"] is not None
        oldest = f" ({say_('tell.oldest', age=told['oldest_waiting_seconds'])})" if waits else ""
        yield f"  {count:>7}  {say_('tell.state.' + state)}{oldest}"
    yield ""
    heads = [say_("tell.rule"), say_("tell.delivered"), say_("tell.non_transmis"), say_("tell.last_delivered")]
    rows = [
        [rule["name"], str(rule["delivered"]), str(rule["non_transmis"]), say_.at(rule["last_delivered"]) or "–"]
        for rule in told["rules"]
    ]
    yield from table(heads, rows, right={1, 2})
    if attention:
        yield ""
        yield say_("tell.attention")
        yield from _attention(attention, say_)


def list_lines(documents: Iterable[Mapping[str, Any]], reader: Reader) -> Iterator[str]:
    """`list`, a line a document; as many as there are, without holding more than a page of them."""
    say_ = _Sayer(reader)
    heads = [say_(f"tell.column.{name}") for name in ("id", "state", "first_seen", "client", "name", "reason")]
    rows = (
        [
            str(told["id"]),
            say_(f"tell.state.{_counted_as(told)}"),
            say_.at(told["first_seen"]) or "",
            told["client"],
            told["name"],
            told["reason"] or "",
        ]
        for told in documents
    )
    first = True
    while page := list(islice(rows, 500)):
        yield from table(heads if first else [], page, right={0})
        first = False
    if first:
        yield say_("tell.list.none")


def show_lines(told: Mapping[str, Any], happenings: Sequence[Mapping[str, Any]], reader: Reader) -> Iterator[str]:
    """`show`: one document and its whole life, as a story."""
    say_ = _Sayer(reader)
    yield say_("tell.show.title", id=told["id"], name=told["name"])
    yield ""
    facts = [
        ("state", say_(f"tell.state.{_counted_as(told)}")),
        ("why", told["reason"]),
        ("todo", told["advice"]),
        ("next_attempt", say_.at(told["next_attempt"])),
        ("client", f"{told['client']} ({told['siret']})" if told["siret"] else told["client"]),
        ("rule", told["rule"]),
        ("type", told["type"]),
        ("period", told["period"]),
        ("size", size(told["size"], reader.language)),
        ("path", told["path"]),
        ("archive_path", told["archive_path"]),
        ("destination", " · ".join(filter(None, [told["destination"], told["dossier"]]))),
        ("receipt", told["receipt"]),
        ("duplicate_of", told["duplicate_of"] and str(told["duplicate_of"])),
    ]
    yield from _aligned((say_(f"tell.show.{name}"), value) for name, value in facts if value)
    yield ""
    yield say_("tell.show.history")
    told_before = None
    for happening in happenings:
        story = say_(f"tell.event.{happening['event']}", **happening["detail"])
        why = f" : {happening['reason']}" if happening["reason"] not in {None, told_before} else ""
        told_before = happening["reason"]
        yield f"  {say_.at(happening['at'], seconds=True)}  {story}{why}"


def map_lines(mappings: Sequence[Mapping[str, Any]], reader: Reader) -> Iterator[str]:
    """`map`: a line a client, those without a dossier first, with what to do under each."""
    say_ = _Sayer(reader)
    usable = [told for told in mappings if told["usable"]]
    for told in mappings:
        if not told["usable"]:
            yield f"✗ {told['client']}  {told['siret']}"
            yield f"    {told['reason']}"
            if told["advice"]:
                yield f"    → {told['advice']}"
    if usable and len(usable) < len(mappings):
        yield ""
    heads = ["", *(say_(f"tell.column.{name}") for name in ("client", "siret", "dossier"))]
    rows = []
    for told in usable:
        dossier = " ".join(filter(None, [told["dossier"], told["dossier_name"]]))
        rows.append(["✓", told["client"], told["siret"], dossier + (f" ({told['reason']})" if told["reason"] else "")])
    if rows:
        yield from table(heads, rows)


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], right: Iterable[int] = ()) -> Iterator[str]:
    """Rows in columns two blanks apart; the columns in `right` are aligned to the right. No heads: no head line."""
    every = [heads, *rows] if heads else list(rows)
    widths = [max(len(row[column]) for row in every) for column in range(len(every[0]))]
    for row in every:
        cells = [
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()


class _Sayer:
    """Says the texts of this room to one reader."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def __call__(self, code: str, **values: Any) -> str:
        return say(Phrase(code, values), self._reader.language)

    def at(self, iso: str | None, *, seconds: bool = False) -> str | None:
        """An ISO moment of the answers as people write it, in the zone that it bears."""
        if iso is None:
            return None
        at = datetime.fromisoformat(iso)
        return moment(at, self._reader.language) + (f":{at.second:02}" if seconds else "")


def _counted_as(told: Mapping[str, Any]) -> str:
    """The state that a document is counted and shown under: a duplicate stays one, wherever its file lies."""
    copy = told["duplicate_of"] or told["duplicate_there"]
    return State.DUPLICATE if copy and told["state"] in {State.ARCHIVED, State.KEPT} else told["state"]


def _service(told: Mapping[str, Any], say_: _Sayer) -> Iterator[tuple[str, str]]:
    daemon, watch, clients = told["daemon"], told["watch"], told["clients"]
    if not daemon["running"]:
        last = say_.at(daemon["last_round"])
        stopped = say_("tell.daemon.stopped_since", last=last) if last else say_("tell.daemon.stopped")
        yield say_("tell.daemon"), stopped
    elif daemon["since"]:
        yield say_("tell.daemon"), say_("tell.daemon.running", since=say_.at(daemon["since"]), pid=str(daemon["pid"]))
    else:
        yield say_("tell.daemon"), say_("tell.daemon.starting", pid=str(daemon["pid"] or "?"))
    if refused := daemon["rules_refused"]:
        count = len(refused["problems"])
        yield "", "! " + say_("reload.refused", at=say_.at(refused["at"]), count=count)
        for one in refused["problems"]:
            yield "", "    " + say_("reload.problem", place=one["place"], problem=one["problem"])
            if one["advice"]:
                yield "", f"      → {one['advice']}"
        yield "", "  → " + say_("reload.refused.advice")
    if watch["last_scan"]:
        values = {"folders": watch["folders"], "mode": watch["mode"], "last": say_.at(watch["last_scan"])}
        yield say_("tell.watch"), say_("tell.watch.folders", **values)
    for problem in watch["problems"]:
        yield "", f"! {problem}"
    for destination in told["destinations"]:
        values = {"until": say_.at(destination["until"]) or "–", "reason": destination["reason"] or "–"}
        state = say_(f"tell.destination.{destination['state']}", **values)
        yield f"{say_('tell.destination')} {destination['name']}", state
    yield say_("tell.clients"), say_("tell.clients.counts", enabled=clients["enabled"], mapped=clients["mapped"])
    if clients["unmapped"]:
        yield "", "! " + say_("tell.clients.unmapped", unmapped=clients["unmapped"])


def _attention(documents: Sequence[Mapping[str, Any]], say_: _Sayer) -> Iterator[str]:
    for told in documents[:_MOST_SHOWN]:
        yield f"  n° {told['id']}  {told['client']} · {told['name']}"
        yield f"        {told['reason']}"
        if told["advice"]:
            yield f"        → {told['advice']}"
    if (more := len(documents) - _MOST_SHOWN) > 0:
        yield "  " + say_("tell.attention.more", count=more)
    yield "  " + say_("tell.attention.help")


def _aligned(pairs: Iterable[tuple[str, str | None]]) -> Iterator[str]:
    known = [(name, value or "") for name, value in pairs]
    width = max(len(name) for name, _ in known)
    for name, value in known:
        yield f"{name:<{width}}  {value}".rstrip()
