"""Fifteen requests in any one second for an account, then 429."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushdoc.sandbox import Account, Sandbox
from pushdoc.sandbox.pace import Pace

if TYPE_CHECKING:
    from collections.abc import Callable

    from visitor import Visitor

ACCESS = "/provisioning/users/internal-access"


def test_the_window_slides() -> None:
    pace = Pace(2)
    assert [pace.admit("a", at) for at in (0.0, 0.6, 0.9, 1.0, 1.5, 1.6)] == [True, True, False, True, False, True]
    assert pace.refused == 2


def test_accounts_have_a_pace_each_and_none_is_no_limit() -> None:
    pace = Pace(1)
    assert [pace.admit(who, 0.0) for who in ("a", "b", "a")] == [True, True, False]
    assert all(Pace(None).admit("a", 0.0) for _ in range(100))


def test_all_routes_of_an_account_count_together(visit: Callable[..., Visitor]) -> None:
    other = Account(username="other@cabinet.example")
    with Sandbox(requests_per_second=3, accounts=[Account(), other]) as sandbox:
        visitor = visit(sandbox)
        assert visitor.http.get(ACCESS).status_code == 200
        assert visitor.http.get(visitor.documents()).status_code == 200
        assert visitor.upload().status_code == 429
        assert visitor.sign_in().status_code == 429
        assert visit(sandbox, username=other.username).http.get(ACCESS).status_code == 200
        assert visitor.http.get("/_sandbox/requests").status_code == 200, "control routes do not count"
        assert sandbox.over_pace == 2
        assert sandbox.received() == []
        assert [request.status for request in sandbox.requests()] == [200, 200, 200, 429, 429, 200, 200]
