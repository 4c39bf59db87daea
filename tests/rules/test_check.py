from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rules.texts import MINIMAL, RULE

from pushdoc.errors import ProblemsError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pushdoc.rules import Rules

    Read = Callable[[str], Rules]

MAIL = '[mail]\nhost = "smtp"\nsender = "pushdoc@cabinet.example"\n'
PERSON = '[[collaborator]]\nname = "Claire"\nemail = "claire@cabinet.example"\n'


def rule(name: str, drop: str, *more: str, kind: str = "Autre") -> str:
    return "\n".join(["[[rule]]", f'name = "{name}"', f'drop = "{drop}"', f'type = "{kind}"', *more, ""])


@pytest.fixture
def wrong(read: Read) -> Callable[[str], list[tuple[str, int | None]]]:
    """The problems of a text: code, and line counted from the end of `MINIMAL`."""

    def wrong(text: str) -> list[tuple[str, int | None]]:
        try:
            read(text)
        except ProblemsError as error:
            top = MINIMAL.count("\n")
            return [
                (problem.phrase.code.removeprefix("rules."), problem.line and problem.line - top)
                for problem in error.problems
            ]
        return []

    return wrong


@pytest.mark.parametrize(
    ("added", "problems"),
    [
        ("", [("no_rule", None)]),
        (rule("A", "a") + rule("a ", "b"), [("rule_twice", 6)]),
        (rule("A", "a") + '[[client]]\nfolder = "Boulangerie Martin/"\n', [("client_twice", 6)]),
        (rule("A", "a", 'destination = "inqon"'), [("not_one_of_near", 5)]),
        (rule("A", "a") + '[destination.b]\ntype = "folder"\npath = "b"\n', [("which_destination", 1)]),
        (rule("A", "a", 'destination = "b"') + '[destination.b]\ntype = "folder"\npath = "b"\n', []),
        (rule("A", "a", 'archive = "a"'), [("archive_is_drop", 5)]),
        (rule("A", "a/{mois}", 'archive = "b/{mois}"') + rule("B", "b/<MOIS>"), [("archive_is_drop", 5)]),
        (rule("A", "{mois}", 'archive = "{mois}/Transmis"'), []),
        (rule("A", "a/{mois}", 'archive = "a"'), []),
        (
            rule("A", "a", 'archive = "b"', 'clients = ["x"]') + rule("B", "b", 'clients = ["y"]'),
            [],
        ),
        (rule("A", "a", "subfolders = true") + rule("B", "a/{mois}"), [("drop_inside_drop", 8)]),
        (rule("A", "a/{mois}") + rule("B", "a", "subfolders = true"), [("drop_inside_drop", 7)]),
        (rule("A", "a") + rule("B", "a/{mois}"), []),
        (
            rule("A", "a", "subfolders = true", 'clients = ["x"]') + rule("B", "a/b", 'clients = ["y"]'),
            [],
        ),
        (rule("A", "a") + rule("B", "a"), [("never_reached", 7)]),
        (rule("A", "a", 'accept = ["*.pdf"]') + rule("B", "a", 'accept = ["*.PDF"]'), [("never_reached", 8)]),
        (rule("A", "a", 'accept = ["*.pdf"]') + rule("B", "a", 'accept = ["*.csv"]'), []),
        (rule("A", "a", "look_back = 0") + rule("B", "a", "look_back = 3"), []),
        (rule("A", "a", 'clients = ["x"]') + rule("B", "a"), []),
        # The interface page shows both keys in a rule of another type: `check` warns, nothing is refused.
        (rule("A", "a", 'beneficiary = "Claire"', 'send_as = "ExpenseReport"'), []),
        (rule("A", "a") + '[retry]\nfirst = "5h"\n', [("first_above_longest", 6)]),
        (rule("A", "a") + '[retry]\ngive_up_after = "30s"\n', [("gives_up_before_second_try", 6)]),
        (rule("A", "a") + PERSON, [("digest_without_mail", 5)]),
        (rule("A", "a") + PERSON + "digest = false\n", []),
        (rule("A", "a") + PERSON + MAIL, []),
        (rule("A", "a") + PERSON + "[mail]\n", [("missing_key", 8), ("missing_key", 8)]),
        (rule("A", "a") + MAIL + 'username = "x"\n', [("mail_half_account", 5)]),
        (rule("A", "a") + MAIL + 'password = "env:X"\n', [("mail_half_account", 5)]),
        (rule("A", "a") + MAIL + PERSON.replace("claire@cabinet.example", "Claire"), [("not_an_address", 10)]),
        (rule("A", "a") + MAIL + PERSON.replace('email = "claire@cabinet.example"\n', ""), [("missing_key", 8)]),
        (rule("A", "a", 'clients = ["SCI [*"]'), [("pattern_unclosed", 5)]),
        (rule("A", "a", 'clients = ["SCI [[]*", "[a-c]*"]'), []),
        (rule("A", "a", 'clients = ["/SCI"]'), [("pattern_malformed", 5)]),
        (rule("A", "a", "clients = []"), [("empty", 5)]),
        (rule("A", "a", 'accept = [".pdf"]'), [("pattern_bare", 5)]),
        (rule("A", "a", 'accept = ["x/*.pdf"]'), [("pattern_with_folder", 5)]),
    ],
)
def test_settings_that_cannot_live_together_are_told_at_their_line(
    wrong: Callable[[str], list[tuple[str, int | None]]], added: str, problems: list[tuple[str, int | None]]
) -> None:
    assert wrong(MINIMAL + added) == problems


@pytest.mark.parametrize("zone", ["Europe/Pari", "Europe", "../etc/passwd", "paris", "Mars/Olympus"])
def test_a_time_zone_that_does_not_exist_is_told_with_a_proposal(told: Callable[[str], list[str]], zone: str) -> None:
    (said,) = told(f'timezone = "{zone}"\n' + MINIMAL + RULE)

    assert said.startswith(f"1 timezone\u00a0: «\u00a0{zone}\u00a0» est inconnu. Vouliez-vous dire «\u00a0")


def test_rules_without_any_source_of_clients_or_destination_are_told(
    wrong: Callable[[str], list[tuple[str, int | None]]],
) -> None:
    assert [code for code, _ in wrong('[clients]\nroot = "mcf"\n' + RULE)] == ["no_destination", "no_clients"]


def test_what_is_written_wrongly_is_not_told_again_as_absent(
    wrong: Callable[[str], list[tuple[str, int | None]]],
) -> None:
    wrong_table = MINIMAL.replace('root = "mcf"\n', 'root = "mcf"\ntable = 3\n')
    no_client = wrong_table.replace('[[client]]\nfolder = "Boulangerie Martin"\n', "")
    two = '[destination.b]\ntype = "sage"\n'

    assert [code for code, _ in wrong(no_client + RULE)] == ["not_a_path"]
    assert [code for code, _ in wrong(MINIMAL + rule("A", "a", "destination = 3") + two)] == [
        "not_a_text",
        "not_one_of",
    ]
    assert [code for code, _ in wrong(MINIMAL + rule("A", "a", 'destination = "b"') + two)] == ["not_one_of"]
    assert [code for code, _ in wrong(MINIMAL + "[[rule]]\n")] == ["missing_key"] * 3
    assert [code for code, _ in wrong(MINIMAL + RULE + "mail = 3\n" + PERSON)] == [
        "unknown_key_of_table",
        "digest_without_mail",
    ]


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("postgresql+psycopg://pushdoc:hunter2@db/pushdoc", "ledger_postgresql"),
        ("mysql://pushdoc:hunter2@db/pushdoc", "not_a_ledger"),
        ("sqlite://", "not_a_ledger"),
        ("sqlite:///:memory:", "not_a_ledger"),
        ("sqlite:///x?mode=ro", "not_a_ledger"),
        ("var/pushdoc.db", "not_a_ledger"),
    ],
)
def test_a_ledger_that_cannot_be_is_refused_without_its_password(read: Read, url: str, code: str) -> None:
    with pytest.raises(ProblemsError) as caught:
        read(MINIMAL + RULE + f'[ledger]\nurl = "{url}"\n')
    (problem,) = caught.value.problems

    assert problem.phrase.code == f"rules.{code}"
    assert "hunter2" not in repr(problem.phrase)
