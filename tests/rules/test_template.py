from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pushdoc.errors import ConfigurationError
from pushdoc.period import Period, watched
from pushdoc.rules.template import Found, Template, complete

NOVEMBER = Period(2026, 11)


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize(
    "written",
    [
        "Achats/{millésime}/{mois}",
        nfd("Achats/{millésime}/{mois}"),
        "Achats/{millesime}/{mois}",
        "Achats/{MILLÉSIME}/{Mois}",
        "Achats/<millésime>/<mois>",
        "Achats/{ millésime }/< mois >",
        "Achats/<Millesime>/{MOIS}",
    ],
)
def test_every_spelling_of_the_variables_means_the_same(written: str) -> None:
    template = Template.parse(written)

    assert template == Template.parse("Achats/{millésime}/{mois}")
    assert template.render(NOVEMBER) == PurePosixPath("Achats/2026/11")
    assert str(template) == written


def test_a_month_and_a_year_are_written_with_all_their_digits() -> None:
    assert Template.parse("{millésime}-{mois}").render(Period(987, 3)) == PurePosixPath("0987-03")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "rules.empty"),
        ("   ", "rules.empty"),
        ("/srv/Achats", "rules.template_absolute"),
        ("Achats/../Ventes", "rules.template_dots"),
        ("./Achats", "rules.template_dots"),
        ("Achats//{mois}", "rules.template_empty_name"),
        ("Achats/", "rules.template_empty_name"),
        ("Achats\\{mois}", "rules.template_backslash"),
        ("Achats/{moi}", "rules.template_variable_near"),
        ("Achats/{milesime}", "rules.template_variable_near"),
        ("Achats/{client}", "rules.template_variable"),
        ("Achats/{}", "rules.template_variable"),
        ("Achats/{mois", "rules.template_unclosed"),
        ("Achats/mois}", "rules.template_unclosed"),
        ("Achats/{mois>", "rules.template_unclosed"),
        ("Achats/{{mois}}", "rules.template_unclosed"),
        ("Achats/\tmois", "rules.template_control"),
        ("Achats/\0", "rules.template_control"),
    ],
)
def test_what_is_no_path_beneath_the_client_is_refused_with_the_reason(written: str, code: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        Template.parse(written)

    assert caught.value.phrase.code == code


@pytest.mark.parametrize(
    ("template", "path", "found"),
    [
        ("Achats/{millésime}/{mois}", "Achats/2026/11", Found(2026, 11)),
        ("Achats/{millésime}", "Achats/2025", Found(2025, None)),
        ("{mois}", "07", Found(None, 7)),
        ("Achats", "Achats", Found()),
        ("{millésime}{mois}", "202607", Found(2026, 7)),
        ("{millésime}/{millésime}-{mois}", "2026/2026-07", Found(2026, 7)),
        ("{millésime}/{millésime}-{mois}", "2026/2025-07", None),
        ("{mois}{mois}", "0707", Found(None, 7)),
        ("{mois}{mois}", "0708", None),
        ("Achats/{millésime}/{mois}", "Achats/2026/13", None),
        ("Achats/{millésime}/{mois}", "Achats/2026/00", None),
        ("Achats/{millésime}/{mois}", "Achats/2026/7", None),
        ("Achats/{millésime}/{mois}", "Achats/26/07", None),
        ("Achats/{millésime}/{mois}", "Achats/2026/\u0660\u0667", None),  # Arabic-Indic 07
        ("Achats/{millésime}", "Achats/\u0662\u0660\u0662\u0666", None),  # Arabic-Indic 2026
        ("Achats/{millésime}/{mois}", "achats/2026/07", None),
        ("Achats/{millésime}/{mois}", "Achats/2026", None),
        ("Achats/{millésime}/{mois}", "Achats/2026/07/x", None),
        ("A.B", "AxB", None),
    ],
)
def test_a_path_says_its_period_or_is_another_path(template: str, path: str, found: Found | None) -> None:
    assert Template.parse(template).match(path.split("/")) == found


def test_names_are_the_same_however_their_accents_are_encoded() -> None:
    template = Template.parse("Reçus/{millésime}")

    assert template.match([nfd("Reçus"), "2026"]) == Found(2026)
    assert Template.parse(nfd("Reçus/{millésime}")).match(["Reçus", "2026"]) == Found(2026)
    assert [named(name) for named, name in zip(template.names(NOVEMBER), [nfd("Reçus"), "2025"], strict=True)] == [
        True,
        False,
    ]


@given(
    st.lists(st.sampled_from(["Achats", "Été", "{millésime}", "{mois}", "x-{mois}", "{millésime}_{mois}"]), min_size=1),
    st.integers(0, 9999),
    st.integers(1, 12),
)
def test_what_a_template_renders_it_finds_again(names: list[str], year: int, month: int) -> None:
    template, period = Template.parse("/".join(names)), Period(year, month)
    found = template.match(template.render(period).parts)

    assert found is not None
    assert found.fits(period)
    assert (found.month is not None) == ("{mois}" in template.text)


@given(st.text())
def test_any_text_is_a_template_or_a_configuration_error(text: str) -> None:
    try:
        path = Template.parse(text).render(NOVEMBER)
    except ConfigurationError:
        return

    assert not path.is_absolute()
    assert ".." not in path.parts


def test_a_template_without_a_month_has_one_watched_period_a_year() -> None:
    periods = watched(date(2026, 2, 3), 3)

    assert Template.parse("{millésime}/{mois}").periods(periods) == periods
    assert Template.parse("{millésime}").periods(periods) == [Period(2026, 2), Period(2025, 12)]
    assert Template.parse("Achats").periods(periods) == [Period(2026, 2)]


@pytest.mark.parametrize(
    ("found", "period"),
    [
        (Found(), Period(2026, 2)),
        (Found(2026), Period(2026, 2)),
        (Found(2025), Period(2025, 12)),
        (Found(None, 12), Period(2025, 12)),
        (Found(2026, 1), Period(2026, 1)),
        (Found(2024), None),
        (Found(2026, 3), None),
    ],
)
def test_what_a_path_leaves_open_is_filled_from_the_newest_watched_period_that_fits(
    found: Found, period: Period | None
) -> None:
    assert complete(found, [Period(2026, 2), Period(2026, 1), Period(2025, 12)]) == period


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("achats/2026/7", True),
        ("ACHATS/26/07", True),
        ("Achats/2026/Juillet", True),
        ("Achats/2026/07 - juillet", True),
        ("Achats/2026/Février", True),
        ("Achats/2026/13", True),
        ("Achats/2026/brouillons", False),
        ("Ventes/2026/07", False),
        ("Achats/2026", False),
    ],
)
def test_a_folder_that_a_person_meant_is_known_again(path: str, meant: bool) -> None:  # noqa: FBT001 -- pytest's way
    assert Template.parse("Achats/{millésime}/{mois}").resembles(path.split("/")) is meant


@pytest.mark.parametrize(
    ("one", "other", "equal", "inside"),
    [
        ("Achats/{millésime}", "Achats/{millésime}", True, False),
        ("Achats/{millésime}", "Achats/2026", True, False),
        ("Achats/{millésime}", "Achats/Transmis", False, False),
        ("Achats/{mois}", "Achats/{millésime}", False, False),
        ("Achats", "Achats/{millésime}", False, True),
        ("Achats/{millésime}", "Achats/2026/{mois}", False, True),
        ("Achats", "Ventes/{millésime}", False, False),
    ],
)
def test_two_templates_may_name_the_same_folder_or_one_inside_the_other(
    one: str,
    other: str,
    equal: bool,  # noqa: FBT001 -- pytest's way
    inside: bool,  # noqa: FBT001 -- pytest's way
) -> None:
    assert Template.parse(one).may_equal(Template.parse(other)) is equal
    assert Template.parse(other).may_equal(Template.parse(one)) is equal
    assert Template.parse(one).may_contain(Template.parse(other)) is inside
