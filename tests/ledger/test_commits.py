"""Several writers in one commit: each change whole or not at all, nobody on before theirs is durable."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from pushdoc.errors import PushdocError
from pushdoc.ledger.commits import Commits
from pushdoc.ledger.engine import open_for_writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ADD = "INSERT INTO house (key, value) VALUES (:key, '')"


@pytest.fixture
def connection(path: Path) -> sqlite3.Connection:
    return open_for_writing(path)


@pytest.fixture
def commits(connection: sqlite3.Connection, path: Path) -> Iterator[Commits]:
    made = Commits(connection, path)
    yield made
    made.close()


@pytest.fixture
def counted(connection: sqlite3.Connection) -> list[str]:
    """One element for each commit."""
    made: list[str] = []
    connection.set_trace_callback(lambda statement: made.append(statement) if statement == "COMMIT" else None)
    return made


def durable(path: Path) -> set[str]:
    """What somebody else sees."""
    with closing(sqlite3.connect(path)) as other:
        return {key for (key,) in other.execute("SELECT key FROM house")}


def add(commits: Commits, key: str) -> None:
    with commits.change() as connection:
        connection.execute(ADD, {"key": key})


def half_a_change(commits: Commits) -> None:
    with commits.change() as connection:
        connection.execute(ADD, {"key": "half a change"})
        raise ValueError("no further")


def behind_one(commits: Commits, work: list[Callable[[], None]]) -> None:
    """Do one change, held until all the others stand in line for theirs."""
    threads = [threading.Thread(target=one) for one in work]
    try:
        with commits.change() as connection:
            connection.execute(ADD, {"key": "first"})
            for thread in threads:
                thread.start()
            while commits._coming < len(threads):
                threads[0].join(0.001)
    finally:
        for thread in threads:
            thread.join()


def test_whoever_waits_goes_into_one_commit(commits: Commits, counted: list[str], path: Path) -> None:
    seen: list[bool] = []

    def work(key: str) -> None:
        add(commits, key)
        seen.append(key in durable(path))

    behind_one(commits, [lambda key=f"key {number}": work(key) for number in range(10)])  # type: ignore[misc]

    assert seen == [True] * 10
    assert len(counted) == 1


def test_one_after_the_other_each_has_a_commit_of_its_own(commits: Commits, counted: list[str]) -> None:
    add(commits, "a")
    add(commits, "b")

    assert len(counted) == 2


def test_changes_without_end_do_not_put_off_a_commit_for_ever(commits: Commits, counted: list[str]) -> None:
    behind_one(commits, [lambda key=f"key {number}": add(commits, key) for number in range(70)])  # type: ignore[misc]

    assert len(counted) == 2


def test_a_change_that_fails_takes_nothing_of_the_others_with_it(commits: Commits, path: Path) -> None:
    caught: list[Exception] = []

    def fails() -> None:
        try:
            half_a_change(commits)
        except ValueError as error:
            caught.append(error)

    behind_one(commits, [lambda: add(commits, "before"), fails, lambda: add(commits, "after")])

    assert len(caught) == 1
    assert durable(path) >= {"first", "before", "after"}
    assert "half a change" not in durable(path)


def test_a_change_that_fails_alone_is_undone_and_the_next_one_is_as_ever(commits: Commits, path: Path) -> None:
    with pytest.raises(ValueError, match="no further"):
        half_a_change(commits)

    add(commits, "next")

    assert "half a change" not in durable(path)
    assert "next" in durable(path)


def test_where_the_disk_is_full_everybody_in_the_commit_is_told(commits: Commits, path: Path) -> None:
    with commits.change() as connection:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages + 1}")
    told: list[str] = []

    def add_much(key: str) -> None:
        try:
            with commits.change() as connection:
                _add_much(connection, key)
        except PushdocError as error:
            told.append(error.phrase.code)
        else:
            told.append("durable" if key in durable(path) else "lost")

    kept = True
    try:
        behind_one(commits, [lambda key=f"key {number}": add_much(key) for number in range(5)])  # type: ignore[misc]
    except PushdocError:
        kept = False

    assert set(told) == {"ledger.no_space"}
    assert ("first" in durable(path)) is kept
    assert not durable(path) & {f"key {number}" for number in range(5)}


def _add_much(connection: sqlite3.Connection, key: str) -> None:
    connection.execute(ADD, {"key": key})
    connection.execute("INSERT INTO house (key, value) VALUES (:key, hex(zeroblob(100000)))", {"key": key + " much"})
