"""`status` for the eye: what is wrong first and what to do about it, then how each thing stands.

Whoever has something to say there adds a function to `_TROUBLES` or to `_PARTS`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pushdoc.states import State
from pushdoc.tell.sayer import Sayer
from pushdoc.tell.screen import PAPER, Screen, Tone, aligned, flowing, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from pushdoc.tell.answers import Reader

    Told = Mapping[str, Any]

#: So many of the documents that need a person are shown, the latest.
MOST_SHOWN = 10
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


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that is not as it should be: what, and beneath it (indent, text) what there is to say or do.

    `grave` where it needs a person; it gets a cross then, the others, which may pass by themselves, a `!`.
    """

    what: str
    beneath: list[tuple[str, str]] = field(default_factory=list)
    grave: bool = True


def status_lines(told: Told, attention: Sequence[Told], reader: Reader, screen: Screen = PAPER) -> Iterator[str]:
    """`status`; `attention` are `document` answers, the latest that need a person, of as many as `told` counts."""
    say_ = Sayer(reader)
    yield screen.paint(f"pushdoc {told['version']} · {say_.at(told['at'])}", Tone.HEAD)
    yield ""
    troubles = [trouble for find in _TROUBLES for trouble in find({**told, "attention": attention}, say_)]
    if troubles:
        yield screen.paint(say_("tell.attention"), Tone.HEAD)
    else:
        yield f"{screen.paint('✓', Tone.GOOD)} {say_('tell.fine')}"
    for trouble in sorted(troubles, key=lambda each: not each.grave):
        yield from _shown(trouble, screen)
    yield ""
    yield from aligned((pair for part in _PARTS for pair in part(told, say_)), screen)
    yield ""
    yield from _documents(told, say_, screen)
    yield ""
    heads = [say_("tell.rule"), say_("tell.delivered"), say_("tell.non_transmis"), say_("tell.last_delivered")]
    rows = [
        [rule["name"], str(rule["delivered"]), str(rule["non_transmis"]), say_.at(rule["last_delivered"]) or "–"]
        for rule in told["rules"]
    ]
    yield from table(heads, rows, {1, 2}, screen)


def _shown(trouble: Trouble, screen: Screen) -> Iterator[str]:
    tone, sign = (Tone.BAD, "✗") if trouble.grave else (Tone.WAITS, "!")
    first, *more = flowing(trouble.what, f"{sign} ", screen, "  ")
    yield screen.paint(sign, tone) + first[1:]
    yield from more
    for indent, text in trouble.beneath:
        yield from flowing(text, indent, screen, " " * len(indent))


def _documents(told: Told, say_: Sayer, screen: Screen) -> Iterator[str]:
    counted = [(state, told["documents"][state]) for state in _ORDER if told["documents"][state]]
    yield screen.paint(say_("tell.documents"), Tone.HEAD)
    if not counted:
        yield f"  {say_('tell.documents.none')}"
    for state, count in counted:
        waits = state is State.WAITING and told["oldest_waiting_seconds"] is not None
        oldest = f" ({say_('tell.oldest', age=told['oldest_waiting_seconds'])})" if waits else ""
        line = f"  {count:>7}  {say_('tell.state.' + state)}{oldest}"
        yield screen.paint(line, Tone.BAD) if state is State.NON_TRANSMIS else line


# What is wrong, the gravest first


def _refused_rules(told: Told, say_: Sayer) -> Iterator[Trouble]:
    if refused := told["daemon"]["rules_refused"]:
        beneath = []
        for one in refused["problems"]:
            beneath.append(("    ", say_("reload.problem", place=one["place"], problem=one["problem"])))
            if one["advice"]:
                beneath.append(("      → ", one["advice"]))
        beneath.append(("  → ", say_("reload.refused.advice")))
        yield Trouble(say_("reload.refused", at=say_.at(refused["at"]), count=len(refused["problems"])), beneath)


def _destinations_in_trouble(told: Told, say_: Sayer) -> Iterator[Trouble]:
    for destination in told["destinations"]:
        if destination["state"] in {"down", "paused"}:
            values = {"until": say_.at(destination["until"]) or "–", "reason": destination["reason"] or "–"}
            state = say_(f"tell.destination.{destination['state']}", **values)
            yield Trouble(
                f"{say_('tell.destination')} {destination['name']} {state}", grave=destination["state"] == "down"
            )


def _watch_problems(told: Told, _say: Sayer) -> Iterator[Trouble]:
    for problem in told["watch"]["problems"]:
        yield Trouble(problem, grave=False)


def _documents_in_trouble(told: Told, say_: Sayer) -> Iterator[Trouble]:
    count = told["documents"][State.NON_TRANSMIS]
    if count:
        shown = told["attention"][:MOST_SHOWN]
        beneath = [line for alike in _by_reason(shown) for line in _with_reason(alike)]
        if count > len(shown):
            beneath.append(("  ", say_("tell.attention.more", count=count - len(shown))))
        beneath.append(("  ", say_("tell.attention.help")))
        yield Trouble(say_("tell.attention.documents", count=count), beneath)
    if held := told["documents"][State.HELD]:
        advice = ("  → ", say_("tell.attention.held.advice"))
        yield Trouble(say_("tell.attention.held", count=held), [advice], grave=False)


def _by_reason(documents: Sequence[Told]) -> list[list[Told]]:
    """The documents with those together that are there for the same reason: it need be read but once."""
    alike: dict[tuple[str | None, str | None], list[Told]] = {}
    for one in documents:
        alike.setdefault((one["reason"], one["advice"]), []).append(one)
    return list(alike.values())


def _with_reason(alike: Sequence[Told]) -> Iterator[tuple[str, str]]:
    numbers = [f"  n° {one['id']}  " for one in alike]
    indent = " " * max(map(len, numbers))
    for number, one in zip(numbers, alike, strict=True):
        yield number.ljust(len(indent)), f"{one['client']} · {one['name']}"
    yield indent, alike[0]["reason"] or ""
    if alike[0]["advice"]:
        yield f"{indent}→ ", alike[0]["advice"]


def _clients_without(told: Told, say_: Sayer) -> Iterator[Trouble]:
    if unmapped := told["clients"]["unmapped"]:
        yield Trouble(say_("tell.clients.unmapped", unmapped=unmapped))


def _disks_nearly_full(told: Told, _say: Sayer) -> Iterator[Trouble]:
    """Of the alerts, those that nothing else here tells."""
    for alert in told["alerts"]:
        if alert["kind"] == "disk":
            yield Trouble(alert["reason"], [("  → ", alert["advice"])])


def _mails_in_trouble(told: Told, say_: Sayer) -> Iterator[Trouble]:
    mail = told["mail"] or {"refused": [], "waiting": 0, "reason": None}
    for refused in mail["refused"]:
        yield Trouble(refused["reason"], [("  → ", refused["advice"])])
    if mail["waiting"] and mail["reason"]:
        values = {"count": mail["waiting"], "since": say_.at(mail["since"]), "next": say_.at(mail["next_attempt"])}
        beneath = [("    ", mail["reason"]), ("  → ", mail["advice"])]
        yield Trouble(say_("mails.waiting", **values), beneath, grave=False)


def _nobody_sends(told: Told, say_: Sayer) -> Iterator[Trouble]:
    waiting = told["documents"][State.WAITING] + told["documents"][State.DOUBTFUL]
    if waiting and not told["daemon"]["running"]:
        yield Trouble(say_("tell.attention.stopped", count=waiting), grave=False)


_TROUBLES: tuple[Callable[[Told, Sayer], Iterator[Trouble]], ...] = (
    _refused_rules,
    _destinations_in_trouble,
    _documents_in_trouble,
    _clients_without,
    _watch_problems,
    _disks_nearly_full,
    _mails_in_trouble,
    _nobody_sends,
)


# How each thing stands: a name, and what is said of it


def _service(told: Told, say_: Sayer) -> Iterator[tuple[str, str]]:
    daemon = told["daemon"]
    if not daemon["running"]:
        last = say_.at(daemon["last_round"])
        stopped = say_("tell.daemon.stopped_since", last=last) if last else say_("tell.daemon.stopped")
        yield say_("tell.daemon"), stopped
    elif daemon["since"]:
        yield say_("tell.daemon"), say_("tell.daemon.running", since=say_.at(daemon["since"]), pid=str(daemon["pid"]))
    else:
        yield say_("tell.daemon"), say_("tell.daemon.starting", pid=str(daemon["pid"] or "?"))


def _watching(told: Told, say_: Sayer) -> Iterator[tuple[str, str]]:
    watch = told["watch"]
    if watch["last_scan"]:
        values = {"folders": watch["folders"], "mode": watch["mode"], "last": say_.at(watch["last_scan"])}
        yield say_("tell.watch"), say_("tell.watch.folders", **values)


def _destinations(told: Told, say_: Sayer) -> Iterator[tuple[str, str]]:
    for destination in told["destinations"]:
        yield f"{say_('tell.destination')} {destination['name']}", say_(f"tell.destination.is.{destination['state']}")


def _clients(told: Told, say_: Sayer) -> Iterator[tuple[str, str]]:
    clients = told["clients"]
    yield say_("tell.clients"), say_("tell.clients.counts", enabled=clients["enabled"], mapped=clients["mapped"])


def _mails(told: Told, say_: Sayer) -> Iterator[tuple[str, str]]:
    if mail := told["mail"]:
        last = say_.at(mail["last_sent"])
        yield say_("mails.mails"), say_("mails.last_sent", at=last) if last else say_("mails.never_sent")


_PARTS: tuple[Callable[[Told, Sayer], Iterator[tuple[str, str]]], ...] = (
    _service,
    _watching,
    _destinations,
    _clients,
    _mails,
)
