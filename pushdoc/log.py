"""The operator's log: one line a fact, `key=value`, on standard error; English, never a secret nor a content.

INFO: a document moved. WARNING: a person may have to look. ERROR: a person must.
"""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, cast

import structlog

from pushdoc.words import visible

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from typing import Any, TextIO


def configure(level: str = "info") -> None:
    """Send the log of the whole process to standard error from `level` on; call once, at the start of a command."""
    number = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            structlog.processors.format_exc_info,
            _shown,
            structlog.processors.LogfmtRenderer(key_order=["at", "level", "event"], bool_as_flag=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(cast("TextIO", _Stderr())),
        cache_logger_on_first_use=False,
    )


def logger() -> structlog.typing.FilteringBoundLogger:
    """The log to write to: `logger().info("delivered", document=12, receipt="55")`."""
    bound: structlog.typing.FilteringBoundLogger = structlog.get_logger()
    return bound


def _shown(_logger: object, _method: str, fields: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Names come from outside: none may end a line or colour a terminal. A traceback keeps its lines, spelt out."""
    plain = (bool, int, float)
    said = {name: field for name, field in fields.items() if field is not None}
    return {name: field if isinstance(field, plain) else visible(str(field)) for name, field in said.items()}


class _Stderr:
    """Standard error as it is now; a closed or full one costs a line of log, never a document."""

    @staticmethod
    def write(text: str) -> int:
        try:
            return sys.stderr.write(text)
        except (OSError, ValueError):
            return 0

    @staticmethod
    def flush() -> None:
        try:
            sys.stderr.flush()
        except (OSError, ValueError):
            return
