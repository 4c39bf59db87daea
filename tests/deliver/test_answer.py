from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pushdoc.deliver.answer import LONGEST_PROBLEM, Answer, UnreadableError, problem_text

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("7", 7),
        (" 7 ", 7),
        ("0", 0),
        ("99999999999", 3600),
        ("Fri, 20 Nov 2026 08:00:30 GMT", 30),
        ("Fri, 20 Nov 2026 07:00:00 GMT", 0),
        ("Fri, 20 Nov 2036 08:00:00 GMT", 3600),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("", None),
        ("9" * 50, None),
        ("Fri, 99 Nov 2026 08:00:30 GMT", None),
    ],
)
def test_retry_after_is_read_in_both_forms_and_garbage_is_ignored(text: str, seconds: int | None) -> None:
    asked = Answer(429, {"retry-after": text}).retry_after(NOW)
    assert asked == (None if seconds is None else timedelta(seconds=seconds))


def test_a_date_counts_from_the_services_own_clock() -> None:
    headers = {"retry-after": "Fri, 20 Nov 2026 10:00:30 GMT", "date": "Fri, 20 Nov 2026 10:00:00 GMT"}
    assert Answer(429, headers).retry_after(NOW) == timedelta(seconds=30)


def test_without_the_header_nothing_is_asked() -> None:
    assert Answer(429).retry_after(NOW) is None


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ('{"Message": "Format refusé"}', "Format refusé"),
        ('{"message": "Format refusé"}', "Format refusé"),
        ('[{"Message": "Format refusé"}]', "Format refusé"),
        ('"Format refusé"', "Format refusé"),
        (
            '{"title": "Bad Request", "status": 400, "detail": "Champs", "errors": {"Document": ["vide", "sans nom"]}}',
            "Bad Request Champs Document: vide Document: sans nom",
        ),
        ('{"errors": ["a", "b"]}', "a b"),
        ("Format refusé\r\n\tdu document", "Format refusé du document"),
        (
            "<head><title>413</title></head><body><h1>Trop gros</h1><script>x < 1</script> &amp; lourd<!-- --></body>",
            "Trop gros & lourd",
        ),
        ("a < b", "a < b"),
        ('{"Message": null}', ""),
        ('{"errors": 7}', ""),
        ("", ""),
    ],
)
def test_what_a_refusal_says_is_found_whatever_its_form(content: str, text: str) -> None:
    assert problem_text(Answer(400, content=content.encode())) == text


def test_of_a_long_refusal_the_beginning_is_kept() -> None:
    assert len(problem_text(Answer(400, content=b"x" * 10_000))) == LONGEST_PROBLEM


@pytest.mark.parametrize("content", [b"", b"<html>", b'{"Id": 1', b"\xff\xfe", b"[" * 100_000])
def test_what_is_not_json_is_unreadable_and_does_not_quote_itself(content: bytes) -> None:
    with pytest.raises(UnreadableError) as raised:
        Answer(200, content=content).json()
    assert raised.value.__cause__ is None


def test_half_an_answer_is_unreadable_even_where_it_is_json() -> None:
    with pytest.raises(UnreadableError):
        Answer(200, content=b"[]", whole=False).json()


def test_neither_repr_nor_problem_shows_a_whole_body() -> None:
    assert "secret" not in repr(Answer(200, content=b"secret"))
