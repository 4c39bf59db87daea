"""Why no answer came, in words: a name that nobody knows is another matter than a certificate. Pure."""

from __future__ import annotations

import os
import socket
import ssl
from typing import TYPE_CHECKING, NamedTuple

import httpx

from pushdoc.deliver.deadline import OverdueError, StoppedError
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator


class Words(NamedTuple):
    """The reason of a failure, and whether only a person can end it."""

    reason: Phrase
    needs_person: bool = False


def words_for(error: BaseException, host: str, seconds: float) -> Words:
    """What to say of a request to `host` that failed by this error; `seconds` is how long it was given."""
    for cause in _causes(error):
        match cause:
            case ssl.SSLCertVerificationError():
                said = cause.verify_message or cause.reason or "?"
                return Words(Phrase("deliver.certificate", {"host": host, "error": said}), needs_person=True)
            case ssl.SSLError() if isinstance(error, httpx.ConnectError):
                return Words(Phrase("deliver.tls", {"host": host, "error": cause.reason or type(cause).__name__}))
            case socket.gaierror() | UnicodeError():  # the latter: a name that DNS cannot even write
                return Words(Phrase("deliver.name_unknown", {"host": host}))
            case ConnectionRefusedError():
                return Words(Phrase("deliver.connection_refused", {"host": host}))
    if isinstance(error, httpx.ConnectError):
        return Words(Phrase("deliver.no_route", {"host": host, "error": _system_words(error)}))
    return Words(_by_kind(error, host, seconds))


def _by_kind(error: BaseException, host: str, seconds: float) -> Phrase:
    match error:
        case StoppedError():
            return Phrase("deliver.stopped")
        case OverdueError():
            return Phrase("deliver.overdue", {"host": host, "seconds": seconds})
        case httpx.ConnectTimeout():
            return Phrase("deliver.connect_timeout", {"host": host})
        case httpx.WriteTimeout():
            return Phrase("deliver.write_timeout", {"host": host})
        case httpx.PoolTimeout():
            return Phrase("deliver.busy", {"host": host})
        case httpx.TimeoutException():
            return Phrase("deliver.read_timeout", {"host": host})
        case httpx.RemoteProtocolError():
            return Phrase("deliver.garbled", {"host": host})
        case _:
            return Phrase("deliver.hung_up", {"host": host})


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__


def _system_words(error: BaseException) -> str:
    numbers = (cause.errno for cause in _causes(error) if isinstance(cause, OSError) and cause.errno)
    return next((os.strerror(number) for number in numbers), type(error).__name__)
