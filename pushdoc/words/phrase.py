"""A phrase: what is to be said, before the language is chosen."""

from __future__ import annotations

import string
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from pushdoc.words.typeset import Language, typeset, value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import tzinfo

LANGUAGES: tuple[Language, ...] = get_args(Language)


class Both(NamedTuple):
    """One text in the two languages, as `str.format` templates; ordinary spaces and apostrophes will do."""

    fr: str
    en: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text by its code, with the values to put in: JSON values only, since the ledger keeps phrases as reasons.

    Codes are `room.what` (`clients.siret_missing`); `room.what.advice` says what the reader can do about it, where
    there is something to do.
    """

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)


def say(phrase: Phrase, language: Language, zone: tzinfo | None = None) -> str:
    """The phrase in one language; its moments in the firm's `zone`, by default the machine's.

    A code that no catalogue has is said as it is: a newer version may have written it in the ledger.
    """
    return _format(phrase.code, phrase.values, language, zone) if phrase.code in catalogue() else phrase.code


def advice(phrase: Phrase, language: Language, zone: tzinfo | None = None) -> str | None:
    """What the reader can do about it, or None where the catalogue has no advice for it."""
    code = f"{phrase.code}.advice"
    return _format(code, phrase.values, language, zone) if code in catalogue() else None


@cache
def catalogue() -> dict[str, Both]:
    """Every text of the house, by code.

    Raises:
        ValueError: two rooms use one code.
    """
    texts: dict[str, Both] = {}
    package = import_module("pushdoc.words")
    for module in iter_modules(package.__path__):
        phrases: dict[str, Both] = getattr(import_module(f"pushdoc.words.{module.name}"), "PHRASES", {})
        if twice := texts.keys() & phrases.keys():
            raise ValueError(f"codes in two catalogues: {sorted(twice)}")
        texts |= phrases
    return texts


def _format(code: str, values: Mapping[str, Any], language: Language, zone: tzinfo | None) -> str:
    template = typeset(getattr(catalogue()[code], language), language)
    return _Formatter(language, zone).vformat(template, (), values)


class _Formatter(string.Formatter):
    """`str.format` with the value specs of `typeset.value`, and `=room.what.`: the text of that code and the value."""

    def __init__(self, language: Language, zone: tzinfo | None) -> None:
        self._language = language
        self._zone = zone

    def get_value(self, key: int | str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        # A reason written by another version may lack a value: the sentence is still worth saying.
        return super().get_value(key, args, kwargs) if key in kwargs else "…"

    def format_field(self, given: Any, format_spec: str) -> str:
        if format_spec.startswith("="):
            return say(Phrase(f"{format_spec[1:]}{given}"), self._language)
        return value(given, format_spec, self._language, self._zone)
