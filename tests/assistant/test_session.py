"""`pushdoc init` as an administrator lives it: at a real terminal, with a local Inqom, from nothing to a document."""

from __future__ import annotations

import os
import stat
import tomllib
from typing import TYPE_CHECKING

import pytest
from assistant.conftest import ELSEWHERE, NAMES, SWAPPED
from service.firm import CLIENT_SECRET, PASSWORD, USERNAME, siret

if TYPE_CHECKING:
    from assistant.conftest import Newcomer
    from assistant.keyboard import Keyboard

pytestmark = pytest.mark.service

DONE = "terminé)"


def clients(keys: Keyboard, newcomer: Newcomer) -> None:
    """Step 1: everybody."""
    keys.answers("Dossier des clients", str(newcomer.root))
    keys.answers("Export de MyCompanyFiles [dossiers.csv]", "")
    keys.answers(DONE, "tout")
    keys.answers(DONE, "")


def connection(keys: Keyboard, password: str = PASSWORD) -> None:
    """Step 2."""
    keys.answers("Identifiant Inqom", USERNAME)
    keys.answers("Mot de passe", password)
    keys.answers("Client id", "cabinet-demo")
    keys.answers("Client secret", CLIENT_SECRET)


def mapping(keys: Keyboard) -> None:
    """Step 3: both wrong SIRETs are mended by the first proposal."""
    keys.answers("Colonne du SIRET [SIRET]", "")
    for _ in range(2):
        keys.answers("Client à corriger", "1")
        keys.answers("Correction", "1")
    keys.answers("Client à corriger", "")


def a_rule(keys: Keyboard) -> None:
    """One rule of step 4, its path completed by Tab."""
    keys.awaits("Chemin de dépôt")
    keys.types("ach\t/\t/\t", enter=False)
    keys.awaits("Achats/{millésime}/{mois}")
    keys.types("")
    keys.answers("Type de document [Facture d'achat]", "")
    keys.answers("[Achats/{millésime}/{mois}/Transmis]", "")
    keys.answers("Nom de la règle [Factures d'achat]", "")
    keys.answers("Enregistrer cette règle", "")


def test_from_nothing_to_a_first_document_delivered(newcomer: Newcomer) -> None:
    newcomer.export()
    paper = newcomer.drop("facture.pdf")
    with newcomer.init("--api-url", newcomer.inqom.url) as keys:
        clients(keys, newcomer)
        connection(keys, password="faux mot de passe")
        told = keys.awaits("Que faire")
        assert "✗ Inqom refuse l’identifiant ou le mot de passe" in told
        assert "→ Vérifiez" in told
        keys.types("1")
        keys.answers(f"Identifiant Inqom [{USERNAME}]", "")
        keys.answers("Mot de passe", PASSWORD)
        keys.answers("Client id [cabinet-demo]", "")
        keys.answers("Entrée\N{NO-BREAK SPACE}: garder)", "")
        assert "✓ Connexion établie" in keys.awaits("Étape 3")
        mapping(keys)
        keys.answers("Règle à ajouter (+)", "")
        a_rule(keys)
        told = keys.awaits("à retirer")
        assert "✓ Cette règle prendrait 1 fichier" not in told  # told before it was saved
        keys.types("")
        keys.answers("Étape à revoir", "")
        assert keys.ended() == 0
    assert "✓ Cette règle prendrait 1 fichier" in keys.shown
    assert not newcomer.draft.exists()
    passed = newcomer.script("once", "--wait")
    assert passed.returncode == 0, passed.stdout + passed.stderr
    (received,) = newcomer.inqom.received()
    assert received.folder == 700_101
    assert (paper.parent / "Transmis" / "facture.pdf").exists()
    nothing_is_shown_of_the_secrets(keys)


def nothing_is_shown_of_the_secrets(keys: Keyboard) -> None:
    for secret in (PASSWORD, CLIENT_SECRET, "faux mot de passe"):
        assert secret.encode() not in keys.raw


def test_the_rules_that_come_of_it_say_what_was_answered(newcomer: Newcomer) -> None:
    newcomer.export()
    with newcomer.init("--api-url", newcomer.inqom.url) as keys:
        clients(keys, newcomer)
        connection(keys)
        mapping(keys)
        keys.answers("Règle à ajouter (+)", "")
        a_rule(keys)
        keys.answers("à retirer", "")
        keys.answers("Étape à revoir", "")
        assert keys.ended() == 0

    text = newcomer.rules.read_text()
    rules = tomllib.loads(text)
    assert rules["clients"]["only"] == ["*"]
    assert rules["clients"]["siret"] == "SIRET"
    assert {one["folder"]: one["siret"] for one in rules["client"]} == {
        name: newcomer.sirets[name] for name in (SWAPPED, ELSEWHERE)
    }
    assert all(one["replaces"] for one in rules["client"])
    assert rules["destination"]["inqom"]["password"] == "file:secrets/inqom-password"
    assert rules["rule"] == [
        {
            "name": "Factures d'achat",
            "drop": "Achats/{millésime}/{mois}",
            "type": "Facture d'achat",
            "archive": "Achats/{millésime}/{mois}/Transmis",
        }
    ]
    assert "# Règles de pushdoc" in text
    for name, secret in (("inqom-password", PASSWORD), ("inqom-client-secret", CLIENT_SECRET)):
        file = newcomer.home / "secrets" / name
        assert file.read_text() == secret + "\n"
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE((newcomer.home / "secrets").stat().st_mode) == 0o700


def test_a_set_up_broken_off_in_each_step_goes_on_where_it_was(newcomer: Newcomer) -> None:
    newcomer.export()
    with newcomer.init("--api-url", newcomer.inqom.url) as keys:
        keys.answers("Dossier des clients", str(newcomer.root))
        keys.awaits("Export de MyCompanyFiles [dossiers.csv]")
        broken_off(keys, newcomer)
    with newcomer.init() as keys:
        assert "On reprend où vous en étiez" in keys.awaits("Étape 1")
        keys.answers(f"Dossier des clients [{newcomer.root}]", "")
        keys.answers("Export de MyCompanyFiles [dossiers.csv]", "")
        keys.answers(DONE, "1-3")
        keys.awaits(DONE)
        broken_off(keys, newcomer)
    assert len(tomllib.loads(newcomer.draft.read_text())["clients"]["only"]) == 3
    with newcomer.init("--api-url", newcomer.inqom.url) as keys:
        keys.awaits("Étape 2")
        keys.answers("Identifiant Inqom", USERNAME)
        keys.answers("Mot de passe", PASSWORD)
        keys.awaits("Client id")
        broken_off(keys, newcomer)
    with newcomer.init() as keys:
        keys.awaits("Étape 2")
        keys.answers(f"Identifiant Inqom [{USERNAME}]", "")
        keys.answers("Entrée\N{NO-BREAK SPACE}: garder)", "")
        keys.answers("Client id", "cabinet-demo")
        keys.answers("Client secret", CLIENT_SECRET)
        keys.answers("Colonne du SIRET", "")
        keys.awaits("Client à corriger")
        broken_off(keys, newcomer)
    with newcomer.init() as keys:
        keys.awaits("Étape 3")
        keys.answers("Colonne du SIRET", "")
        keys.answers("Client à corriger", "")
        keys.answers("Règle à ajouter", "")
        keys.answers("Chemin de dépôt", "Achats/{millésime}/{mois}")
        keys.awaits("Type de document")
        broken_off(keys, newcomer)
    with newcomer.init() as keys:
        keys.answers("Colonne du SIRET", "")
        keys.answers("Client à corriger", "")
        keys.answers("Règle à ajouter", "")
        a_rule(keys)
        keys.answers("à retirer", "")
        keys.answers("Étape à revoir", "")
        assert keys.ended() == 1  # one of the three has no dossier, and was left so
    assert not newcomer.draft.exists()
    assert len(tomllib.loads(newcomer.rules.read_text())["clients"]["only"]) == 3


def broken_off(keys: Keyboard, newcomer: Newcomer) -> None:
    """The person types Ctrl-C: everything is kept, and that is said."""
    keys.interrupts("gardées dans")
    assert keys.ended() == 130
    told = " ".join(keys.shown.split())
    assert told.endswith(
        f"Vos réponses sont gardées dans {newcomer.draft} ; « pushdoc init » reprend où vous en étiez."
    )
    assert not newcomer.rules.exists()
    nothing_is_shown_of_the_secrets(keys)


def test_the_end_of_the_input_is_a_way_to_leave_as_well(newcomer: Newcomer) -> None:
    with newcomer.init() as keys:
        keys.awaits("Dossier des clients")
        keys.types("\x04", enter=False)
        assert "Rien n’a été changé" in keys.awaits("changé")
        assert keys.ended() == 130
    assert list(newcomer.home.iterdir()) == [newcomer.root]


def test_hostile_folder_names_break_no_screen_and_no_rules(newcomer: Newcomer) -> None:
    evil = ["=cmd|' calc'!A1", "[red]peint[red]", "a" * 150, "\u202efdp.exe", '"guillemets" et [crochets', "*"]
    for name in evil:
        (newcomer.root / name).mkdir()
    for unfit in (b"re\xe7u", b"ligne\ncoup\xc3\xa9e", b"blanc ", b"\x1b[2Jefface"):
        (newcomer.root / os.fsdecode(unfit)).mkdir()
    with newcomer.init("--api-url", newcomer.inqom.url) as keys:
        keys.answers("Dossier des clients", str(newcomer.root))
        keys.answers("Export de MyCompanyFiles [-]", "")
        keys.answers(DONE, "tout")
        keys.answers(DONE, "+")
        assert "\\u202efdp.exe" in keys.awaits(DONE)
        keys.types("")
        keys.awaits("Étape 2")
        assert "4 dossiers ne peuvent pas être ceux de clients" in keys.shown
        assert "\\x1b[2Jefface" in keys.shown
        assert b"\x1b[2J" not in keys.raw
        assert "\u202e" not in keys.shown
        connection(keys)
        keys.answers("Client à corriger", "")
        keys.answers("Règle à ajouter", "")
        a_rule(keys)
        keys.answers("à retirer", "")
        keys.answers("Étape à revoir", "")
        assert keys.ended() == 1  # no client has a SIRET
    assert max(len(line) for line in keys.shown.splitlines() if "a" * 40 in line) <= 80
    folders = {one["folder"] for one in tomllib.loads(newcomer.rules.read_text())["client"]}
    assert folders == {*NAMES, *evil}


def test_without_an_export_the_sirets_are_typed_in_the_third_step(newcomer: Newcomer) -> None:
    with newcomer.init("--api-url", newcomer.inqom.url) as keys:
        keys.answers("Dossier des clients", str(newcomer.root))
        keys.answers("Export de MyCompanyFiles [-]", "")
        keys.answers(DONE, "boulangerie")
        keys.answers(DONE, "1")
        keys.answers(DONE, "")
        connection(keys)
        keys.answers("Client à corriger", "1")
        keys.answers("Correction", siret(1)[:-1] + "0")
        assert "✗" in keys.awaits("Correction")
        keys.types(siret(1))
        assert "700101 BOULANGERIE MARTIN" in keys.awaits("Client à corriger")
    entry = {"folder": NAMES[0], "siret": siret(1)}
    assert tomllib.loads(newcomer.draft.read_text())["client"] == [entry]


def test_a_dossier_can_be_looked_for_by_name_and_pinned(newcomer: Newcomer) -> None:
    newcomer.export()
    with newcomer.init("--api-url", newcomer.inqom.url) as keys:
        clients(keys, newcomer)
        connection(keys)
        keys.answers("Colonne du SIRET", "")
        keys.answers("Client à corriger", "1")
        keys.answers("Correction", "girard")
        assert "PLOMBERIE GIRARD" in keys.awaits("Correction")
        keys.types("=700112")
        keys.awaits("Client à corriger")
    (entry,) = tomllib.loads(newcomer.draft.read_text())["client"]
    assert entry["dossier"] == 700112
    assert entry["replaces"] is True


def finished(newcomer: Newcomer) -> str:
    """A set-up that is done, by options; gives its text."""
    newcomer.export()
    by_options(newcomer)
    return newcomer.rules.read_text()


def by_options(newcomer: Newcomer, *more: str) -> None:
    """The same set-up without a question."""
    options = [
        "--non-interactive",
        f"--root={newcomer.root}",
        "--all-clients",
        f"--username={USERNAME}",
        "--password-from=env:THE_PASSWORD",
        "--client-id=cabinet-demo",
        "--client-secret-from=env:THE_SECRET",
        f"--api-url={newcomer.inqom.url}",
        f"--client-siret={SWAPPED}={newcomer.sirets[SWAPPED]}",
        f"--client-siret={ELSEWHERE}==700105",
        "--rule=drop=Achats/{millésime}/{mois};type=Facture d'achat",
        *more,
    ]
    ended = newcomer.script("init", *options, THE_PASSWORD=PASSWORD, THE_SECRET=CLIENT_SECRET)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert PASSWORD not in ended.stdout + ended.stderr


def test_a_finished_file_is_changed_in_place_with_its_comments_and_only_when_agreed(newcomer: Newcomer) -> None:
    text = finished(newcomer)
    mine = text.replace("[ledger]", "# Ma note à moi.\n[ledger]")
    newcomer.rules.write_text(mine)
    with newcomer.init() as keys:
        keys.answers("Étape à revoir", "1")
        keys.answers("Dossier des clients", "")
        keys.answers("Export de MyCompanyFiles [dossiers.csv]", "")
        keys.answers(DONE, "girard")
        keys.answers(DONE, "1")
        keys.answers(DONE, "")
        keys.answers("Changer", "non")
        assert newcomer.rules.read_text() == mine
        keys.answers("Étape à revoir", "4")
        keys.answers("à retirer", "+")
        keys.answers("Chemin de dépôt", "Ventes/2026")
        keys.answers("écrire Ventes/{millésime}", "")
        keys.answers("Type de document [Facture de vente]", "")
        keys.answers("Chemin d’archive", "-")
        keys.answers("Nom de la règle", "factures d'achat")
        assert "s’appelle déjà" in keys.awaits("Nom de la règle")
        keys.types("Nos ventes")
        keys.answers("Enregistrer cette règle", "")
        keys.answers("à retirer", "")
        keys.answers("Étape à revoir", "")
        assert keys.ended() == 0
    added = newcomer.rules.read_text()
    lines = iter(added.splitlines())
    assert all(line in lines for line in mine.splitlines()), "a line of the file went"
    assert tomllib.loads(added)["rule"][1] == {
        "name": "Nos ventes",
        "drop": "Ventes/{millésime}",
        "type": "Facture de vente",
    }


def test_a_rule_is_changed_and_removed_at_the_terminal(newcomer: Newcomer) -> None:
    finished(newcomer)
    with newcomer.init() as keys:
        keys.answers("Étape à revoir", "4")
        keys.answers("à retirer", "1")
        keys.answers("Chemin de dépôt [Achats/{millésime}/{mois}]", "")
        keys.answers("Type de document [Facture d'achat]", "5")
        keys.answers("Chemin d’archive", "")
        keys.answers("Nom de la règle [Factures d'achat]", "Tout le reste")
        keys.answers("Enregistrer cette règle", "")
        keys.answers("à retirer", "+")
        a_second = "Achats/{millésime}/{mois}"
        keys.answers("Chemin de dépôt", a_second)
        keys.answers("Type de document", "5")
        keys.answers("Chemin d’archive", "")
        keys.answers("Nom de la règle", "Encore")
        keys.answers("Enregistrer cette règle", "")
        assert "✗" in keys.awaits("Chemin de dépôt")  # it would never be reached
        keys.answers("]", "<")
        keys.answers("Étape à revoir", "4")
        keys.answers("à retirer", "-1")
        keys.answers("Retirer la règle", "non")
        keys.answers("à retirer", "")
        keys.answers("Étape à revoir", "")
        assert keys.ended() == 0
    (rule,) = tomllib.loads(newcomer.rules.read_text())["rule"]
    assert (rule["name"], rule["type"]) == ("Tout le reste", "Autre")


def test_colours_are_left_out_where_they_are_not_wanted(newcomer: Newcomer) -> None:
    for environment, coloured in (({}, True), ({"NO_COLOR": ""}, False), ({"TERM": "dumb"}, False)):
        with newcomer.init(**environment) as keys:
            keys.awaits("Dossier des clients")
            assert (b"\x1b[1m" in keys.raw) is coloured


def test_english_is_spoken_to_who_asks_for_it(newcomer: Newcomer) -> None:
    with newcomer.init(PUSHDOC_LANGUAGE="en") as keys:
        keys.answers("Clients' folder:", str(newcomer.root))
        keys.awaits("MyCompanyFiles' export [-]:")
    with newcomer.init() as keys:
        keys.awaits("We go on where you were")


def test_changes_to_rules_in_force_that_were_left_half_way_are_taken_up_or_forgotten(newcomer: Newcomer) -> None:
    text = finished(newcomer)
    with newcomer.init() as keys:
        keys.answers("Étape à revoir", "2")
        keys.answers("Identifiant Inqom", "autre@cabinet.example")
        keys.awaits("Mot de passe")
        keys.interrupts("gardées dans")
        keys.ended()
    assert newcomer.rules.read_text() == text
    with newcomer.init() as keys:
        keys.awaits("Reprendre les réponses")  # and is left by closing the window
    with newcomer.init() as keys:
        keys.answers("Reprendre les réponses laissées à moitié [oui]", "")
        assert "autre@cabinet.example" in keys.awaits("Étape à revoir")
    os.utime(newcomer.draft, (1, 1))
    with newcomer.init() as keys:
        assert "a été changé depuis" in keys.awaits("Reprendre les réponses laissées à moitié [non]")
        keys.types("")
        assert USERNAME in keys.awaits("Étape à revoir")
        keys.types("")
        assert keys.ended() == 0
    assert not newcomer.draft.exists()
    assert newcomer.rules.read_text() == text


def test_a_python_without_readline_asks_all_the_same(
    newcomer: Newcomer, tmp_path_factory: pytest.TempPathFactory
) -> None:
    without = tmp_path_factory.mktemp("without")
    (without / "readline.py").write_text("raise ImportError\n")
    newcomer.export()
    with newcomer.init(PYTHONPATH=str(without)) as keys:
        clients(keys, newcomer)
        keys.awaits("Identifiant Inqom")


def test_a_connection_can_be_left_for_later_and_the_rest_goes_on(newcomer: Newcomer) -> None:
    newcomer.export()
    with newcomer.init("--api-url", "http://127.0.0.1:9") as keys:
        clients(keys, newcomer)
        connection(keys)
        keys.answers("Que faire", "3")
        keys.answers("Colonne du SIRET", "")
        assert "seuls les SIRET sont vérifiés" in keys.awaits("Client à corriger")
        keys.types("")
        keys.answers("Règle à ajouter", "<")
        keys.answers("Étape à revoir", "")
        told = keys.awaits("gardées dans")
        assert "Pas encore prêt" in told
        assert keys.ended() == 1
    assert newcomer.draft.exists()


def test_a_password_that_is_not_agreed_to_leaves_the_one_in_force(newcomer: Newcomer) -> None:
    finished(newcomer)
    password = newcomer.home / "secrets" / "inqom-password"
    with newcomer.init() as keys:
        keys.answers("Étape à revoir", "2")
        keys.answers("Identifiant Inqom", "")
        keys.answers("Mot de passe", "faux")
        keys.answers("Client id", "")
        keys.answers("Client secret", "")
        keys.answers("Que faire", "3")
        keys.answers("Changer", "non")
        keys.answers("Étape à revoir", "")
        assert keys.ended() == 1
    assert "Presque prêt" in keys.shown
    assert password.read_text() == PASSWORD + "\n"
    assert sorted(file.name for file in password.parent.iterdir()) == ["inqom-client-secret", "inqom-password"]
