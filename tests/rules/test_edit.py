from __future__ import annotations

import difflib
import os
import tomllib
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from nobody import without_rights
from rules.test_lines import statement
from rules.texts import KINDS

from pushdoc.errors import ConfigurationError, ProblemsError
from pushdoc.rules import edit, load
from pushdoc.rules.edit import RulesFile
from pushdoc.words import advice, say

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLE = Path(__file__).parents[2] / "rules.example.toml"
RULE = {"name": "Relevés", "drop": "Banque/{millésime}", "type": "Autre"}

Document = dict[str, Any]


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str], RulesFile]:
    """A rules file of a text."""

    def file(text: str) -> RulesFile:
        path = tmp_path / "rules.toml"
        path.write_bytes(text.encode())
        return RulesFile.read(path)

    return file


def added(before: str, after: str) -> list[str]:
    """The lines that are new, when no other has moved by a byte."""
    told = list(difflib.ndiff(before.splitlines(keepends=True), after.splitlines(keepends=True)))
    assert not [line for line in told if line.startswith("-")]
    return [line[2:].rstrip("\r\n") for line in told if line.startswith("+")]


# ── The example: every comment stays ─────────────────────────────────────────────────────────────────────────────────


def test_a_rule_is_added_behind_the_last_one_and_nothing_else_moves(file: Callable[[str], RulesFile]) -> None:
    before = EXAMPLE.read_text("utf-8")
    rules = file(before)
    rules.add("rule", RULE)

    assert sorted(added(before, rules.text)) == [
        "",
        "[[rule]]",
        'drop = "Banque/{millésime}"',
        'name = "Relevés"',
        'type = "Autre"',
    ]
    above, below = rules.text.split('\n\n[[rule]]\nname = "Relevés"')
    assert above.endswith('send_as = "expense-bills"')
    assert "── La surveillance" in below

    rules.remove("rule", 3)
    assert rules.text == before


def test_a_rule_is_removed_with_the_comments_inside_it_and_headings_stay(file: Callable[[str], RulesFile]) -> None:
    before = EXAMPLE.read_text("utf-8")
    rules = file(before)
    rules.remove("rule", 2)

    first, last = before.index('\n[[rule]]\nname = "Notes'), before.index("\n\n# ── La surveillance")
    assert rules.text == before[:first] + before[last:]
    rules.remove("rule", 1)
    rules.remove("rule", 0)
    assert "Un [[rule]] par règle." in rules.text
    assert "── Les règles ──" in rules.text
    assert "rule" not in rules.document


def test_a_key_is_changed_in_place_and_its_comments_stay(file: Callable[[str], RulesFile]) -> None:
    before = EXAMPLE.read_text("utf-8")
    rules = file(before)
    rules.change("rule", 0, {"look_back": 3, "accept": ["*.pdf"]})
    rules.set(("watch",), {"rescan": "1m"})

    expected = before.replace("look_back = 1\n", "look_back = 3\n").replace('rescan = "30s"', 'rescan = "1m"')
    assert rules.text == expected.replace('accept = ["*.pdf", "*.jpg", "*.jpeg", "*.png"]', 'accept = ["*.pdf"]')


def test_a_new_key_comes_beneath_the_comment_that_shows_it(file: Callable[[str], RulesFile]) -> None:
    before = EXAMPLE.read_text("utf-8")
    rules = file(before)
    rules.set(("clients",), {"table": "dossiers.csv"})

    assert rules.text == before.replace(
        '# table = "dossiers.csv"\n', '# table = "dossiers.csv"\ntable = "dossiers.csv"\n'
    )
    rules.set(("clients",), {"table": None})
    assert rules.text == before


def test_a_table_comes_beneath_the_comment_that_shows_it(file: Callable[[str], RulesFile]) -> None:
    before = EXAMPLE.read_text("utf-8")
    rules = file(before)
    rules.set(("mail",), {"host": "smtp.cabinet.example", "sender": "p@cabinet.example"})

    assert rules.text.index("# sender = ") < rules.text.index("\n[mail]\n") < rules.text.index("# [[collaborator]]")
    rules.set((), {"mail": None})
    assert rules.text == before


def test_a_new_file_has_every_comment_of_the_example_and_no_example(tmp_path: Path) -> None:
    rules = RulesFile.new(tmp_path / "rules.toml")
    comments = [line for line in EXAMPLE.read_text("utf-8").splitlines() if line.startswith("#")]

    assert set(comments) <= set(rules.text.splitlines())
    assert not {"rule", "client", "destination", "collaborator", "mail"} & set(rules.document)
    assert "root" not in rules.document["clients"]


def test_a_new_file_that_is_filled_in_is_a_set_up_that_works(tmp_path: Path) -> None:
    rules = RulesFile.new(tmp_path / "rules.toml")
    assert rules.problems(KINDS)
    rules.set(("clients",), {"root": "mcf"})
    rules.set(("destination", "essai"), {"type": "folder", "path": "copies"})
    rules.add("client", {"folder": "Martin", "siret": "732 829 320 00074"})
    rules.add("rule", RULE)
    assert rules.problems(KINDS) == []
    rules.save()

    assert [rule.name for rule in load(rules.path, KINDS).rule] == ["Relevés"]
    under = [line for line in rules.text.splitlines() if line in {"# [destination.essai]", "[destination.essai]"}]
    assert under == ["# [destination.essai]", "[destination.essai]"]


# ── Other people's ways of writing ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("before", "path", "given", "after"),
    [
        ("a = 1", ("b",), 2, "a = 1\nb = 2"),
        ("a = 1\r\n", ("b",), 2, "a = 1\r\nb = 2\r\n"),
        ("", ("b",), 2, "b = 2\n"),
        ("# only this", ("b",), 2, "# only this\nb = 2"),
        ("# of x\n[x]\n", ("b",), 2, "b = 2\n# of x\n[x]\n"),
        ("# hello\n\n# of x\n[x]\n", ("b",), 2, "# hello\n\nb = 2\n# of x\n[x]\n"),
        ("x.a = 1\ny = 2\n", ("x", "b"), 2, "x.a = 1\nx.b = 2\ny = 2\n"),
        ("[x]\ny.a = 1\n", ("x", "y", "b"), 2, "[x]\ny.a = 1\ny.b = 2\n"),
        ("x = { a = 1 }  # why\n", ("x", "b"), 2, "x = { a = 1, b = 2 }  # why\n"),
        ("x = {}\n", ("x", "b"), 2, "x = {b = 2}\n"),
        ("x = { }\n", ("x", "y", "b"), 2, "x = {y.b = 2 }\n"),
        ("x = [{ a = 1 }]\n", ("x", 0, "b"), 2, "x = [{ a = 1, b = 2 }]\n"),
        ('"quo ted" = 1  # why\n', ("quo ted",), "t", '"quo ted" = "t"  # why\n'),
        ("'a.b' = 1\n", ("a.b",), 3, "'a.b' = 3\n"),
        ('a = """\nb = 1\n"""\n', ("b",), 2, 'a = """\nb = 1\n"""\nb = 2\n'),
        ("a = '''\n[x]\n'''\n[x]\n", ("x", "b"), 2, "a = '''\n[x]\n'''\n[x]\nb = 2\n"),
        ("a = [\n  1, # one\n]\n", ("a",), [2], "a = [2]\n"),
        ("[x]\n\n\n# of y\n[y]\n", ("x", "b"), 2, "[x]\nb = 2\n\n\n# of y\n[y]\n"),
        ("[x]\na = 1\n# [y]\n# b = 1\n", ("x", "b"), 2, "[x]\na = 1\nb = 2\n# [y]\n# b = 1\n"),
        ("[[r]]\na = 1\n[[r]]\na = 2\n[r.s]\n", ("r", 0, "b"), 2, "[[r]]\na = 1\nb = 2\n[[r]]\na = 2\n[r.s]\n"),
        ("[d.one]\na = 1", ("d", "two", "a"), 2, "[d.one]\na = 1\n\n[d.two]\na = 2"),
        ("[x]\nx.y = 1\n", ("x", "x"), 2, "[x]\nx = 2\n"),
        ("[x.y]\na = 1\n\n[x.z]\nb = 1\n", ("x",), None, ""),
        ("x = {a.b = 1, a.c = 2, d = 3}", ("x", "a"), None, "x = {d = 3}"),
    ],
)
def test_a_key_is_put_where_its_table_stands_however_it_is_written(
    file: Callable[[str], RulesFile], before: str, path: tuple[str | int, ...], given: object, after: str
) -> None:
    rules = file(before)
    *table, key = path
    rules.set(table, {str(key): given})

    assert rules.text == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '[[r]]\na = "b"\n'),
        ("x = 1", 'x = 1\n\n[[r]]\na = "b"'),
        ("x = 1\r\n[y]\r\n", 'x = 1\r\n[y]\r\n\r\n[[r]]\r\na = "b"\r\n'),
        ("[[r]]\na = 1\n# inside\n\n# of y\n[y]\n", '[[r]]\na = 1\n# inside\n\n[[r]]\na = "b"\n\n# of y\n[y]\n'),
        ("[[r]]\na = 1\n# of y\n[y]\n", '[[r]]\na = 1\n\n[[r]]\na = "b"\n# of y\n[y]\n'),
        ("[[r]]\n[y]\n[[r]]\n[z]", '[[r]]\n[y]\n[[r]]\n\n[[r]]\na = "b"\n[z]'),
        ("[[r]]\n[r.s]\nt = 1\n", '[[r]]\n[r.s]\nt = 1\n\n[[r]]\na = "b"\n'),
        ("# a [[r]] each\n\n[y]\n", '# a [[r]] each\n\n[[r]]\na = "b"\n\n[y]\n'),
        ("# see [[r]]\n\ny = 1\n", '# see [[r]]\n\ny = 1\n\n[[r]]\na = "b"\n'),
        ("# see [[r]]\n[y]\n", '# see [[r]]\n[y]\n\n[[r]]\na = "b"\n'),
        ("r = []\n", 'r = [{ a = "b" }]\n'),
        ("r = [ ]\n", 'r = [{ a = "b" } ]\n'),
        ("r = [ {a = 1}, ]  # why\n", 'r = [ {a = 1}, { a = "b" }, ]  # why\n'),
        ("r = [\n  {a = 1}, # one\n]\n", 'r = [\n  {a = 1}, { a = "b" }, # one\n]\n'),
    ],
)
def test_an_entry_is_put_behind_the_last_one_and_taken_out_without_a_trace(
    file: Callable[[str], RulesFile], before: str, after: str
) -> None:
    rules = file(before)
    rules.add("r", {"a": "b", "none": None})
    assert rules.text == after

    rules.remove("r", -1)
    assert rules.text == before


@pytest.mark.parametrize(
    ("before", "number", "after"),
    [
        ("# of both\n[[r]]\na = 1\n\n[[r]]\na = 2\n", 0, "# of both\n[[r]]\na = 2\n"),
        ("[[r]]\n# in it\na = 1\n# in it\n\n# not\n\n[[r]]\na = 2", 0, "# not\n\n[[r]]\na = 2"),
        ("[[r]]\na = 1\n[r.s]\nb = 1\n\n[[r]]\na = 2\n", 0, "[[r]]\na = 2\n"),
        ("x = 1\n\n[[r]]\na = 1\n\n[r.s]\nb = 1", 0, "x = 1"),
        ("r = [{a = 1}, {a = 2}, {a = 3}]", 1, "r = [{a = 1}, {a = 3}]"),
        ("r = [{a = 1}, {a = 2}]", 0, "r = [{a = 2}]"),
        ("r = [{a = 1}, # one\n {a = 2}, # two\n]", 0, "r = [ # one\n {a = 2}, # two\n]"),
        ("r = [{a = 1}, # one\n {a = 2}, # two\n]", 1, "r = [{a = 1}, # one\n  # two\n]"),
        ("r = [{a = 1},]", 0, "r = []"),
    ],
)
def test_an_entry_is_taken_out_and_what_stands_around_it_stays(
    file: Callable[[str], RulesFile], before: str, number: int, after: str
) -> None:
    rules = file(before)
    rules.remove("r", number)

    assert rules.text == after


def test_a_value_reads_back_as_it_was_given(file: Callable[[str], RulesFile]) -> None:
    hostile = 'a"b\\c\nd\te\u202e[[rule]]\u2028 = # \U000e0001 « é »\x00\x7f'
    rules = file("")
    rules.set((), {hostile: hostile, "n": -1, "t": True, "l": [hostile, "x" * 200], "i": {"k": [1.5, {"a b": []}]}})
    rules.save()

    read = tomllib.loads(rules.path.read_text("utf-8"))
    assert read == {hostile: hostile, "n": -1, "t": True, "l": [hostile, "x" * 200], "i": {"k": [1.5, {"a b": []}]}}
    assert "\u202e" not in rules.text


def test_a_name_that_is_no_text_is_refused_and_nothing_changes(file: Callable[[str], RulesFile]) -> None:
    rules = file("a = 1\n")
    with pytest.raises(ConfigurationError) as caught:
        rules.set(("clients",), {"only": ["caf\udce9"]})

    assert "« only »" in say(caught.value.phrase, "fr").replace("\u00a0", " ")
    assert rules.text == "a = 1\n"


@pytest.mark.parametrize(("table", "key"), [(("a",), "b"), (("r",), "b"), (("r", 0, "c"), "b")])
def test_what_cannot_be_written_without_moving_other_things_is_refused(
    file: Callable[[str], RulesFile], table: tuple[str | int, ...], key: str
) -> None:
    rules = file("a = 1\n[[r]]\nc = [1]\n")
    with pytest.raises(ConfigurationError):
        rules.set(table, {key: 1})

    assert rules.text == "a = 1\n[[r]]\nc = [1]\n"


def test_what_would_not_read_back_as_it_was_meant_is_refused(file: Callable[[str], RulesFile]) -> None:
    rules = file("a = 1\n")
    with pytest.raises(ConfigurationError) as caught:
        rules.set((), {"a": float("nan")})  # equal to nothing, itself included

    assert caught.value.phrase.code == "rules.edit_impossible"
    assert rules.text == "a = 1\n"


# ── Any file, any edits ──────────────────────────────────────────────────────────────────────────────────────────────


def is_toml(text: str) -> bool:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


texts = st.builds(
    lambda parts, newline, last: newline.join(part.replace("\n", newline) for part in parts) + last * newline,
    st.lists(
        st.one_of(
            statement,
            st.sampled_from(
                [
                    "",
                    "[[rule]]",
                    "[rule.sub]",
                    "[clients]",
                    'name = "x"',
                    "# [[rule]]",
                    "# c",
                    "clients.root = 1",
                    "rule = [{a = 1}, {}]",
                ]
            ),
        ),
        max_size=14,
    ),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
).filter(is_toml)
scalars = st.one_of(st.integers(), st.booleans(), st.text(st.characters(exclude_categories=["Cs"]), max_size=8))
values: st.SearchStrategy[object] = scalars | st.lists(scalars, max_size=3)
names = st.sampled_from(["name", "drop", "a b", "type"])
entries = st.dictionaries(names, values, max_size=3)


def of(text: str) -> RulesFile:
    return RulesFile(Path("/nowhere/rules.toml"), text, None)


@given(texts, entries)
@settings(max_examples=400)
@example("[[rule]]\n# a", {})
def test_adding_and_removing_an_entry_gives_back_the_same_bytes(text: str, entry: Document) -> None:
    rules = of(text)
    assume(isinstance(rules.document.get("rule", []), list))
    assume(all(isinstance(one, dict) for one in rules.document.get("rule", [])))
    rules.add("rule", entry)
    assert rules.document["rule"][-1] == entry
    rules.remove("rule", -1)

    assert rules.text == text


@given(texts, names, values)
@settings(max_examples=400)
def test_setting_a_new_key_and_taking_it_away_gives_back_the_same_bytes(text: str, name: str, value: object) -> None:
    rules = of(text)
    for table in ((), ("clients",)):
        inner = rules.document.get("clients", {}) if table else rules.document
        if (table and "clients" not in rules.document) or not isinstance(inner, dict) or name in inner:
            continue
        rules.set(table, {name: value})
        rules.set(table, {name: None})

        assert rules.text == text


class Meant:
    """The same edits on plain dicts."""

    def __init__(self, document: Document) -> None:
        self.document = deepcopy(document)

    def set(self, table: str, values: Document) -> None:
        inner = self.document.setdefault(table, {}) if table else self.document
        for key, one in values.items():
            if one is None:
                inner.pop(key, None)
            else:
                inner[key] = one


edits = st.lists(
    st.one_of(
        st.tuples(st.just("set"), st.sampled_from(["", "clients", "new"]), st.dictionaries(names, values | st.none())),
        st.tuples(st.just("add"), st.sampled_from(["rule", "client"]), entries),
        st.tuples(st.just("change"), st.integers(0, 5), st.dictionaries(names, values | st.none())),
        st.tuples(st.just("remove"), st.integers(0, 5), st.none()),
    ),
    max_size=6,
)


@given(texts, edits)
@settings(max_examples=400)
def test_after_any_edits_the_file_says_what_dicts_would(text: str, edits: list[tuple[str, Any, Any]]) -> None:
    rules, meant = of(text), Meant(tomllib.loads(text))
    for table in ("rule", "client"):
        of_table = meant.document.get(table, [])
        assume(isinstance(of_table, list) and all(isinstance(one, dict) for one in of_table))
    assume(all(isinstance(meant.document.get(table, {}), dict) for table in ("clients", "new")))
    for what, where, given_ in edits:
        entries_ = meant.document.get("rule", [])
        match what:
            case "set":
                rules.set((where,) if where else (), given_)
                meant.set(where, given_)
            case "add":
                rules.add(where, given_)
                meant.document.setdefault(where, []).append(dict(given_))
            case "change" if where < len(entries_):
                rules.change("rule", where, given_)
                for key, one in given_.items():
                    entries_[where].update({key: one})
                    if one is None:
                        del entries_[where][key]
            case "remove" if where < len(entries_):
                rules.remove("rule", where)
                del entries_[where]
        assert edit._full(tomllib.loads(rules.text)) == edit._full(meant.document)
    comments = [line.strip() for line in text.splitlines() if line.strip().startswith("# c")]
    assert set(comments) <= {line.strip() for line in rules.text.splitlines()} or any(
        what == "remove" for what, *_ in edits
    )


# ── Saving ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_saved_is_the_text_with_mark_and_line_ends_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_bytes(b"\xef\xbb\xbflanguage = 'fr'\r\n")
    rules = RulesFile.read(path)
    rules.set((), {"language": "en", "timezone": "Europe/Paris"})
    rules.save()
    assert path.read_bytes() == b'\xef\xbb\xbflanguage = "en"\r\ntimezone = "Europe/Paris"\r\n'

    rules.set((), {"timezone": None})
    rules.save()
    assert path.read_bytes() == b'\xef\xbb\xbflanguage = "en"\r\n'
    assert list(tmp_path.iterdir()) == [path]


def test_what_another_has_changed_meanwhile_is_not_overwritten(file: Callable[[str], RulesFile]) -> None:
    rules = file("a = 1\n")
    rules.path.write_text("a = 2\n", "utf-8")
    rules.set((), {"a": 3})
    with pytest.raises(ConfigurationError) as caught:
        rules.save()

    assert caught.value.phrase.code == "rules.edit_overtaken"
    assert rules.path.read_text("utf-8") == "a = 2\n"


def test_a_new_file_takes_nobodys_place(tmp_path: Path) -> None:
    rules = RulesFile.new(tmp_path / "rules.toml")
    rules.path.write_text("mine\n", "utf-8")
    with pytest.raises(ConfigurationError) as caught:
        rules.save()

    assert caught.value.phrase.code == "rules.edit_overtaken"
    assert rules.path.read_text("utf-8") == "mine\n"
    assert list(tmp_path.iterdir()) == [rules.path]


def test_a_new_file_without_a_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        RulesFile.new(tmp_path / "none" / "rules.toml").save()

    assert caught.value.phrase.code == "rules.edit_no_folder"


def test_a_file_keeps_its_mode_and_a_link_to_it_stays(tmp_path: Path) -> None:
    target = tmp_path / "real.toml"
    target.write_text("a = 1\n", "utf-8")
    target.chmod(0o640)
    link = tmp_path / "rules.toml"
    link.symlink_to("real.toml")
    rules = RulesFile.read(link)
    rules.set((), {"a": 2})
    rules.save()

    assert link.is_symlink()
    assert target.read_text("utf-8") == "a = 2\n"
    assert target.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files to others")
def test_a_file_of_somebody_else_stays_theirs(file: Callable[[str], RulesFile]) -> None:
    rules = file("a = 1\n")
    os.chown(rules.path, 4711, 4712)
    rules.set((), {"a": 2})
    rules.save()

    status = rules.path.stat()
    assert (status.st_uid, status.st_gid) == (4711, 4712)


def test_in_a_folder_that_may_not_be_written_nothing_changes_and_sudo_is_named(
    file: Callable[[str], RulesFile],
) -> None:
    rules = file("a = 1\n")
    rules.set((), {"a": 2})
    rules.path.parent.chmod(0o555)
    with without_rights(rules.path.parent), pytest.raises(ConfigurationError) as caught:
        rules.save()
    rules.path.parent.chmod(0o755)

    assert caught.value.phrase.code == "rules.edit_forbidden"
    assert "sudo" in str(advice(caught.value.phrase, "fr"))
    assert rules.path.read_text("utf-8") == "a = 1\n"


def test_a_file_that_is_no_toml_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text("a = 1\nb =\n", "utf-8")
    with pytest.raises(ProblemsError) as caught:
        RulesFile.read(path)

    assert [problem.line for problem in caught.value.problems] == [2]
