from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from pushdoc.rules.lines import KeyPath, lines

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT = '''\
top = 1
[mail]   # a comment with = and [brackets]
host = "smtp"
"quoted key" = """
not.a = "key"
[nor] a table \\""" """
'single' = \'\'\'
[[x]]
it's'\'\'\'
after = 2
[[rule]]
name = "a"  # name = "b"
accept = [
  "x",  # first, with a ]
  "]",
  { deep = [1, 2] },
]
[rule.more]
dotted . key = { inner = 1, "o ther" = [ {a = 1} ] }
[[rule]]
name = "b"
at = 07:00:00
[destination."in.qom"]
type = 'x'
[[rule.part]]
z = ""
[[rule.part]]
z = -inf
last = true'''


def test_every_kind_of_key_has_its_line() -> None:
    found = lines(TEXT)

    expected: dict[KeyPath, int] = {
        ("top",): 1,
        ("mail",): 2,
        ("mail", "host"): 3,
        ("mail", "quoted key"): 4,
        ("mail", "single"): 7,
        ("mail", "after"): 10,
        ("rule",): 11,
        ("rule", 0): 11,
        ("rule", 0, "name"): 12,
        ("rule", 0, "accept"): 13,
        ("rule", 0, "accept", 0): 14,
        ("rule", 0, "accept", 1): 15,
        ("rule", 0, "accept", 2): 16,
        ("rule", 0, "accept", 2, "deep"): 16,
        ("rule", 0, "accept", 2, "deep", 0): 16,
        ("rule", 0, "accept", 2, "deep", 1): 16,
        ("rule", 0, "more"): 18,
        ("rule", 0, "more", "dotted"): 19,
        ("rule", 0, "more", "dotted", "key"): 19,
        ("rule", 0, "more", "dotted", "key", "inner"): 19,
        ("rule", 0, "more", "dotted", "key", "o ther"): 19,
        ("rule", 0, "more", "dotted", "key", "o ther", 0): 19,
        ("rule", 0, "more", "dotted", "key", "o ther", 0, "a"): 19,
        ("rule", 1): 20,
        ("rule", 1, "name"): 21,
        ("rule", 1, "at"): 22,
        ("destination",): 23,
        ("destination", "in.qom"): 23,
        ("destination", "in.qom", "type"): 24,
        ("rule", 1, "part"): 25,
        ("rule", 1, "part", 0): 25,
        ("rule", 1, "part", 0, "z"): 26,
        ("rule", 1, "part", 1): 27,
        ("rule", 1, "part", 1, "z"): 28,
        ("rule", 1, "part", 1, "last"): 29,
    }
    assert found == expected
    assert set(found) == set(paths(tomllib.loads(TEXT)))


def test_windows_line_ends_count_once() -> None:
    assert lines(TEXT.replace("\n", "\r\n")) == lines(TEXT)


def paths(value: Any, path: KeyPath = ()) -> Iterator[KeyPath]:
    """Every key path that tomllib found."""
    if path:
        yield path
    match value:
        case dict():
            for key, inner in value.items():
                yield from paths(inner, (*path, key))
        case list():
            for number, inner in enumerate(value):
                yield from paths(inner, (*path, number))


bare = st.from_regex(r"[A-Za-z0-9_-]{1,6}", fullmatch=True)
# Escaped as TOML has it, so that the key can be looked for in its line as it is written.
quoted = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=6).map(
    lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
)
literal = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="'"), max_size=6).map(
    lambda text: f"'{text}'"
)
key = bare | quoted | literal
space = st.sampled_from(["", " ", "\t"])
scalar = st.sampled_from(
    [
        "1",
        "-1.5e3",
        "true",
        '"a # b"',
        "'[x]'",
        '"\\""',
        '""',
        '"""\nx = 1\n"" \\\\"""',
        "'''\n]\n'''",
        "1979-05-27 07:32:00",
    ]
)
blank = st.sampled_from(["", " ", "\n", "\n# ] , }\n  "])


def arrays(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda items, gap, comma: (
            "[" + gap + f"{gap},{gap}".join(items) + (gap + "," if comma and items else "") + gap + "]"
        ),
        st.lists(values, max_size=3),
        blank,
        st.booleans(),
    )


def inlines(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda pairs: "{ " + ", ".join(f"{name} = {value}" for name, value in pairs) + " }",
        st.lists(st.tuples(key, values), max_size=3),
    )


value = st.recursive(scalar, lambda inner: arrays(inner) | inlines(inner), max_leaves=6)
dotted = st.builds(lambda names, gap: f"{gap}.{gap}".join(names), st.lists(key, min_size=1, max_size=3), space)
statement = st.one_of(
    st.builds(lambda name, gap, given: f"{gap}{name}{gap}={gap}{given}", dotted, space, value),
    st.builds(lambda name, gap: f"[{gap}{name}{gap}]", dotted, space),
    st.builds(lambda name, gap: f"[[{gap}{name}{gap}]]", dotted, space),
    st.sampled_from(["", "# a = 1", "  # [x]"]),
)


@given(st.lists(statement, max_size=12).map("\n".join))
def test_each_key_that_tomllib_finds_has_a_line_and_the_line_has_the_key(text: str) -> None:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    found, written = lines(text), text.split("\n")

    assert set(found) == set(paths(document))
    for path, line in found.items():
        if isinstance(path[-1], str):
            escaped = path[-1].replace("\\", "\\\\").replace('"', '\\"')
            assert path[-1] in written[line - 1] or escaped in written[line - 1]
