"""Requests that nobody would think of, made from the contract's OpenAPI file by Schemathesis."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
import schemathesis
import yaml
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi import checks
from visitor import Visitor

from pushdoc.sandbox import Account, Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemathesis import CheckFunction

_OPERATIONS = {
    "getToken",
    "listInternalAccess",
    "listAccountingFolders",
    "uploadDocument",
    "listDocuments",
    "getDocument",
    "getDocumentPublicUrl",
    "uploadExpenseBill",
}
_LOCAL = "127.0.0.1:8089"
# Generated ids would hardly ever exist: half of them are real ones.
_IDS = {"companyId": [9001, 9003, 77], "accountingFolderId": [700101, 700115, 77], "documentId": [51_000_001, 77]}


def _contract() -> dict[str, Any]:
    """The operations that the sandbox has, with their paths as its one port serves them.

    The file has the documents' path twice, with and without its last slash; here they are one resource.
    """
    contract: dict[str, Any] = yaml.safe_load(
        (Path(__file__).parent.parent / "contracts" / "inqom-openapi.yaml").read_text(encoding="utf-8"),
    )
    paths: dict[str, dict[str, Any]] = {}
    for path, item in contract["paths"].items():
        methods = {key: value for key, value in item.items() if key in {"get", "post"}}
        if not any(value["operationId"] in _OPERATIONS for value in methods.values()):
            continue
        servers = [*item.get("servers", ()), *(one for value in methods.values() for one in value.pop("servers", ()))]
        local = [urlsplit(server["url"]).path for server in servers if _LOCAL in server["url"]]
        item.pop("servers", None)
        paths.setdefault((local[0] if local else "") + path.rstrip("/"), {}).update(item)
    for name, ids in _IDS.items():
        contract["components"]["parameters"][name]["schema"]["enum"] = ids
    return contract | {"paths": paths, "servers": [{"url": "http://127.0.0.1"}]}


_EXCLUDED: list[CheckFunction] = [
    # The sandbox is stricter than the schemas, on purpose: names, media types, filenames, empty fields.
    checks.positive_data_acceptance,
]
# Whether lists are paged at all is not known, and no refusal is documented: a senseless page number is ignored.
_EXCLUDED_FOR_LISTS = [*_EXCLUDED, checks.negative_data_rejection]

schema = schemathesis.openapi.from_dict(_contract())


@pytest.fixture(scope="module")
def authorized() -> Iterator[tuple[str, dict[str, str]]]:
    """A sandbox with a document in it, and the header that opens it."""
    example = Account(client_id="demo-connector", client_secret="not-a-real-secret", password="not-a-real-password")
    with Sandbox(requests_per_second=None, accounts=[Account(), example]) as sandbox:
        visitor = Visitor(sandbox)
        assert visitor.upload().json()["Id"] == 51_000_001
        yield sandbox.url, {"Authorization": visitor.http.headers["Authorization"]}
        visitor.close()


@schema.parametrize()
@settings(max_examples=20, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_sent_the_answer_keeps_the_contract(
    case: schemathesis.Case[Any], authorized: tuple[str, dict[str, str]]
) -> None:
    url, headers = authorized
    lists = case.operation.definition.raw["operationId"] == "listDocuments"
    excluded = _EXCLUDED_FOR_LISTS if lists else _EXCLUDED
    case.call_and_validate(base_url=url, headers=headers, excluded_checks=excluded)


def test_every_operation_of_the_sandbox_is_in_the_contract() -> None:
    found = [
        value["operationId"]
        for item in _contract()["paths"].values()
        for value in item.values()
        if "operationId" in value
    ]
    assert sorted(found) == sorted(_OPERATIONS)
