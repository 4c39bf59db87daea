"""The token that opens Inqom: got once for all threads, renewed before it ends, replaced when it is taken away."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pushdoc.deliver.answer import Answer, UnreadableError
from pushdoc.deliver.destination import Delayed, ServiceTroubleError
from pushdoc.destinations.inqom.outcome import service_trouble, unreadable
from pushdoc.secret import Secret
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from pushdoc.clock import Clock

_UNTOLD_LIFETIME = 3600.0
"""Seconds, where `expires_in` is absent; the shortest that any note prints."""

_EARLY = 60.0

_SECOND_FACTOR = ("mfa", "2fa", "two factor", "two-factor", "second factor", "otp", "multi-factor", "multifactor")


@dataclass(frozen=True, slots=True)
class Grant:
    """A token, and for how many seconds it is good."""

    token: Secret
    lifetime: float


def read_grant(answer: Answer, now: datetime) -> Grant | Delayed:
    """What the token route answered: a token, or why there is none. What it was asked with is never quoted."""
    if answer.fine:
        return _granted(answer)
    error, description = _error(answer)
    reason = _refusals().get(error, Phrase("inqom.token_refused", {"status": answer.status}))
    if error == "invalid_grant" and any(hint in description.casefold() for hint in _SECOND_FACTOR):
        reason = Phrase("inqom.second_factor")
    # 401 and 403 with an empty body are refusals too; a failure or a redirection says nothing about the credentials.
    return Delayed(reason, needs_person=True) if answer.status in {400, 401, 403} else service_trouble(answer, now)


def _refusals() -> dict[str, Phrase]:
    return {
        "invalid_grant": Phrase("inqom.wrong_password"),
        "invalid_client": Phrase("inqom.wrong_client"),
        "unauthorized_client": Phrase("inqom.client_not_allowed"),
        "unsupported_grant_type": Phrase("inqom.client_not_allowed"),
        "invalid_scope": Phrase("inqom.wrong_scope"),
    }


def _granted(answer: Answer) -> Grant | Delayed:
    try:
        read = answer.json()
    except UnreadableError:
        return unreadable()
    match read:
        case {"access_token": str(token)} if token and token.isascii() and token.isprintable():
            lifetime = read.get("expires_in")
            known = isinstance(lifetime, int | float) and not isinstance(lifetime, bool)
            return Grant(Secret(token), float(lifetime) if known else _UNTOLD_LIFETIME)
        case _:
            return unreadable()


def _error(answer: Answer) -> tuple[str, str]:
    try:
        read = answer.json()
    except UnreadableError:
        return "", ""
    match read:
        case {"error": str(error)}:
            return error, str(read.get("error_description", ""))
        case _:
            return "", ""


class TokenKeeper:
    """Keeps the token of one account; `fetch` asks Inqom for one.

    One thread asks, the others wait for what it gets, be it a token or a refusal: four threads with a wrong password
    must not lock the account.
    """

    def __init__(self, fetch: Callable[[], Grant], clock: Clock) -> None:
        self._fetch = fetch
        self._clock = clock
        self._lock = threading.Lock()
        self._token: Secret | None = None
        self._renew_at = 0.0
        self._fetched = 0
        self._refusal: ServiceTroubleError | None = None

    def token(self) -> Secret:
        """The token to use now.

        Raises:
            ServiceTroubleError: there is none to be had.
        """
        fetched = self._fetched
        with self._lock:
            if self._refusal and fetched != self._fetched:
                raise ServiceTroubleError(self._refusal.delayed)
            if self._token is None or self._clock.monotonic() >= self._renew_at:
                return self._renew()
            return self._token

    def fresh(self) -> Secret:
        """A token got now, whatever is kept: it shows that the credentials are right.

        Raises:
            ServiceTroubleError: there is none to be had.
        """
        with self._lock:
            return self._renew()

    def drop(self, token: Secret) -> None:
        """Inqom no longer takes this token. Another that was got meanwhile is kept."""
        with self._lock:
            if self._token is token:
                self._token = None

    def _renew(self) -> Secret:
        asked = self._clock.monotonic()
        self._token = None
        self._refusal = None
        try:
            grant = self._fetch()
        except ServiceTroubleError as error:
            self._refusal = error
            raise
        finally:
            self._fetched += 1
        self._token = grant.token
        self._renew_at = asked + grant.lifetime - min(_EARLY, grant.lifetime / 10)
        return grant.token
