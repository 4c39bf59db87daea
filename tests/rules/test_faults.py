"""Whatever stands at a key, its reader is told in the reader's language and in our words."""

from __future__ import annotations

import re
from datetime import date, time
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Annotated, Any

import pytest
from pydantic import Field, ValidationError
from rules.texts import KINDS, StandIn

from pushdoc.rules.draft import draft
from pushdoc.rules.faults import Vocabulary, faults, shown, where
from pushdoc.rules.model import REPEATED, TABLES, Rules
from pushdoc.settings import Settings
from pushdoc.words import LANGUAGES, advice, say
from pushdoc.words.phrase import catalogue

if TYPE_CHECKING:
    from pydantic import BaseModel

    from pushdoc.rules.faults import Fault

WRONG: list[object] = [
    True,
    -1,
    10**30,
    1.5,
    float("nan"),
    "",
    "  ",
    "zzz",
    "hunter2",
    "a\0b",
    date(2026, 11, 21),
    time(7),
    [],
    [1],
    [[]],
    ["["],
    {},
    {"a": 1},
]
SECRET = "hunter2"
SOUND: dict[str, Any] = {
    "clients": {"root": "mcf"},
    "client": [{"folder": "x"}],
    "destination": {"x": {"type": "inqom"}},
}
#: What pydantic would say: none of its words may come through.
PYDANTIC = re.compile(r"Input should|valid |Field required|Extra inputs|Unable to|Value error|pydantic|validation")


def places() -> list[tuple[str, str]]:
    tables: dict[str, type[BaseModel]] = {"": Rules, **TABLES, "destination": StandIn}
    return [(table, key) for table, model in tables.items() for key in model.model_fields]


def document(table: str, key: str, value: object) -> dict[str, Any]:
    if table == "destination":
        return SOUND | {"destination": {"x": {"type": "inqom", key: value}}}
    if not table:
        return SOUND | {key: value}
    return SOUND | {table: [{key: value}] if table in REPEATED else {key: value}}


@pytest.mark.parametrize(("table", "key"), places())
def test_no_word_of_pydantic_reaches_a_person_whatever_stands_at_a_key(table: str, key: str) -> None:
    secret = key in {"password", "client_secret"}
    for value in WRONG:
        _, found = draft(document(table, key, value), Path("/etc/pushdoc"), KINDS)
        for fault in found:
            assert fault.phrase.code != "rules.wrong", (value, fault)
            templates = catalogue()[fault.phrase.code]
            for language in LANGUAGES:
                names = {name for _, name, _, _ in Formatter().parse(getattr(templates, language)) if name}
                assert names <= set(fault.phrase.values)
                said = say(fault.phrase, language)
                advice(fault.phrase, language)
                assert not PYDANTIC.search(said)
                assert not (secret and SECRET in repr(fault))


@pytest.mark.parametrize(("table", "key"), places())
def test_no_key_takes_everything(table: str, key: str) -> None:
    refused = [value for value in WRONG if draft(document(table, key, value), Path("/x"), KINDS)[1]]

    assert len(refused) > len(WRONG) / 2


def test_a_file_of_nothing_but_faults_is_read_to_its_end() -> None:
    everything: dict[str, Any] = {
        table: [{key: [[]] for key in model.model_fields}, 3]
        if table in REPEATED
        else {key: [[]] for key in model.model_fields}
        for table, model in TABLES.items()
    }
    sound, found = draft(everything | {"timezone": 3, "language": 3, "destination": 3}, Path("/x"), KINDS)

    assert (sound.rules.rule, sound.rules.client, sound.rules.collaborator) == ((), (), ())
    assert {fault.path[0] for fault in found} >= {*TABLES, "timezone", "language", "destination"}


def test_what_is_sound_beside_a_fault_keeps_its_number() -> None:
    rules = [
        {"name": "a"},
        {"name": "b", "drop": "b", "type": "Autre", "hold": 3},
        {"name": "c", "drop": "c", "type": "Autre"},
    ]
    sound, found = draft(SOUND | {"rule": rules}, Path("/x"), KINDS)

    assert [rule.name for rule in sound.rules.rule] == ["b", "c"]
    assert sound.path("rule", 0, "drop") == ("rule", 1, "drop")
    assert sound.path("rule", 1) == ("rule", 2)
    assert {fault.path for fault in found if fault.path[0] == "rule"} == {
        ("rule", 0, "drop"),
        ("rule", 0, "type"),
        ("rule", 1, "hold"),
    }


class Bounds(Settings):
    """What a plug-in may demand of its own settings."""

    above: float = Field(default=1, gt=0)
    below: float = Field(default=1, lt=10)
    whole: Annotated[int, Field(ge=1, le=3)] = 1
    word: str = Field(default="aaa", pattern="^a+$")
    short: str = Field(default="a", min_length=1)


def told(**values: object) -> list[Fault]:
    with pytest.raises(ValidationError) as caught:
        Bounds.model_validate(values)
    return faults(caught.value, Bounds, Vocabulary({}), ("destination", "x"))


def test_the_bounds_of_a_plug_in_are_told_in_our_words() -> None:
    said = [say(fault.phrase, "en") for fault in told(above=0, below=10, whole=4, word="b", short="")]

    assert said == [
        "[destination.x] above: read 0, expected more than 0",
        "[destination.x] below: read 10, expected less than 10",
        "[destination.x] whole: read 4, expected at most 3",
        "[destination.x] word: 'b' does not fit",
        "[destination.x] short: the value is empty",
    ]


def test_a_place_is_named_as_it_is_found_in_the_file() -> None:
    assert where(("timezone",)) == "timezone"
    assert where(("mail",)) == "[mail]"
    assert where(("mail", "host")) == "[mail] host"
    assert where(("rule", 2)) == "[[rule]]"
    assert where(("rule", 2, "accept", 1)) == "[[rule]] accept"
    assert where(("destination", "inqom", "a", "b")) == "[destination.inqom] a.b"


def test_a_value_is_repeated_as_toml_writes_it_and_no_longer_than_a_line() -> None:
    assert [shown(value) for value in (True, 3, 1.5, "x", [1], {"a": 1}, time(7))] == [
        "true",
        "3",
        "1.5",
        "x",
        "[…]",
        "{…}",
        "07:00:00",
    ]
    assert len(shown("x" * 500)) == 81


def test_every_phrase_that_the_room_says_is_in_the_catalogue() -> None:
    source = Path(__file__).parents[2] / "pushdoc"
    said = {
        code
        for file in [*(source / "rules").glob("*.py"), source / "settings.py"]
        for code in re.findall(r'"(rules\.[a-z_0-9]+)"', file.read_text("utf-8"))
    }
    secrets = (source / "rules" / "secrets.py").read_text("utf-8")
    said |= {f"rules.{code}" for code in re.findall(r'"(secret_[a-z_]+)"', secrets)} | {
        "rules.rule_twice",
        "rules.client_twice",
    }
    known = {code for code in catalogue() if code.startswith("rules.")}

    assert said - known == set()
    assert {code for code in known if not code.endswith(".advice")} - said == set()
