"""Who may speak to the sandbox: accounts, the password grant, and the tokens it gives out."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from pushdoc.sandbox.answers import Answer, Refusal, as_json, message, unauthorized

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

DEMO_USERNAME = "robot@cabinet.example"
DEMO_PASSWORD = "mot-de-passe-invente"  # noqa: S105 -- invented: it opens nothing but the sandbox
DEMO_CLIENT_ID = "cabinet-demo"
DEMO_CLIENT_SECRET = "secret-client-invente"  # noqa: S105 -- invented: it opens nothing but the sandbox
SECOND_FACTOR_USERNAME = "claire@cabinet.example"

TOKEN_LIFETIME = 31_104_000
"""Seconds, 360 days. Source: real answers reproduced in public; other notes print 3600."""

_SCOPES = frozenset({"openid", "email", "apidata", "offline_access", "accountingdocumentsapi"})
_FIELDS = ("grant_type", "client_id", "client_secret", "username", "password", "scope")


@dataclass(frozen=True, slots=True)
class Account:
    """A user of Inqom together with the client keys that it signs in with."""

    username: str = DEMO_USERNAME
    password: str = field(default=DEMO_PASSWORD, repr=False)
    client_id: str = DEMO_CLIENT_ID
    client_secret: str = field(default=DEMO_CLIENT_SECRET, repr=False)
    second_factor: bool = False
    user_id: int = 8123

    @property
    def paced_as(self) -> tuple[str, str]:
        """What the service's pace is counted by."""
        return self.client_id, self.username


DEMO_ACCOUNTS = (Account(), Account(username=SECOND_FACTOR_USERNAME, second_factor=True, user_id=8124))


@dataclass(frozen=True, slots=True)
class Grant:
    """A token's owner, its end in the sandbox's seconds, and whether its scope opens the API."""

    account: Account
    expires: float
    opens_api: bool


def read_form(body: bytes) -> dict[str, list[str]]:
    """The fields of a form-urlencoded body; a field without a value counts as not sent (RFC 6749, 3.2)."""
    try:
        return parse_qs(body.decode("utf-8", "replace"), max_num_fields=50)
    except ValueError:
        return {}


class Tokens:
    """The tokens given out so far."""

    def __init__(self, accounts: Iterable[Account], lifetime: float = TOKEN_LIFETIME) -> None:
        self._accounts = tuple(accounts)
        self._lifetime = lifetime
        self._grants: dict[str, Grant] = {}
        self._revoked: set[str] = set()
        self._lock = threading.Lock()

    def issue(self, content_type: str, query: str, form: Mapping[str, list[str]], now: float) -> Answer:
        """A new token, or the contract's refusal: always 400, with an `error` of RFC 6749."""
        try:
            account = self._signed_in(content_type, query, form)
        except Refusal as refusal:
            return refusal.answer
        token = secrets.token_urlsafe(48)
        grant = Grant(account, now + self._lifetime, opens_api="apidata" in form["scope"][0].split())
        with self._lock:
            self._grants[token] = grant
        return as_json(
            {"access_token": token, "expires_in": int(self._lifetime), "token_type": "Bearer"},
        )

    def owner(self, authorization: str | None) -> Account | None:
        """Whose token this is, even where it is no longer good; None where it was never given out."""
        grant = self._grants.get(_bearer(authorization))
        return grant.account if grant else None

    def let_in(self, authorization: str | None, now: float) -> Account:
        """The account behind a token that is good.

        Raises:
            Refusal: 401 for a token that is missing, unknown, expired or revoked; 403 for one without `apidata`.
        """
        token = _bearer(authorization)
        if not token:
            raise Refusal(unauthorized())
        grant = self._grants.get(token)
        if grant is None or token in self._revoked:
            raise Refusal(unauthorized('error="invalid_token"'))
        if now >= grant.expires:
            raise Refusal(unauthorized('error="invalid_token", error_description="The token expired"'))
        if not grant.opens_api:
            raise Refusal(message(403, "The token's scope does not open the API"))
        return grant.account

    def revoke(self) -> None:
        """No token given out so far is good any longer."""
        with self._lock:
            self._revoked.update(self._grants)

    def _signed_in(self, content_type: str, query: str, form: Mapping[str, list[str]]) -> Account:
        if content_type.partition(";")[0].strip().lower() != "application/x-www-form-urlencoded":
            raise _refused("invalid_request", "The body must be application/x-www-form-urlencoded")
        if any(name in parse_qs(query, keep_blank_values=True) for name in _FIELDS):
            raise _refused("invalid_request", "Credentials belong in the body, never in the query")
        if doubled := [name for name in _FIELDS if len(form.get(name, ())) > 1]:
            raise _refused("invalid_request", f"Sent twice: {', '.join(doubled)}")
        if form.get("grant_type", ["password"]) != ["password"]:
            raise _refused("unsupported_grant_type")
        if missing := [name for name in _FIELDS if name not in form]:
            raise _refused("invalid_request", f"Missing: {', '.join(missing)}")
        return self._known({name: form[name][0] for name in _FIELDS})

    def _known(self, sent: Mapping[str, str]) -> Account:
        keys = (sent["client_id"], sent["client_secret"])
        of_client = [one for one in self._accounts if (one.client_id, one.client_secret) == keys]
        if not of_client:
            raise _refused("invalid_client")
        if not set(sent["scope"].split()) <= _SCOPES:
            raise _refused("invalid_scope")
        for account in of_client:
            if account.username == sent["username"] and account.second_factor:
                raise _refused("invalid_grant", "Multi-factor authentication (MFA) is required for this user")
            if (account.username, account.password) == (sent["username"], sent["password"]):
                return account
        raise _refused("invalid_grant")


def _bearer(authorization: str | None) -> str:
    scheme, _, token = (authorization or "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _refused(error: str, description: str | None = None) -> Refusal:
    body = {"error": error}
    if description:
        body["error_description"] = description
    return Refusal(as_json(body, 400))
