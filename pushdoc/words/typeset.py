"""How numbers, moments, sizes and names look in each language, and how French is spaced."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import tzinfo

Language = Literal["fr", "en"]

_NO_BREAK = "\u00a0"
_NARROW = "\u202f"
_UNITS = {"fr": ("octets", "ko", "Mo", "Go", "To"), "en": ("bytes", "kB", "MB", "GB", "TB")}
_ONE = {"fr": "octet", "en": "byte"}
#: Control, format (reading direction, zero width), surrogate, line and paragraph characters.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def typeset(template: str, language: Language) -> str:
    """The template with the no-break spaces and apostrophes of its language, so that authors type ordinary ones.

    Applied before values are put in: a file's name is never retouched.
    """
    if language == "en":
        return template
    spaced = re.sub(r" (?=:(?:\s|$))", _NO_BREAK, template)
    spaced = re.sub(r" (?=[;!?](?:[\s»)]|$))", _NARROW, spaced)
    spaced = spaced.replace("« ", f"«{_NO_BREAK}").replace(" »", f"{_NO_BREAK}»")
    return re.sub(r"(?<=\w)'(?=[\w{«])", "’", spaced)


def visible(text: str) -> str:
    r"""The text with everything that cannot be seen spelt out (`\n`, `\u202e`), undecodable bytes as U+FFFD.

    A name comes from outside: shown raw, it could break a line, colour a terminal, turn the reading direction, or
    look like another name.
    """
    if text.isprintable():
        return text  # most names
    shown = []
    for char in text:
        if "\udc80" <= char <= "\udcff":
            shown.append("\ufffd")
        elif unicodedata.category(char) in _HIDDEN:
            shown.append(char.encode("unicode_escape").decode("ascii"))
        else:
            shown.append(char)
    return "".join(shown)


def number(value: float, language: Language, decimals: int = 0) -> str:
    """`1 234,5` in French (narrow no-break space), `1,234.5` in English."""
    text = f"{value:,.{decimals}f}"
    return text.replace(",", _NARROW).replace(".", ",") if language == "fr" else text


def size(count: int, language: Language) -> str:
    """A number of bytes as people say it: `1,5 Mo`; decimal units."""
    if is_one(count, language):
        return f"{count}{_NO_BREAK}{_ONE[language]}"
    scaled, unit = float(count), 0
    # 999.5 would be written 1 000: that is one of the next unit.
    while scaled >= 999.5 and unit < len(_UNITS[language]) - 1:
        scaled, unit = scaled / 1000, unit + 1
    decimals = 1 if unit and scaled < 99.95 and round(scaled, 1) != round(scaled) else 0
    return f"{number(scaled, language, decimals)}{_NO_BREAK}{_UNITS[language][unit]}"


def is_one(count: int, language: Language) -> bool:
    """Whether a count takes the singular; in French 0 does."""
    return count < 2 if language == "fr" else count == 1


def moment(at: datetime, language: Language) -> str:
    """A date and hour in the zone that `at` bears: `20/11/2026 07:05` in French, `2026-11-20 07:05` in English."""
    return at.strftime("%d/%m/%Y %H:%M" if language == "fr" else "%Y-%m-%d %H:%M")


def duration(length: timedelta, language: Language) -> str:
    """A length of time in its two largest units: `2 h 05`, `3 j 4 h`, `45 s`; English writes `d` for days."""
    seconds = max(0, round(length.total_seconds()))
    minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86400
    if days:
        return f"{days}{_NO_BREAK}{'j' if language == 'fr' else 'd'} {hours % 24}{_NO_BREAK}h"
    if hours:
        return f"{hours}{_NO_BREAK}h{_NO_BREAK}{minutes % 60:02}"
    if minutes:
        return f"{minutes}{_NO_BREAK}min"
    return f"{seconds}{_NO_BREAK}s"


def value(given: object, spec: str, language: Language, zone: tzinfo | None = None) -> str:
    """One value of a phrase, shown by its format spec.

    Specs: none (as it is; text is made `visible`), `bytes`, `time` (a moment or its ISO text, shown in `zone`),
    `length` (seconds), and `?one|many` (the word that goes with a count; French counts 0 as one). A value that its
    spec does not fit is shown as it is.
    """
    match given, spec:
        case (int() | float(), "bytes"):
            return size(int(given), language)
        case (int() | float(), "length"):
            return duration(timedelta(seconds=given), language)
        case (_, _) if spec.startswith("?"):
            one, many = spec[1:].split("|", 1)
            return one if isinstance(given, int) and is_one(given, language) else many
        case (datetime(), "time"):
            return moment(given.astimezone(zone) if zone else given, language)
        case (str(), "time") if at := _iso(given):
            return moment(at.astimezone(zone), language)
        case (bool(), _):
            return str(given)
        case (int(), ""):
            return number(given, language) if abs(given) >= 10_000 else str(given)
        case (float(), ""):
            return f"{given:g}".replace(".", "," if language == "fr" else ".")
        case (list() | tuple(), ""):
            return ", ".join(value(one, "", language, zone) for one in given)
    return visible(str(given))


def _iso(text: str) -> datetime | None:
    """The moment that ISO text names, in UTC where it names no zone; None where it is none."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
