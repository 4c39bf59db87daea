"""The benchmark's server counts what it is sent, and its corpus is what it claims to be."""

from __future__ import annotations

import http.client
import statistics
from contextlib import closing

import pytest
from benchmarks.answers import Service, Terms
from benchmarks.corpus import LARGEST, paper, sizes
from benchmarks.stand import server

_PATH = "/accounting-documents/api/accounting-documents/accounting-folders/7/Documents/"


@pytest.mark.service
def test_each_content_is_counted_and_found_again_by_its_reference() -> None:
    form = b'--b\r\nContent-Disposition: form-data; name="SourceId"\r\n\r\nours-1\r\n--b\r\n\r\n' + paper(7, 100_000)
    with server() as stand, closing(http.client.HTTPConnection(stand.url.removeprefix("http://"))) as visitor:
        stand.begin(Terms(verify=True))
        for _ in range(2):
            visitor.request("POST", _PATH, form)
            assert visitor.getresponse().read().startswith(b'{"Id": ')
        seen = stand.seen()
        visitor.request("GET", _PATH + "?pageNumber=1&pageSize=200")
        listed = visitor.getresponse().read()

    assert (seen.kept, seen.twice, seen.never([7, 8])) == ({7: 2}, 1, 1)
    assert seen.bytes == 2 * len(form)
    assert len(seen.arrived[7]) == 2
    assert b'"SourceId": "ours-1"' in listed


def test_faults_come_as_often_as_they_were_ordered() -> None:
    service = Service()
    service.begin(Terms(failed=0.05, too_fast=0.02, reset=0.01))

    statuses = [service.upload(_PATH, 1, paper(number, 1000), 0.0, None).status for number in range(10_000)]

    assert 400 < statuses.count(503) < 600
    assert 150 < statuses.count(429) < 250
    assert 60 < statuses.count(None) < 140
    assert 0 < len(service.kept) - statuses.count(200) < statuses.count(None)


def test_the_corpus_has_the_sizes_of_small_scans() -> None:
    drawn = sorted(sizes(10_000, seed=1))

    assert 55_000 < statistics.median(drawn) < 65_000
    assert 2_500_000 < drawn[9_900] < 3_600_000
    assert drawn[-1] <= LARGEST


def test_a_paper_is_a_pdf_of_its_size_that_is_like_no_other() -> None:
    papers = [paper(number, 60_000) for number in range(50)]

    assert all(content.startswith(b"%PDF-1.7\n") and content.endswith(b"%%EOF\n") for content in papers)
    assert all(abs(len(content) - 60_000) < 500 for content in papers)
    assert len(set(papers)) == 50
    offset = int(papers[0].rsplit(b"startxref\n", 1)[1].split()[0])
    assert papers[0][offset:].startswith(b"xref\n")
