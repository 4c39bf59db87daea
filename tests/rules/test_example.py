"""`rules.example.toml` is what an administrator copies: it must be right as it stands, and its comments too."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from pushdoc.destinations.folder import FolderSettings
from pushdoc.destinations.inqom.settings import InqomSettings
from pushdoc.rules import load
from pushdoc.rules.model import REPEATED, TABLES, Rules

if TYPE_CHECKING:
    from pydantic import BaseModel

KINDS: dict[str, type[BaseModel]] = {"inqom": InqomSettings, "folder": FolderSettings}
EXAMPLE = Path(__file__).parents[2] / "rules.example.toml"


def test_the_example_is_a_valid_set_up_as_it_stands() -> None:
    rules = load(EXAMPLE, KINDS)

    assert [rule.name for rule in rules.rule] == ["Factures d'achat", "Factures de vente", "Notes de frais"]
    assert list(rules.destination) == ["inqom"]


def test_the_example_is_a_valid_set_up_with_every_key_switched_on(tmp_path: Path) -> None:
    text = EXAMPLE.read_text("utf-8")
    switched_on = re.sub(r"^# (?=\[|[a-z_]+ = )", "", text, flags=re.MULTILINE)
    # With two destinations each rule has to name its own.
    for kind, name in (("Facture de vente", "inqom"), ("Note de frais", "essai")):
        switched_on = switched_on.replace(f'type = "{kind}"', f'type = "{kind}"\ndestination = "{name}"')
    file = tmp_path / "rules.toml"
    file.write_text(switched_on, "utf-8")
    rules = load(file, KINDS)

    assert list(rules.destination) == ["inqom", "essai"]
    assert rules.mail is not None
    assert rules.collaborator[0].clients == ("Boulangerie Martin", "SCI *")
    assert rules.rule[2].beneficiary == "Claire Durand"


def test_the_example_names_every_key_and_shows_the_defaults() -> None:
    text = EXAMPLE.read_text("utf-8")
    named = set(re.findall(r"^(?:# )?([a-z_]+) = ", text, re.MULTILINE))
    tables: list[type[BaseModel]] = [*TABLES.values(), InqomSettings]
    keys = {key for model in tables for key in model.model_fields} | {"timezone", "language"}

    assert keys - named == set()
    assert set(TABLES) - set(re.findall(r"^(?:# )?\[\[?([a-z]+)\]", text, re.MULTILINE)) == set()
    assert {table for table in REPEATED if f"[[{table}]]" not in text} == set()


def test_what_the_example_writes_out_is_the_default() -> None:
    rules = load(EXAMPLE, KINDS)
    plain = Rules.model_validate({"clients": {"root": "/srv/mcf"}})

    assert (rules.watch, rules.retry, rules.marks, rules.digest) == (
        plain.watch,
        plain.retry,
        plain.marks,
        plain.digest,
    )
    first, second = rules.rule[0], rules.rule[1]
    same = {"accept", "clients", "subfolders", "look_back", "settle", "max_size", "hold"}
    same |= {"done", "encrypted", "broken", "mismatch"}
    assert first.model_dump(include=same) == second.model_dump(include=same)
