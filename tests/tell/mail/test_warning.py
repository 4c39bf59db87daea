"""The mails at once: what they say, and that no name harms them."""

from __future__ import annotations

import email
import email.policy
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from hostile import HOSTILE, harmless

from pushdoc.ledger import AlertKind, AlertNote
from pushdoc.tell.mail.envelope import enveloped
from pushdoc.tell.mail.warning import warning
from pushdoc.words import LANGUAGES, Phrase, visible
from pushdoc.words.alerts import PHRASES

if TYPE_CHECKING:
    from email.message import EmailMessage
    from pathlib import Path

    from pushdoc.tell import Reader

MORNING = datetime(2026, 11, 21, 8, 5, tzinfo=UTC)
REASONS = {
    AlertKind.DOWN: Phrase("inqom.wrong_password"),
    AlertKind.PAUSED: Phrase("deliver.hung_up", {"host": "api.inqom.example"}),
    AlertKind.SHARE: Phrase("watch.hanging", {"path": "/srv/mcf", "since": MORNING.isoformat()}),
    AlertKind.FOLDER: Phrase("watch.no_right", {"path": "/srv/mcf/Martin", "count": 3}),
    AlertKind.DISK: Phrase("alerts.disk_low", {"path": "/srv", "free": 312_000_000, "wanted": 1_000_000_000}),
    AlertKind.CLIENT: Phrase("clients.siret_missing"),
    AlertKind.RULES: Phrase("rules.digest_without_mail", {"name": "Claire"}),
}


def note(kind: AlertKind, subject: str = "inqom", *, reason: Phrase | None = None) -> AlertNote:
    """A trouble of three hours and five minutes, over now."""
    since = MORNING - timedelta(hours=3, minutes=5)
    return AlertNote(f"{kind}:inqom:{subject}", kind, subject, reason or REASONS[kind], since, MORNING, MORNING)


def spaced(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


class Page(HTMLParser):
    """What a mail program sees in HTML: the elements, their attributes, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("kind", AlertKind)
def test_each_trouble_says_since_when_what_it_means_what_to_do_and_where_to_look(kind: AlertKind, fr: Reader) -> None:
    words = warning([note(kind)], [], {"inqom": 12}, fr)

    text = " ".join(words.text.split())
    for fact in ("Depuis : 21/11/2026 06:00", "Pour les documents : ", "Que faire : ", "Pour regarder de plus près : "):
        assert fact in text
    assert "pushdoc " + ("map" if kind is AlertKind.CLIENT else "check") in text
    assert ("En attente pour l’instant : 12." in text) == (kind in {AlertKind.DOWN, AlertKind.PAUSED})


@pytest.mark.parametrize("kind", AlertKind)
def test_each_end_says_how_long_it_was(kind: AlertKind, fr: Reader, en: Reader) -> None:
    for reader in (fr, en):
        words = warning([], [note(kind)], {}, reader)
        assert "3 h 05" in spaced(words.subject + words.text)
        assert words.text.startswith("✓ ")


def test_the_subject_says_the_result_first_and_how_much_more_there_is(fr: Reader, en: Reader) -> None:
    down, disk, over = note(AlertKind.DOWN), note(AlertKind.DISK, "/srv"), note(AlertKind.PAUSED, "cegid")

    assert spaced(warning([], [over], {}, fr).subject) == "[pushdoc] Cegid de nouveau en service (3 h 05)"
    several = spaced(warning([down, disk], [over], {}, fr).subject)
    assert several == "[pushdoc] Inqom arrêté : Inqom refuse l’identifiant ou le mot de passe – et 2 autres alertes"
    assert warning([disk], [over], {}, en).subject == "[pushdoc] Disk nearly full: /srv – and 1 more alert"


def test_a_thousand_clients_are_one_paragraph_and_the_first_fifty_names(fr: Reader) -> None:
    words = warning([note(AlertKind.CLIENT, f"Client {number:04}") for number in range(1000)], [], {}, fr)

    assert spaced(words.subject).startswith("[pushdoc] 1000 clients sans dossier chez inqom : Client 0000, …")
    assert words.text.count("SIRET n’est pas renseigné") == 50
    assert "… et 950 autres" in spaced(words.text)
    assert words.html is not None
    assert len(words.html) < 50_000


def test_the_page_says_all_that_the_text_says(fr: Reader) -> None:
    words = warning([note(kind) for kind in AlertKind], [note(AlertKind.SHARE, "/mnt")], {"inqom": 3}, fr)
    assert words.html is not None
    page = Page(words.html)

    said = " ".join(page.text.split())
    for line in words.text.split("\n"):
        rest = " ".join(line.strip().removeprefix("- ").removeprefix("-- ").split())
        if not rest.startswith("Inqom :"):
            assert rest.partition(" : ")[2] in said
    assert page.elements.count("h1") == 1
    assert not {"img", "a", "script", "link"} & set(page.elements)
    assert not {"href", "src", "onclick", "onerror"} & page.attributes


@pytest.mark.parametrize("kind", [AlertKind.CLIENT, AlertKind.SHARE, AlertKind.FOLDER, AlertKind.RULES])
@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_becomes_markup_a_header_or_a_line(name: str, kind: AlertKind, fr: Reader) -> None:
    told = Phrase("watch.no_right", {"path": name})
    harmful = note(kind, visible(name) if kind is AlertKind.CLIENT else name, reason=told)
    words = warning([harmful], [harmful], {}, fr)
    mail = enveloped(words, sender="pushdoc@cabinet.example", to="admin@cabinet.example", reader=fr, made=MORNING)

    read: EmailMessage = email.message_from_bytes(mail, policy=email.policy.default)
    plain, page = (read.get_body((part,)) for part in ("plain", "html"))
    assert plain is not None
    assert page is not None
    assert read["Bcc"] is None
    assert harmless(str(read["Subject"]))
    assert harmless(str(plain.get_content()).replace("\r\n", "\n"))
    seen = Page(str(page.get_content()))
    usual = Page(warning([note(kind)], [note(kind)], {}, fr).html or "")
    # A name may be broken into lines (<wbr>), and is text all the same.
    assert [each for each in seen.elements if each != "wbr"] == [each for each in usual.elements if each != "wbr"]
    assert seen.attributes == usual.attributes


def test_no_run_of_letters_in_the_page_looks_like_an_address(fr: Reader) -> None:
    html = warning([note(AlertKind.CLIENT, "www.evil.example")], [], {}, fr).html

    assert html is not None
    assert "www.evil" not in html.partition("</title>")[2]


def test_the_firms_own_templates_go_before_ours_and_a_broken_one_costs_the_page_only(
    tmp_path: Path, fr: Reader
) -> None:
    (tmp_path / "alert.txt").write_text("{{ items[0].title }}!")
    (tmp_path / "alert.html").write_text("{{ nobody.knows }}")

    words = warning([note(AlertKind.DISK, "/srv")], [], {}, fr, tmp_path)

    assert spaced(words.text) == "Disque presque plein : /srv!"
    assert words.html is None


def test_every_kind_has_its_texts() -> None:
    wanted = {f"alerts.{kind}{end}" for kind in AlertKind for end in ("", ".over", ".meaning")} - {
        "alerts.client.meaning.over"
    }

    assert wanted <= PHRASES.keys()
    assert len(LANGUAGES) == 2
