from __future__ import annotations

import ast
import re
import string
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

import pushdoc
from pushdoc.words import LANGUAGES, Phrase, advice, duration, moment, say, size, visible
from pushdoc.words.phrase import Both, catalogue
from pushdoc.words.typeset import number, typeset, value

if TYPE_CHECKING:
    from collections.abc import Iterator

HOUSE = Path(pushdoc.__file__).parent
CODES = sorted(catalogue())
PARIS = ZoneInfo("Europe/Paris")

#: Codes that stand nowhere in the house as they are, and who says them.
SAID_OTHERWISE: dict[str, str] = {}
#: Phrases that are made without their values, and why.
WITHOUT_VALUES = {("clients/listing.py", "clients.twice"): "only the place of its problem is shown"}
#: What pushdoc.rules.fields adds to every phrase about a key: where it stands, and what was read there.
OF_A_KEY = {"where", "read"}


def asked(text: str) -> set[tuple[str, str]]:
    """The values that a template asks for, each with its spec; words for a count are not compared."""
    fields = [(name, spec or "") for _, name, spec, _ in string.Formatter().parse(text) if name is not None]
    return {(name, "" if spec.startswith("?") else spec) for name, spec in fields}


def names(code: str) -> set[str]:
    """The values that a phrase needs, for its text and for its advice."""
    texts = [catalogue()[each] for each in (code, f"{code}.advice") if each in catalogue()]
    return {name for both in texts for text in both for name, _ in asked(text)}


def bare(text: str) -> str:
    """A template with a word in the place of each value."""
    return re.sub(r"\{[^{}]*\}", "x", text)


# --- the catalogues


@pytest.mark.parametrize("code", CODES)
def test_both_languages_ask_for_the_same_values(code: str) -> None:
    french, english = catalogue()[code]

    assert {name for name, _ in asked(french)} == {name for name, _ in asked(english)}
    assert {pair for pair in asked(french) if pair[1]} == {pair for pair in asked(english) if pair[1]}


@pytest.mark.parametrize("code", CODES)
def test_every_spec_is_one_that_values_can_be_shown_by(code: str) -> None:
    for text in catalogue()[code]:
        for _, name, spec, conversion in string.Formatter().parse(text):
            assert name is None or name.isidentifier()
            assert conversion in {None, "s"}  # a number that is a name is not grouped: "12345", never "12 345"
            if spec and spec.startswith("="):
                assert [other for other in CODES if other.startswith(spec[1:])]
            else:
                assert spec in {None, "", "bytes", "time", "length"} or re.fullmatch(r"\?[^|]*\|[^|]*", spec or "")


@pytest.mark.parametrize("code", [code for code in CODES if code.endswith(".advice")])
def test_every_advice_belongs_to_a_phrase(code: str) -> None:
    assert code.removesuffix(".advice") in catalogue()


@pytest.mark.parametrize("code", [code for code in CODES if code.endswith(".advice")])
def test_an_advice_begins_as_a_sentence_does(code: str) -> None:
    for text in catalogue()[code]:
        assert text.startswith("pushdoc ") or not text[0].islower(), "begin it with a capital, or with a command"


@pytest.mark.parametrize("code", CODES)
def test_no_text_is_empty_or_begins_or_ends_with_a_blank(code: str) -> None:
    for text in catalogue()[code]:
        assert text.strip()
        assert text == text.rstrip()
        assert text == text.lstrip() or "\n" in text  # a list is set in


@pytest.mark.parametrize("code", CODES)
def test_french_is_spaced_as_french_is_printed(code: str) -> None:
    printed = bare(typeset(catalogue()[code].fr, "fr"))

    assert not re.search(r" [:;!?»](\s|$|[)»])", printed), "an ordinary space before a sign"
    assert not re.search(r"«[^\u00a0]|[^\u00a0]»", printed), "guillemets without a no-break space"
    prose = re.sub(r"\b(env|file|credential):", "", printed)  # how a reference to a secret begins
    assert not re.search(r"[^\W\d_][:;!?](\s|$)", prose), "no space before a sign"
    assert not re.search(r"\w'\w|\w'[«{]", printed), "a typewriter's apostrophe"


@pytest.mark.parametrize("code", CODES)
def test_authors_type_ordinary_spaces_and_apostrophes(code: str) -> None:
    for text in catalogue()[code]:
        assert not set(text) & set("\u00a0\u202f\u2019")


# --- the catalogues and the house


@dataclass(frozen=True)
class Use:
    """A place where the house makes a phrase: its code, and its values as far as they can be read there."""

    file: str
    line: int
    code: str
    values: frozenset[str] | None


def trees() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(HOUSE.rglob("*.py")):
        if path.parent.name != "words":
            yield str(path.relative_to(HOUSE)), ast.parse(path.read_text())


def uses() -> list[Use]:
    return [
        Use(name, node.lineno, str(node.args[0].value), _values(node))
        for name, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"Phrase", "wrong"}
        and node.args
        and isinstance(node.args[0], ast.Constant)
    ]


def _values(call: ast.Call) -> frozenset[str] | None:
    """The values that a call gives; None where some of them are put together elsewhere."""
    assert isinstance(call.func, ast.Name)
    if call.func.id == "wrong":
        given = [keyword.arg for keyword in call.keywords]
        return frozenset(map(str, given)) | OF_A_KEY if None not in given else None
    written = [*call.args[1:], *(keyword.value for keyword in call.keywords if keyword.arg == "values")]
    if not written:
        return frozenset()
    if not isinstance(written[0], ast.Dict):
        return None
    keys = [key.value if isinstance(key, ast.Constant) else None for key in written[0].keys]
    return frozenset(map(str, keys)) if None not in keys else None


def spoken() -> tuple[set[str], list[re.Pattern[str]]]:
    """Every text constant of the house, and every text that is put together, as a pattern."""
    constants: set[str] = set()
    patterns: list[re.Pattern[str]] = []
    for _, tree in trees():
        for node in ast.walk(tree):
            match node:
                case ast.Constant(value=str(text)):
                    constants.add(text)
                case ast.JoinedStr(values=parts):
                    fixed = [str(part.value) if isinstance(part, ast.Constant) else "" for part in parts]
                    # f"tell.state.{state}" and f"{code}_because" make codes; f"{name}.{kind}" could be anything.
                    if re.fullmatch(r"[a-z_.]{4,}", "".join(fixed)):
                        patterns.append(re.compile("".join(re.escape(text) or ".+" for text in fixed)))
    return constants, patterns


@pytest.mark.parametrize("use", uses(), ids=lambda use: f"{use.file}:{use.line}-{use.code}")
def test_every_phrase_of_the_house_is_in_the_catalogue_and_is_given_what_its_text_asks_for(use: Use) -> None:
    assert use.code in catalogue()
    if use.values is not None and (use.file, use.code) not in WITHOUT_VALUES:
        assert names(use.code) <= use.values | (OF_A_KEY if use.file.startswith("rules/") else set())


def test_every_text_of_the_catalogue_is_said_somewhere() -> None:
    constants, patterns = spoken()
    codes = {code for code in CODES if not code.endswith(".advice")}
    silent = {code for code in codes - constants if not any(pattern.fullmatch(code) for pattern in patterns)}

    assert silent == set(SAID_OTHERWISE)


def test_what_is_read_of_the_house_would_show_a_fault() -> None:
    tree = ast.parse('Phrase("a.b", {"x": 1})\nPhrase("a.c")\nPhrase("a.d", {**more})\nwrong("a.e", limit=1)')

    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    assert [_values(call) for call in calls] == [{"x"}, set(), None, {"limit", "where", "read"}]


# --- saying a phrase


def test_a_phrase_is_said_in_either_language_with_its_values() -> None:
    phrase = Phrase("problems", {"count": 2})

    assert [say(phrase, language) for language in LANGUAGES] == ["2 problèmes à corriger", "2 problems to mend"]


def test_a_phrase_has_its_advice_or_none() -> None:
    assert advice(Phrase("ledger.no_space", {"path": "x"}), "en") == "Free space on that disk"
    assert advice(Phrase("problems", {"count": 2}), "en") is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_a_phrase_without_its_values_still_says_its_sentence(code: str, language: Any) -> None:
    said = say(Phrase(code), language)

    assert said
    assert not re.search(r"\{(?!mill|mois)", said)  # « {mois} » is what one writes in a path


def test_a_phrase_of_a_newer_version_is_said_by_its_code() -> None:
    newer = Phrase("deliver.out_of_paper", {"tray": 2})

    assert say(newer, "fr") == "deliver.out_of_paper"
    assert advice(newer, "fr") is None


def test_a_moment_in_a_phrase_is_said_in_the_firms_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(catalogue(), "test.moment", Both(fr="le {at:time}", en="at {at:time}"))
    monkeypatch.setitem(catalogue(), "test.moment.advice", Both(fr="avant le {at:time}", en="before {at:time}"))
    phrase = Phrase("test.moment", {"at": "2026-07-20T22:30:00+00:00"})

    assert say(phrase, "fr", PARIS) == "le 21/07/2026 00:30"
    assert advice(phrase, "en", PARIS) == "before 2026-07-21 00:30"
    assert say(phrase, "en", UTC) == "at 2026-07-20 22:30"


def test_a_name_in_a_phrase_is_made_visible_and_not_retouched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(catalogue(), "test.name", Both(fr="l'envoi de {name} : {names}", en="{name}, {names}"))
    phrase = Phrase("test.name", {"name": "l'été ?\n.pdf", "names": ["a :", "\x1b"]})

    assert say(phrase, "fr") == "l\u2019envoi de l'été ?\\n.pdf\u00a0: a :, \\x1b"


# --- typography


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("prêt : oui", "prêt\u00a0: oui"),
        ("prêt ; oui ! non ?", "prêt\u202f; oui\u202f! non\u202f?"),
        ("« Non transmis »", "«\u00a0Non transmis\u00a0»"),
        ("« prêt ? »", "«\u00a0prêt\u202f?\u00a0»"),
        ("(peut-être « prêt » ?)", "(peut-être «\u00a0prêt\u00a0»\u202f?)"),
        ("l'envoi d'{name} qu'« un »", "l\u2019envoi d\u2019{name} qu\u2019«\u00a0un\u00a0»"),
        ("à {at:time}, {n:?un|des} http://x:1", "à {at:time}, {n:?un|des} http://x:1"),
        ("début\n« fin » :", "début\n«\u00a0fin\u00a0»\u00a0:"),
    ],
)
def test_french_gets_its_no_break_spaces_and_apostrophes(typed: str, printed: str) -> None:
    assert typeset(typed, "fr") == printed
    assert typeset(typed, "en") == typed


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Reçu d'été ½ 日本 🧾.pdf", "Reçu d'été ½ 日本 🧾.pdf"),
        ("a\nb\r\t\0", "a\\nb\\r\\t\\x00"),
        ("\x1b[2J\x9b", "\\x1b[2J\\x9b"),
        ("\u202efdp.exe\u2066", "\\u202efdp.exe\\u2066"),
        ("re\udce7u", "re\ufffdu"),
        ("\ud800", "\\ud800"),
        ("a\u2028b\u2029", "a\\u2028b\\u2029"),
        ("facture\u200b\u200d\ufeff\u00ad.pdf", "facture\\u200b\\u200d\\ufeff\\xad.pdf"),
        ("e\u0301 e\u00a0", "e\u0301 e\u00a0"),
        ("\U000e0041", "\\U000e0041"),
    ],
)
def test_what_cannot_be_seen_in_a_name_is_spelt_out(name: str, shown: str) -> None:
    assert visible(name) == shown
    assert shown.encode()


# --- numbers, sizes, lengths, moments


@pytest.mark.parametrize(
    ("count", "french", "english"),
    [
        (0, "0~octet", "0~bytes"),
        (1, "1~octet", "1~byte"),
        (2, "2~octets", "2~bytes"),
        (999, "999~octets", "999~bytes"),
        (1000, "1~ko", "1~kB"),
        (1500, "1,5~ko", "1.5~kB"),
        (99_940, "99,9~ko", "99.9~kB"),
        (99_960, "100~ko", "100~kB"),
        (999_499, "999~ko", "999~kB"),
        (999_999, "1~Mo", "1~MB"),
        (25_000_000, "25~Mo", "25~MB"),
        (1_960_000, "2~Mo", "2~MB"),
        (3_210_000_000, "3,2~Go", "3.2~GB"),
        (7_000_000_000_000, "7~To", "7~TB"),
        (12_345_000_000_000_000, "12\u202f345~To", "12,345~TB"),
    ],
)
def test_a_size_is_said_as_people_say_it(count: int, french: str, english: str) -> None:
    assert size(count, "fr") == french.replace("~", "\u00a0")
    assert size(count, "en") == english.replace("~", "\u00a0")


@pytest.mark.parametrize(
    ("seconds", "french", "english"),
    [
        (0, "0~s", "0~s"),
        (-5, "0~s", "0~s"),
        (59.4, "59~s", "59~s"),
        (59.6, "1~min", "1~min"),
        (3599, "59~min", "59~min"),
        (3600, "1~h~00", "1~h~00"),
        (7500, "2~h~05", "2~h~05"),
        (86_400, "1~j 0~h", "1~d 0~h"),
        (277_200, "3~j 5~h", "3~d 5~h"),
    ],
)
def test_a_length_of_time_is_said_in_its_largest_units(seconds: float, french: str, english: str) -> None:
    assert duration(timedelta(seconds=seconds), "fr") == french.replace("~", "\u00a0")
    assert duration(timedelta(seconds=seconds), "en") == english.replace("~", "\u00a0")


def test_a_moment_is_said_in_the_zone_that_it_bears() -> None:
    at = datetime(2026, 11, 20, 6, 5, tzinfo=UTC)

    assert moment(at.astimezone(PARIS), "fr") == "20/11/2026 07:05"
    assert moment(at, "en") == "2026-11-20 06:05"


def test_numbers_are_written_as_each_language_writes_them() -> None:
    assert number(1234567.25, "fr", 1) == "1\u202f234\u202f567,2"
    assert number(1234567.25, "en", 1) == "1,234,567.2"


@pytest.mark.parametrize(
    ("count", "french", "english"),
    [(0, "document", "documents"), (1, "document", "document"), (2, "documents", "documents")],
)
def test_the_word_goes_with_its_count(count: int, french: str, english: str) -> None:
    assert value(count, "?document|documents", "fr") == french
    assert value(count, "?document|documents", "en") == english


@pytest.mark.parametrize(
    ("given", "spec", "french"),
    [
        (12, "", "12"),
        (9999, "", "9999"),
        (10_000, "", "10\u202f000"),
        (12.5, "", "12,5"),
        (12.0, "", "12"),
        (True, "", "True"),
        (None, "", "None"),
        (["a", 12.5, "\n"], "", "a, 12,5, \\n"),
        ((), "", ""),
        (1500, "bytes", "1,5\u00a0ko"),
        (7500, "length", "2\u00a0h\u00a005"),
        ("2026-11-20T06:05:00Z", "time", "20/11/2026 07:05"),
        ("2026-11-20T06:05:00", "time", "20/11/2026 07:05"),
        (datetime(2026, 11, 20, 6, 5, tzinfo=UTC), "time", "20/11/2026 07:05"),
        # what a spec does not fit is shown all the same
        ("…", "time", "…"),
        ("…", "bytes", "…"),
        ("…", "length", "…"),
        ("…", "?document|documents", "documents"),
        ({"a": 1}, "", "{'a': 1}"),
    ],
)
def test_a_value_is_shown_by_its_spec(given: object, spec: str, french: str) -> None:
    assert value(given, spec, "fr", PARIS) == french
