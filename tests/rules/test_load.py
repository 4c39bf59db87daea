from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rules.texts import KINDS, MINIMAL, RULE

from pushdoc.errors import ConfigurationError, ExitCode, ProblemsError
from pushdoc.rules import find, load
from pushdoc.words import advice, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from pushdoc.rules import Rules

    Read = Callable[[str], Rules]
    Told = Callable[[str], list[str]]

EIGHT = """\
timezone = "Europe/Pari"
langage = "fr"
[clients]
root = "mcf"
[[client]]
folder = "Boulangerie Martin"
[destination.inqom]
type = "inqom"
username = "robot@cabinet.example"
password = "hunter2"
client_id = "cabinet-demo"
client_secret = "env:SECRET"
[[rule]]
name = "Achats"
drop = "Achats/{milésime}/{mois}"
type = "Facture d'achats"
[[rule]]
name = "achats"
drop = "Frais/{mois}"
type = "Note de frais"
look_back = 25
[retry]
rescan = "5s"
"""


def test_eight_mistakes_are_told_in_one_go_each_with_its_line(told: Told) -> None:
    assert told(EIGHT) == [
        "1 timezone\u00a0: «\u00a0Europe/Pari\u00a0» est inconnu. Vouliez-vous dire «\u00a0Europe/Paris\u00a0»\u202f?",
        "2 langage\u00a0: clé inconnue. Vouliez-vous dire «\u00a0language\u00a0»\u202f?",
        (
            "10 [destination.inqom] password\u00a0: attendu une référence à un secret, jamais le secret lui-même "
            "(ce qui a été lu n’est pas répété)"
        ),
        "15 [[rule]] drop\u00a0: {milésime} est inconnu. Vouliez-vous dire {millésime}\u202f?",
        (
            "16 [[rule]] type\u00a0: «\u00a0Facture d'achats\u00a0» est inconnu. Vouliez-vous dire "
            "«\u00a0Facture d'achat\u00a0»\u202f? Attendu\u00a0: "
            "Administratif, Facture de vente, Facture d'achat, Note de frais, Autre"
        ),
        "18 deux règles s’appellent «\u00a0achats\u00a0»",
        "21 [[rule]] look_back\u00a0: lu 25, attendu au plus 24",
        "23 [retry] rescan\u00a0: clé inconnue ici. Elle a sa place sous [watch]",
    ]


def test_the_problems_are_a_wrong_configuration_and_name_the_file(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(EIGHT)
    with pytest.raises(ProblemsError) as caught:
        load(file, KINDS)

    assert caught.value.exit_code is ExitCode.WRONG_CONFIGURATION
    assert caught.value.problems[0].place == f"{file}:1"
    assert "hunter2" not in str(caught.value)
    assert all("hunter2" not in repr(problem.phrase.values) for problem in caught.value.problems)


def test_a_missing_key_is_told_at_its_table(told: Told) -> None:
    text = MINIMAL.replace('username = "robot@cabinet.example"\n', "") + '[[rule]]\nname = "Achats"\n'

    assert told(text) == [
        "5 [destination.inqom] username\u00a0: cette clé manque",
        "10 [[rule]] drop\u00a0: cette clé manque",
        "10 [[rule]] type\u00a0: cette clé manque",
    ]


def test_a_missing_table_has_no_line(told: Told) -> None:
    assert told("") == [
        "- [clients]\u00a0: cette table manque",
        "- aucun client\u00a0: ni «\u00a0table\u00a0» sous [clients], ni [[client]]",
        "- aucune destination\u00a0: il manque [destination.inqom]",
        "- aucune règle\u00a0: il manque [[rule]]",
    ]


@pytest.mark.parametrize(
    ("added", "said"),
    [
        ("[rules]\n", "15 rules\u00a0: clé inconnue. Vouliez-vous dire «\u00a0rule\u00a0»\u202f?"),
        (
            "beneficiairy = 1\n",
            "15 [[rule]] beneficiairy\u00a0: clé inconnue. Vouliez-vous dire «\u00a0beneficiary\u00a0»\u202f?",
        ),
        (
            'language = "en"\n',
            (
                "15 [[rule]] language\u00a0: clé inconnue ici. Elle a sa place en haut du fichier, "
                "avant la première [table]"
            ),
        ),
        (
            "[retry.watch]\n",
            (
                "15 [retry] watch\u00a0: clé inconnue ici. C’est une table à part, "
                "avec son propre en-tête entre crochets"
            ),
        ),
        (
            "zzz = 1\n[watch]\nzzz = 1\n",
            "17 [watch] zzz\u00a0: clé inconnue. Connues ici\u00a0: mode, rescan",
        ),
        (
            'api_url = "x"\n',
            '15 [[rule]] api_url\u00a0: clé inconnue ici. Elle a sa place sous [destination.…] (type = "inqom")',
        ),
    ],
)
def test_an_unknown_key_is_told_with_what_was_meant(told: Told, added: str, said: str) -> None:
    assert said in told(MINIMAL + RULE + added)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            MINIMAL + RULE.replace("[[rule]]", "[rule]"),
            "11 [[rule]] s’écrit avec deux crochets de chaque côté\u00a0: il peut y en avoir plusieurs",
        ),
        (
            MINIMAL + RULE + "[[watch]]\n",
            "15 [watch] s’écrit avec un seul crochet de chaque côté\u00a0: il n’y en a qu’un",
        ),
        (
            MINIMAL.replace("[destination.inqom]", "[destination]") + RULE,
            "5 une destination porte un nom\u00a0: [destination.inqom]",
        ),
        (
            MINIMAL.replace("[destination.inqom]", "[[destination]]") + RULE,
            "5 une destination porte un nom\u00a0: [destination.inqom]",
        ),
    ],
)
def test_a_header_with_the_wrong_brackets_is_known(told: Told, text: str, said: str) -> None:
    assert told(text) == [said]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("inqon", "6 [destination.inqom] type\u00a0: «\u00a0inqon\u00a0» est inconnu. Vouliez-vous dire «\u00a0inqom"),
        ("sage", "6 [destination.inqom] type\u00a0: «\u00a0sage\u00a0» est inconnu. Attendu\u00a0: inqom, folder"),
    ],
)
def test_an_unknown_type_of_destination_is_told_with_the_known_ones(told: Told, kind: str, said: str) -> None:
    (problem,) = told(MINIMAL.replace('type = "inqom"', f'type = "{kind}"') + RULE)

    assert problem.startswith(said)


def test_a_destination_without_type_and_one_whose_type_is_no_text_are_told(told: Told) -> None:
    assert told(MINIMAL.replace('type = "inqom"\n', "") + RULE) == [
        "5 [destination.inqom] type\u00a0: cette clé manque"
    ]
    assert told(MINIMAL.replace('type = "inqom"', "type = 3") + RULE)[0].startswith("6 [destination.inqom] type")


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("a = \n", 1, "rules.toml_value"),
        ("[a]\nb = oui\n", 2, "rules.toml_value"),
        ("b = 2026-13-01\n", 1, "rules.toml_newline"),
        ("b = 2026-02-31\n", 1, "rules.toml_value"),
        ("b = 1\nb = 2\n", 2, "rules.toml_twice"),
        ("[a]\n[a]\n", 2, "rules.toml_twice"),
        ("a = { b = 1, b = 2 }\n", 1, "rules.toml_twice"),
        ("a = []\n[[a]]\n", 2, "rules.toml_twice"),
        ("[[rule]]\n[rule]\n", 2, "rules.toml_twice"),
        ("name\n", 1, "rules.toml_equals"),
        ("name : 1\n", 1, "rules.toml_equals"),
        ("é = 1\n", 1, "rules.toml_key"),
        ('a = 1\nb = "x\n', 2, "rules.toml_string"),
        ("b = 'x\n", 1, "rules.toml_string"),
        ('b = """x\n', 1, "rules.toml_string"),
        ('b = "x\ty\0"\n', 1, "rules.toml_string"),
        ('root = "C:\\Srv"\n', 1, "rules.toml_backslash"),
        ('root = "C:\\ux"\n', 1, "rules.toml_backslash"),
        ("b = [1\n", 1, "rules.toml_bracket"),
        ("b = [1\n[c]\n", 2, "rules.toml_bracket"),
        ("[b\n", 1, "rules.toml_bracket"),
        ("b = { a = 1\n", 1, "rules.toml_bracket"),
        ("b = 1 2\n", 1, "rules.toml_newline"),
        ("b = " + "9" * 5000, 1, "rules.toml"),
        ("a = 1\nb = " + "[" * 100_000, 2, "rules.toml"),
    ],
)
def test_what_is_not_toml_is_told_in_our_words_with_its_line(tmp_path: Path, text: str, line: int, code: str) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(text)
    with pytest.raises(ProblemsError) as caught:
        load(file, KINDS)
    (problem,) = caught.value.problems

    assert (problem.phrase.code, problem.line) == (code, line)
    assert "{" not in say(problem.phrase, "fr")


def test_a_file_that_is_not_utf8_is_told_with_the_line_of_the_character(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_bytes(b'language = "fr"\n# mill\xe9sime\n')
    with pytest.raises(ProblemsError) as caught:
        load(file, KINDS)
    (problem,) = caught.value.problems

    assert problem.place == f"{file}:2"
    assert advice(problem.phrase, "fr") == "Réenregistrez le fichier en UTF-8 dans votre éditeur."


def test_the_signature_of_a_windows_editor_does_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(MINIMAL + RULE, "utf-8-sig")

    assert load(file, KINDS).rule[0].name == "Factures d'achat"


def test_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text((MINIMAL + RULE + "zzz = 1\n").replace("\n", "\r\n"), newline="")
    with pytest.raises(ProblemsError) as caught:
        load(file, KINDS)

    assert [problem.line for problem in caught.value.problems] == [15]


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to("loop")

    told = {}
    for name in ("gone", "folder", "loop"):
        with pytest.raises(ProblemsError) as caught:
            load(tmp_path / name, KINDS)
        told[name] = caught.value.problems[0].phrase.code
    assert told == {
        "gone": "rules.file_missing",
        "folder": "rules.file_is_folder",
        "loop": "rules.file_unreadable",
    }


def test_the_file_that_was_asked_for_comes_before_all_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("rules.toml").touch()

    assert find(Path("mine.toml"), {"PUSHDOC_RULES": "/theirs.toml"}) == Path("mine.toml")
    assert find(None, {"PUSHDOC_RULES": "/theirs.toml"}) == Path("/theirs.toml")
    assert find(None, {"PUSHDOC_RULES": ""}) == Path("rules.toml")


@pytest.mark.skipif(Path("/etc/pushdoc/rules.toml").exists(), reason="this machine has rules of its own")
def test_where_no_file_is_every_place_that_was_looked_at_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigurationError) as caught:
        find(None, {})

    assert caught.value.exit_code is ExitCode.WRONG_CONFIGURATION
    said = say(caught.value.phrase, "fr")
    assert all(
        place in said for place in ("$PUSHDOC_RULES", os.fspath(tmp_path / "rules.toml"), "/etc/pushdoc/rules.toml")
    )


def test_five_thousand_clients_are_read_quickly(read: Read, told: Told, capsys: pytest.CaptureFixture[str]) -> None:
    clients = "".join(f'[[client]]\nfolder = "Société {n}"\nsiret = "123 456 789 {n:05}"\n' for n in range(5000))
    begin = time.perf_counter()
    rules = read(MINIMAL + RULE + clients)
    sound = time.perf_counter()
    problems = told(MINIMAL + RULE + clients + "zzz = 1\n")
    end = time.perf_counter()

    assert len(rules.client) == 5001
    assert len(problems) == 1
    with capsys.disabled():
        print(f"\n5,000 [[client]]: {sound - begin:.2f} s sound, {end - sound:.2f} s with a problem")  # noqa: T201 -- asked for
