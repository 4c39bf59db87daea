from __future__ import annotations

import time
import unicodedata
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules.texts import MINIMAL

from pushdoc.document import Client
from pushdoc.period import Period
from pushdoc.rules.match import Takers, accepts, covering, routes, takers, where, within

if TYPE_CHECKING:
    from collections.abc import Callable

    from pushdoc.rules import Rules

    Read = Callable[[str], Rules]

TODAY = date(2026, 11, 21)
MARTIN = Client("Boulangerie Martin", "")
SCI = Client("Immobilier/SCI Les Églantines", "")
OFF = Client("Ancien", "", enabled=False)
CLIENTS = [MARTIN, SCI, OFF]

TEXT = (
    MINIMAL
    + """
[[rule]]
name = "Achats"
drop = "Achats/{millésime}/{mois}"
type = "Facture d'achat"
archive = "Achats/{millésime}/{mois}/Transmis"
[[rule]]
name = "Tableurs"
drop = "Achats/{millésime}/{mois}"
type = "Autre"
accept = ["*.xlsx"]
look_back = 3
[[rule]]
name = "Courrier"
drop = "Courrier/{millésime}"
type = "Administratif"
clients = ["SCI *"]
subfolders = true
archive = "Courrier/{millésime}/Classé/{mois}"
look_back = 11
"""
)


@pytest.fixture
def rules(read: Read) -> Rules:
    return read(TEXT)


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def test_who_takes_the_files_of_a_folder_is_asked_once_for_all_its_names(rules: Rules) -> None:
    folder = takers(rules, MARTIN, ("Achats", "2026", "11", "any"), TODAY)

    assert isinstance(folder, Takers)
    assert [rule.name for rule, _ in folder.rules] == ["Achats", "Tableurs"]
    for name, rule, taken in (("a.pdf", "Achats", True), ("a.XLSX", "Tableurs", True), ("a.exe", "Achats", False)):
        verdict = folder.verdict(name)
        assert (verdict.rule and verdict.rule.name, verdict.taken) == (rule, taken)
        assert verdict == within(rules, MARTIN, ("Achats", "2026", "11", name), TODAY)


def test_why_no_rule_takes_the_files_of_a_folder_is_said_of_the_folder(rules: Rules) -> None:
    verdict = takers(rules, MARTIN, ("Achats", "2026", "07", "any.pdf"), TODAY)

    assert not isinstance(verdict, Takers)
    assert verdict.reason
    assert not verdict.taken


def test_what_is_watched_today_is_every_rule_for_its_clients_in_its_periods(rules: Rules) -> None:
    found = list(routes(rules, CLIENTS, TODAY))

    assert [
        (route.rule.name, route.client.name, str(route.period), str(route.drop))
        for route in found
        if route.client is SCI
    ] == [
        ("Achats", SCI.name, "2026-11", f"{SCI.folder}/Achats/2026/11"),
        ("Achats", SCI.name, "2026-10", f"{SCI.folder}/Achats/2026/10"),
        ("Tableurs", SCI.name, "2026-11", f"{SCI.folder}/Achats/2026/11"),
        ("Tableurs", SCI.name, "2026-10", f"{SCI.folder}/Achats/2026/10"),
        ("Tableurs", SCI.name, "2026-09", f"{SCI.folder}/Achats/2026/09"),
        ("Tableurs", SCI.name, "2026-08", f"{SCI.folder}/Achats/2026/08"),
        ("Courrier", SCI.name, "2026-11", f"{SCI.folder}/Courrier/2026"),
        ("Courrier", SCI.name, "2025-12", f"{SCI.folder}/Courrier/2025"),
    ]
    assert found[0].archive == PurePosixPath("Boulangerie Martin/Achats/2026/11/Transmis")
    assert {route.client.name for route in found if route.rule.name == "Courrier"} == {SCI.name}
    assert OFF not in {route.client for route in found}


def test_the_periods_turn_over_with_the_day(rules: Rules) -> None:
    periods = {str(route.period) for route in routes(rules, [MARTIN], date(2027, 1, 1)) if route.rule.name == "Achats"}

    assert periods == {"2027-01", "2026-12"}


def test_the_archive_of_a_late_paper_is_that_of_its_own_folder(rules: Rules) -> None:
    late = next(route for route in routes(rules, [SCI], TODAY) if str(route.drop).endswith("Courrier/2025"))

    assert late.archive == PurePosixPath(SCI.folder, "Courrier/2025/Classé/12")


@pytest.mark.parametrize(
    ("patterns", "folder", "covered"),
    [
        (["*"], "x/y", True),
        ([], "x/y", False),
        (["SCI *"], "Immobilier/SCI Les Églantines", True),
        (["Immobilier/*"], "Immobilier/SCI Les Églantines", True),
        (["Immobilier"], "Immobilier/SCI Les Églantines", False),
        (["sci *"], "SCI Les Églantines", False),
        ([nfd("SCI Les Églantines")], "SCI Les Églantines", True),
        (["SCI Les Églantines"], nfd("SCI Les Églantines"), True),
        (["a", "b?"], "bc", True),
        (["a", "b?"], "b", False),
        (["Dupont [ancien]"], "Dupont [ancien]", True),
        (["a.c"], "abc", False),
    ],
)
def test_a_client_is_meant_by_its_whole_path_or_its_name(
    patterns: list[str],
    folder: str,
    covered: bool,  # noqa: FBT001 -- pytest's way
) -> None:
    assert covering(patterns)(folder) is covered


def test_a_name_is_accepted_whatever_its_case(rules: Rules) -> None:
    achats = rules.rule[0]

    assert all(accepts(achats, name) for name in ("a.pdf", "A.PDF", "é.Jpeg", ".pdf", "a.b.png"))
    assert not any(accepts(achats, name) for name in ("pdf", "a.pdf.exe", "a.docx", "a", "a.pdf\n"))


@pytest.mark.parametrize(
    ("path", "rule", "period", "archive"),
    [
        ("Boulangerie Martin/Achats/2026/11/a.pdf", "Achats", "2026-11", "Achats/2026/11/Transmis"),
        ("Boulangerie Martin/Achats/2026/10/a.PDF", "Achats", "2026-10", "Achats/2026/10/Transmis"),
        ("Boulangerie Martin/Achats/2026/10/a.xlsx", "Tableurs", "2026-10", None),
        ("Boulangerie Martin/Achats/2026/08/a.xlsx", "Tableurs", "2026-08", None),
        (f"{SCI.folder}/Courrier/2026/a.pdf", "Courrier", "2026-11", "Courrier/2026/Classé/11"),
        (f"{SCI.folder}/Courrier/2025/a.pdf", "Courrier", "2025-12", "Courrier/2025/Classé/12"),
        (f"{SCI.folder}/Courrier/2026/URSSAF/x/a.pdf", "Courrier", "2026-11", "Courrier/2026/Classé/11"),
        (f"{nfd(SCI.folder)}/Courrier/2026/a.pdf", "Courrier", "2026-11", "Courrier/2026/Classé/11"),
    ],
)
def test_a_path_is_taken_by_a_rule(rules: Rules, path: str, rule: str, period: str, archive: str | None) -> None:
    verdict = where(rules, CLIENTS, rules.clients.root / path, TODAY)

    assert verdict.taken
    assert verdict.reason is None
    assert verdict.rule is not None
    assert verdict.client is not None
    assert (verdict.rule.name, str(verdict.period)) == (rule, period)
    assert verdict.archive == (archive and PurePosixPath(verdict.client.folder, archive))
    assert where(rules, CLIENTS, PurePosixPath(path), TODAY) == verdict


@pytest.mark.parametrize(
    ("path", "reason", "rule"),
    [
        ("/somewhere/else.pdf", "where_outside", None),
        ("Boulangerie Martin/../../x.pdf", "where_outside", None),
        ("", "where_no_client", None),
        ("Garage/Achats/2026/11/a.pdf", "where_no_client", None),
        ("Boulangerie Martine/Achats/2026/11/a.pdf", "where_no_client_near", None),
        ("Immobilier/a.pdf", "where_no_client", None),
        ("Ancien/Achats/2026/11/a.pdf", "where_disabled", None),
        ("Boulangerie Martin", "where_no_drop", None),
        ("Boulangerie Martin/a.pdf", "where_no_drop", None),
        ("Boulangerie Martin/Courrier/2026/a.pdf", "where_no_drop", None),
        ("Boulangerie Martin/Achats/2026/11", "where_drop_itself", "Achats"),
        ("Boulangerie Martin/Achats/2026/11/Transmis/a.pdf", "where_archive", "Achats"),
        ("Boulangerie Martin/Achats/2020/01/Transmis/a.pdf", "where_archive", "Achats"),
        (f"{SCI.folder}/Courrier/2026/Classé/07/a.pdf", "where_archive", "Courrier"),
        (f"{SCI.folder}/Courrier/2026/Classé/07/deeper/a.pdf", "where_archive", "Courrier"),
        ("Boulangerie Martin/Achats/2026/11/a.docx", "not_accepted", "Achats"),
        ("Boulangerie Martin/Achats/2026/08/a.pdf", "not_accepted", "Tableurs"),
        ("Boulangerie Martin/Achats/2026/07/a.pdf", "where_no_longer", "Achats"),
        ("Boulangerie Martin/Achats/2026/12/a.pdf", "where_to_come", "Achats"),
        (f"{SCI.folder}/Courrier/2024/a.pdf", "where_no_longer", "Courrier"),
        (f"{SCI.folder}/Courrier/2027/a.pdf", "where_to_come", "Courrier"),
        ("Boulangerie Martin/Achats/2026/7/a.pdf", "where_written_otherwise", "Achats"),
        ("Boulangerie Martin/achats/2026/Juillet/a.pdf", "where_written_otherwise", "Achats"),
        ("Boulangerie Martin/Achats/2026/11/x/a.pdf", "where_subfolder", "Achats"),
    ],
)
def test_why_no_rule_takes_a_path(rules: Rules, path: str, reason: str, rule: str | None) -> None:
    verdict = where(rules, CLIENTS, Path(path), TODAY)

    assert not verdict.taken
    assert verdict.reason is not None
    assert verdict.reason.code == f"rules.{reason}"
    assert (verdict.rule and verdict.rule.name) == rule


def test_a_client_that_no_rule_is_for_is_told(read: Read) -> None:
    rules = read(TEXT.split('[[rule]]\nname = "Achats"')[0] + "[[rule]]" + TEXT.split("[[rule]]")[-1])
    verdict = where(rules, CLIENTS, Path("Boulangerie Martin/x/a.pdf"), TODAY)

    assert verdict.reason is not None
    assert verdict.reason.code == "rules.where_no_rule_for_client"


def test_what_is_not_accepted_says_what_would_be(rules: Rules) -> None:
    verdict = within(rules, MARTIN, ("Achats", "2026", "11", "a.docx"), TODAY)

    assert verdict.reason is not None
    assert verdict.reason.values == {
        "name": "a.docx",
        "rule": "Achats",
        "accepted": ["*.pdf", "*.jpg", "*.jpeg", "*.png", "*.xlsx"],
    }
    assert verdict.period == Period(2026, 11)


def test_a_client_inside_anothers_folder_comes_first(rules: Rules) -> None:
    inner = Client("Boulangerie Martin/Achats", "")
    path = Path("Boulangerie Martin/Achats/Achats/2026/11/a.pdf")

    assert where(rules, [MARTIN, inner], path, TODAY).client is inner
    assert where(rules, [MARTIN, inner], Path("Boulangerie Martin/Achats/2026/11/a.pdf"), TODAY).client is MARTIN

    # Both would take this one: the outer client's rule looks into its subfolders.
    deep = Client(f"{SCI.folder}/Courrier/2026/SCI du Port", "")
    assert where(rules, [SCI, deep], Path(deep.folder, "Courrier/2026/a.pdf"), TODAY).client is deep


@given(st.dates(), st.sampled_from(["a.pdf", "a.xlsx"]), st.data())
def test_every_route_is_taken_back_to_itself(today: date, name: str, data: st.DataObject) -> None:
    rules = _SHARED[0]
    if today.year < 2:
        return
    route = data.draw(st.sampled_from(list(routes(rules, CLIENTS, today))))
    verdict = where(rules, CLIENTS, route.drop / name, today)

    if accepts(route.rule, name):
        assert (verdict.rule, verdict.client, verdict.period) == (route.rule, route.client, route.period)
        assert verdict.archive == route.archive


_SHARED: list[Rules] = []


@pytest.fixture(autouse=True)
def _shared(rules: Rules) -> None:
    """The rules for the property above, which takes no fixture of one example."""
    _SHARED[:] = [rules]


def test_five_thousand_clients_are_routed_in_well_under_a_second(
    rules: Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    clients = [Client(f"Portefeuille/SCI {number}", "") for number in range(5000)]
    begin = time.perf_counter()
    found = list(routes(rules, clients, TODAY))
    end = time.perf_counter()

    assert len(found) == 5000 * 8
    with capsys.disabled():
        print(f"\n{len(found)} routes: {end - begin:.2f} s")  # noqa: T201 -- a figure to watch, not a limit
