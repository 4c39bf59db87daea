from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from pushdoc.deliver.destination import Absent, CannotTell, Found
from pushdoc.destinations.inqom.lookup import CLOCKS_APART, find
from pushdoc.destinations.inqom.wire import Remote

if TYPE_CHECKING:
    from datetime import datetime

    from destinations.papers import Papers
    from pushed import PushedClock

    from pushdoc.deliver.destination import Finding
    from pushdoc.document import Document

NO_SKEW = timedelta(0)


@pytest.fixture
def document(papers: Papers) -> Document:
    return papers.document(papers.parcel(b"x" * 5000, name="Facture n°3.pdf"))


def remote(number: int, created: datetime | None, **members: Any) -> Remote:
    return replace(Remote(str(number), frozenset(), None, "", "", "", created, "Done", None), **members)


def looked_up(document: Document, *remotes: Remote, skew: timedelta = NO_SKEW) -> Finding:
    return find(document, remotes, skew)


def checksum(document: Document) -> str:
    return document.digest.sha1.upper()


@pytest.mark.parametrize("member", ["source_id", "doc_ref"])
def test_our_reference_decides_whenever_it_was_created(document: Document, clock: PushedClock, member: str) -> None:
    long_ago = clock.now() - timedelta(days=400)
    ours = remote(1, long_ago, **{member: document.reference})
    assert looked_up(document, ours, remote(2, clock.now())) == Found(("1",))


def test_one_that_was_sent_twice_is_found_twice(document: Document, clock: PushedClock) -> None:
    twice = [remote(number, clock.now(), source_id=document.reference) for number in (1, 2)]
    assert looked_up(document, *twice) == Found(("1", "2"))


def test_ours_is_found_even_after_somebody_deleted_it(document: Document, clock: PushedClock) -> None:
    assert looked_up(document, remote(1, clock.now(), source_id=document.reference, status="Deleted")) == Found(("1",))


def test_the_same_bytes_since_our_attempt_are_ours(document: Document, clock: PushedClock) -> None:
    assert looked_up(document, remote(1, clock.now(), checksum=checksum(document))) == Found(("1",))


def test_the_same_bytes_from_before_our_attempt_are_somebody_elses(document: Document, clock: PushedClock) -> None:
    before = clock.now() - CLOCKS_APART - timedelta(seconds=1)
    assert looked_up(document, remote(1, before, checksum=checksum(document))) == Absent()


def test_a_clock_of_inqoms_that_is_slow_is_allowed_for(document: Document, clock: PushedClock) -> None:
    slow = timedelta(hours=-1)
    stored = remote(1, clock.now() + slow, checksum=checksum(document))
    assert looked_up(document, stored, skew=slow) == Found(("1",))
    assert looked_up(document, stored) == Absent()


def test_the_same_bytes_under_another_senders_reference_are_not_ours(document: Document, clock: PushedClock) -> None:
    assert looked_up(document, remote(1, clock.now(), checksum=checksum(document), source_id="other-9")) == Absent()


@pytest.mark.parametrize("kilobytes", [4, 5, 6, None])
def test_without_checksums_name_and_size_decide(document: Document, clock: PushedClock, kilobytes: int | None) -> None:
    named = remote(1, clock.now(), names=frozenset({"Facture n°3.pdf"}), kilobytes=kilobytes)
    assert looked_up(document, named) == Found(("1",))


@pytest.mark.parametrize(
    "other",
    [
        {"kilobytes": 3},
        {"kilobytes": 7},
        {"names": frozenset({"Facture n°4.pdf"})},
        {"names": frozenset()},
        {"source_id": "other-9"},
    ],
)
def test_another_name_or_size_is_another_document(
    document: Document, clock: PushedClock, other: dict[str, Any]
) -> None:
    named = remote(1, clock.now(), names=frozenset({"Facture n°3.pdf"}), kilobytes=5)
    assert looked_up(document, replace(named, **other)) == Absent()


def test_a_look_alike_with_another_checksum_is_left_to_a_person(document: Document, clock: PushedClock) -> None:
    named = remote(1, clock.now(), names=frozenset({"Facture n°3.pdf"}), kilobytes=5, checksum="A" * 40)
    finding = looked_up(document, named)
    assert isinstance(finding, CannotTell)
    assert finding.reason.values == {"ids": ["1"]}


def test_a_look_alike_from_before_our_attempt_is_none(document: Document, clock: PushedClock) -> None:
    before = clock.now() - timedelta(hours=1)
    assert looked_up(document, remote(1, before, names=frozenset({"Facture n°3.pdf"}), kilobytes=5)) == Absent()


def test_a_name_is_looked_for_as_it_was_sent(papers: Papers, clock: PushedClock) -> None:
    document = papers.document(papers.parcel(b"x", name='un "très"\tlong.pdf'))
    for stored in ('un "très"_tlong.pdf', "un 'très'_tlong.pdf"):
        assert looked_up(document, remote(1, clock.now(), names=frozenset({stored}), kilobytes=1)) == Found(("1",))


def test_an_empty_dossier_does_not_have_it(document: Document) -> None:
    assert looked_up(document) == Absent()
    assert looked_up(replace(document, reference=None, sent_at=None)) == Absent()
