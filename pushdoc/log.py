"""The operator's log: one line a fact, on standard error or in the journal; English, never a secret nor a content.

INFO: a document moved. WARNING: a person may have to look. ERROR: a person must. What each fact is called, and with
which fields it comes, stands in `docs/monitoring.md`.
"""

from __future__ import annotations

import logging
import sys
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Literal, cast

import structlog

from pushdoc.journal import Journal, leads_there
from pushdoc.words import Phrase, say, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, MutableMapping
    from typing import Any

#: How a line is written.
Form = Literal["logfmt", "json"]

#: No field is longer, in characters: a line must pass through whatever collects it.
_LONGEST = 8000
#: Source: syslog(3).
_PRIORITY = {"debug": 7, "info": 6, "warning": 4, "error": 3, "critical": 2}
_FIRST = ["at", "level", "event"]
_PLAIN = (bool, int, float)


def configure(level: str = "info", form: Form = "logfmt") -> None:
    """Log from `level` on, the whole process; at the start of a command, and again when the rules say otherwise.

    Where standard error leads to systemd's journal, each field of a line is one of the journal's, too.
    """
    number = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            structlog.processors.format_exc_info,
            _shown,
            _in_journal(form) if leads_there(2) else _in_line(form),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=_Stderr,
        cache_logger_on_first_use=False,
    )


def logger() -> structlog.typing.FilteringBoundLogger:
    """The log to write to: `logger().info("delivered", document=12, reason=phrase)`.

    Where nobody has configured it, warnings only: a command's answer on standard output is never mixed with it.
    """
    if not structlog.is_configured():
        configure("warning")
    bound: structlog.typing.FilteringBoundLogger = structlog.get_logger()
    return bound


def _shown(_logger: object, _method: str, fields: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Names come from outside: none may end a line or colour a terminal. A traceback keeps its lines, spelt out."""
    ordered = {name: fields.pop(name) for name in _FIRST} | dict(fields)
    return {name: said for field in ordered.items() for name, said in _said(*field) if said is not None}


def _said(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """A field as it is written; a phrase becomes its code, which stays the same for ever, and its English text."""
    if value is None or isinstance(value, _PLAIN):
        yield name, value
    elif isinstance(value, datetime):
        yield name, value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    elif isinstance(value, Phrase):
        yield "code", value.code
        yield name, _cut(say(value, "en"))
    else:
        yield name, _cut(visible(str(value)))


def _cut(text: str) -> str:
    """Without its middle where it is too long: of a traceback, both ends tell."""
    half = _LONGEST // 2
    return text if len(text) <= _LONGEST else f"{text[:half]} … {text[-half:]}"


def _in_line(form: Form) -> Callable[[Any, str, MutableMapping[str, Any]], str]:
    if form == "json":
        return cast("Callable[..., str]", structlog.processors.JSONRenderer(ensure_ascii=False))
    return structlog.processors.LogfmtRenderer(bool_as_flag=False)


@cache
def _journal() -> Journal:
    return Journal()


def _in_journal(form: Form) -> structlog.typing.Processor:
    """To the journal in fields; where it cannot be reached, as a line with the priority that systemd reads from it.

    The journal has its own hour and level: a line of `key=value` goes without them.
    """
    journal, render = _journal(), _in_line(form)

    def written(logger: Any, method: str, fields: MutableMapping[str, Any]) -> str:
        priority = _PRIORITY[fields["level"]]
        native = _native(fields)
        if form == "logfmt":
            own = {name: value for name, value in fields.items() if name not in _FIRST}
            message = f"{fields['event']} {render(logger, method, own)}".rstrip()
        else:
            message = render(logger, method, fields)
        head = {"MESSAGE": message, "PRIORITY": str(priority), "SYSLOG_IDENTIFIER": "pushdoc"}
        if journal.send(head | native):
            raise structlog.DropEvent
        return f"<{priority}>{message}"

    return written


def _native(fields: Mapping[str, Any]) -> dict[str, str]:
    plain = {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in fields.items()}
    return {f"PUSHDOC_{name.upper()}": value for name, value in plain.items() if name not in {"at", "level"}}


class _Stderr:
    """Standard error as it is now; a closed or full one costs a line of log, never a document."""

    def __init__(self, *_: object) -> None:
        pass

    def msg(self, line: str) -> None:
        """Write one line, whole: several threads write."""
        try:
            sys.stderr.write(line + "\n")
            sys.stderr.flush()
        except (OSError, ValueError):
            return

    debug = info = warning = error = critical = exception = msg
