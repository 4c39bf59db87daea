"""What came back over HTTP, and what can be read from it whoever sent it. Pure."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from html import unescape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pushdoc.words import Phrase

LONGEST_PROBLEM = 500
"""Characters that are kept of what a service says about a refusal."""

LONGEST_RETRY_AFTER = timedelta(hours=1)

_UNSEEN = re.compile(r"<(script|style|head)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")
_SECONDS = re.compile(r"[0-9]{1,12}")


class UnreadableError(ValueError):
    """An answer is not the JSON it should be: a portal's page, a proxy's, half an answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A status with what came with it; header names are lower-case.

    `whole` is False where the body broke off or was longer than we read.
    """

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes = field(default=b"", repr=False)
    whole: bool = True

    @property
    def fine(self) -> bool:
        """Whether the service says that it did as it was asked."""
        return 200 <= self.status < 300

    @property
    def text(self) -> str:
        """The body as text, whatever it is."""
        return self.content.decode("utf-8-sig", "replace")

    def json(self) -> Any:
        """The body as JSON.

        Raises:
            UnreadableError: it is not JSON, or not all of it came.
        """
        if not self.whole:
            raise UnreadableError("the answer broke off")
        try:
            return json.loads(self.text)
        except (ValueError, RecursionError):
            # Without the cause: it carries the whole body, which may hold a token.
            raise UnreadableError("the answer is not JSON") from None

    @property
    def date(self) -> datetime | None:
        """The service's own clock when it answered."""
        return _http_date(self.headers.get("date", ""))

    def retry_after(self, now: datetime) -> timedelta | None:
        """How long the service asks to be left alone, 0 to one hour; None where it says nothing understandable.

        A date counts from the service's own clock where it showed it: ours may be wrong.
        """
        text = self.headers.get("retry-after", "").strip()
        if _SECONDS.fullmatch(text):
            asked = timedelta(seconds=min(int(text), LONGEST_RETRY_AFTER.total_seconds()))
        elif until := _http_date(text):
            asked = until - (self.date or now)
        else:
            return None
        return min(max(asked, timedelta(0)), LONGEST_RETRY_AFTER)


@dataclass(frozen=True, slots=True)
class NotAccepted:
    """The request failed before all of it had left, or asked for nothing to be kept: no document was accepted.

    `needs_person` where waiting will not mend it, a certificate for one.
    """

    reason: Phrase
    needs_person: bool = False


@dataclass(frozen=True, slots=True)
class Unanswered:
    """All of the request left and no answer came: the service may have acted on it or not."""

    reason: Phrase


Reply = Answer | NotAccepted | Unanswered


def problem_text(answer: Answer) -> str:
    """What an error answer says, for a person: from `Message`, problem+json, text or HTML; "" where it says nothing.

    In one line, 500 characters at most.
    """
    try:
        said = _said(json.loads(answer.text))
    except (ValueError, RecursionError):
        said = _without_tags(answer.text)
    line = " ".join(said.split())
    return line if len(line) <= LONGEST_PROBLEM else line[: LONGEST_PROBLEM - 1] + "…"


def _said(read: object) -> str:
    match read:
        case str():
            return read
        case [first, *_]:
            return _said(first)
        case dict():
            # The names that problem+json (RFC 9457), ASP.NET and OAuth use; their case differs from one to the next.
            members = {str(key).casefold(): value for key, value in read.items()}
            names = ("message", "title", "detail", "error_description", "error")
            texts = [members[name] for name in names if isinstance(members.get(name), str)]
            return " ".join([*texts, *_each_said(members.get("errors"))])
    return ""


def _each_said(errors: object) -> list[str]:
    match errors:
        case dict():
            return [f"{key}: {text}" for key, value in errors.items() for text in _each_said(value)]
        case list():
            return [text for value in errors for text in _each_said(value)]
        case str():
            return [errors]
        case _:
            return []


def _without_tags(text: str) -> str:
    return unescape(_TAG.sub(" ", _UNSEEN.sub(" ", text)))


def _http_date(text: str) -> datetime | None:
    try:
        read = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read
