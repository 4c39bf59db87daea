"""All that is true of HTTP for every service: one request with a deadline, and the repeating of those that are safe.

Knows no service: no route, no token, no meaning of a status. Logs nothing.
"""

from __future__ import annotations

import ssl
import threading
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx
import tenacity
import truststore

from pushdoc import __version__
from pushdoc.deliver.answer import Answer, NotAccepted, Reply, Unanswered
from pushdoc.deliver.deadline import Deadline
from pushdoc.deliver.failures import words_for
from pushdoc.deliver.multipart import Multipart
from pushdoc.deliver.transport import Transport
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pushdoc.clock import Clock
    from pushdoc.deliver.destination import Body
    from pushdoc.deliver.multipart import FilePart

ERROR_SIZE = 64 * 1024
"""Bytes that are read of an answer which is no success."""

LIST_SIZE = 64 * 1024 * 1024
"""Bytes that are read of a list; one of ten thousand folders has some five million."""

_SLOWEST = 8 * 1024
"""Bytes a second: four uploads at once over 1 Mbit/s are still twice as fast, so no healthy upload is cut off."""

_CLOSE_SECONDS = 10.0
_TRIES = 4
_FIRST_WAIT = 0.5  # seconds, then 1, 2: the back-off that Inqom's page on limits shows
_LONGEST_WAIT = 10.0
_WORTH_REPEATING = frozenset({408, 425, 429, 500, 502, 503, 504})

_HEADERS = {
    "User-Agent": f"pushdoc/{__version__}",
    "Accept": "application/json",
    # No compression: what is read of an answer is bounded, and must be bounded by what it unpacks to.
    "Accept-Encoding": "identity",
    "Connection": "keep-alive",
}

# Reading an address takes longer than sending a small document to it; documents go to a few, again and again.
_address = lru_cache(maxsize=256)(httpx.URL)


class Http:
    """The connections of one destination, for all its threads.

    `timeout` (seconds) bounds each wait for an answer and the whole of a request without a body; `connections` is how
    many threads speak at once. Proxies of the environment, redirects and cookies are not followed: the rules say where
    documents go, and nothing else does.
    """

    def __init__(self, clock: Clock, timeout: float, connections: int, tls: ssl.SSLContext | None = None) -> None:
        self.stop = threading.Event()
        self._clock = clock
        self._timeout = timeout
        self._deadline = Deadline(clock, self.stop)
        self._under_way = 0
        self._quiet = threading.Condition()
        # The machine's own store of certificates: firms that inspect TLS put their authority there.
        context = tls or truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._transport = Transport(clock, self._deadline, context, connections, timeout)

    def get(self, url: str, headers: Mapping[str, str], most: int = LIST_SIZE) -> Reply:
        """The reply to one GET; `most` bytes of it are read."""
        return self._one("GET", url, headers, most)

    def post_form(self, url: str, form: Mapping[str, str]) -> Reply:
        """The reply to one POST of a form (form-urlencoded)."""
        return self._one("POST", url, {}, data=dict(form))

    def upload(self, url: str, headers: Mapping[str, str], fields: Mapping[str, str], file: FilePart) -> Reply:
        """The reply to one multipart upload, which is never repeated here. The file comes last in the form.

        Raises:
            ChangedError: from the file's body.
            OSError: from the file's body.
        """
        form = Multipart(fields, file)
        return self._one("POST", url, {**headers, **form.headers}, body=file.body, stream=form)

    def repeated(self, attempt: Callable[[], Reply]) -> Reply:
        """The last reply of a safe request that is made again, within seconds, while the trouble may be passing.

        Network failures, 429 and 5xx are repeated, four tries in all; a `Retry-After` of more than ten seconds is left
        to the caller, who knows other work.
        """
        patient = tenacity.Retrying(
            retry=tenacity.retry_if_result(self._may_pass),
            stop=tenacity.stop_any(tenacity.stop_after_attempt(_TRIES), tenacity.stop_when_event_set(self.stop)),
            wait=self._pause,
            sleep=self._sleep,
            retry_error_callback=_last_reply,
        )
        return patient(attempt)

    def close(self) -> None:
        """End the calls under way, wait for them, and give the connections back."""
        self.stop.set()
        with self._quiet:
            self._quiet.wait_for(lambda: self._under_way == 0, timeout=_CLOSE_SECONDS)
        self._transport.close()

    def _one(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        most: int = ERROR_SIZE,
        body: Body | None = None,
        **content: Any,
    ) -> Reply:
        host = urlsplit(url).netloc
        try:
            address = _address(url)
        except httpx.InvalidURL:
            return NotAccepted(Phrase("deliver.name_unknown", {"host": host}), needs_person=True)
        named = {"Host": address.netloc.decode("ascii")}
        request = httpx.Request(method, address, headers={**named, **_HEADERS, **headers}, **content)
        seconds = self._timeout + (body.size if body else 0) / _SLOWEST
        with self._counted(), self._deadline.within(seconds):
            try:
                return self._answer(request, most)
            except httpx.TransportError as error:
                words = words_for(error, host, seconds)
        if body and body.gone_out:
            return Unanswered(words.reason)
        return NotAccepted(words.reason, words.needs_person)

    def _answer(self, request: httpx.Request, most: int) -> Answer:
        response = self._transport.handle_request(request)
        try:
            content, whole = _bounded(response, most if response.is_success else min(most, ERROR_SIZE))
        finally:
            response.close()
        return Answer(response.status_code, dict(response.headers), content, whole)

    @contextmanager
    def _counted(self) -> Iterator[None]:
        with self._quiet:
            self._under_way += 1
        try:
            yield
        finally:
            with self._quiet:
                self._under_way -= 1
                self._quiet.notify_all()

    def _may_pass(self, reply: Reply) -> bool:
        match reply:
            case Answer(status=status):
                asked = reply.retry_after(self._clock.now())
                return status in _WORTH_REPEATING and (asked is None or asked.total_seconds() <= _LONGEST_WAIT)
            case NotAccepted(needs_person=needs_person):
                return not needs_person
            case Unanswered():
                return True

    def _pause(self, tries: tenacity.RetryCallState) -> float:
        reply = _last_reply(tries)
        asked = reply.retry_after(self._clock.now()) if isinstance(reply, Answer) else None
        own = _FIRST_WAIT * 2.0 ** (tries.attempt_number - 1)
        return own if asked is None else max(asked.total_seconds(), own)

    def _sleep(self, seconds: float) -> None:
        self._clock.wait(seconds, self.stop)


def _last_reply(tries: tenacity.RetryCallState) -> Reply:
    assert tries.outcome is not None
    reply: Reply = tries.outcome.result()
    return reply


def _bounded(response: httpx.Response, most: int) -> tuple[bytes, bool]:
    """The body up to `most` bytes, and whether that is all; one that breaks off is no failure, the status came."""
    parts, size = [], 0
    try:
        for part in response.iter_bytes():
            parts.append(part)
            size += len(part)
            if size > most:
                return b"".join(parts)[:most], False
    except (httpx.TransportError, httpx.DecodingError):
        return b"".join(parts), False
    return b"".join(parts), True
