"""The sandbox's own routes under `/_sandbox/`: reading its record and throwing its switches from outside."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from pushdoc.errors import WrongUseError
from pushdoc.sandbox.answers import Answer, as_json, message
from pushdoc.sandbox.faults import Fault

if TYPE_CHECKING:
    from pushdoc.sandbox.faults import Faults
    from pushdoc.sandbox.service import Call, Service

PREFIX = "/_sandbox/"


def answer(call: Call, body: bytes, service: Service, faults: Faults) -> Answer:
    """The answer of a control route.

    `GET record`: the documents received. `GET requests`: counts by route and status. `POST faults` with
    `{"faults": ["503=0.1", …]}`: these faults instead of the present ones. `POST advance?seconds=N`: time passes.
    `POST revoke`: no token given out so far is good any longer. `GET faults`: the present ones.
    """
    match call.method, call.path.removeprefix(PREFIX):
        case "GET", "record":
            return as_json([received.row() for received in service.record.received()])
        case "GET", "requests":
            return as_json(service.record.counts())
        case "GET", "faults":
            return as_json({"faults": faults.active()})
        case "POST", "faults":
            return _switch(body, faults)
        case "POST", "advance":
            return _advance(call.query, service)
        case "POST", "revoke":
            service.tokens.revoke()
            return as_json({})
        case _:
            return message(404, "The sandbox has no such control route")


def _switch(body: bytes, faults: Faults) -> Answer:
    try:
        words = json.loads(body)["faults"]
        for word in words:
            Fault.parse(word)
    except (ValueError, KeyError, TypeError):
        return message(400, 'Expected {"faults": ["KIND=RATE", …]}')
    except WrongUseError as error:
        return message(400, str(error))
    faults.clear()
    for word in words:
        faults.set(word)
    return as_json({"faults": faults.active()})


def _advance(query: str, service: Service) -> Answer:
    try:
        seconds = float(parse_qs(query)["seconds"][0])
    except (ValueError, KeyError):
        seconds = math.nan
    if not 0 <= seconds < math.inf:
        return message(400, "Expected ?seconds=N, N not negative")
    service.hours.push(seconds)
    return as_json({"seconds": service.hours.seconds()})
