"""Which operation of the contract a method and a path stand for."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple


class Group(StrEnum):
    """The routes as the fault switches name them."""

    TOKEN = "token"  # noqa: S105 -- a word of the switches, not a secret
    FOLDERS = "folders"
    UPLOAD = "upload"
    READ = "read"


class Operation(StrEnum):
    """The operations that the sandbox has, by their `operationId` in the contract's OpenAPI file."""

    TOKEN = "getToken"  # noqa: S105 -- an operation's name, not a secret
    INTERNAL_ACCESS = "listInternalAccess"
    FOLDERS = "listAccountingFolders"
    UPLOAD = "uploadDocument"
    EXPENSE_BILL = "uploadExpenseBill"
    DOCUMENTS = "listDocuments"
    DOCUMENT = "getDocument"
    PUBLIC_URL = "getDocumentPublicUrl"

    @property
    def group(self) -> Group:
        """The group whose switches act on it."""
        return _GROUPS[self]


_GROUPS = {
    Operation.TOKEN: Group.TOKEN,
    Operation.INTERNAL_ACCESS: Group.FOLDERS,
    Operation.FOLDERS: Group.FOLDERS,
    Operation.UPLOAD: Group.UPLOAD,
    Operation.EXPENSE_BILL: Group.UPLOAD,
    Operation.DOCUMENTS: Group.READ,
    Operation.DOCUMENT: Group.READ,
    Operation.PUBLIC_URL: Group.READ,
}

TOKEN_PATH = "/identity/connect/token"  # noqa: S105 -- a path, not a secret
DOCUMENTS_PATH = "/accounting-documents"

_ID = "([0-9]{1,10})"
_FOLDER = f"{DOCUMENTS_PATH}/api/accounting-documents/accounting-folders/{_ID}/Documents"
_ROUTES = [
    (re.compile(pattern), dict(methods))
    for pattern, *methods in (
        (TOKEN_PATH, ("POST", Operation.TOKEN)),
        ("/provisioning/users/internal-access", ("GET", Operation.INTERNAL_ACCESS)),
        (f"/provisioning/companies/{_ID}/accounting-folders", ("GET", Operation.FOLDERS)),
        (f"{_FOLDER}/?", ("POST", Operation.UPLOAD), ("GET", Operation.DOCUMENTS)),
        (f"{_FOLDER}/{_ID}", ("GET", Operation.DOCUMENT)),
        (f"{_FOLDER}/{_ID}/public-url", ("GET", Operation.PUBLIC_URL)),
        (
            f"{DOCUMENTS_PATH}/api/v1/accounting-folders/{_ID}/expense-bills",
            ("POST", Operation.EXPENSE_BILL),
        ),
    )
]


class Route(NamedTuple):
    """What a request asks for, and the ids in its path."""

    operation: Operation
    ids: tuple[int, ...]


class NotAllowed(NamedTuple):
    """A path that exists, but not for this method."""

    methods: tuple[str, ...]


def find(method: str, path: str) -> Route | NotAllowed | None:
    """What the method and path stand for; None where there is no such path."""
    for pattern, methods in _ROUTES:
        found = pattern.fullmatch(path)
        if not found:
            continue
        if method not in methods:
            return NotAllowed(tuple(methods))
        return Route(methods[method], tuple(int(digits) for digits in found.groups()))
    return None
