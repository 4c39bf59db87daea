from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hostile import HOSTILE, harmless
from morning import ROOT, typed
from office import CLIENT

from pushdoc.ledger import DestinationNote, TroubleNote
from pushdoc.states import Event
from pushdoc.tell.mail.digest import Addressee
from pushdoc.tell.mail.digest_text import DigestText
from pushdoc.tell.mail.letter import letter, worded
from pushdoc.words import Phrase, visible

if TYPE_CHECKING:
    from email.message import EmailMessage
    from pathlib import Path

    from morning import Morning

    from pushdoc.tell.mail.digest import Digest

CAFE = "Café de la Gare"
#: What the template is made of; nothing of a name may become one of them, or an attribute.
TAGS = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "table",
    "tr",
    "td",
    "div",
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "strong",
    "span",
    "ul",
    "li",
    "br",
    "wbr",
}
ATTRIBUTES = {
    "style",
    "lang",
    "charset",
    "name",
    "content",
    "class",
    "role",
    "width",
    "cellpadding",
    "cellspacing",
    "border",
    "align",
}


class Page(HTMLParser):
    """The tags, attributes and text of an HTML page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.values: list[str] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.values += [value or "" for _, value in attrs]
        if tag not in {"meta", "br", "wbr"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data


def sent(morning: Morning, told: Digest, templates: Path | None = None) -> tuple[bytes, EmailMessage]:
    someone = Addressee("Claire Durand", "claire@cabinet.example", lambda _: True)
    mail = letter(
        told,
        someone,
        sender="pushdoc@cabinet.example",
        reader=morning.reader,
        templates=templates,
        made=morning.clock.now(),
    )
    return mail, message_from_bytes(mail, policy=default)


def bodies(mail: EmailMessage) -> tuple[str, str]:
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert html is not None
    return text.get_content().replace("\r\n", "\n"), html.get_content().replace("\r\n", "\n")


def everything(morning: Morning) -> int:
    """Something for each part of a digest; the last event of the one before it."""
    settled = morning.fail("settled.pdf")
    morning.fail("still.pdf", CAFE)
    after = morning.newest
    for name in HOSTILE:
        morning.fail(name)
    morning.ledger.record(settled, Event.ACKNOWLEDGE, reason=Phrase("journey.acknowledged", {"text": HOSTILE[0]}))
    morning.office.archived(content="bytes")
    morning.office.enter("copie.pdf", content="bytes")
    morning.ledger.claim("inqom")
    morning.doubtful(Phrase("deliver.read_timeout", {"host": "api.inqom.example"}))
    morning.office.enter("double.pdf")
    morning.ledger.record(morning.office.claim(), Event.DELIVER, receipt="9", twin="5", delivered=morning.clock.now())
    morning.enter("held.pdf", hold=True)
    morning.unmapped("SCI Les Tilleuls", Phrase("clients.unknown", {"siret": "81000100800012"}))
    morning.enter("waits.pdf", "SCI Les Tilleuls")
    why = Phrase("inqom.refused_because", {"status": 403, "text": f"https://api.inqom.example/x {HOSTILE[1]}"})
    morning.ledger.notes.keep_destination(DestinationNote("inqom", "down", morning.clock.now(), None, why))
    names = {"count": 3, "names": list(HOSTILE[:3])}
    morning.ledger.notes.keep_troubles([
        TroubleNote(CLIENT, Phrase("whole.empty", names)),
        TroubleNote("", Phrase("watch.root_gone", {"path": str(ROOT)})),
    ])  # fmt: skip
    return after


@pytest.mark.parametrize("language", ["fr", "en"])
def test_nothing_of_a_name_becomes_markup_a_link_or_a_header(morning: Morning, language: str) -> None:
    morning.language = language  # type: ignore[assignment]  # one of the two
    _, mail = sent(morning, morning.told(everything(morning)))

    text, html = bodies(mail)
    page = Page(html)

    assert set(page.tags) <= TAGS
    assert page.attributes <= ATTRIBUTES
    assert not page.open
    assert harmless(text)
    assert harmless(html)
    assert harmless(mail["Subject"])
    assert "{{" not in html.replace("{{ 7*7 }}", "")
    assert not any("://" in value or "url(" in value for value in page.values)


def test_each_name_is_shown_whole_where_it_is_not_long(morning: Morning) -> None:
    words = worded(morning.told(everything(morning)), morning.reader, None)
    text, html = words.text, words.html or ""

    shown = [visible(name).replace("www.", "www[.]") for name in HOSTILE if len(visible(name)) <= 90]
    page = " ".join(Page(html).text.split())
    assert [name for name in shown if name not in text] == []
    assert [name for name in shown if " ".join(name.split()) not in page] == []


def test_a_name_that_is_an_address_is_none_in_the_mail(morning: Morning) -> None:
    morning.fail("www.evil.example.pdf")

    text, html = bodies(sent(morning, morning.told())[1])

    assert "www.evil" not in text
    assert "www.evil" not in html
    assert "www.<wbr>evil.<wbr>example.<wbr>pdf" in html


def test_no_address_no_machine_and_no_folder_of_the_server_leaves_the_house(morning: Morning) -> None:
    unreadable = {"path": str(ROOT / CLIENT / "Achats/2026/11/x.pdf"), "said": "Permission denied"}
    morning.fail("x.pdf", why=Phrase("journey.unreadable", unreadable))
    mail, message = sent(morning, morning.told(everything(morning)))

    said = "".join(bodies(message)) + mail.decode()
    for secret in ("/srv", "api.inqom", "://", str(morning.file), "pushdoc.db"):
        assert secret not in said.replace("evil.example://", "")


def test_a_mail_of_500_failures_with_long_names_is_not_cut_by_mail_programs(morning: Morning) -> None:
    for number in range(500):
        morning.fail("é" * 110 + f"{number:03}.pdf", f"Cabinet médical et dentaire n° {number % 200}")

    mail, message = sent(morning, morning.told())

    assert len(mail) < 100_000
    text, html = bodies(message)
    assert "500 non transmis" in message["Subject"]
    assert "000.pdf" in text
    assert "autres" in html


def test_text_and_html_tell_the_same(morning: Morning) -> None:
    text, html = bodies(sent(morning, morning.told(everything(morning)))[1])
    page = " ".join(Page(html).text.replace("www.", "www[.]").split())

    headings = [
        line for line, under in zip(text.splitlines(), text.splitlines()[1:], strict=False) if under.startswith("---")
    ]
    assert len(headings) == 10
    assert [heading for heading in headings if " ".join(heading.split()) not in page] == []


def test_headings_go_down_one_step_at_a_time_and_the_language_is_named(morning: Morning) -> None:
    _, html = bodies(sent(morning, morning.told(everything(morning)))[1])

    levels = [int(tag[1]) for tag in Page(html).tags if tag in {"h1", "h2", "h3", "h4"}]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))
    assert '<html lang="fr">' in html
    assert "<title>[pushdoc]" in html
    assert "<img" not in html


@pytest.mark.parametrize(
    ("new", "still", "subject"),
    [
        (2, 1, "[pushdoc] 3 non transmis dont 2 nouveaux, 1 transmis, 20/11/2026"),
        (1, 1, "[pushdoc] 2 non transmis dont 1 nouveau, 1 transmis, 20/11/2026"),
        (2, 0, "[pushdoc] 2 non transmis, 1 transmis, 20/11/2026"),
        (0, 2, "[pushdoc] 2 toujours non transmis, 1 transmis, 20/11/2026"),
        (0, 0, "[pushdoc] tout est passé, 1 transmis, 20/11/2026"),
    ],
)
def test_the_subject_says_the_result_first(morning: Morning, new: int, still: int, subject: str) -> None:
    for number in range(still):
        morning.fail(f"still-{number}.pdf")
    after = morning.newest
    for number in range(new):
        morning.fail(f"new-{number}.pdf")
    morning.office.delivered()

    assert typed(sent(morning, morning.told(after))[1]["Subject"]) == subject


def test_the_subject_names_what_else_needs_a_person(morning: Morning) -> None:
    everything(morning)
    told = morning.told(morning.newest)

    assert typed(DigestText(replace(told), morning.reader).subject).startswith(
        f"[pushdoc] {told.failing} toujours non transmis, inqom en difficulté, 2 documents attendent, 3 à vérifier"
    )


def test_a_quiet_mail_is_short_and_says_that_all_went_well(morning: Morning) -> None:
    morning.office.delivered()

    text, html = bodies(sent(morning, morning.told())[1])

    assert "Tout est passé" in html
    assert "1 document a été transmis ces dernières 24 heures." in typed(text)
    assert len(text.splitlines()) < 10


def test_the_firms_own_templates_go_before_ours(morning: Morning, tmp_path: Path) -> None:
    morning.fail("a<b>.pdf")
    (tmp_path / "digest.html").write_text("<p>{{ told.new.total }} {{ plain.subject }}</p>")
    (tmp_path / "digest.txt").write_text("{% for c in told.new.clients %}{{ c.documents[0].name }}{% endfor %}")

    text, html = bodies(sent(morning, morning.told(), tmp_path)[1])

    assert text.strip() == "a<b>.pdf"
    assert html.startswith("<p>1 [pushdoc] 1 non transmis")


def test_a_template_that_fails_costs_the_looks_and_not_the_mail(morning: Morning, tmp_path: Path) -> None:
    morning.fail("a.pdf")
    for name in ("digest.html", "digest.txt"):
        (tmp_path / name).write_text("{{ nothing }}")

    _, mail = sent(morning, morning.told(), tmp_path)

    assert mail.get_content_type() == "text/plain"
    assert "a.pdf" in mail.get_content()


def test_a_mail_is_made_in_the_reader_s_language(morning: Morning) -> None:
    morning.language = "en"
    morning.fail("a.pdf")

    words = worded(morning.told(), morning.reader, None)

    assert words.subject == "[pushdoc] 1 not sent, 0 sent, 2026-11-20"
    assert "Why: The PDF is protected by a password" in words.text
