from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from formats import samples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pushdoc.demo import papers
from pushdoc.formats import Ending, Excerpt, ending_of, kind_of, pdf_faults

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("formats")


@pytest.fixture(scope="module")
def paper(folder: Path) -> Iterator[int]:
    descriptor = os.open(folder / "paper", os.O_RDWR | os.O_CREAT)
    yield descriptor
    os.close(descriptor)


def ending(paper: int, content: bytes) -> Ending:
    os.truncate(paper, 0)
    os.pwrite(paper, content, 0)
    return ending_of(Excerpt(paper, len(content)))


@pytest.mark.parametrize("case", samples.WHOLE)
def test_a_whole_file_is_complete(paper: int, case: str) -> None:
    assert ending(paper, samples.WHOLE[case]) is Ending.COMPLETE


@pytest.mark.parametrize("case", samples.WHOLE)
def test_a_file_cut_anywhere_is_not_complete(paper: int, case: str) -> None:
    whole = samples.WHOLE[case]
    # The last line's end may be missing, and what was whole before a page was added was whole.
    allowed = {length for length in range(len(whole)) if whole[:length].rstrip() == whole.rstrip()}
    if case == "pdf with a page added":
        first = len(samples.WHOLE["pdf"])
        allowed |= {first - 1, first, first + 1}

    endings = [ending(paper, whole[:length]) for length in range(len(whole))]

    assert {length for length, said in enumerate(endings) if said is Ending.COMPLETE} <= allowed


@pytest.mark.parametrize("case", [case for case in samples.WHOLE if case != "pdf with a page added"])
def test_a_file_cut_in_the_middle_is_open(paper: int, case: str) -> None:
    whole = samples.WHOLE[case]

    assert ending(paper, whole[: len(whole) // 2 + 10]) is Ending.OPEN


@pytest.mark.parametrize("case", [case for case in samples.WHOLE if case not in {"webp", "heic"}])
def test_the_padding_of_a_disk_block_changes_nothing(paper: int, case: str) -> None:
    whole = samples.WHOLE[case]

    assert ending(paper, whole + b"\0" * (512 - len(whole) % 512)) is Ending.COMPLETE


@pytest.mark.parametrize("case", samples.WHOLE)
@pytest.mark.parametrize("part", [2, 1], ids=["half written", "wholly written"])
def test_space_that_is_reserved_and_not_written_yet_is_open(paper: int, case: str, part: int) -> None:
    whole = samples.WHOLE[case]

    assert ending(paper, whole[: len(whole) // part] + b"\0" * 10_000) is Ending.OPEN


@pytest.mark.parametrize("case", ["pdf", "pdf 1.5", "jpeg", "png", "gif", "webp", "zip", "docx"])
def test_something_put_behind_a_whole_file_proves_nothing(paper: int, case: str) -> None:
    assert ending(paper, samples.WHOLE[case] + b"<p>\xff\x01 t\xe9l\xe9charg\xe9 par</p>") is Ending.UNKNOWN


def test_a_scanner_that_is_adding_a_page_leaves_the_pdf_open(paper: int) -> None:
    first = papers.pdf(["page 1"])
    both = samples.pdf_with_one_more_page(first)

    assert ending(paper, both[: len(first) + 20]) is Ending.OPEN
    for more in (5_000, 40_000):
        assert ending(paper, both[: len(first) + 20] + b"x" * more) is Ending.OPEN
    assert ending(paper, both) is Ending.COMPLETE


def test_a_pdf_for_the_web_that_is_shorter_than_it_says_is_open_though_it_has_an_end(paper: int) -> None:
    whole = samples.pdf_linearized()
    cut = whole[: whole.index(b"%%EOF") + 6]

    assert ending(paper, cut) is Ending.OPEN


def test_a_pdf_whose_end_leads_nowhere_proves_nothing(paper: int) -> None:
    astray = papers.pdf(["x"]).replace(b"startxref\n", b"startxref\n9")

    assert ending(paper, astray) is Ending.UNKNOWN


def test_a_pdf_without_its_very_last_line_proves_nothing(paper: int) -> None:
    assert ending(paper, papers.pdf(["x"]).replace(b"%%EOF\n", b"")) is Ending.UNKNOWN


def test_the_end_of_a_thumbnail_is_not_the_end_of_the_photograph(paper: int) -> None:
    thumbnail = papers.jpeg("petit")
    exif = b"\xff\xe1" + (len(thumbnail) + 100).to_bytes(2, "big") + b"Exif\0\0" + thumbnail

    assert ending(paper, b"\xff\xd8" + exif) is Ending.OPEN


def test_a_photograph_with_a_film_behind_it_proves_nothing(paper: int) -> None:
    whole = papers.jpeg("MotionPhoto")

    assert ending(paper, whole) is Ending.UNKNOWN
    assert ending(paper, whole + b"\0\0\0\x18ftypmp42" + b"\xff\x01film" * 1000) is Ending.UNKNOWN


def test_a_zip_that_holds_a_zip_is_open_until_its_own_end(paper: int) -> None:
    inner = samples.zipped({"a.txt": "a"}).decode("latin-1")
    outer = samples.zipped({"inner.zip": inner}, stored=True)

    assert ending(paper, outer) is Ending.COMPLETE
    assert ending(paper, outer[: outer.rindex(b"PK\1\2")]) is not Ending.COMPLETE


def test_a_zip_whose_end_does_not_follow_its_directory_proves_nothing(paper: int) -> None:
    whole = samples.zipped({"a.txt": "a"})
    end = whole.rindex(b"PK\5\6")

    assert ending(paper, whole[:end] + b"else" + whole[end:]) is Ending.UNKNOWN


ENDLESS = [samples.tiff(), samples.CSV, samples.compound("Workbook"), samples.HTML, b"", b"%"]


@pytest.mark.parametrize("content", ENDLESS)
def test_a_format_without_an_end_proves_nothing(paper: int, content: bytes) -> None:
    assert ending(paper, content) is Ending.UNKNOWN


@pytest.mark.parametrize("case", samples.WHOLE)
def test_of_a_large_file_only_a_little_is_read(tmp_path: Path, case: str) -> None:
    path = tmp_path / "large"
    path.write_bytes(samples.WHOLE[case])
    os.truncate(path, 5_000_000_000)
    descriptor = os.open(path, os.O_RDONLY)
    before = read_so_far()
    kind_of(Excerpt(descriptor, 5_000_000_000))
    ending_of(Excerpt(descriptor, 5_000_000_000))
    pdf_faults(Excerpt(descriptor, 5_000_000_000), 10_000_000)
    after = read_so_far()
    os.close(descriptor)

    assert after - before < 400_000


def read_so_far() -> int:
    """How many bytes this thread has read, by the kernel's count."""
    return int(Path("/proc/thread-self/io").read_text().split()[1])


# --- any bytes

BEGINNINGS = [whole[:cut] for whole in samples.WHOLE.values() for cut in (5, 40, len(whole))]


def damaged() -> st.SearchStrategy[bytes]:
    """Whole files with some bytes changed, beginnings with anything behind, and anything at all."""

    def change(whole: bytes, changes: list[tuple[int, int]]) -> bytes:
        content = bytearray(whole)
        for at, byte in changes:
            content[at % len(content)] = byte
        return bytes(content)

    changes = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=12)
    compounds = [samples.compound("Workbook", fragmented=True), samples.pdf_locked("x"), samples.CSV]
    files = st.sampled_from([*samples.WHOLE.values(), *compounds])
    behind = st.builds(bytes.__add__, st.sampled_from(BEGINNINGS), st.binary(max_size=300))
    return st.builds(change, files, changes) | behind | st.binary(max_size=600)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=400)
@given(content=damaged())
def test_any_bytes_get_an_answer(paper: int, content: bytes) -> None:
    assert ending(paper, content) in Ending
    pdf_faults(Excerpt(paper, len(content)), 1_000_000)


@settings(deadline=None, max_examples=50)
@given(content=st.sampled_from(list(samples.WHOLE.values())), left=st.integers(0, 3000))
def test_a_file_that_is_cut_off_while_it_is_read_gets_an_answer(paper: int, content: bytes, left: int) -> None:
    os.truncate(paper, 0)
    os.pwrite(paper, content[:left], 0)

    assert ending_of(Excerpt(paper, len(content))) in Ending
    pdf_faults(Excerpt(paper, len(content)), 1_000_000)
