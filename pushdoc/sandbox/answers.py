"""What goes back over the wire, and the shapes that Inqom's refusals have."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer; length and date are added where it is written to the socket."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def accepted(self) -> bool:
        """Whether the service did what it was asked."""
        return 200 <= self.status < 300


class Refusal(Exception):  # noqa: N818 -- nothing is in error here: to refuse is one of the service's answers
    """The service says no; `answer` is how."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


def as_json(value: object, status: int = 200) -> Answer:
    """The value as JSON."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return Answer(status, body, {"Content-Type": "application/json; charset=utf-8"})


def message(status: int, text: str) -> Answer:
    """The `{"Message": …}` body that explains some refusals."""
    return as_json({"Message": text}, status)


def page(status: int, title: str) -> Answer:
    """An HTML page, as the front end or a captive portal puts in the service's place."""
    body = f"<!DOCTYPE html><html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>"
    return Answer(status, body.encode(), {"Content-Type": "text/html; charset=utf-8"})


def unauthorized(detail: str = "") -> Answer:
    """401 with an empty body, as for a token that is missing, expired or revoked."""
    return Answer(401, headers={"WWW-Authenticate": f"Bearer {detail}".rstrip()})


def refuse(status: int, text: str) -> Refusal:
    """The refusal to raise, with its explanation."""
    return Refusal(message(status, text))
