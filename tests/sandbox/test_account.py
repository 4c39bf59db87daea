"""Signing in: the password grant, its refusals, and tokens that end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest
from visitor import TOKEN_FORM, Visitor

from pushdoc.sandbox import DEMO_PASSWORD, SECOND_FACTOR_USERNAME, Sandbox

if TYPE_CHECKING:
    from collections.abc import Callable

    from pushed import PushedClock

ACCESS = "/provisioning/users/internal-access"


def test_the_six_fields_in_the_body_give_a_bearer_token(visitor: Visitor) -> None:
    body = visitor.sign_in().json()
    assert body.keys() == {"access_token", "expires_in", "token_type"}
    assert (body["token_type"], body["expires_in"]) == ("Bearer", 31_104_000)
    assert visitor.http.get(ACCESS).status_code == 200


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"password": "wrong"}, "invalid_grant"),
        ({"username": "nobody@cabinet.example"}, "invalid_grant"),
        ({"client_id": "other-environment"}, "invalid_client"),
        ({"client_secret": "wrong"}, "invalid_client"),
        ({"scope": "openid everything"}, "invalid_scope"),
        ({"grant_type": "client_credentials"}, "unsupported_grant_type"),
        ({"scope": ""}, "invalid_request"),
        ({"password": ""}, "invalid_request"),
    ],
)
def test_a_wrong_field_is_refused_by_its_own_name(visitor: Visitor, change: dict[str, str], error: str) -> None:
    visitor.token_form |= change
    answer = visitor.sign_in()
    assert (answer.status_code, answer.json()["error"]) == (400, error)


def test_credentials_in_the_query_are_refused(sandbox: Sandbox) -> None:
    query = {"password": TOKEN_FORM["password"]}
    answer = httpx.post(sandbox.token_url, params=query, data=TOKEN_FORM, trust_env=False)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


def test_a_json_body_or_a_doubled_field_is_no_token_request(sandbox: Sandbox) -> None:
    doubled = TOKEN_FORM | {"username": ["a@cabinet.example", "b@cabinet.example"]}
    for answer in (
        httpx.post(sandbox.token_url, json=TOKEN_FORM, trust_env=False),
        httpx.post(sandbox.token_url, data=doubled, trust_env=False),
    ):
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


def test_an_account_with_a_second_factor_is_told_so(visitor: Visitor) -> None:
    visitor.token_form |= {"username": SECOND_FACTOR_USERNAME}
    answer = visitor.sign_in()
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")
    assert "MFA" in answer.json()["error_description"]


def test_a_missing_unknown_or_revoked_token_is_401_with_an_empty_body(visitor: Visitor) -> None:
    visitor.sandbox.revoke_tokens()
    revoked = visitor.http.get(ACCESS)
    unknown = visitor.http.get(ACCESS, headers={"Authorization": "Bearer invented"})
    missing = httpx.get(visitor.sandbox.url + ACCESS, trust_env=False)
    basic = visitor.http.get(ACCESS, headers={"Authorization": "Basic cm9ib3Q6eA=="})
    for answer in (revoked, unknown, missing, basic):
        assert (answer.status_code, answer.content) == (401, b"")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    visitor.sign_in()
    assert visitor.http.get(ACCESS).status_code == 200


def test_a_token_ends_when_its_time_is_over(clock: PushedClock, visit: Callable[[Sandbox], Visitor]) -> None:
    with Sandbox(clock=clock.monotonic, token_lifetime=3600) as sandbox:
        visitor = visit(sandbox)
        clock.push(3599)
        assert visitor.http.get(ACCESS).status_code == 200
        clock.push(1)
        assert visitor.http.get(ACCESS).status_code == 401


def test_a_token_without_apidata_does_not_open_the_api(visitor: Visitor) -> None:
    visitor.token_form |= {"scope": "openid"}
    assert visitor.sign_in().status_code == 200
    assert visitor.http.get(ACCESS).status_code == 403


def test_an_account_shows_no_secret(sandbox: Sandbox) -> None:
    assert DEMO_PASSWORD not in repr(sandbox)
    assert "secret" not in repr(sandbox.accounts)
