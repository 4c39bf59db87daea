"""`pushdoc rules` on a firm's real rules file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from office import entry

from pushdoc.cli.rule_options import KEYS
from pushdoc.ledger.hold import hold
from pushdoc.rules import Rule
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable

    from cli.conftest import Answer
    from service.firm import Firm

    from pushdoc.ledger import Ledger

    Type = Callable[..., Answer]

EXAMPLE = Path(__file__).parents[2] / "rules.example.toml"
BANK = ("--name", "Relevés", "--drop", "Banque/{millésime}", "--type", "Autre")


@pytest.fixture
def example(firm: Firm) -> str:
    """The firm's rules are the example, its comments and all."""
    text = EXAMPLE.read_text("utf-8").replace("/srv/mcf", str(firm.root))
    firm.rules.write_text(text, "utf-8")
    return text


def test_every_key_of_a_rule_is_an_option() -> None:
    assert list(KEYS) == list(Rule.model_fields)


def test_rules_list_tells_each_rule_with_its_number(firm: Firm, pushdoc: Type) -> None:
    told = pushdoc("rules", "list")

    assert (told.code, told.err) == (0, "")
    assert [line.split("  ")[0].strip() for line in told.lines] == ["N°", "1", "2", "3"]
    first = pushdoc("rules", "list", "--json").json["rules"][0]
    assert first == {
        "number": 1,
        "name": "Achats",
        "drop": "Achats/{millésime}/{mois}",
        "type": "Facture d'achat",
        "archive": "Achats/{millésime}/{mois}/Transmis",
        "destination": "inqom",
        "clients": ["*"],
    }


def test_a_rule_that_is_added_and_removed_leaves_the_file_as_it_was(firm: Firm, example: str, pushdoc: Type) -> None:
    assert (
        pushdoc("rules", "add", *BANK, "--client", "SCI *", "--client", "Martin", "--look-back", "3", "--hold").code
        == 0
    )
    added = firm.rules.read_text("utf-8")
    assert [rule["name"] for rule in pushdoc("rules", "list", "--json").json["rules"]][-1] == "Relevés"

    assert pushdoc("rules", "remove", "4").code == 0
    assert firm.rules.read_text("utf-8") == example
    assert (
        added.replace(
            """
[[rule]]
name = "Relevés"
drop = "Banque/{millésime}"
type = "Autre"
clients = ["SCI *", "Martin"]
look_back = 3
hold = true
""",
            "",
        )
        == example
    )


def test_rules_add_says_what_the_rule_would_take_right_now(firm: Firm, pushdoc: Type) -> None:
    folder = firm.root / "Client 001" / "Banque" / str(firm.period.year)
    folder.mkdir(parents=True)
    (folder / "relevé.csv").write_bytes(b"1234")
    (folder / "\x1b[31m\u202e.csv").write_bytes(b"1")
    (folder / "relevé.exe").write_bytes(b"1")
    told = pushdoc("rules", "add", *BANK)

    assert told.code == 0
    assert "2 fichiers (5" in told.out
    assert f"    Client 001/Banque/{firm.period.year}/relevé.csv" in told.lines
    assert "1 autre fichier" in told.out
    assert "\x1b" not in told.out
    assert "\u202e" not in told.out


def test_what_is_wrong_with_a_new_rule_is_told_by_option_and_nothing_is_saved(
    firm: Firm, example: str, pushdoc: Type
) -> None:
    told = pushdoc(
        *("rules", "add", "--name", "Factures de vente", "--drop", "Banque/{milésime}", "--type", "Autr"),
        *("--look-back", "many", "--destination", "inqon", "--max-size", "0"),
    )

    assert (told.code, told.out) == (78, "")
    told_of = [line.partition(" : ")[0] for line in told.err.splitlines() if line.startswith("--")]
    assert told_of == ["--name", "--drop", "--type", "--destination", "--look-back", "--max-size"]
    assert "{millésime}" in told.err
    assert "« inqom »" in told.err.replace("\u00a0", " ")
    assert firm.rules.read_text("utf-8") == example


def test_a_rule_that_would_never_take_anything_is_refused(firm: Firm, example: str, pushdoc: Type) -> None:
    told = pushdoc(
        *("rules", "add", "--name", "X", "--drop", "Ventes/{millésime}/{mois}", "--type", "Autre", "--accept", "*.pdf")
    )

    assert told.code == 78
    assert "Factures de vente" in told.err
    assert firm.rules.read_text("utf-8") == example


def test_what_was_wrong_before_stops_no_change_and_is_told(firm: Firm, example: str, pushdoc: Type) -> None:
    firm.rules.write_text(example.replace('mode = "auto"', 'mode = "never"'), "utf-8")
    told = pushdoc("rules", "add", *BANK)

    assert told.code == 0
    assert "[watch] mode" in told.err
    assert pushdoc("rules", "remove", "relevés").code == 0
    assert "Relevés" not in firm.rules.read_text("utf-8")


def test_a_rule_is_removed_by_its_name_whatever_the_case_with_its_comments(
    firm: Firm, example: str, pushdoc: Type
) -> None:
    assert pushdoc("rules", "remove", "NOTES de frais").code == 0

    text = firm.rules.read_text("utf-8")
    assert "beneficiary" not in text
    assert "── La surveillance" in text
    assert example.startswith(text[: text.index("# ── La surveillance")].rstrip("\n"))


def test_the_last_rule_is_not_removed(firm: Firm, pushdoc: Type) -> None:
    assert pushdoc("rules", "remove", "1").code == 0
    assert pushdoc("rules", "remove", "1").code == 0
    told = pushdoc("rules", "remove", "1")

    assert told.code == 78
    assert pushdoc("rules", "list").code == 0


@pytest.mark.parametrize("sought", ["Relevés", "0", "4", "-1", "99999999999999999999", "\x1b[31m"])
def test_a_rule_that_is_not_there_is_told_with_those_that_are(firm: Firm, pushdoc: Type, sought: str) -> None:
    told = pushdoc("rules", "remove", "--", sought)

    assert told.code == 2
    assert "Achats, Ventes, Frais" in told.err
    assert "\x1b" not in told.err


def test_rules_remove_says_what_waits_under_the_rule(firm: Firm, ledger: Ledger, pushdoc: Type) -> None:
    ledger.enter(entry("a.pdf", rule="Achats"))
    ledger.enter(entry("b.pdf", rule="Achats"))
    ledger.enter(entry("c.pdf", rule="Achats", refused=Phrase("inqom.too_large")))
    ledger.enter(entry("d.pdf", rule="Ventes"))
    told = pushdoc("rules", "remove", "Achats")

    assert told.code == 0
    assert "3 documents" in told.out
    assert "2 en attente" in told.out


def test_a_change_says_how_the_running_pushdoc_takes_it_up(firm: Firm, pushdoc: Type) -> None:
    assert "ne tourne pas" in pushdoc("rules", "add", *BANK).out
    with hold(firm.ledger):
        told = pushdoc("rules", "remove", "Relevés")

    assert f"kill -HUP {os.getpid()}" in told.out
    assert "systemctl reload pushdoc" in told.out


def test_without_a_rules_file_the_assistant_is_named(typed: Type, tmp_path: Path) -> None:
    told = typed("-c", str(tmp_path / "none.toml"), "rules", "add", *BANK)

    assert told.code == 78
    assert "pushdoc init" in told.err


def test_english_is_spoken_where_the_rules_say_so(firm: Firm, pushdoc: Type) -> None:
    firm.write_rules("http://127.0.0.1:9", ('language = "fr"', 'language = "en"'))

    assert "is saved in" in pushdoc("rules", "add", *BANK).out
    assert "no rule is called" in pushdoc("rules", "remove", "x").err
