from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from pushdoc.original import ChangedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pushdoc.deliver.body import OutgoingBody

    Make = Callable[[bytes], OutgoingBody]

CONTENT = os.urandom(600_000)


def read_all(body: OutgoingBody) -> bytes:
    return b"".join(iter(lambda: body.read(65_536), b""))


def first_of(tmp_path: Path) -> Path:
    return tmp_path / "0.pdf"


def test_all_bytes_come_out_in_order(body: Make) -> None:
    assert read_all(body(CONTENT)) == CONTENT


def test_it_has_gone_out_when_the_last_bytes_were_handed_over_and_not_before(body: Make) -> None:
    outgoing = body(CONTENT)
    outgoing.read(65_536)
    assert not outgoing.gone_out
    read_all(outgoing)
    assert outgoing.gone_out


def test_no_more_than_a_chunk_is_in_memory_whatever_is_asked_for(body: Make) -> None:
    assert len(body(CONTENT).read()) == 256 * 1024


@pytest.mark.parametrize("now", [CONTENT + b"more", CONTENT[:-1], CONTENT[:-1] + b"x", b"", b"x" * len(CONTENT)])
def test_a_file_that_changed_never_gives_its_last_bytes(body: Make, tmp_path: Path, now: bytes) -> None:
    outgoing = body(CONTENT)
    outgoing.read(1000)
    first_of(tmp_path).write_bytes(now)
    with pytest.raises(ChangedError):
        read_all(outgoing)
    assert not outgoing.gone_out


def test_a_file_that_grew_is_noticed_even_when_its_beginning_is_right(body: Make, tmp_path: Path) -> None:
    outgoing = body(b"small")
    with first_of(tmp_path).open("ab") as file:
        file.write(b"!")
    with pytest.raises(ChangedError):
        outgoing.read()
    with pytest.raises(ChangedError):
        outgoing.read()


def test_after_rewinding_it_comes_out_once_more(body: Make) -> None:
    outgoing = body(CONTENT)
    read_all(outgoing)
    outgoing.rewind()
    assert not outgoing.gone_out
    assert read_all(outgoing) == CONTENT


def test_an_empty_file_has_gone_out_once_it_was_read(body: Make) -> None:
    outgoing = body(b"")
    assert outgoing.read() == b""
    assert outgoing.gone_out
