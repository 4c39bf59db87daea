"""The contract's OpenAPI file, held against the sandbox from both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from pushdoc.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Callable

    from visitor import Visitor
    from witness import Witness


def test_a_whole_day_of_normal_exchanges_keeps_the_contract(visit: Callable[..., Visitor], witness: Witness) -> None:
    with Sandbox(observer=witness.observe, requests_per_second=None) as sandbox:
        visitor = visit(sandbox)
        visitor.http.get("/provisioning/users/internal-access")
        for company in (9001, 9002, 9003, 1):
            visitor.http.get(f"/provisioning/companies/{company}/accounting-folders")
        number = visitor.upload(SourceId="drop-1", DocRef="F-881", DocumentName="facture.pdf").json()["Id"]
        visitor.upload()
        visitor.upload(TypeScan="Others", WithoutWorkflow="true", content=b"x", name="a.txt", media_type="text/plain")
        visitor.expense_bill(BeneficiaryFullName="Claire Durand", DocumentReference="NDF-1")
        sandbox.advance(3)
        visitor.http.get(visitor.documents())
        visitor.http.get(visitor.documents(), params={"pageNumber": 1, "pageSize": 2})
        visitor.one(number)
        visitor.http.get(visitor.documents(rest=f"/{number}/public-url"))
        visitor.upload(folder=700115)
        visitor.upload(folder=1)
        visitor.upload(content=b"")
        sandbox.revoke_tokens()
        visitor.upload()
        httpx.post(sandbox.token_url, data=visitor.token_form | {"password": "wrong"}, trust_env=False)
    assert witness.violations == []
    assert witness.observed == 19


def test_the_witness_tells_what_broke_the_contract_and_by_whom(visit: Callable[..., Visitor], witness: Witness) -> None:
    with Sandbox(observer=witness.observe, requests_per_second=None) as sandbox:
        visitor = visit(sandbox)
        breaches: list[Callable[[], httpx.Response]] = [
            lambda: visitor.upload(TypeScan=""),
            lambda: visitor.upload(FileSource="Web"),
            lambda: visitor.http.get("/provisioning/users/internal-access", headers={"Authorization": ""}),
            lambda: visitor.http.post(sandbox.token_url, data={"grant_type": "password"}),
            lambda: visitor.http.get("/api/nowhere"),
        ]
        for breach in breaches:
            witness.violations.clear()
            breach()
            assert "request:" in witness.violations[0]
        for fault in ("html", "no-id", "accepted"):
            witness.violations.clear()
            sandbox.faults.set(f"{fault}@upload=next:1")
            visitor.upload()
            assert len(witness.violations) == 1
            assert "response:" in witness.violations[0]
