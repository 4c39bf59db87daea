"""Faults by switch: what goes wrong, how often, and on which routes."""

from __future__ import annotations

import json
import random
import re
import threading
import time
from dataclasses import dataclass
from email.utils import formatdate
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from pushdoc.errors import WrongUseError
from pushdoc.sandbox.answers import Answer, as_json, message, page, unauthorized
from pushdoc.sandbox.routes import Group
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable


class Moment(Enum):
    """When a fault strikes."""

    DELAY = "the answer is late"
    CUT = "the connection is reset while the body is read; nothing is stored"
    INSTEAD = "the request is answered without having been handled; nothing is stored"
    AFTER = "the request was handled, documents are stored; the answer suffers"
    NO_ANSWER = "the request was handled, documents are stored; no answer comes"


class Kind(NamedTuple):
    """One kind of fault: the routes it strikes unless told otherwise, and what its VALUE is without one."""

    moment: Moment
    routes: frozenset[Group]
    value: float | None = None


_ALL = frozenset(Group)
_BEARER = _ALL - {Group.TOKEN}
_UPLOAD = frozenset({Group.UPLOAD})

KINDS = {
    "latency": Kind(Moment.DELAY, _ALL, value=100),  # milliseconds
    "401": Kind(Moment.INSTEAD, _BEARER),
    "403": Kind(Moment.INSTEAD, _BEARER),
    "404": Kind(Moment.INSTEAD, _BEARER),
    "429": Kind(Moment.INSTEAD, _ALL),  # without Retry-After
    "429-seconds": Kind(Moment.INSTEAD, _ALL, value=2),
    "429-date": Kind(Moment.INSTEAD, _ALL, value=2),  # an HTTP date so many seconds ahead
    "429-garbage": Kind(Moment.INSTEAD, _ALL),
    "500": Kind(Moment.INSTEAD, _ALL),
    "502": Kind(Moment.INSTEAD, _ALL),
    "503": Kind(Moment.INSTEAD, _ALL),
    "504": Kind(Moment.INSTEAD, _ALL),
    "html": Kind(Moment.INSTEAD, _ALL),  # 200 with a page, like a captive portal's
    "reset-before": Kind(Moment.CUT, _UPLOAD, value=65_536),  # bytes of the body that are read first
    "reset-after": Kind(Moment.NO_ANSWER, _UPLOAD),
    "silent": Kind(Moment.NO_ANSWER, _UPLOAD),
    "no-id": Kind(Moment.AFTER, _UPLOAD),
    "array": Kind(Moment.AFTER, _UPLOAD | {Group.READ}),
    "error-after": Kind(Moment.AFTER, _UPLOAD),
    "created": Kind(Moment.AFTER, _UPLOAD),
    "accepted": Kind(Moment.AFTER, _UPLOAD),
}

_WORD = re.compile(
    r"(?P<kind>[a-z0-9-]+)(?::(?P<value>\d+(?:\.\d+)?))?(?:@(?P<routes>[a-z,]+))?"
    r"=(?:next:(?P<count>\d+)|(?P<rate>\d+(?:\.\d+)?))",
)


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault that is switched on: for a share of the requests (`rate`), or for the next `count` of them."""

    kind: str
    routes: frozenset[Group]
    rate: float = 1.0
    count: int | None = None
    value: float = 0.0

    @property
    def moment(self) -> Moment:
        """When it strikes."""
        return KINDS[self.kind].moment

    @classmethod
    def parse(cls, word: str) -> Fault:
        """The fault that `KIND[:VALUE][@ROUTE,…]=RATE` or `…=next:N` switches on; RATE is 0 to 1.

        `latency=MS` is the one short form: so many milliseconds on every request.

        Raises:
            WrongUseError: not of this form, or an unknown kind or route; the phrase names the known ones.
        """
        if short := re.fullmatch(r"latency=(\d+)", word):
            word = f"latency:{short[1]}=1"
        found = _WORD.fullmatch(word)
        if not found:
            kind = re.split("[:@=]", word)[0]
            raise _unknown_kind(kind) if kind not in KINDS else _malformed(word)
        kind = found["kind"]
        if kind not in KINDS:
            raise _unknown_kind(kind)
        if float(found["rate"] or 0) > 1 or (found["value"] and KINDS[kind].value is None):
            raise _malformed(word)
        return cls(
            kind=kind,
            routes=_routes(found["routes"]) or KINDS[kind].routes,
            rate=float(found["rate"] or 1),
            count=int(found["count"]) if found["count"] else None,
            value=float(found["value"] or KINDS[kind].value or 0),
        )

    def __str__(self) -> str:
        often = f"{self.rate:g}" if self.count is None else f"next:{self.count}"
        value = "" if KINDS[self.kind].value is None else f":{self.value:g}"
        return f"{self.kind}{value}@{','.join(sorted(self.routes))}={often}"


class Strike(NamedTuple):
    """What befalls one request: seconds of delay, and at most one fault besides."""

    delay: float
    fault: Fault | None


class Faults:
    """The switches. Draws come from a seeded generator, so that one visitor meets the same faults again."""

    def __init__(self, words: Iterable[str] = (), seed: int = 0) -> None:
        self._random = random.Random(seed)  # noqa: S311 -- must be repeatable, guards nothing
        self._active: dict[str, Fault] = {}
        self._left: dict[str, int] = {}
        self._lock = threading.Lock()
        for word in words:
            self.set(word)

    def set(self, word: str) -> None:
        """Switch a fault on, in the place of one of its kind; see `Fault.parse` for the words.

        Raises:
            WrongUseError: the word is not understood.
        """
        fault = Fault.parse(word)
        with self._lock:
            self._active[fault.kind] = fault
            self._left.pop(fault.kind, None)
            if fault.count is not None:
                self._left[fault.kind] = fault.count

    def clear(self, kind: str | None = None) -> None:
        """Switch one kind off, or all."""
        with self._lock:
            for one in [kind] if kind else list(self._active):
                self._active.pop(one, None)
                self._left.pop(one, None)

    def active(self) -> list[str]:
        """The words of the faults that are switched on."""
        with self._lock:
            return [str(fault) for kind, fault in self._active.items() if self._left.get(kind, 1) > 0]

    def strike(self, group: Group) -> Strike:
        """What befalls the next request on a route of this group; the fault that was set first wins."""
        delay, struck = 0.0, None
        with self._lock:
            for fault in self._active.values():
                if struck and fault.moment is not Moment.DELAY:
                    continue
                if group not in fault.routes or not self._drawn(fault):
                    continue
                if fault.moment is Moment.DELAY:
                    delay += fault.value / 1000
                else:
                    struck = fault
        return Strike(delay, struck)

    def _drawn(self, fault: Fault) -> bool:
        if fault.count is None:
            return self._random.random() < fault.rate
        self._left[fault.kind] = left = self._left[fault.kind] - 1
        return left >= 0


def instead(fault: Fault) -> Answer:
    """The answer of a fault that strikes before the request is handled."""
    match fault.kind:
        case "401":
            return unauthorized('error="invalid_token"')
        case "429":
            return Answer(429)
        case "429-seconds":
            return Answer(429, headers={"Retry-After": f"{fault.value:.0f}"})
        case "429-date":
            return Answer(429, headers={"Retry-After": formatdate(time.time() + fault.value, usegmt=True)})
        case "429-garbage":
            return Answer(429, headers={"Retry-After": "soon"})
        case "html":
            return page(200, "Welcome to the guest network")
        case "502" | "503" | "504":
            return page(int(fault.kind), f"{fault.kind} from the gateway")
        case _:
            return message(int(fault.kind), f"A {fault.kind} by switch")


def afterwards(fault: Fault, answer: Answer) -> Answer:
    """What a fault makes of the answer to a request that was handled; a refusal stays as it is."""
    if not answer.accepted:
        return answer
    body = json.loads(answer.body)
    match fault.kind:
        case "no-id" if isinstance(body, dict):
            return as_json({key: value for key, value in body.items() if key not in {"Id", "DocumentId"}})
        case "array" if isinstance(body, dict):
            return as_json([body])
        case "error-after":
            return message(500, "A failure by switch, after the work was done")
        case "created":
            return as_json(body, 201)
        case "accepted":
            return as_json(body, 202)
        case _:
            return answer


def _routes(text: str | None) -> frozenset[Group]:
    if not text:
        return frozenset()
    words = text.split(",")
    if unknown := [word for word in words if word not in {*Group, "all"}]:
        known = [*Group, "all"]
        raise WrongUseError(Phrase("sandbox.fault_route_unknown", {"route": unknown[0], "known": known}))
    return _ALL if "all" in words else frozenset(Group(word) for word in words)


def _unknown_kind(kind: str) -> WrongUseError:
    return WrongUseError(Phrase("sandbox.fault_unknown", {"kind": kind, "known": list(KINDS)}))


def _malformed(word: str) -> WrongUseError:
    return WrongUseError(Phrase("sandbox.fault_malformed", {"word": word}))
