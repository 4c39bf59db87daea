"""The companies and accounting folders of the sandbox, in the shapes that Inqom gives them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from pushdoc.sandbox.answers import refuse

if TYPE_CHECKING:
    from collections.abc import Iterable

Access = Literal["Company", "Pme", "None"]
Status = Literal["Active", "Closing", "Archived"]
ACCESSES: tuple[str, ...] = get_args(Access)
STATUSES: tuple[str, ...] = get_args(Status)

CABINET = 9001
"""The company id of the accounting firm that the demo account belongs to."""


@dataclass(frozen=True, slots=True)
class Company:
    """A firm or an SME that holds folders; `access` is how the account is entitled to it, if it is."""

    id: int
    name: str
    external_id: str = ""
    access: Access = "Company"

    def access_row(self) -> dict[str, object]:
        """Its row of `internal-access`. A `Pme` has another `Id` than its company's: `CompanyId` is the one to use."""
        row: dict[str, object] = {"Id": self.id, "Name": self.name, "ExternalId": self.external_id}
        if self.access == "Pme":
            row |= {"Id": 4_000_000 + self.id, "CompanyId": self.id}
        return row | {"AccessType": self.access}


@dataclass(frozen=True, slots=True)
class Folder:
    """One client's books. A `siren` or `nic` of None is absent from the answers, as unset members are.

    `allowed` False: the account has no right on it (403). `direct`: it has an `internal-access` row of its own.
    """

    id: int
    name: str
    siren: str | None = None
    nic: str | None = None
    status: Status = "Active"
    company: int = CABINET
    external_id: str = ""
    allowed: bool = True
    direct: bool = False

    @classmethod
    def of(cls, number: int, name: str, siret: str) -> Folder:
        """An active folder of the cabinet whose SIRET (14 digits, blanks allowed) is whole."""
        digits = re.sub(r"\s", "", siret)
        return cls(number, name, digits[:9], digits[9:])

    @property
    def siret(self) -> str | None:
        """Siren and Nic put together; None where either is missing or empty."""
        return self.siren + self.nic if self.siren and self.nic else None

    def row(self) -> dict[str, object]:
        """Its row in the list of its company's folders; unset members are absent."""
        numbers = {"Siren": self.siren, "Nic": self.nic}
        return {
            "ExternalId": self.external_id,
            "Id": self.id,
            **{member: value for member, value in numbers.items() if value is not None},
            "Name": self.name,
            "UniqueName": _slug(self.name),
            "ContractType": "Normal",
            "CreatedAt": "2025-01-15T10:00:00.83Z",
            "Status": self.status,
            "AccountingType": "Engagement",
            "CompanyId": self.company,
            "StateMode": "Active",
            "OwnerCompanyId": self.company,
        }

    def access_row(self, company: Company) -> dict[str, object]:
        """Its own row of `internal-access`, for an account that is entitled to this folder alone."""
        return {
            "Id": self.id,
            "Name": self.name,
            "ExternalId": self.external_id,
            "AccessType": "AccountingFolder",
            "Status": self.status,
            "CompanyName": company.name,
        }


class Directory:
    """All companies and folders, and what the account may do with them."""

    def __init__(self, companies: Iterable[Company], folders: Iterable[Folder]) -> None:
        self._companies = {company.id: company for company in companies}
        self._folders: dict[int, Folder] = {}
        for folder in folders:
            self.add(folder)

    def add(self, folder: Folder) -> None:
        """Add the folder, in the place of one that had its id.

        Raises:
            ValueError: its company is not in the sandbox.
        """
        if folder.company not in self._companies:
            raise ValueError(f"folder {folder.id}: there is no company {folder.company}")
        self._folders = self._folders | {folder.id: folder}

    def internal_access(self) -> list[dict[str, object]]:
        """The account's rights: companies first, then folders that it is entitled to singly."""
        companies = [one.access_row() for one in self._companies.values() if one.access != "None"]
        direct = [one for one in self._folders.values() if one.direct]
        return companies + [one.access_row(self._companies[one.company]) for one in direct]

    def of_company(self, company_id: int) -> list[dict[str, object]]:
        """The bare list of a company's folders.

        Raises:
            Refusal: 404 for an unknown company, 403 for one that the account is not entitled to.
        """
        company = self._companies.get(company_id)
        if company is None:
            raise refuse(404, f"Company {company_id} does not exist")
        if company.access == "None":
            raise refuse(403, f"No right on company {company_id}")
        return [one.row() for one in self._folders.values() if one.company == company_id]

    def readable(self, folder_id: int) -> Folder:
        """The folder, where the account may read its documents.

        Raises:
            Refusal: 404 for an unknown folder, 403 without a right on it.
        """
        folder = self._folders.get(folder_id)
        if folder is None:
            raise refuse(404, f"Accounting folder {folder_id} does not exist")
        entitled = folder.direct or self._companies[folder.company].access != "None"
        if not (folder.allowed and entitled):
            raise refuse(403, f"No right on accounting folder {folder_id}")
        return folder

    def writable(self, folder_id: int) -> Folder:
        """The folder, where the account may upload to it.

        Raises:
            Refusal: as for `readable`, and 403 where the folder is closing or archived.
        """
        folder = self.readable(folder_id)
        if folder.status != "Active":
            raise refuse(403, f"Accounting folder {folder_id} is {folder.status.lower()}")
        return folder


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
