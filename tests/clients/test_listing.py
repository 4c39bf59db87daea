"""Clients of two sources together."""

from __future__ import annotations

from pathlib import Path

from pushdoc.clients import Listing, chosen, merge
from pushdoc.document import Client
from pushdoc.words import say

TABLE = Path("dossiers.csv")
RULES = Path("rules.toml")
SIRET = "73282932000074"
OTHER = "35600000000048"


def listed(folder: str, siret: str = SIRET, *, line: int = 10, pinned: str | None = None) -> Listing:
    return Listing(Client(folder, siret, pinned=pinned), RULES, line)


def in_table(folder: str, siret: str = SIRET, *, line: int = 2) -> Listing:
    return Listing(Client(folder, siret), TABLE, line)


def test_clients_of_the_table_come_first_and_those_of_the_rules_after() -> None:
    clients, problems = merge([in_table("Martin")], [listed("Durand", pinned="7")])

    assert clients == [Client("Martin", SIRET), Client("Durand", SIRET, pinned="7")]
    assert problems == []


def test_a_client_named_in_both_is_told_with_both_places() -> None:
    _, [problem] = merge([in_table("Martin", line=4)], [listed("Martin", line=31)])

    assert problem.place == "rules.toml:31"
    assert "dossiers.csv:4" in say(problem.phrase, "fr")
    assert "rules.toml:31" in say(problem.phrase, "fr")


def test_a_client_listed_twice_is_told_with_both_lines() -> None:
    _, [problem] = merge([], [listed("Martin", line=10), listed("Martin/", line=20)])

    assert problem.line == 20
    assert problem.phrase.values == {"folder": "Martin", "line": 20, "earlier": 10}


def test_places_without_a_line_are_told_by_their_file() -> None:
    without = Listing(Client("Martin", SIRET), RULES)

    _, [problem] = merge([], [without, without])

    assert say(problem.phrase, "en") == 'The client "Martin" is named twice: rules.toml and rules.toml'


def test_a_client_named_twice_alike_is_kept_once() -> None:
    clients, _ = merge([in_table("Café".replace("é", "e\u0301"))], [listed("Café", "732 829 320 00074")])

    assert [client.siret for client in clients] == [SIRET]


def test_a_client_named_twice_with_two_sirets_is_not_kept_at_all() -> None:
    clients, problems = merge([in_table("Martin"), in_table("Durand")], [listed("Martin", OTHER)])

    assert [client.folder for client in clients] == ["Durand"]
    assert len(problems) == 1


def test_folders_and_sirets_of_the_rules_are_read_as_those_of_the_table() -> None:
    clients, problems = merge([], [listed("Cabinet\\Martin", " 732 829 320 00074"), listed("../Durand", line=12)])

    assert clients == [Client("Cabinet/Martin", SIRET)]
    assert [(problem.line, problem.phrase.code) for problem in problems] == [(12, "clients.folder_upward")]


def test_an_entry_that_replaces_stands_in_the_place_of_the_tables_line() -> None:
    instead = Listing(Client("./Café", OTHER, pinned="7"), RULES, replaces=True)
    clients, problems = merge([in_table("Cafe\u0301", line=4), in_table("Durand", line=5)], [instead])

    assert clients == [Client("Durand", SIRET), Client("Café", OTHER, pinned="7")]
    assert problems == []


def test_an_entry_that_replaces_what_the_table_does_not_have_is_a_client_like_others() -> None:
    assert merge([], [Listing(Client("Martin", SIRET), RULES, replaces=True)]) == ([Client("Martin", SIRET)], [])


def test_two_entries_for_one_client_disagree_though_one_replaces() -> None:
    clients, [problem] = merge(
        [in_table("Martin")], [Listing(Client("Martin", OTHER), RULES, replaces=True), listed("Martin")]
    )

    assert clients == []
    assert problem.place == "rules.toml:10"


def test_only_the_chosen_clients_are_active_and_none_is_switched_on() -> None:
    clients = [Client("Martin", SIRET), Client("Durand", SIRET), Client("Dupont", SIRET, enabled=False)]

    assert [one.enabled for one in chosen(clients, {"Martin", "Dupont"}.__contains__)] == [True, False, False]
