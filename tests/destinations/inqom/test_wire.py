from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pushdoc.deliver.answer import Answer, UnreadableError
from pushdoc.deliver.destination import Progress
from pushdoc.destinations.inqom.wire import read_access, read_documents, read_dossiers, read_receipt
from pushdoc.document import Dossier

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["Id", "Status", "CreatedAt", "x"]), inner),
)


def answer(content: Any) -> Answer:
    return Answer(200, content=json.dumps(content).encode())


@pytest.mark.parametrize(
    ("content", "receipt"),
    [
        ({"Id": 51, "Status": "Received"}, ("51", "Received")),
        ([{"Id": 51, "Status": "Received"}], ("51", "Received")),
        ({"Id": "51"}, ("51", "")),
        ({"DocumentId": 51}, ("51", "")),
        ({"Id": 51, "Status": 3, "New": {}}, ("51", "")),
        ({"Id": None}, None),
        ({"Id": True}, None),
        ({"Id": 1.5}, None),
        ({"Id": -1}, None),
        ({"Id": "x"}, None),
        ({"error": "no"}, None),
        ([], None),
        ("51", None),
        (51, None),
        (None, None),
    ],
)
def test_a_receipt_is_an_integer_id_wherever_it_stands(content: Any, receipt: tuple[str, str] | None) -> None:
    assert read_receipt(answer(content)) == receipt


@pytest.mark.parametrize("content", [b"", b"<html>", b'{"Id": 51'])
def test_what_is_not_json_is_no_receipt(content: bytes) -> None:
    assert read_receipt(Answer(200, content=content)) is None


@given(ANYTHING)
def test_whatever_comes_is_read_or_said_to_be_unreadable(content: Any) -> None:
    read_receipt(answer(content))
    for read in (read_access, read_dossiers, read_documents):
        try:
            read(answer(content))
        except UnreadableError:
            assert not isinstance(content, list)


def test_companies_come_from_three_kinds_of_access() -> None:
    access = read_access(
        answer(
            [
                {"Id": 9001, "Name": "CABINET", "AccessType": "Company"},
                {"Id": 4009002, "Name": "PME", "AccessType": "Pme", "CompanyId": 9002},
                {"Id": 700123, "Name": "BOULANGERIE", "AccessType": "AccountingFolder", "Status": "Active"},
                {
                    "Id": 700124,
                    "Name": "GARAGE",
                    "AccessType": "AccountingFolder",
                    "CompanyId": 9003,
                    "Status": "Closing",
                },
                {"Id": 9001, "Name": "CABINET", "AccessType": "company"},
                {"Id": 1, "Name": "?", "AccessType": "Something new"},
                {"Name": "without an id", "AccessType": "Company"},
                None,
            ],
        ),
    )
    assert access.companies == (9001, 9002, 9003)
    assert access.dossiers == (
        Dossier("700123", "BOULANGERIE", status="Active"),
        Dossier("700124", "GARAGE", open=False, status="Closing"),
    )
    assert not access.nothing


@pytest.mark.parametrize(
    ("members", "dossier"),
    [
        ({"Siren": "012345678", "Nic": "00010"}, Dossier("7", "X", "012345678", "00010")),
        ({"Siren": 12345678, "Nic": 10}, Dossier("7", "X", "012345678", "00010")),
        ({"Siren": "012 345 678", "Nic": ""}, Dossier("7", "X", "012345678", "")),
        ({"Siren": "81000280"}, Dossier("7", "X", "81000280", "")),
        ({"Siren": None, "Nic": None, "Status": "Active"}, Dossier("7", "X", status="Active")),
        ({"Status": "Archived"}, Dossier("7", "X", open=False, status="Archived")),
        ({"Status": "Frozen"}, Dossier("7", "X", open=False, status="Frozen")),
        ({"Name": "", "UniqueName": "x-y"}, Dossier("7", "x-y")),
        ({"Name": None}, Dossier("7", "7")),
    ],
)
def test_a_dossier_is_read_as_the_service_writes_it(members: dict[str, Any], dossier: Dossier) -> None:
    assert read_dossiers(answer([{"Id": 7, "Name": "X"} | members])) == [dossier]


@pytest.mark.parametrize("content", [{"Message": "no"}, "x", None, {}])
def test_a_list_that_is_none_is_unreadable(content: Any) -> None:
    with pytest.raises(UnreadableError):
        read_dossiers(answer(content))


def test_a_document_is_read_from_an_object_or_an_array() -> None:
    row = {
        "Id": 51000002,
        "Name": "facture-042.pdf",
        "OriginalName": "scan.pdf",
        "Size": 40,
        "OrigineId": 51000001,
        "CreatedAt": "2026-01-12T09:41:21.38Z",
        "Checksum": "ab6a",
        "SourceId": "pd-1",
        "Status": "Duplicate",
    }
    [remote] = read_documents(answer(row))
    assert read_documents(answer([row])) == [remote]
    assert remote.names == {"facture-042.pdf", "scan.pdf"}
    assert (remote.id, remote.kilobytes, remote.checksum, remote.source_id) == ("51000002", 40, "AB6A", "pd-1")
    assert remote.created == datetime(2026, 1, 12, 9, 41, 21, 380_000, tzinfo=UTC)
    assert remote.progress == Progress("Duplicate", final=True, twin="51000001")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-01-12T09:41:21Z", datetime(2026, 1, 12, 9, 41, 21, tzinfo=UTC)),
        ("2026-01-12T09:41:21.1234567Z", datetime(2026, 1, 12, 9, 41, 21, 123_456, tzinfo=UTC)),
        ("2026-01-12T09:41:21", datetime(2026, 1, 12, 9, 41, 21, tzinfo=UTC)),
        ("2026-01-12T10:41:21+01:00", datetime(2026, 1, 12, 9, 41, 21, tzinfo=UTC)),
        ("yesterday", None),
        (None, None),
        (0, None),
    ],
)
def test_moments_have_any_number_of_decimals(text: object, moment: datetime | None) -> None:
    assert read_documents(answer([{"Id": 1, "CreatedAt": text}]))[0].created == moment


@pytest.mark.parametrize(
    ("status", "final"),
    [
        ("Received", False),
        ("Processing", False),
        ("Something new", False),
        ("", False),
        ("Done", True),
        ("ToReview", True),
        ("ManualProcessing", True),
        ("Deleted", True),
    ],
)
def test_only_statuses_that_are_known_to_be_last_are_final(status: str, final: bool) -> None:  # noqa: FBT001 -- a parameter of the test
    assert read_documents(answer([{"Id": 1, "Status": status}]))[0].progress == Progress(status, final=final)


def test_a_document_with_a_day_of_deletion_is_deleted() -> None:
    row = {"Id": 1, "Status": "Done", "DeletedAt": "2026-01-12T09:41:21Z"}
    assert read_documents(answer([row]))[0].status == "Deleted"
