"""A thousand documents in one pass: each arrives exactly once, just under the service's limit."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from service.firm import KINDS, Firm

from pushdoc.states import State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pushdoc.sandbox import Request

pytestmark = pytest.mark.service

SENT_AS = {"Achats": "Supplier", "Ventes": "Client", "Frais": "ExpenseReport"}
UPLOADS = {"uploadDocument", "uploadExpenseBill"}


@pytest.fixture
def firm(tmp_path: Path) -> Iterator[Firm]:
    firm = Firm(tmp_path, clients=50)  # without a witness: it would be slower than what it looks at
    yield firm
    firm.end()
    assert firm.leaks() == []


def busiest_second(requests: list[Request]) -> int:
    """The most requests that arrived within any one second."""
    arrived = sorted(request.at for request in requests)
    most = first = 0
    for last, at in enumerate(arrived):
        while arrived[first] <= at - 1:
            first += 1
        most = max(most, last - first + 1)
    return most


def pass_once(firm: Firm, documents: int, *, rate: int, limit: int) -> float:
    """Drop so many documents, make one pass, and ask the service's own record; the uploads a second on average."""
    wanted: Counter[tuple[str, int, str]] = Counter()
    for number in range(documents):
        client, kind = firm.names[number % len(firm.names)], list(KINDS)[number % len(KINDS)]
        firm.drop(f"{number:04}.pdf", client=client, kind=kind)
        wanted[f"{number:04}.pdf", firm.dossiers[client], SENT_AS[kind]] += 1
    with firm.inqom(requests_per_second=limit) as inqom:
        firm.write_rules(inqom.url, ("requests_per_second = 200", f"requests_per_second = {rate}"))
        code, out, err = firm.command("once", "--wait")

        assert (code, err) == (0, "")
        assert out.startswith(f"{documents} transmis, 0 doublon, 0 non transmis, 0 en attente")
        assert Counter((one.name, one.folder, one.type) for one in inqom.received()) == wanted
        assert inqom.over_pace == 0
        assert {request.status for request in inqom.requests()} == {200}
        uploads = [request.at for request in inqom.requests() if request.route in UPLOADS]
        average = (len(uploads) - 1) / (max(uploads) - min(uploads))
        busiest = busiest_second(inqom.requests())
    measured = f"{average:.1f} uploads/s, at most {busiest} requests in a second of {limit} allowed"
    sys.stdout.write(f"{documents} documents: {measured}\n")
    assert busiest <= limit
    assert {document.state for document in firm.documents()} == {State.ARCHIVED}
    assert not [file for kind in KINDS for file in firm.root.glob(f"*/{kind}/*/*/*.pdf")]
    return average


def test_a_thousand_documents_arrive_once_each_just_under_a_fivefold_limit(firm: Firm) -> None:
    pass_once(firm, 1000, rate=60, limit=75)  # how fast it is on average is the machine's affair here


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_thousand_documents_arrive_once_each_just_under_the_true_limit(firm: Firm) -> None:
    assert pass_once(firm, 1000, rate=12, limit=15) > 0.9 * 12
