from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pushdoc.deliver.answer import Answer, NotAccepted, Unanswered
from pushdoc.deliver.destination import Accepted, Delayed, Delivered, Doubtful, Refused, Scope
from pushdoc.destinations.inqom.outcome import outcome
from pushdoc.words import LANGUAGES, Phrase, advice, say
from pushdoc.words.inqom import PHRASES

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
RECEIPT = b'{"Id": 51, "Status": "Received"}'
REASON = Phrase("deliver.hung_up", {"host": "api.inqom.example"})


@pytest.mark.parametrize("status", [200, 201])
@pytest.mark.parametrize("content", [RECEIPT, b"[" + RECEIPT + b"]"])
def test_a_receipt_is_a_delivery_that_is_followed(status: int, content: bytes) -> None:
    assert outcome(Answer(status, content=content), NOW, gone_out=True) == Delivered("51", "Received", follow=True)


def test_an_expense_reports_receipt_is_one_too() -> None:
    content = b'{"DocumentId": 51}'
    assert outcome(Answer(200, content=content), NOW, gone_out=True) == Delivered("51", "", follow=True)


def test_202_is_accepted_and_not_yet_kept() -> None:
    assert outcome(Answer(202, content=RECEIPT), NOW, gone_out=True) == Accepted("51", "Received")


@pytest.mark.parametrize("status", [200, 201, 202, 204])
@pytest.mark.parametrize("content", [b"", b"<html>Welcome</html>", b"{}", b'{"error": "x"}', b'{"Id": 5'])
def test_success_without_a_receipt_is_doubtful(status: int, content: bytes) -> None:
    assert isinstance(outcome(Answer(status, content=content), NOW, gone_out=True), Doubtful)


def test_a_receipt_for_a_body_that_never_left_is_doubtful() -> None:
    assert isinstance(outcome(Answer(200, content=RECEIPT), NOW, gone_out=False), Doubtful)


def test_a_receipt_in_an_answer_that_broke_off_is_doubtful() -> None:
    assert isinstance(outcome(Answer(200, content=RECEIPT, whole=False), NOW, gone_out=True), Doubtful)


@pytest.mark.parametrize("gone_out", [True, False])
@pytest.mark.parametrize("status", [400, 402, 406, 410, 411, 413, 414, 415, 418, 422, 431, 451])
def test_what_is_about_the_document_refuses_it(status: int, gone_out: bool) -> None:  # noqa: FBT001 -- a parameter of the test
    assert isinstance(outcome(Answer(status), NOW, gone_out=gone_out), Refused)


def test_a_refusal_says_what_inqom_says() -> None:
    refused = outcome(Answer(400, content=b'{"Message": "Format inconnu"}'), NOW, gone_out=True)
    assert refused == Refused(Phrase("inqom.refused_because", {"status": 400, "text": "Format inconnu"}))
    assert isinstance(refused, Refused)
    assert "Format inconnu" in say(refused.reason, "fr")


def test_one_that_is_said_to_be_there_already_is_looked_for() -> None:
    assert isinstance(outcome(Answer(409), NOW, gone_out=True), Doubtful)


@pytest.mark.parametrize(("status", "once"), [(403, False), (404, True)])
def test_rights_and_unknown_dossiers_are_the_dossiers_trouble(status: int, once: bool) -> None:  # noqa: FBT001 -- a parameter of the test
    delayed = outcome(Answer(status, content=b'{"Message": "Non"}'), NOW, gone_out=True)
    assert isinstance(delayed, Delayed)
    assert (delayed.scope, delayed.once, delayed.needs_person) == (Scope.DOSSIER, once, False)
    assert delayed.reason.values["text"] == "Non"


@pytest.mark.parametrize("status", [401, 301, 302, 303, 307, 308, 405, 407])
def test_what_only_a_person_can_mend_takes_the_destination_down(status: int) -> None:
    delayed = outcome(Answer(status), NOW, gone_out=True)
    assert isinstance(delayed, Delayed)
    assert (delayed.scope, delayed.needs_person) == (Scope.DESTINATION, True)


@pytest.mark.parametrize("status", [408, 423, 425, 428, 429])
def test_later_delays_by_what_is_asked(status: int) -> None:
    delayed = outcome(Answer(status, {"retry-after": "7"}), NOW, gone_out=True)
    assert isinstance(delayed, Delayed)
    assert (delayed.scope, delayed.needs_person) == (Scope.DESTINATION, False)
    assert delayed.retry_after == timedelta(seconds=7)


@pytest.mark.parametrize("status", [500, 501, 502, 503, 504, 507, 599])
def test_a_failure_after_the_body_is_doubtful_and_one_before_delays(status: int) -> None:
    assert isinstance(outcome(Answer(status), NOW, gone_out=True), Doubtful)
    before = outcome(Answer(status, {"retry-after": "7"}), NOW, gone_out=False)
    assert isinstance(before, Delayed)
    assert (before.needs_person, before.retry_after) == (False, timedelta(seconds=7))


def test_no_answer_is_doubtful_after_the_body_and_delays_before() -> None:
    assert outcome(Unanswered(REASON), NOW, gone_out=True) == Doubtful(REASON)
    assert outcome(NotAccepted(REASON), NOW, gone_out=False) == Delayed(REASON)
    assert outcome(NotAccepted(REASON, needs_person=True), NOW, gone_out=False) == Delayed(REASON, needs_person=True)


@pytest.mark.parametrize("status", range(200, 600))
@pytest.mark.parametrize("content", [b"", b"because"])
def test_every_status_has_an_outcome_with_words(status: int, content: bytes) -> None:
    for gone_out in (True, False):
        came = outcome(Answer(status, content=content), NOW, gone_out=gone_out)
        if isinstance(came, Delayed | Doubtful | Refused):
            for language in LANGUAGES:
                assert "…" not in say(came.reason, language)


def test_every_phrase_of_inqom_can_be_said() -> None:
    values = {"status": 400, "text": "non", "extension": "xlsx", "type": "Autre", "ids": ["51"], "pages": 500}
    for code in PHRASES:
        phrase = Phrase(code.removesuffix(".advice"), values)
        for language in LANGUAGES:
            assert "{" not in say(phrase, language) + (advice(phrase, language) or "")
            assert "…" not in say(phrase, language).replace(".jpg…", "")
