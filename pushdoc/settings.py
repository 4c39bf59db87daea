"""What every table of the rules file is made of, for the rules themselves and for each destination's own settings.

A settings class is frozen, knows all its keys, and takes TOML values only as they are meant: no "12" for 12. What is
wrong is raised with the code of a phrase (`wrong`), so that it can be told in the reader's language.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import time, timedelta
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainValidator, ValidationInfo
from pydantic_core import PydanticCustomError

from pushdoc.secret import SecretReference

#: Stands for what was read where that must not be shown: it may be a secret.
WITHHELD = "…"

_DURATION = re.compile(r"([0-9]{1,9})\s*(ms|s|m|h|d)")
_UNITS = {"ms": "milliseconds", "s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_LONGEST = timedelta(days=3650)
_SIZE = re.compile(r"([0-9]{1,15})\s*([kmgt]?)[bo]?", re.IGNORECASE)
_POWERS = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4}
_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::00)?")


class Settings(BaseModel):
    """One table of the rules file: frozen, an unknown key is an error, and no error shows what was read."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)


def wrong(code: str, **values: object) -> PydanticCustomError:
    """The error for a validator to raise: the code of a phrase, and its values beside `where` and `read`.

    `read` is what was written there, put in by whoever tells the error; give `read=WITHHELD` to keep it unsaid.
    """
    return PydanticCustomError(code, "see the phrase of this code", values)


def plain(text: str) -> str:
    """The text as it is compared with known words: NFC, typewriter apostrophes and blanks, no difference of case."""
    # Word processors and the help page write U+2019 where a keyboard has only U+0027.
    text = unicodedata.normalize("NFC", text).replace("\u2019", "'")
    return " ".join(text.split()).casefold()


def _duration(given: object) -> timedelta:
    found = _DURATION.fullmatch(given.strip()) if isinstance(given, str) else None
    if found is None:
        raise wrong("rules.not_a_duration")
    # Nine digits of days are the most that a timedelta holds.
    length = timedelta(**{_UNITS[found[2]]: int(found[1])})
    if length > _LONGEST:
        raise wrong("rules.duration_too_long")
    return length


def _size(given: object) -> int:
    if isinstance(given, int) and not isinstance(given, bool) and given > 0:
        return given
    found = _SIZE.fullmatch(given.strip()) if isinstance(given, str) else None
    size = int(found[1]) * 1000 ** _POWERS[found[2].lower()] if found else 0
    if size == 0:
        raise wrong("rules.not_a_size")
    return size


def _time(given: object) -> time:
    if isinstance(given, time):
        return given
    found = _TIME.fullmatch(given.strip()) if isinstance(given, str) else None
    if found is None:
        raise wrong("rules.not_a_time")
    return time(int(found[1]), int(found[2]))


def _secret(given: object, info: ValidationInfo) -> SecretReference:
    try:
        reference = SecretReference.parse(given if isinstance(given, str) else "")
    except ValueError:
        # Whoever writes the secret itself here must not find it in a log.
        raise wrong("rules.not_a_reference", read=WITHHELD) from None
    if reference.scheme == "file":
        return reference._replace(name=str(absolute(Path(reference.name), info)))
    if "/" in reference.name:
        raise wrong("rules.reference_with_slash", read=WITHHELD)
    return reference


def _url(given: object) -> str:
    if not isinstance(given, str):
        raise wrong("rules.not_a_url")
    try:
        parts = urlsplit(given)
        parts.port  # noqa: B018 -- reading it is what checks it
    except ValueError:
        raise wrong("rules.not_a_url", read=WITHHELD) from None
    if "@" in given:
        raise wrong("rules.url_with_password", read=WITHHELD)
    extra = parts.query or parts.fragment or any(char.isspace() for char in given)
    if parts.scheme not in {"http", "https"} or not parts.hostname or extra:
        raise wrong("rules.not_a_url", **({"read": WITHHELD} if parts.query else {}))
    return given.rstrip("/")


def _path(given: object, info: ValidationInfo) -> Path:
    if not isinstance(given, str) or not given.strip() or "\0" in given:
        raise wrong("rules.not_a_path")
    return absolute(Path(given), info)


def absolute(path: Path, info: ValidationInfo) -> Path:
    """The path counted from the rules file's folder, which the loader gives as the validation context's `base`."""
    base: Path | None = (info.context or {}).get("base")
    return path if base is None else base / path


def _text(given: object) -> object:
    if isinstance(given, str) and not given.strip():
        raise wrong("rules.empty")
    return given


#: Text with at least one visible character.
Text = Annotated[str, BeforeValidator(_text)]
#: `"250ms"`, `"5s"`, `"1m"`, `"48h"`, `"2d"`.
Duration = Annotated[timedelta, PlainValidator(_duration)]
#: `"25MB"`, `"500KB"`, `"1GB"` (decimal; `Mo`, `ko` and `Go` too) or a number of bytes.
Size = Annotated[int, PlainValidator(_size)]
#: `"07:00"`, or TOML's own time without quotes.
TimeOfDay = Annotated[time, PlainValidator(_time)]
#: An address of a service, without a slash at its end.
Url = Annotated[str, PlainValidator(_url)]
#: A reference to a secret, never the secret; a relative `file:` counts from the rules file's folder.
SecretField = Annotated[SecretReference, PlainValidator(_secret)]
#: A file or folder of this machine; a relative one counts from the rules file's folder.
LocalPath = Annotated[Path, PlainValidator(_path)]
