from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pushdoc.destinations.inqom.form import NAME_LIMIT, fit_name, token_form, unfit, upload_form
from pushdoc.destinations.inqom.settings import InqomSettings
from pushdoc.document import DocumentType
from pushdoc.secret import Secret

if TYPE_CHECKING:
    from destinations.papers import Papers

SETTINGS = InqomSettings.model_validate(
    {
        "username": "robot@cabinet.example",
        "password": "env:P",
        "client_id": "cabinet-demo",
        "client_secret": "env:S",
        "documents_url": "http://inqom.example/accounting-documents",
    },
)
ROUTE_A = "http://inqom.example/accounting-documents/api/accounting-documents/accounting-folders/700101/Documents/"
ROUTE_B = "http://inqom.example/accounting-documents/api/v1/accounting-folders/700101/expense-bills"


def test_the_token_is_asked_for_with_the_six_fields_of_the_contract() -> None:
    assert token_form(SETTINGS, Secret("p"), Secret("s")) == {
        "grant_type": "password",
        "client_id": "cabinet-demo",
        "client_secret": "s",
        "username": "robot@cabinet.example",
        "password": "p",
        "scope": "openid apidata",
    }


@pytest.mark.parametrize(
    ("kind", "send_as", "own"),
    [
        (DocumentType.SALES_INVOICE, None, {"TypeScan": "Client"}),
        (DocumentType.PURCHASE_INVOICE, None, {"TypeScan": "Supplier"}),
        (DocumentType.OTHER, None, {"TypeScan": "Others", "WithoutWorkflow": "true"}),
        (
            DocumentType.ADMINISTRATIVE,
            None,
            {"TypeScan": "Others", "WithoutWorkflow": "true", "DocRef": "Administratif"},
        ),
        (DocumentType.EXPENSE_REPORT, "ExpenseReport", {"TypeScan": "ExpenseReport"}),
    ],
)
def test_each_type_goes_by_the_documents_service(
    papers: Papers, kind: DocumentType, send_as: str | None, own: dict[str, str]
) -> None:
    form = upload_form(papers.parcel(type=kind, send_as=send_as), SETTINGS)
    assert form.url == ROUTE_A
    assert form.fields == {"FileSource": "Api", "DocumentName": "facture.pdf", "SourceId": "pd-0001"} | own
    assert (form.file_field, form.filename, form.media_type) == ("Document", "facture.pdf", "application/pdf")


@pytest.mark.parametrize("send_as", [None, "expense-bills"])
@pytest.mark.parametrize(("beneficiary", "named"), [(None, "Boulangerie Martin"), ("Claire Durand", "Claire Durand")])
def test_an_expense_report_goes_by_its_own_route(
    papers: Papers, send_as: str | None, beneficiary: str | None, named: str
) -> None:
    parcel = papers.parcel(type=DocumentType.EXPENSE_REPORT, send_as=send_as, beneficiary=beneficiary, name="taxi.JPG")
    form = upload_form(parcel, SETTINGS)
    assert form.url == ROUTE_B
    assert form.fields == {
        "BeneficiaryFullName": named,
        "FileNameWithExtension": "taxi.JPG",
        "DocumentReference": "pd-0001",
    }
    assert (form.file_field, form.media_type) == ("File", "image/jpeg")


def test_how_an_administratif_goes_can_be_set(papers: Papers) -> None:
    settings = SETTINGS.model_copy(update={"administratif": "Supplier"})
    assert upload_form(papers.parcel(type=DocumentType.ADMINISTRATIVE), settings).fields["TypeScan"] == "Supplier"


def test_a_pinned_dossier_that_is_no_number_stays_one_part_of_the_address(papers: Papers) -> None:
    assert "/accounting-folders/..%2F1/" in upload_form(papers.parcel(dossier="../1"), SETTINGS).url


def test_a_quote_is_kept_in_the_name_and_not_in_the_parts_filename(papers: Papers) -> None:
    form = upload_form(papers.parcel(name='le "grand" café.pdf'), SETTINGS)
    assert form.fields["DocumentName"] == 'le "grand" café.pdf'
    assert form.filename == "le 'grand' café.pdf"


@pytest.mark.parametrize(
    ("name", "fit"),
    [
        ("facture.pdf", "facture.pdf"),
        ("a/b\\c.pdf", "a_b_c.pdf"),
        ("a\tb\n\u2028c.pdf", "a_b__c.pdf"),
        ("caf\udce9.pdf", "caf\ufffd.pdf"),
        ("e\u0301te\u0301.pdf", "été.pdf"),
        (" facture .pdf ", "facture .pdf"),
        ("", "document"),
        (".pdf", ".pdf"),
        ("x" * 300 + ".pdf", "x" * 145 + ".pdf"),
        ("x" * 300, "x" * 149),
        ("🧾" * 100 + ".pdf", "🧾" * 72 + ".pdf"),
        ("a." + "x" * 300, "a." + "x" * 147),
    ],
)
def test_names_are_made_fit(name: str, fit: str) -> None:
    assert fit_name(name) == fit


@given(st.text(max_size=400))
def test_every_name_is_made_fit_and_stays_so(name: str) -> None:
    fit = fit_name(name)
    assert 0 < len(fit.encode("utf-16-le")) // 2 <= NAME_LIMIT
    assert not set(fit) & {"/", "\\", "\n", "\0", "\x7f"}
    assert fit_name(fit) == fit


@pytest.mark.parametrize(
    ("kind", "name", "size", "code"),
    [
        (DocumentType.PURCHASE_INVOICE, "a.pdf", 1, None),
        (DocumentType.PURCHASE_INVOICE, "a.PDF", 0, "inqom.empty"),
        (DocumentType.PURCHASE_INVOICE, "a", 1, "inqom.no_extension"),
        (DocumentType.PURCHASE_INVOICE, ".pdf", 1, "inqom.no_extension"),
        (DocumentType.PURCHASE_INVOICE, "a.XLSX", 1, "inqom.no_extraction"),
        (DocumentType.EXPENSE_REPORT, "a.txt", 1, "inqom.no_extraction"),
        (DocumentType.OTHER, "a.xlsx", 1, None),
        (DocumentType.ADMINISTRATIVE, "a.docx", 1, None),
        (DocumentType.PURCHASE_INVOICE, "a.tif", 1, None),
    ],
)
def test_only_what_inqom_can_never_take_is_refused_unasked(
    kind: DocumentType, name: str, size: int, code: str | None
) -> None:
    refused = unfit(kind, name, size)
    assert (refused and refused.code) == code
