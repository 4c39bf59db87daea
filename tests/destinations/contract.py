"""What every destination must hold; each plug-in's tests subclass `DestinationContract`."""

from __future__ import annotations

import hashlib
import logging
import os
from typing import TYPE_CHECKING

import pytest

from pushdoc.deliver.destination import Absent, CannotTell, Delayed, Delivered, Found, ServiceTroubleError
from pushdoc.original import ChangedError
from pushdoc.words import LANGUAGES, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from destinations.papers import Papers

    from pushdoc.deliver.destination import Destination, Parcel


class DestinationContract:
    """A subclass gives the fixtures `destination`, `unreachable` (one that is not there) and `arrived`.

    `arrived()` is the sha256 of all that is kept there; `secrets` are words that must never be seen.
    """

    @pytest.fixture
    def secrets(self) -> list[str]:
        return []

    def test_one_that_is_there_is_in_health(self, destination: Destination) -> None:
        assert destination.check().trouble is None

    def test_what_is_sent_arrives_byte_for_byte(
        self, destination: Destination, papers: Papers, arrived: Callable[[], list[str]]
    ) -> None:
        content = os.urandom(300_000)
        assert isinstance(destination.send(papers.parcel(content)), Delivered)
        assert arrived() == [hashlib.sha256(content).hexdigest()]

    def test_a_delivered_document_is_asked_for_and_found(self, destination: Destination, papers: Papers) -> None:
        parcel = papers.parcel()
        receipt = receipt_of(destination, parcel)
        destination.send(papers.parcel())
        assert destination.ask(papers.document(parcel)) == Found((receipt,))

    def test_one_that_was_never_sent_is_absent(self, destination: Destination, papers: Papers) -> None:
        destination.send(papers.parcel())
        assert destination.ask(papers.document(papers.parcel())) == Absent()

    def test_the_same_parcel_twice_is_two_and_both_are_found(
        self, destination: Destination, papers: Papers, arrived: Callable[[], list[str]]
    ) -> None:
        parcel = papers.parcel()
        first = receipt_of(destination, parcel)
        parcel.body.rewind()
        second = receipt_of(destination, parcel)
        found = destination.ask(papers.document(parcel))
        assert isinstance(found, Found)
        assert sorted(found.receipts) == sorted([first, second])
        assert arrived() == [parcel.digest.sha256] * 2

    @pytest.mark.parametrize("now", [b"other content", b"longer content than it was", b""])
    def test_a_file_that_changed_raises_and_nothing_arrives(
        self, destination: Destination, papers: Papers, arrived: Callable[[], list[str]], now: bytes
    ) -> None:
        parcel = papers.parcel(b"first content")
        papers.rewrite(parcel, now)
        with pytest.raises(ChangedError):
            destination.send(parcel)
        assert arrived() == []
        assert destination.ask(papers.document(parcel)) == Absent()

    @pytest.mark.parametrize("name", ["Facture été « n°3 ».pdf", 'a "quoted" one.pdf', "x" * 300 + ".pdf", "日本.pdf"])
    def test_any_name_arrives(self, destination: Destination, papers: Papers, name: str) -> None:
        assert isinstance(destination.send(papers.parcel(name=name)), Delivered)

    def test_one_that_cannot_be_reached_delays_and_says_why(self, unreachable: Destination, papers: Papers) -> None:
        parcel = papers.parcel()
        outcome = unreachable.send(parcel)
        assert isinstance(outcome, Delayed)
        health = unreachable.check()
        assert health.trouble is not None
        assert not health.reachable
        finding = unreachable.ask(papers.document(parcel))
        assert isinstance(finding, CannotTell)
        for language in LANGUAGES:
            for phrase in (outcome.reason, health.trouble, finding.reason):
                assert "…" not in say(phrase, language)
        try:
            assert not unreachable.dossiers()
        except ServiceTroubleError as trouble:
            assert trouble.delayed.reason.code  # noqa: PT017 -- either answer is right

    def test_after_closing_every_call_still_ends_with_an_answer(self, destination: Destination, papers: Papers) -> None:
        parcel = papers.parcel()
        destination.close()
        assert isinstance(destination.send(parcel), Delayed | Delivered)
        assert isinstance(destination.ask(papers.document(parcel)), CannotTell | Found | Absent)
        destination.close()

    def test_no_secret_is_seen_in_logs_or_reprs(
        self, destination: Destination, papers: Papers, caplog: pytest.LogCaptureFixture, secrets: list[str]
    ) -> None:
        caplog.set_level(logging.INFO)
        destination.check()
        outcome = destination.send(papers.parcel())
        seen = caplog.text + repr(destination) + repr(vars(destination)) + repr(outcome)
        assert [secret for secret in secrets if secret in seen] == []


def receipt_of(destination: Destination, parcel: Parcel) -> str:
    outcome = destination.send(parcel)
    assert isinstance(outcome, Delivered)
    return outcome.receipt
