"""Keys and values as they are written in a rules file: what `tomllib` reads back is what was given."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
#: What cannot be seen, or turns the reading direction, is spelt out: a file's reader must see what it says.
_HIDDEN = frozenset({"Cc", "Cf", "Zl", "Zp"})
#: The longest list that is written on one line, in characters.
_ONE_LINE = 110


def key(name: str) -> str:
    """A key's name, in quotes where it needs them.

    Raises:
        UnicodeEncodeError: it holds bytes that are no text.
    """
    return name if _BARE.fullmatch(name) else _text(name)


def value(given: object, newline: str = "\n") -> str:
    """A value: text, number, truth, moment, list, or table (on one line); a long list gets a line for each element.

    Raises:
        UnicodeEncodeError: a text holds bytes that are no text.
        TypeError: TOML has no such value.
    """
    match given:
        case bool():
            return "true" if given else "false"
        case str():
            return _text(given)
        case int() | float():
            return str(given)
        case datetime() | date() | time():
            return given.isoformat()
        case Mapping():
            pairs = [f"{key(name)} = {value(inner, '')}" for name, inner in given.items()]
            return f"{{ {', '.join(pairs)} }}" if pairs else "{}"
        case Sequence():
            inner = [value(one, "") for one in given]
            short = f"[{', '.join(inner)}]"
            if len(short) <= _ONE_LINE or not newline:
                return short
            return f"[{newline}" + "".join(f"  {one},{newline}" for one in inner) + "]"
    raise TypeError(f"no value of a rules file: {type(given).__name__}")


def _text(given: str) -> str:
    given.encode()
    return '"' + "".join(map(_character, given)) + '"'


def _character(char: str) -> str:
    if char in _SHORT:
        return _SHORT[char]
    if unicodedata.category(char) not in _HIDDEN:
        return char
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"
