from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pushdoc.formats import Excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Beginning and end are read 32 kB at once: smaller, of just that size, overlapping, and with something between.
BYTES = b"".join(number.to_bytes(4, "big") for number in range(25_000))
SIZES = st.sampled_from([0, 1, 2048, 32_767, 32_768, 32_769, 50_000, 65_536, 65_537, 100_000])
PLACES = st.integers(-10, 100_010)


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    descriptor = os.open(tmp_path_factory.mktemp("excerpt") / "paper", os.O_RDWR | os.O_CREAT)
    yield descriptor
    os.close(descriptor)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(size=SIZES, asked=st.lists(st.tuples(PLACES, st.integers(0, 70_000)), min_size=1, max_size=6))
def test_any_part_is_what_stands_there_whatever_was_asked_before(
    paper: int, size: int, asked: list[tuple[int, int]]
) -> None:
    os.truncate(paper, 0)
    os.pwrite(paper, BYTES[:size], 0)
    excerpt = Excerpt(paper, size)

    for offset, length in asked:
        assert excerpt.at(offset, length) == (BYTES[:size][offset : offset + length] if offset >= 0 else b"")
    assert excerpt.head(3000) == BYTES[:size][:3000]
    assert excerpt.tail(3000) == BYTES[max(0, size - 3000) : size]


def test_beginning_and_end_are_read_once(tmp_path: Path) -> None:
    path = tmp_path / "paper"
    path.write_bytes(BYTES)
    with path.open("rb") as file:
        excerpt = Excerpt(file.fileno(), len(BYTES))
        first = excerpt.head(10), excerpt.tail(10)
        os.truncate(path, 0)

        assert (excerpt.head(10), excerpt.tail(10)) == first
        assert excerpt.head(32_768) == BYTES[:32_768]
        assert excerpt.tail(32_768) == BYTES[-32_768:]
        assert excerpt.at(50_000, 10) == b""
