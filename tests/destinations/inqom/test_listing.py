from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pushdoc.destinations.inqom.listing import PAGE_SIZE, Listing
from pushdoc.destinations.inqom.wire import Remote

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
HORIZON = NOW - timedelta(days=1)


def remote(number: int, created: datetime | None = NOW) -> Remote:
    return Remote(str(number), frozenset(), None, "", "", "", created, "Done", None)


def aged(numbers: range) -> list[Remote]:
    """Documents of which each is an hour older than the one before."""
    return [remote(number, NOW - timedelta(hours=number)) for number in numbers]


def read(listing: Listing, pages: list[list[Remote]]) -> int:
    """How many pages the listing asks for; beyond the given ones there are empty ones."""
    while listing.add(pages[listing.next_page - 1] if listing.next_page <= len(pages) else []):
        assert listing.next_page < 50
    return listing.next_page - 1


def test_it_reads_until_a_page_is_empty() -> None:
    listing = Listing(None)
    assert read(listing, [[remote(1), remote(2)], [remote(3)]]) == 3
    assert [one.id for one in listing.documents] == ["1", "2", "3"]


def test_a_service_that_ignores_the_page_number_is_asked_once_more() -> None:
    listing = Listing(None)
    page = [remote(number) for number in range(10)]
    assert read(listing, [page] * 20) == 2
    assert len(listing.documents) == 10


def test_more_than_a_page_can_hold_is_all_there_is() -> None:
    assert read(Listing(None), [[remote(number) for number in range(PAGE_SIZE + 1)]]) == 1


def test_a_service_with_smaller_pages_than_asked_for_is_read_to_its_end() -> None:
    assert read(Listing(None), [[remote(number)] for number in range(7)]) == 8


def test_pages_that_moved_while_they_were_read_lose_nothing() -> None:
    listing = Listing(None)
    read(listing, [[remote(3), remote(2)], [remote(2), remote(1)]])
    assert {one.id for one in listing.documents} == {"1", "2", "3"}


def test_where_the_newest_come_first_it_stops_beyond_the_horizon() -> None:
    pages = [aged(range(start, start + 20)) for start in range(0, 400, 20)]
    assert read(Listing(HORIZON), pages) == 2


def test_one_page_proves_no_order() -> None:
    assert read(Listing(HORIZON), [aged(range(30, 60)), [remote(99)]]) == 3


@pytest.mark.parametrize(
    "page",
    [list(reversed(aged(range(30, 60)))), [*aged(range(30, 60)), remote(70, None)], [*aged(range(30, 60)), remote(70)]],
)
def test_where_the_order_is_not_proved_it_reads_to_the_end(page: list[Remote]) -> None:
    pages = [page, aged(range(100, 120)), aged(range(120, 140)), [remote(999)]]
    listing = Listing(HORIZON)
    assert read(listing, pages) == 5
    assert "999" in {one.id for one in listing.documents}


def test_without_a_horizon_it_reads_to_the_end() -> None:
    assert read(Listing(None), [aged(range(start, start + 20)) for start in range(0, 100, 20)]) == 6
