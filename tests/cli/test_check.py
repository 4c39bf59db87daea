"""`check` says which thing is wrong, in one clear line, and ends by the code that is laid down for it."""

from __future__ import annotations

import os
import socket
import sys
from typing import TYPE_CHECKING

import pytest
from service.firm import ACCOUNT, CLIENT_SECRET, KINDS, PASSWORD, USERNAME

from pushdoc.clock import SystemClock
from pushdoc.ledger import RunNote, hold
from pushdoc.sandbox import Account
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable

    from cli.conftest import Answer
    from service.firm import Firm

    from pushdoc.ledger import Ledger
    from pushdoc.sandbox import Sandbox

    Type = Callable[..., Answer]


def faults(told: Answer) -> list[str]:
    """What was found at fault, a line each."""
    return [line[2:] for line in told.lines if line.startswith("✗ ")]


def test_a_right_set_up_is_all_fine(firm: Firm, inqom: Sandbox, pushdoc: Type) -> None:
    firm.write_rules(inqom.url, ("requests_per_second = 200", "requests_per_second = 12"))
    firm.folder()
    for kind in KINDS:
        firm.folder(kind=kind)
    told = pushdoc("check")

    assert (told.code, told.err) == (0, "")
    assert [line for line in told.lines if line.startswith(("! ", "✗ ", "    "))] == []
    assert told.lines[-1] == "Tout est en ordre."
    assert any("connexion établie" in line for line in told.lines)
    assert any("2 clients reliés à un dossier sur 2" in line for line in told.lines)


def test_as_json_it_is_one_object_that_bears_the_exit_code(firm: Firm, inqom: Sandbox, pushdoc: Type) -> None:
    told = pushdoc("check", "--json")

    assert (told.code, told.err) == (0, "")
    assert told.json.keys() == {"findings", "exit_code"}
    assert told.json["exit_code"] == 0
    for finding in told.json["findings"]:
        assert finding.keys() == {"group", "mark", "place", "name", "what", "advice", "count"}
        assert finding["mark"] in {"fine", "warning", "fault"}


def test_as_json_rules_that_cannot_be_used_are_findings_too(firm: Firm, pushdoc: Type) -> None:
    firm.write_rules("http://127.0.0.1:9", ('timezone = "Europe/Paris"', 'timezone = "Europe/Pari"\ncolour = "blue"'))
    told = pushdoc("check", "--json")

    assert told.code == told.json["exit_code"] == 78
    assert [finding["place"] for finding in told.json["findings"]] == [f"{firm.rules}:1", f"{firm.rules}:2"]
    assert all(finding["group"] == "rules" for finding in told.json["findings"])


def test_of_many_that_are_alike_one_is_told_and_the_others_are_named(firm: Firm, pushdoc: Type) -> None:
    table = firm.home / "dossiers.csv"
    table.write_text(table.read_text() + "".join(f"Garage {number:03};73282932000074\n" for number in range(500)))
    told = pushdoc("check", "--offline")

    assert len([line for line in told.lines if "Garage" in line]) == 2
    assert "    de même pour 499 autres\u00a0: Garage 001, Garage 002, " in told.out
    assert "--all" in told.out
    assert len([line for line in pushdoc("check", "--offline", "--all").lines if "Garage" in line]) == 500
    findings = pushdoc("check", "--offline", "--json").json["findings"]
    assert len([each for each in findings if (each["name"] or "").startswith("Garage")]) == 500


def test_what_three_have_in_common_is_advised_once(firm: Firm, pushdoc: Type) -> None:
    table = firm.home / "dossiers.csv"
    table.write_text(table.read_text() + "".join(f"Garage {number};73282932000074\n" for number in range(3)))
    told = pushdoc("check", "--offline")

    assert len([line for line in told.lines if "Garage" in line]) == 3
    assert told.out.count("Vérifiez l’orthographe dans la table") == 1


@pytest.mark.parametrize("name", ["=cmd()", "\x1b[31mred", "\u202efdp", "a\\nb", "[bold]x[/bold]"])
def test_hostile_names_colour_no_screen(firm: Firm, pushdoc: Type, name: str) -> None:
    table = firm.home / "dossiers.csv"
    table.write_text(f"{table.read_text()}{name};123\n{name} too;73282932000074\n")
    (firm.root / f"{name} two").mkdir(parents=True)
    text = firm.rules.read_text().replace('name = "Achats"', 'name = "Achats"\nclients = ["\\u202eMartin"]')
    firm.rules.write_text(text)
    for told in (pushdoc("check", "--offline"), pushdoc("check", "--offline", "--json")):
        assert not set(told.out) & {"\x1b", "\u202e"}
        assert told.code == 1


def test_offline_asks_no_service(firm: Firm, pushdoc: Type) -> None:
    assert pushdoc("check", "--offline").code == 0  # nobody is there to be asked


@pytest.mark.parametrize(
    ("file", "word"),
    [("password", "mot de passe"), ("client-secret", "client secret")],
)
def test_a_wrong_password_and_a_wrong_client_secret_are_told_apart(
    firm: Firm, inqom: Sandbox, pushdoc: Type, file: str, word: str
) -> None:
    firm.keep_secret(file, "sesame-but-wrong")
    told = pushdoc("check")

    assert told.code == 1
    (fault,) = faults(told)
    assert word in fault
    assert "sesame" not in told.out + told.err
    assert "    → " in told.out


def test_a_second_factor_is_told(firm: Firm, pushdoc: Type) -> None:
    account = Account(USERNAME, PASSWORD, "cabinet-demo", CLIENT_SECRET, second_factor=True)
    with firm.inqom(accounts=(account,)) as inqom:
        firm.write_rules(inqom.url)
        told = pushdoc("check")

    assert told.code == 1
    (fault,) = faults(told)
    assert "facteur" in fault or "double authentification" in fault


def test_an_unknown_host_is_told_with_its_name(firm: Firm, pushdoc: Type) -> None:
    firm.write_rules("https://nichts.invalid")
    told = pushdoc("check")

    assert told.code == 69
    (fault,) = faults(told)
    assert "nichts.invalid" in fault


def test_a_refused_connection_is_told_with_its_address(firm: Firm, pushdoc: Type) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    firm.write_rules(f"http://127.0.0.1:{port}")
    told = pushdoc("check")

    assert told.code == 69
    (fault,) = faults(told)
    assert f"127.0.0.1:{port}" in fault


@pytest.mark.parametrize(("kind", "code"), [("503", 69), ("html", 69), ("429", 1)])
def test_a_service_that_is_out_of_order_is_one_line(
    firm: Firm, inqom: Sandbox, pushdoc: Type, kind: str, code: int
) -> None:
    inqom.faults.set(f"{kind}=1")
    told = pushdoc("check")

    assert told.code == code
    assert len(faults(told)) == 1


def test_an_account_without_rights_is_told(firm: Firm, inqom: Sandbox, pushdoc: Type) -> None:
    inqom.faults.set("403@folders=1")
    told = pushdoc("check")

    assert told.code in {1, 69}
    assert "403" in faults(told)[0]


def test_a_missing_secret_is_told_with_its_file_and_no_service_is_asked(
    firm: Firm, inqom: Sandbox, pushdoc: Type
) -> None:
    secret = firm.home / "secrets" / "password"
    secret.unlink()
    told = pushdoc("check")

    assert told.code == 78
    (fault,) = faults(told)
    assert str(secret) in fault
    assert inqom.requests() == []


def test_a_secret_that_others_can_read_is_told_with_its_file(firm: Firm, inqom: Sandbox, pushdoc: Type) -> None:
    secret = firm.keep_secret("client-secret", CLIENT_SECRET, mode=0o644)
    told = pushdoc("check")

    assert told.code == 78
    (fault,) = faults(told)
    assert str(secret) in fault
    assert "chmod 600" in told.out


def test_a_root_that_is_not_there_is_a_wrong_configuration(firm: Firm, inqom: Sandbox, pushdoc: Type) -> None:
    firm.write_rules(inqom.url, ('root = "clients"', 'root = "klients"'))
    told = pushdoc("check")

    assert told.code == 78
    (fault,) = faults(told)
    assert str(firm.home / "klients") in fault


def test_each_wrong_row_of_the_table_is_told_with_its_line(firm: Firm, inqom: Sandbox, pushdoc: Type) -> None:
    table = firm.home / "dossiers.csv"
    table.write_text(f"{table.read_text()};123\n../escape;{firm.sirets['Client 001']}\n")
    told = pushdoc("check")

    assert told.code == 1
    assert [fault.split(" : ")[0] for fault in faults(told)] == [f"{table}:4", f"{table}:5"]


def test_a_client_without_a_dossier_is_told_with_what_to_do(firm: Firm, inqom: Sandbox, pushdoc: Type) -> None:
    table = firm.home / "dossiers.csv"
    table.write_text(f"{table.read_text()}Garage;73282932000074\n")
    told = pushdoc("check")

    assert told.code == 1
    (fault,) = faults(told)
    assert fault.startswith("Garage : ")
    assert "! le client «\u00a0Garage\u00a0» n’a pas encore de dossier" in told.out  # on disk, which is only a warning


def test_more_requests_than_the_service_allows_are_warned_of_only(firm: Firm, inqom: Sandbox, pushdoc: Type) -> None:
    firm.write_rules(inqom.url, ("requests_per_second = 200", "requests_per_second = 20"))
    told = pushdoc("check")

    assert told.code == 0
    assert "! inqom\u00a0: 20 requêtes par seconde demandées, le service en permet 15" in told.lines


def test_a_file_that_has_long_been_empty_is_told_while_pushdoc_runs(firm: Firm, ledger: Ledger, pushdoc: Type) -> None:
    empty = Phrase("whole.empty", {"count": 1, "names": ["Client 001/Achats/a.pdf"]})
    now = SystemClock().now()
    ledger.notes.keep_run(RunNote(os.getpid(), now, "events", 1, now, now, [empty]))
    assert "a.pdf" not in pushdoc("check", "--offline").out  # of a run that has ended, nobody knows what is there now

    with hold(firm.ledger):
        told = pushdoc("check", "--offline")

    assert told.code == 0
    assert "! 1 fichier est vide depuis plus d’une heure\u00a0: Client 001/Achats/a.pdf" in told.lines


def test_a_rule_that_refuses_passwords_without_the_library_is_warned_of(
    firm: Firm, pushdoc: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    firm.write_rules("http://127.0.0.1:9", ('settle = "300ms"', 'settle = "300ms"\nencrypted = "refuse"'))
    assert "pushdoc[pdf]" not in pushdoc("check", "--offline").out

    monkeypatch.setitem(sys.modules, "pypdf", None)
    told = pushdoc("check", "--offline")

    assert told.code == 0
    assert "pushdoc[pdf]" in told.out


def test_a_done_file_that_would_never_be_seen_is_a_wrong_configuration(firm: Firm, pushdoc: Type) -> None:
    firm.write_rules("http://127.0.0.1:9", ('settle = "300ms"', 'settle = "300ms"\ndone = ".{name}.ok"'))
    told = pushdoc("check", "--offline")

    assert told.code == 78
    assert ".{name}.ok" in faults(told)[0]


def test_it_speaks_english_where_the_rules_do(firm: Firm, inqom: Sandbox, pushdoc: Type) -> None:
    firm.keep_secret("password", "sesame-but-wrong")
    firm.write_rules(inqom.url, ('language = "fr"', 'language = "en"'))
    assert "password" in faults(pushdoc("check"))[0]


def test_the_account_of_these_tests_is_one_that_is_let_in() -> None:
    assert (ACCOUNT.password, ACCOUNT.client_secret) == (PASSWORD, CLIENT_SECRET)
