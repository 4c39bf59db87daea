"""The kinds of value that only the rules file has: document types, templates, patterns, addresses of people.

Each refuses with the code of a phrase (`settings.wrong`); durations, sizes and secrets are in `pushdoc.settings`.
"""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, PlainValidator, ValidationInfo

from pushdoc.document import DocumentType
from pushdoc.errors import ConfigurationError
from pushdoc.rules.done import DoneName
from pushdoc.rules.template import Template, nfc
from pushdoc.settings import WITHHELD, Duration, Text, absolute, plain, wrong

if TYPE_CHECKING:
    from collections.abc import Callable

_BY_WORD = {plain(known): known for known in DocumentType}
_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"\\]+@[^\s@<>()\[\],;:\"\\.]+(?:\.[^\s@<>()\[\],;:\"\\.]+)*")
SQLITE = "sqlite:///"


def _type(given: object) -> DocumentType:
    known = _BY_WORD.get(plain(given)) if isinstance(given, str) else None
    if known is None:
        raise wrong("rules.not_one_of", words=[str(known) for known in DocumentType])
    return known


def _template(given: object) -> Template:
    if not isinstance(given, str):
        raise wrong("rules.not_a_text")
    try:
        return Template.parse(given)
    except ConfigurationError as error:
        raise wrong(error.phrase.code, **error.phrase.values) from None


def _done(given: object) -> DoneName:
    if not isinstance(given, str):
        raise wrong("rules.not_a_text")
    try:
        return DoneName.parse(given)
    except ConfigurationError as error:
        raise wrong(error.phrase.code, **error.phrase.values) from None


def _folder(given: str) -> str:
    parts = given.replace("\\", "/").strip("/").split("/")
    if PurePosixPath(given).is_absolute() or {"", ".", ".."} & set(parts):
        raise wrong("rules.not_beneath_root")
    return "/".join(parts)


def _pattern(given: str) -> str:
    # fnmatch takes an unclosed bracket as itself, which nobody means who knows of brackets.
    if re.search(r"\[[^\]]*$", re.sub(r"\[!?\]?[^\]]*\]", "", given)):
        raise wrong("rules.pattern_unclosed")
    if "\\" in given or given != given.strip("/ ") or ".." in given.split("/"):
        raise wrong("rules.pattern_malformed")
    return nfc(given)


def _name_pattern(given: str) -> str:
    if "/" in given:
        raise wrong("rules.pattern_with_folder")
    if given.startswith(".") or not set(given) & set(".*?["):
        raise wrong("rules.pattern_bare", proposal=f"*.{given.lstrip('.')}")
    return _pattern(given)


def _address(given: str) -> str:
    local, _, domain = given.rpartition("@")
    if _ADDRESS.fullmatch(given) is None or not local.isascii() or not given.isprintable() or not _known_to_dns(domain):
        raise wrong("rules.not_an_address")
    return given


def _known_to_dns(domain: str) -> bool:
    """Whether a name can be asked for: its parts, accents spelt in ASCII (IDNA), have 63 letters at most."""
    try:
        domain.encode("idna")
    except UnicodeError:
        return False
    return True


def _ledger(given: object, info: ValidationInfo) -> str:
    if isinstance(given, str) and given.startswith("postgresql"):
        raise wrong("rules.ledger_postgresql", read=WITHHELD)
    file = given.removeprefix(SQLITE) if isinstance(given, str) and given.startswith(SQLITE) else ""
    # A ledger in memory forgets what was sent; after a question mark SQLAlchemy reads options.
    if not file.strip("/") or file == ":memory:" or "?" in file:
        raise wrong("rules.not_a_ledger", read=WITHHELD)
    return SQLITE + str(absolute(Path(file), info))


def _pinned(given: object) -> str:
    if isinstance(given, bool) or not isinstance(given, int | str) or not str(given).strip():
        raise wrong("rules.not_a_dossier")
    return str(given).strip()


def _at_least(length: timedelta, text: str) -> Callable[[timedelta], timedelta]:
    def check(given: timedelta) -> timedelta:
        if given < length:
            raise wrong("rules.too_small", least=text)
        return given

    return check


ClientPattern = Annotated[Text, AfterValidator(_pattern)]
NamePattern = Annotated[Text, AfterValidator(_name_pattern)]
MailAddress = Annotated[Text, AfterValidator(_address)]
TypeField = Annotated[DocumentType, PlainValidator(_type)]
TemplateField = Annotated[Template, PlainValidator(_template)]
DoneField = Annotated[DoneName, PlainValidator(_done)]
FolderField = Annotated[Text, AfterValidator(_folder)]
DossierField = Annotated[str, PlainValidator(_pinned)]
LedgerUrl = Annotated[str, PlainValidator(_ledger)]
#: A wait between two tries, or a time to give up after.
Wait = Annotated[Duration, AfterValidator(_at_least(timedelta(milliseconds=1), "1ms"))]
#: A pause between two looks at all folders.
Pause = Annotated[Duration, AfterValidator(_at_least(timedelta(seconds=1), "1s"))]
