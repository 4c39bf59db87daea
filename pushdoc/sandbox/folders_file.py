"""Reading companies and folders from a file: `pushdoc sandbox --folders FILE`, in TOML, JSON or CSV."""

from __future__ import annotations

import csv
import difflib
import json
import re
import tomllib
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from pushdoc.errors import Problem, ProblemsError
from pushdoc.sandbox.demo_folders import DEMO_COMPANIES
from pushdoc.sandbox.folders import ACCESSES, CABINET, STATUSES, Access, Company, Folder, Status
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_COMPANY_KEYS = ("id", "name", "external_id", "access")
_FOLDER_KEYS = ("id", "name", "siret", "siren", "nic", "status", "company", "external_id", "allowed", "direct")
_TRUTHS = {"true": True, "false": False, "": None}


class Holdings(NamedTuple):
    """The companies and folders of a file."""

    companies: tuple[Company, ...]
    folders: tuple[Folder, ...]


class _Row(NamedTuple):
    """One company or folder as it was written; `line` where the format tells it."""

    values: Mapping[str, Any]
    number: int
    line: int | None = None


def read_folders(file: Path) -> Holdings:
    """What the file says; without companies in it, those of the demo.

    TOML and JSON hold tables `company` (id, name, external_id, access) and `folder` (id, name, siret or siren and nic,
    status, company, external_id, allowed, direct); JSON may also be a bare array of folders. CSV holds folders, with
    these names in its first line, between `,` or `;` or tabs. Only id and name are needed.

    Raises:
        ProblemsError: everything that is wrong in the file, with its line or the row's number.
    """
    reading = _Reading(file)
    company_rows, folder_rows = reading.rows()
    companies = [company for row in company_rows if (company := reading.company(row))]
    companies = companies or list(DEMO_COMPANIES)
    known = {company.id for company in companies}
    folders = [folder for row in folder_rows if (folder := reading.folder(row, known))]
    for number, count in Counter(folder.id for folder in folders).items():
        if count > 1:
            reading.problem("sandbox.folder_twice", id=str(number))
    if not (folders or reading.problems):
        reading.problem("sandbox.folders_none")
    if reading.problems:
        raise ProblemsError(reading.problems)
    return Holdings(tuple(companies), tuple(folders))


class _Reading:
    """One pass over the file, gathering its problems."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def problem(self, code: str, line: int | None = None, **values: object) -> None:
        """Note a problem."""
        self.problems.append(Problem(self.file, Phrase(code, values), line))

    def rows(self) -> tuple[list[_Row], list[_Row]]:
        """The rows of companies and of folders; none where the file cannot be read."""
        try:
            text = self.file.read_text(encoding="utf-8-sig")
            match self.file.suffix.lower():
                case ".toml":
                    return self._tables(tomllib.loads(text))
                case ".json":
                    return self._tables(json.loads(text))
                case ".csv":
                    return [], list(self._lines(text))
                case suffix:
                    self.problem("sandbox.folders_suffix", suffix=suffix)
        except (OSError, ValueError, csv.Error) as error:
            self.problem("sandbox.folders_unreadable", error=str(error))
        return [], []

    def company(self, row: _Row) -> Company | None:
        """The company of a row, or None with its problems noted."""
        before = len(self.problems)
        self._keys(row, _COMPANY_KEYS)
        number, name = self._number(row, "id"), self._text(row, "name", needed=True)
        access = self._among(row, "access", ACCESSES, "Company")
        if number is None or name is None or len(self.problems) > before:
            return None
        return Company(number, name, self._text(row, "external_id") or "", cast("Access", access))

    def folder(self, row: _Row, companies: set[int]) -> Folder | None:
        """The folder of a row, or None with its problems noted."""
        before = len(self.problems)
        self._keys(row, _FOLDER_KEYS)
        number, name = self._number(row, "id"), self._text(row, "name", needed=True)
        company = self._number(row, "company", CABINET)
        if company is not None and company not in companies:
            self._wrong(row, "company", sorted(map(str, companies)))
        siren, nic = self._siren_and_nic(row)
        status = self._among(row, "status", STATUSES, "Active")
        allowed, direct = self._truth(row, "allowed"), self._truth(row, "direct")
        if number is None or name is None or company is None or len(self.problems) > before:
            return None
        return Folder(
            id=number,
            name=name,
            siren=siren,
            nic=nic,
            status=cast("Status", status),
            company=company,
            external_id=self._text(row, "external_id") or "",
            allowed=allowed is not False,
            direct=direct is True,
        )

    def _tables(self, read: Any) -> tuple[list[_Row], list[_Row]]:
        tables = {"folder": read} if isinstance(read, list) else read
        if not isinstance(tables, dict) or tables.keys() - {"company", "folder"}:
            self.problem("sandbox.folders_shape")
            return [], []
        rows: dict[str, list[_Row]] = {"company": [], "folder": []}
        for table, entries in tables.items():
            if not (isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries)):
                self.problem("sandbox.folders_shape")
                continue
            rows[table] = [_Row(entry, number) for number, entry in enumerate(entries, 1)]
        return rows["company"], rows["folder"]

    def _lines(self, text: str) -> Iterator[_Row]:
        """The rows of a CSV table; an empty cell is an empty text, as the Nic of some folders is."""
        first = text.partition("\n")[0]
        reader = csv.DictReader(text.splitlines(), delimiter=max(",;\t", key=first.count), restval="")
        for column in reader.fieldnames or ():
            if _plain(column) not in _FOLDER_KEYS:
                self.problem("sandbox.folders_column", 1, column=column, known=list(_FOLDER_KEYS))
        for number, cells in enumerate(reader, 1):
            if None in cells:  # DictReader's key for what has no column
                self.problem("sandbox.folders_cells", reader.line_num, number=number)
            values = {_plain(column): cell for column, cell in cells.items() if column}
            known = {key: value for key, value in values.items() if key in _FOLDER_KEYS}
            yield _Row(known, number, reader.line_num)

    def _keys(self, row: _Row, known: tuple[str, ...]) -> None:
        for key in row.values.keys() - set(known):
            near = difflib.get_close_matches(str(key), known, 1) or list(known)
            self.problem("sandbox.folders_key", row.line, number=row.number, key=str(key), known=near)

    def _wrong(self, row: _Row, key: str, expected: list[str]) -> None:
        given = str(row.values.get(key, ""))
        values = {"number": row.number, "key": key, "given": given, "expected": expected}
        self.problem("sandbox.folders_value", row.line, **values)

    def _number(self, row: _Row, key: str, default: int | None = None) -> int | None:
        given = str(row.values.get(key, "")).strip()
        if not given and default is not None:
            return default
        if not re.fullmatch("[0-9]{1,9}", given):
            self._wrong(row, key, ["1 … 999999999"])
            return None
        return int(given)

    def _text(self, row: _Row, key: str, *, needed: bool = False) -> str | None:
        given = row.values.get(key)
        if given is None and not needed:
            return None
        if not isinstance(given, str) or (needed and not given.strip()):
            self._wrong(row, key, ['"…"'])
            return None
        return given.strip()

    def _among(self, row: _Row, key: str, words: tuple[str, ...], default: str) -> str:
        given = str(row.values.get(key) or default)
        if given not in words:
            self._wrong(row, key, list(words))
        return given

    def _truth(self, row: _Row, key: str) -> bool | None:
        given = str(row.values.get(key, "")).strip().lower()
        if given not in _TRUTHS:
            self._wrong(row, key, ["true", "false"])
        return _TRUTHS.get(given)

    def _siren_and_nic(self, row: _Row) -> tuple[str | None, str | None]:
        """The two halves; a SIRET must be whole, while `siren` and `nic` may hold anything, as in real folders."""
        siret = re.sub(r"\s", "", self._text(row, "siret") or "")
        if not siret:
            return self._text(row, "siren"), self._text(row, "nic")
        if not re.fullmatch("[0-9]{14}", siret) or row.values.get("siren") or row.values.get("nic"):
            self.problem("sandbox.folders_siret", row.line, number=row.number, given=siret)
            return None, None
        return siret[:9], siret[9:]


def _plain(column: str) -> str:
    return column.strip().lower()
