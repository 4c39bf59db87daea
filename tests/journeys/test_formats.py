"""What a document really is decides, where its rule says so, whether it is sent."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from formats.samples import pdf_locked, pdf_without_pages
from journeys.firm import PURCHASES

from pushdoc.demo import papers
from pushdoc.journey import decisions
from pushdoc.states import State
from pushdoc.words import LANGUAGES, advice, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakes import ScriptedDestination
    from journeys.firm import Firm

LOCKED, OPENS = pdf_locked("sesame"), pdf_locked("")
PHOTO = papers.jpeg("a photo")


@pytest.mark.parametrize(
    ("key", "name", "content", "reason"),
    [
        ("encrypted", "relevé.pdf", LOCKED, "formats.pdf_locked"),
        ("broken", "vide.pdf", pdf_without_pages(), "formats.pdf_without_pages"),
        ("mismatch", "photo.pdf", PHOTO, "formats.other_kind"),
        ("mismatch", "photo.PDF", b"\x01\x02\x03\x04", "formats.not_named_kind"),
    ],
)
def test_a_rule_says_what_becomes_of_such_a_content(
    found: Callable[..., Firm], destination: ScriptedDestination, key: str, name: str, content: bytes, reason: str
) -> None:
    firm = found(rules_text=PURCHASES + f'{key} = "send"\n')
    firm.drop(name, content)
    firm.work()
    assert destination.contents == [content]

    firm.restart(PURCHASES + f'{key} = "refuse"\n')
    other = firm.drop(name, content + b"\n")
    firm.work()

    assert destination.contents == [content]
    assert firm.states == [State.ARCHIVED, State.NON_TRANSMIS]
    assert (firm.reason(2), firm.marked(other)) == (reason, True)
    said = firm.documents[1].reason
    assert said is not None
    assert all(say(said, language) and advice(said, language) for language in LANGUAGES)


def test_by_default_only_what_is_broken_is_refused(firm: Firm, destination: ScriptedDestination) -> None:
    sent = {"relevé.pdf": LOCKED, "libre.pdf": OPENS, "photo.pdf": PHOTO, "facture.pdf": papers.pdf(["1"])}
    for name, content in sent.items():
        firm.drop(name, content)
    broken = [firm.drop("coupé.pdf", papers.pdf(["2"])[:200]), firm.drop("vide.pdf", pdf_without_pages())]

    firm.work(hours=0.1)

    assert {each.name: each.content for each in destination.arrived} == sent
    assert [path for path in broken if firm.marked(path)] == broken


def test_a_pdf_that_opens_without_a_password_is_sent_though_it_is_encrypted(
    found: Callable[..., Firm], destination: ScriptedDestination
) -> None:
    firm = found(rules_text=PURCHASES + 'encrypted = "refuse"\n')
    firm.drop("banque.pdf", OPENS)
    firm.work()
    assert destination.contents == [OPENS]


def test_each_key_is_about_its_own_fault_only(found: Callable[..., Firm], destination: ScriptedDestination) -> None:
    firm = found(rules_text=PURCHASES + 'encrypted = "refuse"\nbroken = "send"\n')
    firm.drop("vide.pdf", pdf_without_pages())
    firm.work()
    assert destination.contents == [pdf_without_pages()]


def test_without_the_library_nothing_is_refused_for_a_password(
    found: Callable[..., Firm], destination: ScriptedDestination, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    firm = found(rules_text=PURCHASES + 'encrypted = "refuse"\n')
    firm.drop("relevé.pdf", LOCKED)
    firm.work()
    assert destination.contents == [LOCKED]


def test_a_refused_content_is_sent_by_force_and_refused_again_without(
    found: Callable[..., Firm], destination: ScriptedDestination
) -> None:
    firm = found(rules_text=PURCHASES + 'encrypted = "refuse"\n')
    path = firm.drop("relevé.pdf", LOCKED)
    firm.work()

    refused = decisions.retry(firm.ledger, firm.one, firm.clock, force=False, rules=firm.rules)
    assert refused is not None
    assert refused.code == "decisions.content"
    assert "--force" in (advice(refused, "fr") or "")
    firm.work()
    assert (firm.states, destination.attempts) == ([State.NON_TRANSMIS], [])

    assert decisions.retry(firm.ledger, firm.one, firm.clock, force=True, rules=firm.rules) is None
    firm.work()
    assert (firm.states, destination.contents, firm.marked(path)) == ([State.ARCHIVED], [LOCKED], False)


def test_a_refused_content_is_sent_once_its_rule_allows_it_and_a_person_retries(
    found: Callable[..., Firm], destination: ScriptedDestination
) -> None:
    firm = found(rules_text=PURCHASES + 'mismatch = "refuse"\n')
    firm.drop("photo.pdf", PHOTO)
    firm.work()
    firm.restart(PURCHASES)

    assert decisions.retry(firm.ledger, firm.one, firm.clock, force=False, rules=firm.rules) is None
    firm.work()

    assert destination.contents == [PHOTO]


def test_what_a_document_really_is_stands_in_the_log(firm: Firm, capfd: pytest.CaptureFixture[str]) -> None:
    firm.drop("photo.pdf", PHOTO)
    firm.drop("texte.pdf", b"\x01\x02")
    firm.work()
    said = "".join(capfd.readouterr())
    (photo,) = [line for line in said.splitlines() if "looked into" in line and "photo.pdf" in line]
    assert "kind=JPEG" in photo


@pytest.mark.parametrize("content", [b"%PDF facture", b"", b"page 1, page 2"])
def test_what_has_no_known_format_goes_its_way_as_ever(
    firm: Firm, destination: ScriptedDestination, content: bytes
) -> None:
    firm.drop("facture.pdf", content)
    firm.work()
    assert firm.states == [State.ARCHIVED]
