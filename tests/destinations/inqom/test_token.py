from __future__ import annotations

import json
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from pushdoc.deliver.answer import Answer
from pushdoc.deliver.destination import Delayed, ServiceTroubleError
from pushdoc.destinations.inqom.token import Grant, TokenKeeper, read_grant
from pushdoc.secret import Secret
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from pushed import PushedClock

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


def granted(status: int, content: Any) -> Grant | Delayed:
    return read_grant(
        Answer(status, content=content if isinstance(content, bytes) else json.dumps(content).encode()), NOW
    )


@pytest.mark.parametrize(
    ("status", "content", "code"),
    [
        (400, {"error": "invalid_grant"}, "inqom.wrong_password"),
        (400, {"error": "invalid_client"}, "inqom.wrong_client"),
        (401, {"error": "invalid_client"}, "inqom.wrong_client"),
        (400, {"error": "unauthorized_client"}, "inqom.client_not_allowed"),
        (400, {"error": "unsupported_grant_type"}, "inqom.client_not_allowed"),
        (400, {"error": "invalid_scope"}, "inqom.wrong_scope"),
        (400, {"error": "invalid_grant", "error_description": "MFA is required"}, "inqom.second_factor"),
        (400, {"error": "invalid_grant", "error_description": "Two-Factor needed"}, "inqom.second_factor"),
        (400, {"error": "invalid_grant", "error_description": None}, "inqom.wrong_password"),
        (400, {"error": "invalid_request"}, "inqom.token_refused"),
        (400, b"", "inqom.token_refused"),
        (401, b"", "inqom.token_refused"),
        (403, b"<html>", "inqom.token_refused"),
        (404, b"", "inqom.wrong_address"),
        (302, b"", "inqom.wrong_address"),
    ],
)
def test_each_refusal_has_its_own_words_and_needs_a_person(status: int, content: Any, code: str) -> None:
    refused = granted(status, content)
    assert isinstance(refused, Delayed)
    assert (refused.reason.code, refused.needs_person) == (code, True)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_failure_is_not_wrong_credentials(status: int) -> None:
    delayed = granted(status, {"error": "invalid_grant"})
    assert isinstance(delayed, Delayed)
    assert not delayed.needs_person


@pytest.mark.parametrize(
    "content", [b"<html>", {}, {"access_token": ""}, {"access_token": 5}, {"access_token": "a\nb"}]
)
def test_a_page_instead_of_a_token_is_no_refusal(content: Any) -> None:
    delayed = granted(200, content)
    assert isinstance(delayed, Delayed)
    assert (delayed.reason.code, delayed.needs_person) == ("inqom.unreadable", False)


@pytest.mark.parametrize(("lifetime", "read"), [(31_104_000, 31_104_000), (None, 3600), ("x", 3600), (True, 3600)])
def test_how_long_a_token_is_good_is_believed_where_it_is_said(lifetime: Any, read: float) -> None:
    grant = granted(200, {"access_token": "abc", "expires_in": lifetime})
    assert isinstance(grant, Grant)
    assert (grant.token.reveal(), grant.lifetime) == ("abc", read)
    assert "abc" not in repr(grant)


class Office:
    """Gives out numbered tokens, or refuses."""

    def __init__(self, lifetime: float = 3600) -> None:
        self.lifetime = lifetime
        self.asked = 0
        self.refuses = False

    def fetch(self) -> Grant:
        self.asked += 1
        if self.refuses:
            raise ServiceTroubleError(Delayed(Phrase("inqom.wrong_password"), needs_person=True))
        return Grant(Secret(f"token-{self.asked}"), self.lifetime)


@pytest.mark.parametrize(("lifetime", "early"), [(3600, 60), (300, 30), (31_104_000, 60)])
def test_a_token_is_kept_until_shortly_before_its_end(clock: PushedClock, lifetime: float, early: float) -> None:
    office = Office(lifetime)
    keeper = TokenKeeper(office.fetch, clock)
    keeper.token()
    clock.push(lifetime - early - 1)
    assert keeper.token().reveal() == "token-1"
    clock.push(1)
    assert keeper.token().reveal() == "token-2"


def test_a_token_that_was_taken_away_is_replaced_once_for_all_that_held_it(clock: PushedClock) -> None:
    office = Office()
    keeper = TokenKeeper(office.fetch, clock)
    held = keeper.token()
    for _ in range(4):
        keeper.drop(held)
        assert keeper.token().reveal() == "token-2"


def test_a_fresh_one_is_got_on_demand(clock: PushedClock) -> None:
    keeper = TokenKeeper(Office().fetch, clock)
    keeper.token()
    assert keeper.fresh().reveal() == "token-2"
    assert keeper.token().reveal() == "token-2"


def test_a_refusal_is_not_kept_for_the_next_time(clock: PushedClock) -> None:
    office = Office()
    office.refuses = True
    keeper = TokenKeeper(office.fetch, clock)
    with pytest.raises(ServiceTroubleError):
        keeper.token()
    office.refuses = False
    assert keeper.token().reveal() == "token-2"


class Queue:
    """A lock that says when somebody has come to it."""

    def __init__(self) -> None:
        self.came = threading.Semaphore(0)
        self._lock = threading.Lock()

    def __enter__(self) -> None:
        self.came.release()
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()


@pytest.mark.parametrize("refuses", [False, True])
def test_eight_threads_ask_once_and_share_what_came(clock: PushedClock, refuses: bool) -> None:  # noqa: FBT001 -- a parameter of the test
    office, queue, desk, told = Office(), Queue(), threading.Event(), []
    office.refuses = refuses

    def fetch() -> Grant:
        desk.wait(10)
        return office.fetch()

    keeper = TokenKeeper(fetch, clock)
    keeper._lock = queue  # type: ignore[assignment]  # as much of a lock as is needed

    def ask() -> None:
        try:
            told.append(keeper.token().reveal())
        except ServiceTroubleError as trouble:
            told.append(trouble.delayed.reason.code)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
        queue.came.acquire()
    desk.set()
    for thread in threads:
        thread.join()
    assert told == ["inqom.wrong_password" if refuses else "token-1"] * 8
    assert office.asked == 1
