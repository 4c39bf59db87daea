"""`pushdoc init` from a script: the same steps, answered by options; what is missing or unfit is named."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest
from assistant.conftest import ELSEWHERE, NAMES, SWAPPED
from assistant.test_session import by_options, finished
from service.firm import CLIENT_SECRET, PASSWORD, USERNAME

if TYPE_CHECKING:
    from assistant.conftest import Newcomer

pytestmark = pytest.mark.service


def test_from_nothing_to_a_first_document_by_options_alone(newcomer: Newcomer) -> None:
    newcomer.export()
    paper = newcomer.drop("facture.pdf", client=ELSEWHERE)
    by_options(newcomer)

    passed = newcomer.script("once", "--wait")

    assert passed.returncode == 0, passed.stdout + passed.stderr
    (received,) = newcomer.inqom.received()
    assert received.folder == 700_105
    assert (paper.parent / "Transmis" / "facture.pdf").exists()


def test_several_rules_are_given_at_once(newcomer: Newcomer) -> None:
    newcomer.export()
    by_options(newcomer, "--rule=drop=Ventes;type=Facture de vente;archive=-", "--rule=drop=Frais;type=Note de frais")

    rules = tomllib.loads(newcomer.rules.read_text())["rule"]

    assert [(rule["name"], rule.get("archive")) for rule in rules] == [
        ("Factures d'achat", "Achats/{millésime}/{mois}/Transmis"),
        ("Factures de vente", None),
        ("Notes de frais", "Frais/Transmis"),
    ]


def test_the_same_options_again_change_nothing(newcomer: Newcomer) -> None:
    before = finished(newcomer)
    inode = newcomer.rules.stat().st_ino

    by_options_again(newcomer)

    assert newcomer.rules.read_text() == before
    assert newcomer.rules.stat().st_ino == inode
    assert not newcomer.draft.exists()


def by_options_again(newcomer: Newcomer) -> None:
    ended = newcomer.script("init", "--non-interactive")
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_a_file_that_is_in_use_is_changed_only_with_yes(newcomer: Newcomer) -> None:
    before = finished(newcomer)

    refused = newcomer.script("init", "--non-interactive", "--client=SCI *")
    assert refused.returncode == 2
    assert "--yes" in refused.stderr
    assert newcomer.rules.read_text() == before

    agreed = newcomer.script("init", "--non-interactive", "--client=SCI *", "--client=salon élégance", "--yes")
    assert agreed.returncode == 2, "a client is named as it is written"
    agreed = newcomer.script("init", "--non-interactive", "--client=SCI *", "--client=Salon Élégance", "--yes")
    assert agreed.returncode == 0, agreed.stdout + agreed.stderr
    assert tomllib.loads(newcomer.rules.read_text())["clients"]["only"] == ["Salon Élégance", "SCI Les Tilleuls"]


def test_everything_that_is_missing_is_named_at_once(newcomer: Newcomer) -> None:
    ended = newcomer.script("init", "--non-interactive", f"--root={newcomer.root}")

    assert ended.returncode == 2
    missing = ["--client", "--username", "--password-from", "--client-id", "--client-secret-from", "--rule"]
    assert f"il manque\N{NO-BREAK SPACE}: {', '.join(missing)}\n" in ended.stderr
    assert not newcomer.rules.exists()
    assert not newcomer.draft.exists()


def test_without_a_terminal_nothing_is_asked(newcomer: Newcomer) -> None:
    ended = newcomer.script("init")

    assert ended.returncode == 2
    assert "--non-interactive" in ended.stderr


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("--root=/nowhere/at/all", "--root /nowhere/at/all"),
        ("--table=missing.csv", "La table des clients n’existe pas"),
        ("--client=Personne", "Aucun client ne répond à «\N{NO-BREAK SPACE}Personne\N{NO-BREAK SPACE}»"),
        ("--siret-column=Siren", "--siret-column Siren"),
        ("--password-from=azerty", "--password-from\N{NO-BREAK SPACE}: ce n’est pas une source de secret"),
        ("--password-from=env:NOWHERE", "NOWHERE"),
        ("--api-url=ftp://x", "--api-url ftp://x"),
        ("--client-siret=Boulangerie Martin", "CLIENT=SIRET"),
        ("--client-siret=Boulangerie Martin=12345678901234", "12345678901234"),
        ("--client-siret=Boulangerie Martin=peu importe", "ni un SIRET ni un numéro de dossier"),
        ("--client-siret=Personne=732 829 320 00074", "Personne"),
        ("--rule=drop=Achats", "il manque type"),
        ("--rule=drop=Achats;type=Facture;", "Donnez un numéro de 1 à 5"),
        ("--rule=drop=/Achats;type=Autre", "retirez le / du début"),
        ("--rule=drop=Achats/{annee};type=Autre", "{annee}"),
        ("--rule=drop=Achats;type=Autre;couleur=bleu", "couleur=bleu"),
        ("--rule=drop=A;type=Autre;archive=A", "archive"),
    ],
)
def test_an_option_that_is_unfit_is_named_with_what_is_wrong(newcomer: Newcomer, option: str, said: str) -> None:
    newcomer.export()
    kept = {"THE_PASSWORD": PASSWORD, "THE_SECRET": CLIENT_SECRET}
    given = {
        "--root": str(newcomer.root),
        "--client": "*",
        "--username": USERNAME,
        "--password-from": "env:THE_PASSWORD",
        "--client-id": "cabinet-demo",
        "--client-secret-from": "env:THE_SECRET",
        "--rule": "drop=Achats;type=Autre",
    }
    name, _, value = option.partition("=")
    options = [f"{key}={written}" for key, written in (given | {name: value}).items()]

    ended = newcomer.script("init", "--non-interactive", "--offline", *options, **kept)

    assert ended.returncode in {2, 78}, ended.stdout
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not newcomer.rules.exists()


def test_a_connection_that_fails_is_told_and_what_was_said_is_kept(newcomer: Newcomer) -> None:
    newcomer.export()
    options = [
        "--non-interactive", f"--root={newcomer.root}", "--all-clients", f"--username={USERNAME}",
        "--password-from=env:WRONG", "--client-id=cabinet-demo", "--client-secret-from=env:SECRET",
        f"--api-url={newcomer.inqom.url}", "--rule=drop=Achats/{millésime}/{mois};type=Autre",
    ]  # fmt: skip
    ended = newcomer.script("init", *options, WRONG="faux", SECRET=CLIENT_SECRET)

    assert ended.returncode == 1
    assert "✗ Inqom refuse l’identifiant ou le mot de passe" in ended.stdout
    assert newcomer.rules.exists()

    options[5], options[7] = "--password-from=env:RIGHT", "--api-url=http://127.0.0.1:9"
    ended = newcomer.script("init", *options, "--yes", RIGHT=PASSWORD, SECRET=CLIENT_SECRET)
    assert ended.returncode == 69


def test_secrets_come_from_the_lines_of_standard_input(newcomer: Newcomer) -> None:
    secrets = newcomer.home / "given"
    secrets.write_text(PASSWORD)
    secrets.chmod(0o600)
    options = [
        "--non-interactive", "--offline", f"--root={newcomer.root}", f"--client={NAMES[0]}", f"--username={USERNAME}",
        "--password-from=file:given", "--client-id=cabinet-demo", "--client-secret-from=file:given",
        "--rule=drop=Achats/{millésime}/{mois};type=Autre;archive=-;name=Un; deux\\; trois",
    ]  # fmt: skip
    ended = newcomer.script("init", *options)
    secrets.unlink()
    assert ended.returncode == 2
    options[-1] = "--rule=drop=Achats/{millésime}/{mois};type=Autre;archive=-;name=Un\\; deux"
    options[5], options[7] = "--password-from=-", "--client-secret-from=-"
    ended = newcomer.script("init", *options, given=f"{PASSWORD}\n{CLIENT_SECRET}\n")

    assert ended.returncode == 1  # the client has no SIRET
    assert (newcomer.home / "secrets" / "inqom-password").read_text() == PASSWORD + "\n"
    assert (newcomer.home / "secrets" / "inqom-client-secret").read_text() == CLIENT_SECRET + "\n"
    rules = tomllib.loads(newcomer.rules.read_text())
    assert rules["rule"] == [{"name": "Un; deux", "drop": "Achats/{millésime}/{mois}", "type": "Autre"}]
    assert rules["client"] == [{"folder": NAMES[0]}]


def test_a_rule_of_the_same_name_is_changed_and_a_client_mended_by_options(newcomer: Newcomer) -> None:
    finished(newcomer)
    ended = newcomer.script(
        "init", "--non-interactive", "--yes", "--rule=name=Factures d'achat;drop=Achats/{mois};type=Autre;archive=-",
        f"--client-siret={SWAPPED}==700102",
    )  # fmt: skip

    assert ended.returncode == 0, ended.stdout + ended.stderr
    rules = tomllib.loads(newcomer.rules.read_text())
    assert rules["rule"] == [{"name": "Factures d'achat", "drop": "Achats/{mois}", "type": "Autre"}]
    assert {one["folder"]: one.get("dossier") for one in rules["client"]} == {SWAPPED: 700_102, ELSEWHERE: 700_105}
