from __future__ import annotations

import os
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from pushdoc import log
from pushdoc.tell import Reader
from pushdoc.tell.mail.rendering import rendered

if TYPE_CHECKING:
    from pathlib import Path

FR = Reader("fr", ZoneInfo("Europe/Paris"))


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path


def written(own: Path, text: str, name: str = "digest.html") -> Path:
    (own / name).write_text(text, encoding="utf-8")
    return own


def test_a_template_says_phrases_and_escapes_what_it_is_given(own: Path) -> None:
    written(own, '{{ say("digest.hello", name=name) }} {{ name }} {{ language }}')

    text = rendered("digest.html", {"name": '<b>"x"&'}, FR, own)

    assert text == "Bonjour &lt;b&gt;&#34;x&#34;&amp;, &lt;b&gt;&#34;x&#34;&amp; fr"


def test_a_text_template_escapes_nothing(own: Path) -> None:
    written(own, "{{ name }}", "digest.txt")

    assert rendered("digest.txt", {"name": "<b>&"}, FR, own) == "<b>&"


def test_a_name_may_be_broken_and_no_run_of_it_looks_like_an_address(own: Path) -> None:
    written(own, "{{ name|broken }}")

    text = rendered("digest.html", {"name": "www.evil.example <a@b.fr> 20/11/2026"}, FR, own)

    assert text == "www.<wbr>evil.<wbr>example &lt;a@<wbr>b.<wbr>fr&gt; 20/11/2026"


def test_where_nobody_has_a_template_there_is_none(own: Path) -> None:
    assert rendered("other.html", {}, FR, own) is None
    assert rendered("digest.txt", {}, FR, None) is None


@pytest.mark.parametrize(
    ("text", "line", "fault"),
    [
        pytest.param("\n{% for x in y %}", 2, "TemplateSyntaxError", id="syntax"),
        pytest.param("\n\n{{ unknown }}", 3, "UndefinedError", id="a name that there is not"),
        pytest.param("{{ name.unknown.more }}", 1, "UndefinedError", id="an attribute that there is not"),
        pytest.param("\n{{ 1 // 0 }}", 2, "ZeroDivisionError", id="an exception"),
        pytest.param("{{ ''.__class__.__mro__ }}", 1, "SecurityError", id="a way out of the sandbox"),
        pytest.param("{{ name|nothing }}", 1, "TemplateAssertionError", id="a filter that there is not"),
        pytest.param('\n{% include "missing.html" %}', 0, "TemplateNotFound", id="a part that is missing"),
        pytest.param("{% macro x() %}{{ x() }}{% endmacro %}{{ x() }}", 1, "RecursionError", id="without end"),
    ],
)  # fmt: skip
def test_a_template_that_fails_is_logged_once_with_its_line(
    own: Path, capsys: pytest.CaptureFixture[str], text: str, line: int, fault: str
) -> None:
    log.configure()
    written(own, text)

    assert rendered("digest.html", {"name": "x"}, FR, own) is None
    assert rendered("digest.html", {"name": "x"}, FR, own) is None

    said = capsys.readouterr().err
    assert said.count("template failed") == 1
    assert fault in said
    if line:
        assert f"line={line}" in said
        assert str(own / "digest.html") in said


def test_a_template_that_was_mended_serves_again_and_its_next_fault_is_told(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log.configure()
    for minute, (text, expected) in enumerate([("{{ a }}", None), ("good", "good"), ("{{ a }}", None)]):
        written(own, text)
        os.utime(own / "digest.html", (minute, minute))
        assert rendered("digest.html", {}, FR, own) == expected
        assert ("template failed" in capsys.readouterr().err) == (expected is None)


def test_a_template_that_is_no_text_fails(own: Path) -> None:
    (own / "digest.html").write_bytes(b"\xff\xfe\x00")

    assert rendered("digest.html", {}, FR, own) is None


def test_a_template_may_take_over_from_ours_by_its_name_alone(own: Path) -> None:
    assert rendered("digest.html", {}, FR, written(own, "mine")) == "mine"


def test_the_paper_of_all_mails_may_be_the_firm_s_own(own: Path) -> None:
    (own / "frame.html").write_text(
        "<b>Cabinet Durand</b>{% block content %}{% endblock %}{% block footer %}{% endblock %}"
    )
    values = {"subject": "Inqom est arrêté", "items": [], "footer": "Fin."}

    assert "<html" in str(rendered("alert.html", values, FR, None))
    page = str(rendered("alert.html", values, FR, own))
    assert page.startswith("<b>Cabinet Durand</b>")
    assert "<html" not in page
    assert "Fin." in page


def test_paper_that_fails_costs_the_looks_of_the_mail(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log.configure()
    (own / "frame.html").write_text("{% block content %}")

    assert rendered("alert.html", {"subject": "", "items": [], "footer": ""}, FR, own) is None
    assert "frame.html" in capsys.readouterr().err
