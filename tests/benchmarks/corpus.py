"""Papers for the benchmark: real small PDFs, the same for the same seed, and trees of clients to drop them in."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from benchmarks.answers import MARK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

MEDIAN = 60_000
P99 = 3_000_000
LARGEST = 25_000_000
_SMALLEST = 1_000
_SPREAD = math.log(P99 / MEDIAN) / 2.3263  # the normal distribution's 99th percentile
_HEAD = b"%%PDF-1.7\n%b%09d\n"
_OBJECTS = (
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>",
)
_FRAME = 800  # bytes of a paper beside its scan, about


@cache
def _noise() -> bytes:
    """Bytes that look like a scan, from which each paper cuts its own piece."""
    return random.Random(4).randbytes(4_000_000)  # noqa: S311 -- stands for a scan


def paper(number: int, size: int) -> bytes:
    """A whole PDF of about `size` bytes that is like no other number's; it bears its number where the server looks."""
    noise, length = _noise(), max(1, size - _FRAME)
    start = number * 7919 % 1_000_000
    scan = noise[start : start + length]
    if len(scan) < length:
        scan += (noise * (length // len(noise) + 1))[: length - len(scan)]
    stream = b"<</Length %d>>stream\n%b\nendstream" % (length, scan)
    parts, places = [_HEAD % (MARK, number)], []
    for position, content in enumerate((*_OBJECTS, stream), 1):
        places.append(sum(map(len, parts)))
        parts.append(b"%d 0 obj\n%b\nendobj\n" % (position, content))
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    xref = sum(map(len, parts))
    trailer = b"trailer\n<</Root 1 0 R/Size 5>>\nstartxref\n%d\n%%%%EOF\n" % xref
    return b"".join((*parts, b"xref\n0 5\n0000000000 65535 f \n", table, trailer))


def sizes(count: int, seed: int) -> Iterator[int]:
    """Log-normal sizes in bytes: the median 60 kB, one in a hundred above 3 MB, none above 25 MB."""
    drawn = random.Random(seed)  # noqa: S311 -- the same sizes each time
    return (min(LARGEST, max(_SMALLEST, round(drawn.lognormvariate(math.log(MEDIAN), _SPREAD)))) for _ in range(count))


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of a corpus, and the file that it was written to."""

    number: int
    path: Path


def write(folders: Sequence[Path], size_of_each: Iterator[int], first: int = 1) -> list[Paper]:
    """Papers numbered from `first`, spread over the folders in turn."""
    papers = []
    for number, size in enumerate(size_of_each, first):
        path = folders[number % len(folders)] / f"facture {number:09}.pdf"
        path.write_bytes(paper(number, size))
        papers.append(Paper(number, path))
    return papers
