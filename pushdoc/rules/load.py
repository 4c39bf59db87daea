"""From the rules file to `Rules`: found, read, and refused with everything that is wrong in it at once."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pushdoc.errors import ConfigurationError, Problem, ProblemsError
from pushdoc.rules.check import check
from pushdoc.rules.draft import draft
from pushdoc.rules.lines import lines
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

    from pushdoc.rules.lines import KeyPath
    from pushdoc.rules.model import Rules

VARIABLE = "PUSHDOC_RULES"
_USUAL = (Path("rules.toml"), Path("/etc/pushdoc/rules.toml"))

#: tomllib says in English what is not TOML; each of our phrases stands for the beginnings of what it can say.
_SYNTAX = (
    ("rules.toml_value", ("Invalid value", "Invalid date")),
    (
        "rules.toml_twice",
        ("Cannot overwrite", "Cannot declare", "Duplicate inline", "Cannot mutate", "Cannot redefine"),
    ),
    ("rules.toml_equals", ("Expected '=' after",)),
    ("rules.toml_key", ("Invalid initial character for a key", "Invalid statement")),
    (
        "rules.toml_string",
        ("Unterminated string", "Illegal character", "Found invalid", 'Expected "\'"', "Expected '\""),
    ),
    ("rules.toml_backslash", ("Unescaped '\\'", "Invalid hex value", "Escaped character is not")),
    ("rules.toml_bracket", ("Expected ']", "Unclosed array", "Unclosed inline table")),
    ("rules.toml_newline", ("Expected newline or end of document",)),
)
_AT = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)$")


def find(explicit: Path | None, environ: Mapping[str, str]) -> Path:
    """The rules file: the one asked for, else `$PUSHDOC_RULES`, else the first of the usual places that is there.

    Raises:
        ConfigurationError: nothing was asked for, and nothing stands in the usual places; all of them are named.
    """
    if explicit is not None:
        return explicit
    if named := environ.get(VARIABLE):
        return Path(named)
    for usual in _USUAL:
        if usual.exists():
            return usual
    places = [f"${VARIABLE}", *(str(usual.absolute()) for usual in _USUAL)]
    raise ConfigurationError(Phrase("rules.no_file", {"places": places}))


def load(path: Path, kinds: Mapping[str, type[BaseModel]]) -> Rules:
    """The rules in a file, its relative paths counted from the file's folder.

    `kinds` gives the settings of each destination type (`type = "inqom"`).

    Raises:
        ProblemsError: everything that is wrong in the file, by line.
    """
    file = path.absolute()
    rules, problems = judged(file, decoded(file, content(file)), kinds)
    if problems:
        raise ProblemsError(problems)
    return rules


def judged(file: Path, text: str, kinds: Mapping[str, type[BaseModel]]) -> tuple[Rules, list[Problem]]:
    """What is sound in the text of a rules file, and everything that is wrong in it, by line.

    Raises:
        ProblemsError: it is no TOML.
    """
    found, faults = draft(parsed(file, text), file.parent, kinds)
    faults += check(found)
    places = lines(text) if faults else {}
    problems = [Problem(file, fault.phrase, _line(places, fault.path)) for fault in faults]
    return found.rules, sorted(problems, key=lambda problem: problem.line or 0)


def content(file: Path) -> bytes:
    """The bytes of a rules file.

    Raises:
        ProblemsError: it is not there, or cannot be read.
    """
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise ProblemsError([Problem(file, Phrase("rules.file_missing"))]) from None
    except IsADirectoryError:
        raise ProblemsError([Problem(file, Phrase("rules.file_is_folder"))]) from None
    except OSError as error:
        phrase = Phrase("rules.file_unreadable", {"error": error.strerror or type(error).__name__})
        raise ProblemsError([Problem(file, phrase)]) from None


def decoded(file: Path, written: bytes) -> str:
    """The text in a rules file's bytes.

    Raises:
        ProblemsError: it is not UTF-8.
    """
    try:
        # The signature that Windows' editor puts in front is none of TOML's.
        return written.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = written.count(b"\n", 0, error.start) + 1
        raise ProblemsError([Problem(file, Phrase("rules.file_not_utf8"), line)]) from None


def parsed(file: Path, text: str) -> dict[str, Any]:
    """The TOML in a text.

    Raises:
        ProblemsError: it is none; the first place that is wrong.
    """
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        # A number of thousands of digits is a ValueError without a place.
        said = str(error)
    place = _AT.search(said)
    line = int(place[1]) if place and place[1] else text.rstrip("\n").count("\n") + 1
    code = next((code for code, starts in _SYNTAX if said.startswith(starts)), "rules.toml")
    # The line itself is not repeated: it may hold a secret.
    raise ProblemsError([Problem(file, Phrase(code, {"column": int(place[2]) if place and place[2] else 1}), line)])


def _line(places: Mapping[KeyPath, int], path: KeyPath) -> int | None:
    """The line of a key, or of the nearest table around it for a key that is not there."""
    while path and path not in places:
        path = path[:-1]
    return places.get(path)
