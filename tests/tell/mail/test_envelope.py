from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hostile import HOSTILE, harmless

from pushdoc.tell import Reader
from pushdoc.tell.mail.envelope import Words, enveloped

if TYPE_CHECKING:
    from email.message import EmailMessage

FR = Reader("fr", ZoneInfo("Europe/Paris"))
MADE = datetime(2026, 7, 14, 5, 0, tzinfo=UTC)
HEADERS = {
    "From", "To", "Subject", "Date", "Message-ID", "Content-Language", "Auto-Submitted", "X-Auto-Response-Suppress",
    "MIME-Version", "Content-Type",
}  # fmt: skip


def posted(words: Words, to: str = "claire@cabinet.example", name: str = "Claire Durand") -> bytes:
    return enveloped(words, sender="pushdoc@cabinet.example", to=to, name=name, reader=FR, made=MADE)


def read(mail: bytes) -> EmailMessage:
    return message_from_bytes(mail, policy=default)


def test_a_mail_has_text_and_html_of_the_same_words() -> None:
    mail = read(posted(Words("Sujet é", "Bonjour\nété", "<p>été</p>")))

    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert mail.get_content_type() == "multipart/alternative"
    assert text is not None
    assert html is not None
    assert text.get_content().splitlines() == ["Bonjour", "été"]
    assert html.get_content().splitlines() == ["<p>été</p>"]


def test_without_html_a_mail_is_plain_text() -> None:
    assert read(posted(Words("a", "b"))).get_content_type() == "text/plain"


def test_the_headers_say_who_what_when_and_that_no_machine_should_answer() -> None:
    mail = read(posted(Words("[pushdoc] 3 non transmis – 20/11/2026", "b")))

    assert mail["From"] == "pushdoc <pushdoc@cabinet.example>"
    assert mail["To"] == "Claire Durand <claire@cabinet.example>"
    assert mail["Subject"] == "[pushdoc] 3 non transmis – 20/11/2026"
    assert mail["Date"] == "Tue, 14 Jul 2026 07:00:00 +0200"
    assert mail["Content-Language"] == "fr"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Auto-Response-Suppress"] == "All"


def test_each_mail_has_an_id_of_its_own_that_names_no_machine() -> None:
    ids = {read(posted(Words("a", "b")))["Message-ID"] for _ in range(3)}

    assert len(ids) == 3
    assert all(one.endswith("@cabinet.example>") for one in ids)


def test_every_line_ends_as_the_wire_wants_it_and_is_short_and_ascii() -> None:
    mail = posted(Words("é" * 140, "é" * 5000, "<p>" + "é" * 5000 + "</p>"))

    assert b"\n" not in mail.replace(b"\r\n", b"")
    assert mail.isascii()
    assert max(map(len, mail.split(b"\r\n"))) <= 998


@pytest.mark.parametrize("name", HOSTILE)
def test_no_file_name_breaks_a_header(name: str) -> None:
    mail = read(posted(Words(f"refusé : {name}", "b"), name=name))

    assert set(mail.keys()) <= HEADERS | {"Content-Transfer-Encoding"}
    assert len(mail.get_all("To", [])) == 1
    assert [one.addr_spec for one in mail["To"].addresses] == ["claire@cabinet.example"]
    assert harmless(mail["Subject"])
    assert harmless(mail["To"])
    assert not mail.defects


def test_a_long_subject_is_cut() -> None:
    assert len(read(posted(Words("x" * 500, "b")))["Subject"]) == 150


def test_a_domain_with_accents_goes_by_its_ascii_form() -> None:
    assert "<claire@xn--caf-dma.example>" in read(posted(Words("a", "b"), to="claire@café.example"))["To"]
