"""Documents get on as time passes, and are read back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pushdoc.sandbox import Faults, Sandbox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pushed import PushedClock
    from visitor import Visitor


@pytest.fixture
def sandbox(clock: PushedClock) -> Iterator[Sandbox]:
    with Sandbox(clock=clock.monotonic, started=clock.now(), requests_per_second=None) as sandbox:
        yield sandbox


def test_a_document_is_received_then_processed_then_done(visitor: Visitor, clock: PushedClock) -> None:
    number = visitor.upload().json()["Id"]
    seen = []
    for seconds in (0, 5, 30, 240):
        clock.push(seconds)
        seen.append(visitor.one(number)["Status"])
    assert seen == ["Received", "Processing", "Processing", "Done"]
    assert visitor.one(number)["CreatedAt"] == "2026-11-20T08:00:00Z"
    assert "2026-11-20T08:00:50Z" <= str(visitor.one(number)["StatusUpdatedAt"]) < "2026-11-20T08:04:00Z"


def test_the_same_bytes_in_the_same_folder_turn_duplicate_after_three_seconds(
    visitor: Visitor, clock: PushedClock
) -> None:
    first, second = visitor.upload().json()["Id"], visitor.upload(name="copie.pdf").json()["Id"]
    elsewhere = visitor.upload(folder=700102).json()["Id"]
    assert len({first, second, elsewhere}) == 3
    clock.push(2.9)
    assert visitor.one(second)["Status"] == "Processing"
    assert "OrigineId" not in visitor.one(second)
    clock.push(0.1)
    assert (visitor.one(second)["Status"], visitor.one(second)["OrigineId"]) == ("Duplicate", first)
    assert visitor.one(second)["StatusUpdatedAt"] == "2026-11-20T08:00:03Z"
    clock.push(1000)
    assert visitor.one(first)["Status"] == visitor.one(elsewhere, 700102)["Status"] == "Done"


def test_some_documents_end_waiting_for_a_person(visitor: Visitor, clock: PushedClock) -> None:
    numbers = [visitor.upload(f"invoice {n}".encode()).json()["Id"] for n in range(40)]
    clock.push(240)
    assert {visitor.one(number)["Status"] for number in numbers} == {"Done", "ToReview"}


def test_lists_are_paged_where_asked(visitor: Visitor) -> None:
    numbers = [visitor.upload(f"{n}".encode()).json()["Id"] for n in range(5)]

    def page(**query: int) -> list[int]:
        rows: list[dict[str, Any]] = visitor.http.get(visitor.documents(), params=query).json()
        return [row["Id"] for row in rows]

    assert page() == numbers
    assert page(pageNumber=2, pageSize=2) == numbers[2:4]
    assert page(pageNumber=4, pageSize=2) == []
    assert page(pageSize=3) == numbers[:3]
    assert page(pageNumber=0, pageSize=2) == numbers[:2]


def test_a_sandbox_may_ignore_paging_as_the_real_service_might(visit: Callable[[Sandbox], Visitor]) -> None:
    with Sandbox(paging=False) as sandbox:
        visitor = visit(sandbox)
        visitor.upload(b"1")
        visitor.upload(b"2")
        assert len(visitor.http.get(visitor.documents(), params={"pageNumber": 2, "pageSize": 1}).json()) == 2


def test_a_document_may_appear_late_in_lists(visit: Callable[[Sandbox], Visitor], clock: PushedClock) -> None:
    with Sandbox(clock=clock.monotonic, visible_after=10) as sandbox:
        visitor = visit(sandbox)
        number = visitor.upload().json()["Id"]
        clock.push(9.9)
        assert visitor.http.get(visitor.documents()).json() == []
        assert visitor.one(number)["Id"] == number
        clock.push(0.1)
        assert len(visitor.http.get(visitor.documents()).json()) == 1


def test_a_single_read_may_be_wrapped_in_an_array(visit: Callable[[Sandbox], Visitor]) -> None:
    with Sandbox(faults=Faults(["array@read=1"])) as sandbox:
        visitor = visit(sandbox)
        number = visitor.upload().json()["Id"]
        assert visitor.http.get(visitor.documents(rest=f"/{number}")).json()[0]["Id"] == number


def test_a_document_is_not_found_in_another_folder(visitor: Visitor) -> None:
    number = visitor.upload().json()["Id"]
    for path in (visitor.documents(700102, f"/{number}"), visitor.documents(rest="/1"), visitor.documents(rest="/x")):
        assert visitor.http.get(path).status_code == 404


def test_the_public_url_is_a_new_signed_link_each_time(visitor: Visitor) -> None:
    number = visitor.upload().json()["Id"]
    links = [visitor.http.get(visitor.documents(rest=f"/{number}/public-url")).json() for _ in range(2)]
    assert links[0].startswith(f"{visitor.sandbox.url}/temporary/{number}?signature=")
    assert links[0] != links[1]
