from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from pushdoc.deliver.multipart import FilePart, Multipart

if TYPE_CHECKING:
    from collections.abc import Callable

    from pushdoc.deliver.body import OutgoingBody

    Make = Callable[[bytes], OutgoingBody]

CONTENT = bytes(range(256)) * 2000


@pytest.mark.parametrize(
    "name", ["facture.pdf", "Facture été « n°3 ».pdf", 'a "quoted" one.pdf', "back\\slash.pdf", "line\r\nend.pdf"]
)
def test_a_form_is_byte_for_byte_what_httpx_would_send(body: Make, name: str) -> None:
    fields = {"TypeScan": "Supplier", "DocumentName": "à payer\r\ndemain", 'a"b': "c"}
    form = Multipart(fields, FilePart("Document", name, "application/pdf", body(CONTENT)))
    request = httpx.Request(
        "POST",
        "http://inqom.example/",
        headers={"Content-Type": form.headers["Content-Type"]},
        data=fields,
        files={"Document": (name, CONTENT, "application/pdf")},
    )
    assert b"".join(form) == request.read()
    assert form.headers["Content-Length"] == request.headers["Content-Length"]


def test_no_two_forms_have_the_same_boundary(body: Make) -> None:
    forms = [Multipart({}, FilePart("File", "a.pdf", "application/pdf", body(b"x"))) for _ in range(2)]
    assert forms[0].headers["Content-Type"] != forms[1].headers["Content-Type"]
