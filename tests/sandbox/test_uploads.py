"""What an upload must hold; everything else is refused."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from visitor import PDF, Visitor

from pushdoc.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx


def test_an_upload_is_answered_with_the_document_as_it_was_sent(visitor: Visitor) -> None:
    answer = visitor.upload(SourceId="drop-7f3c", DocRef="F-881", DocumentName="Reçu été.pdf", WithoutWorkflow="false")
    document = answer.json()
    created = document.pop("CreatedAt")
    assert created.endswith("Z")
    assert document == {
        "Id": 51_000_001,
        "AccountingFolderId": 700101,
        "Name": "Reçu été.pdf",
        "Type": "Supplier",
        "Size": 1,
        "Source": "Api",
        "SourceId": "drop-7f3c",
        "ClientSource": "Api",
        "DocRef": "F-881",
        "Checksum": hashlib.sha1(PDF, usedforsecurity=False).hexdigest().upper(),
        "Status": "Received",
        "OwnerId": 8123,
        "OriginalName": "facture-881.pdf",
        "ContentSource": "DocData",
    }


@pytest.mark.parametrize(("size", "kilobytes"), [(1, 1), (1024, 1), (1025, 2), (40_000, 40)])
def test_sizes_are_kilobytes_rounded_up(visitor: Visitor, size: int, kilobytes: int) -> None:
    assert visitor.upload(b"x" * size).json()["Size"] == kilobytes


def test_the_path_may_lack_its_last_slash(visitor: Visitor) -> None:
    answer = visitor.http.post(
        visitor.documents(),
        data={"TypeScan": "Client", "FileSource": "Api"},
        files={"Document": ("a.pdf", PDF, "application/pdf")},
    )
    assert answer.json()["Type"] == "Client"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"TypeScan": "Invoice"}, "TypeScan must be one of"),
        ({"TypeScan": ""}, "Missing fields: TypeScan"),
        ({"FileSource": "Web"}, "FileSource must be Api"),
        ({"FileSource": ""}, "Missing fields: FileSource"),
        ({"WithoutWorkflow": "True"}, "WithoutWorkflow"),
        ({"Colour": "red"}, "Unknown fields: Colour"),
        ({"content": b""}, "Document is empty"),
        ({"name": None}, "Document has no filename"),
        ({"name": "a/b.pdf"}, "separators"),
        ({"DocumentName": "a\\b.pdf"}, "separators"),
        ({"DocumentName": "a\nb.pdf"}, "control characters"),
        ({"DocumentName": "a" * 147 + ".pdf"}, "1 to 150"),
        ({"name": "a.pdf", "media_type": "image/png"}, "image/png does not fit a.pdf"),
        ({"name": "a", "media_type": "application/x-dosexec"}, "does not fit"),
    ],
)
def test_a_field_that_breaks_the_contract_is_refused_with_a_message(
    visitor: Visitor, change: dict[str, str], reason: str
) -> None:
    answer = visitor.upload(**change)  # type: ignore[arg-type]  # the table mixes bytes and texts
    assert answer.status_code == 400
    assert reason in answer.json()["Message"]
    assert visitor.sandbox.received() == []


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("scan.JPG", "image/jpeg"),
        ("a.xml", "text/xml; charset=utf-8"),
        ("a.pdf", "application/octet-stream"),
        ("é" * 146 + ".pdf", "application/pdf"),
    ],
)
def test_names_and_media_types_that_fit_are_taken(visitor: Visitor, name: str, media_type: str) -> None:
    assert visitor.upload(name=name, media_type=media_type).json()["OriginalName"] == name


def part(name: str, content: str = "", more: str = "", headers: str = "") -> str:
    return f'--edge\r\nContent-Disposition: form-data; name="{name}"{more}\r\n{headers}\r\n{content}\r\n'


FILE = part("Document", "x", '; filename="a.pdf"', "Content-Type: application/pdf\r\n")
FIELDS = part("TypeScan", "Client") + part("FileSource", "Api")


def send(
    visitor: Visitor, body: str | bytes, content_type: str = "multipart/form-data; boundary=edge"
) -> httpx.Response:
    content = body if isinstance(body, bytes) else body.encode()
    return visitor.http.post(visitor.documents(rest="/"), content=content, headers={"Content-Type": content_type})


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (FIELDS + FIELDS + FILE + "--edge--\r\n", "Sent more than once: FileSource, TypeScan"),
        (FIELDS + FILE + FILE + "--edge--\r\n", "Sent more than once: Document"),
        (FIELDS + FILE, "ends before its closing boundary"),
        (FIELDS + "--edge--\r\n", "Missing fields: Document"),
        (FIELDS + FILE + part("DocRef", "x", '; filename="b.pdf"') + "--edge--\r\n", "a text is expected: DocRef"),
        (FIELDS + "--edge\r\nContent-Type: text/plain\r\n\r\nx\r\n--edge--\r\n", "no Content-Disposition"),
        (FIELDS + part("DocRef", "x" * 70_000) + FILE + "--edge--\r\n", "DocRef is too long"),
        (part("DocRef", "x") * 51 + "--edge--\r\n", "More than 50 parts"),
        ("no boundary at all", "not well-formed"),
        ((FIELDS + FILE).encode() + part("DocRef").encode() + b"\xe9\r\n--edge--\r\n", "DocRef is not UTF-8"),
        ("", "ends before its closing boundary"),
    ],
)
def test_a_broken_form_is_refused(visitor: Visitor, body: str | bytes, reason: str) -> None:
    answer = send(visitor, body)
    assert answer.status_code == 400
    assert reason in answer.json()["Message"]
    assert visitor.sandbox.received() == []


def test_the_same_form_unbroken_is_taken(visitor: Visitor) -> None:
    assert send(visitor, FIELDS + FILE + "--edge--\r\n").status_code == 200


def test_another_kind_of_body_is_415_and_a_form_without_boundary_400(visitor: Visitor) -> None:
    assert send(visitor, "{}", "application/json").status_code == 415
    assert send(visitor, "", "").status_code == 415
    assert send(visitor, FIELDS, "multipart/form-data").status_code == 400


def test_a_file_over_the_limit_gets_the_front_ends_413_page(visit: Callable[[Sandbox], Visitor]) -> None:
    with Sandbox(max_size=1000) as sandbox:
        visitor = visit(sandbox)
        assert visitor.upload(b"x" * 1000).status_code == 200
        answer = visitor.upload(b"x" * 1001)
        assert answer.status_code == 413
        assert answer.headers["Content-Type"].startswith("text/html")
        assert visitor.upload(b"y").status_code == 200, "the connection goes on"
        assert len(sandbox.received()) == 2


def test_an_expense_bill_is_taken_by_its_own_route(visitor: Visitor) -> None:
    answer = visitor.expense_bill(
        BeneficiaryFullName="Claire Durand", FileNameWithExtension="taxi mai.pdf", DocumentReference="NDF-5"
    )
    assert answer.json() == {"DocumentId": 51_000_001}
    document = visitor.one(51_000_001)
    assert (document["Type"], document["Name"], document["DocRef"]) == ("ExpenseReport", "taxi mai.pdf", "NDF-5")
    assert document["UserDefinedThirdPartyName"] == "Claire Durand"
    assert visitor.expense_bill(TypeScan="Client").status_code == 400


def test_bytes_are_kept_only_if_asked(visit: Callable[[Sandbox], Visitor], visitor: Visitor) -> None:
    number = visitor.upload().json()["Id"]
    assert visitor.sandbox.content(number) is None
    with Sandbox(keep_content=True) as keeping:
        number = visit(keeping).upload().json()["Id"]
        assert keeping.content(number) == PDF
