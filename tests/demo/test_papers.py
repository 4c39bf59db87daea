"""The demo's papers are real: each is taken apart by hand, as its format wants it."""

from __future__ import annotations

import re
import struct
import zlib
from typing import TYPE_CHECKING

import pytest

from pushdoc.demo import papers

if TYPE_CHECKING:
    from collections.abc import Callable


def test_a_pdf_finds_each_of_its_objects_by_its_table() -> None:
    made = papers.pdf(["Facture n° 881 (été)", r"back\slash"])

    assert made.startswith(b"%PDF-1.4\n")
    assert made.endswith(b"%%EOF\n")
    (start,) = re.findall(rb"startxref\n(\d+)\n%%EOF\n$", made)
    table = made[int(start) :]
    head = re.match(rb"xref\n0 (\d+)\n0000000000 65535 f \n", table)
    assert head is not None
    count = int(head[1])
    lines = table[head.end() :].split(b"trailer")[0]
    assert len(lines) == 20 * (count - 1)  # ISO 32000, 7.5.4: each line has exactly 20 bytes
    for number, line in enumerate(re.findall(rb"(\d{10}) 00000 n \n", lines), 1):
        assert made[int(line) :].startswith(b"%d 0 obj\n" % number)
    assert b"/Size %d" % count in table
    stream = re.search(rb"/Length (\d+) >>\nstream\n(.*?)\nendstream", made, re.DOTALL)
    assert stream is not None
    assert int(stream[1]) == len(stream[2])
    assert rb"(Facture n\260 881 \(\351t\351\)) Tj".replace(rb"\260", b"\xb0").replace(rb"\351", b"\xe9") in stream[2]
    assert rb"(back\\slash) Tj" in stream[2]


def test_a_jpeg_is_made_of_segments_from_its_start_to_its_end() -> None:
    made = papers.jpeg("Garage Lefèvre 7")

    assert made[:2] == b"\xff\xd8"
    assert made[-2:] == b"\xff\xd9"
    at, segments = 2, {}
    while True:
        assert made[at] == 0xFF
        kind, (length,) = made[at + 1], struct.unpack(">H", made[at + 2 : at + 4])
        segments[kind] = made[at + 4 : at + 2 + length]
        at += 2 + length
        if kind == 0xDA:  # the scan: from here on it is the picture
            break
    assert segments[0xFE].decode() == "Garage Lefèvre 7"
    assert segments[0xE0].startswith(b"JFIF\0")
    precision, height, width, components = struct.unpack(">BHHB", segments[0xC0][:6])
    assert (precision, height, width, components) == (8, 1, 1, 1)
    assert segments.keys() >= {0xDB, 0xC4}  # tables without which nothing can be decoded


def test_a_png_has_chunks_with_right_checksums_and_one_grey_pixel() -> None:
    made = papers.png("Pharmacie 9")

    assert made[:8] == b"\x89PNG\r\n\x1a\n"
    at, chunks = 8, {}
    while at < len(made):
        (length,) = struct.unpack(">I", made[at : at + 4])
        kind, data = made[at + 4 : at + 8], made[at + 8 : at + 8 + length]
        (checksum,) = struct.unpack(">I", made[at + 8 + length : at + 12 + length])
        assert checksum == zlib.crc32(kind + data)
        chunks[kind] = data
        at += 12 + length
    assert list(chunks) == [b"IHDR", b"tEXt", b"IDAT", b"IEND"]
    assert struct.unpack(">IIBBBBB", chunks[b"IHDR"]) == (1, 1, 8, 0, 0, 0, 0)
    assert zlib.decompress(chunks[b"IDAT"]) == b"\0\x80"  # no filter, one pixel
    assert chunks[b"tEXt"] == b"Comment\0Pharmacie 9"


@pytest.mark.parametrize("make", [lambda text: papers.pdf([text]), papers.jpeg, papers.png])
def test_no_two_papers_are_the_same(make: Callable[[str], bytes]) -> None:
    assert make("a") == make("a") != make("b")
