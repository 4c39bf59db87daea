from __future__ import annotations

import json
import socket
import threading
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from destinations.contract import DestinationContract, receipt_of
from rude import RudeServer, read_request

from pushdoc.clock import SystemClock
from pushdoc.deliver.destination import (
    Absent,
    Accepted,
    CannotTell,
    Delayed,
    Delivered,
    Doubtful,
    Found,
    Progress,
    Refused,
    Scope,
    ServiceTroubleError,
)
from pushdoc.document import DocumentType, Dossier
from pushdoc.sandbox import (
    DEMO_CLIENT_SECRET,
    DEMO_PASSWORD,
    SECOND_FACTOR_USERNAME,
    Company,
    Sandbox,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from destinations.papers import Papers
    from pushed import PushedClock
    from rude import Manners
    from witness import Witness

    from pushdoc.destinations.inqom.client import Inqom

    Connect = Callable[..., Inqom]
    Script = Callable[[dict[str, tuple[int, Any]]], RudeServer]


class TestInqom(DestinationContract):
    """Inqom, as the sandbox plays it."""

    @pytest.fixture
    def unreachable(self, connect: Connect) -> Inqom:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        return connect(f"http://127.0.0.1:{port}")

    @pytest.fixture
    def arrived(self, sandbox: Sandbox) -> Callable[[], list[str]]:
        return lambda: [received.sha256 for received in sandbox.received()]

    @pytest.fixture
    def secrets(self) -> list[str]:
        return [DEMO_PASSWORD, DEMO_CLIENT_SECRET]


@pytest.fixture
def rude() -> Iterator[Callable[..., RudeServer]]:
    with ExitStack() as stack:

        def start(manners: Manners) -> RudeServer:
            server = RudeServer(manners)
            stack.callback(server.close)
            return server

        yield start


@pytest.fixture
def script(rude: Callable[..., RudeServer]) -> Script:
    """Starts servers that answer each path with a status and JSON, for what no sandbox does."""

    def start(answers: dict[str, tuple[int, Any]]) -> RudeServer:
        def treat(connection: socket.socket) -> None:
            while True:
                path = read_request(connection).split()[1].decode().partition("?")[0]
                status, content = answers[path]
                body = json.dumps(content() if callable(content) else content).encode()
                connection.sendall(b"HTTP/1.1 %d So\r\nContent-Length: %d\r\n\r\n%s" % (status, len(body), body))

        return rude(treat)

    return start


@pytest.fixture(autouse=True)
def keeps_the_contract(request: pytest.FixtureRequest, witness: Witness) -> Iterator[None]:
    """Every request that was sent is one of the contract's; what a fault made of an answer is not ours."""
    yield
    faulty = request.node.get_closest_marker("parametrize") or "fault" in request.node.name
    assert [one for one in witness.violations if ", request:" in one or not faulty] == []


@pytest.mark.parametrize("kind", DocumentType)
def test_each_type_arrives_as_inqom_wants_it(
    destination: Inqom, papers: Papers, sandbox: Sandbox, kind: DocumentType, witness: Witness
) -> None:
    parcel = papers.parcel(type=kind, name="pièce n°1.pdf")
    receipt = receipt_of(destination, parcel)
    [received] = sandbox.received()
    assert (str(received.document_id), received.name) == (receipt, "pièce n°1.pdf")
    expense = kind is DocumentType.EXPENSE_REPORT
    assert received.variant == ("B" if expense else "A")
    assert (received.source_id or received.doc_ref) == parcel.reference
    assert received.beneficiary == ("Boulangerie Martin" if expense else None)
    assert received.without_workflow == (kind in {DocumentType.OTHER, DocumentType.ADMINISTRATIVE})
    assert destination.ask(papers.document(parcel)) == Found((receipt,))
    assert witness.violations == []
    assert witness.observed


def test_an_expense_report_can_go_by_the_documents_service(
    destination: Inqom, papers: Papers, sandbox: Sandbox
) -> None:
    receipt_of(destination, papers.parcel(type=DocumentType.EXPENSE_REPORT, send_as="ExpenseReport"))
    assert [(received.variant, received.type) for received in sandbox.received()] == [("A", "ExpenseReport")]


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("401=next:1", (Delivered, 1)),
        ("401=1", (Delayed, 0)),
        ("403=1", (Delayed, 0)),
        ("404=1", (Delayed, 0)),
        ("429=1", (Delayed, 0)),
        ("429-seconds:7=1", (Delayed, 0)),
        ("429-garbage=1", (Delayed, 0)),
        ("500@upload=1", (Doubtful, 0)),
        ("504@upload=1", (Doubtful, 0)),
        ("html@upload=1", (Doubtful, 0)),
        ("reset-before@upload=1", (Delayed, 0)),
        ("reset-after=1", (Doubtful, 1)),
        ("no-id=1", (Doubtful, 1)),
        ("error-after=1", (Doubtful, 1)),
        ("array=1", (Delivered, 1)),
        ("created=1", (Delivered, 1)),
        ("accepted=1", (Accepted, 1)),
        ("503@token=next:2", (Delivered, 1)),
        ("503@token=1", (Delayed, 0)),
        ("html@token=1", (Delayed, 0)),
    ],
)
def test_each_fault_has_its_outcome(
    destination: Inqom, papers: Papers, sandbox: Sandbox, fault: str, expected: tuple[type, int]
) -> None:
    sandbox.faults.set(fault)
    outcome = destination.send(papers.parcel(b"x" * 3_000_000))
    assert (type(outcome), len(sandbox.received())) == expected


@pytest.mark.parametrize("fault", ["reset-after=1", "no-id=1", "error-after=1", "silent=1"])
@pytest.mark.parametrize("kind", [DocumentType.PURCHASE_INVOICE, DocumentType.EXPENSE_REPORT])
def test_a_doubtful_document_that_arrived_is_found(
    connect: Connect, papers: Papers, sandbox: Sandbox, fault: str, kind: DocumentType
) -> None:
    destination = connect(sandbox.url, time=SystemClock(), timeout="500ms")
    sandbox.faults.set(fault)
    parcel = papers.parcel(type=kind)
    assert isinstance(destination.send(parcel), Doubtful)
    sandbox.faults.clear()
    assert destination.ask(papers.document(parcel)) == Found((str(sandbox.received()[0].document_id),))


def test_what_cannot_be_asked_cannot_be_told_whatever_the_fault(
    destination: Inqom, papers: Papers, sandbox: Sandbox
) -> None:
    document = papers.document(papers.parcel())
    for word in ("503@read=1", "html@read=1", "401@read=1", "403@read=1", "404@read=1"):
        sandbox.faults.clear()
        sandbox.faults.set(word)
        assert isinstance(destination.ask(document), CannotTell)
    assert isinstance(destination.ask(replace(document, dossier=None)), CannotTell)


@pytest.mark.parametrize("paging", [True, False])
def test_a_document_is_found_among_many_whether_or_not_lists_are_paged(
    clock: PushedClock,
    connect: Connect,
    papers: Papers,
    paging: bool,  # noqa: FBT001 -- a parameter of the test
) -> None:
    with Sandbox(requests_per_second=None, paging=paging, clock=clock.monotonic, started=clock.now()) as sandbox:
        destination = connect(sandbox.url)
        parcels = [papers.parcel() for _ in range(450)]
        receipts = [receipt_of(destination, parcel) for parcel in parcels]
        assert destination.ask(papers.document(parcels[-1])) == Found((receipts[-1],))
        assert destination.ask(papers.document(papers.parcel())) == Absent()


def test_a_token_that_was_revoked_is_replaced_without_a_failed_document(
    destination: Inqom, papers: Papers, sandbox: Sandbox
) -> None:
    receipt_of(destination, papers.parcel())
    sandbox.revoke_tokens()
    receipt_of(destination, papers.parcel(b"x" * 300_000))
    assert [request.status for request in sandbox.requests()] == [200, 200, 401, 200, 200]


def test_a_dossier_that_is_not_there_or_not_ours_is_the_dossiers_trouble(destination: Inqom, papers: Papers) -> None:
    unknown, forbidden = destination.send(papers.parcel(dossier="1")), destination.send(papers.parcel(dossier="700116"))
    assert isinstance(unknown, Delayed)
    assert isinstance(forbidden, Delayed)
    assert (unknown.scope, unknown.once, unknown.reason.code) == (
        Scope.DOSSIER,
        True,
        "inqom.dossier_unknown_because",
    )
    assert (forbidden.scope, forbidden.once) == (Scope.DOSSIER, False)


def test_what_inqom_refuses_is_refused_with_its_words(destination: Inqom, papers: Papers, sandbox: Sandbox) -> None:
    too_large = destination.send(papers.parcel(b"x" * (sandbox.max_size + 1)))
    assert isinstance(too_large, Refused)
    assert too_large.reason.code == "inqom.too_large"


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"password": "wrong"}, "inqom.wrong_password"),
        ({"secret": "wrong"}, "inqom.wrong_client"),
        ({"client_id": "nobody"}, "inqom.wrong_client"),
        ({"username": SECOND_FACTOR_USERNAME}, "inqom.second_factor"),
        ({"scope": "nonsense"}, "inqom.wrong_scope"),
        ({"scope": "openid"}, "inqom.list_forbidden_because"),
        ({"token_url": "http://inqom.invalid/token"}, "deliver.name_unknown"),
    ],
)
def test_check_says_the_very_reason(sandbox: Sandbox, connect: Connect, settings: dict[str, str], code: str) -> None:
    health = connect(sandbox.url, **settings).check()
    assert health.trouble is not None
    assert health.trouble.code == code
    assert health.reachable == code.startswith("inqom.")
    assert health.needs_person == health.reachable


def test_an_account_that_sees_nothing_is_told_so(clock: PushedClock, connect: Connect) -> None:
    with Sandbox(companies=[Company(1, "X", access="None")], folders=[], clock=clock.monotonic) as sandbox:
        health = connect(sandbox.url).check()
    assert health.trouble is not None
    assert (health.trouble.code, health.needs_person) == ("inqom.no_company", True)


@pytest.mark.parametrize(("fault", "code"), [("503=1", "inqom.failed"), ("html=1", "inqom.unreadable")])
def test_a_service_that_fails_is_not_reached_and_nobodys_fault(
    destination: Inqom, sandbox: Sandbox, fault: str, code: str
) -> None:
    sandbox.faults.set(fault)
    health = destination.check()
    assert health.trouble is not None
    assert (health.trouble.code, health.reachable, health.needs_person) == (code, False, False)
    with pytest.raises(ServiceTroubleError) as raised:
        destination.dossiers()
    assert raised.value.delayed.reason.code == code


def test_dossiers_of_all_companies_come_once_each(destination: Inqom, sandbox: Sandbox) -> None:
    dossiers = {dossier.id: dossier for dossier in destination.dossiers()}
    assert len(dossiers) == len(destination.dossiers())
    shown = {str(folder.id): folder for folder in sandbox.folders}
    firm = dossiers["700101"]
    assert firm.siret == shown["700101"].siret
    assert firm.open
    assert dossiers["700201"].siret == shown["700201"].siret  # an SME's own
    assert dossiers["700301"].siret == ""  # given singly, by a firm that we do not see
    assert not dossiers["700114"].open


def test_a_company_that_may_not_be_listed_does_not_hide_the_others(connect: Connect, script: Script) -> None:
    server = script(
        {
            "/identity/connect/token": (200, {"access_token": "abc"}),
            "/provisioning/users/internal-access": (
                200,
                [
                    {"Id": 1, "AccessType": "Company"},
                    {"Id": 2, "AccessType": "Company"},
                    {"Id": 71, "Name": "GARAGE", "AccessType": "AccountingFolder", "CompanyId": 3},
                    {"Id": 72, "Name": "TABAC", "AccessType": "AccountingFolder"},
                ],
            ),
            "/provisioning/companies/1/accounting-folders": (403, {"Message": "no"}),
            "/provisioning/companies/2/accounting-folders": (200, [{"Id": 70, "Name": "BOULANGERIE"}]),
            "/provisioning/companies/3/accounting-folders": (
                200,
                [{"Id": 71, "Name": "GARAGE", "Siren": "810001305", "Nic": 12}],
            ),
        },
    )
    assert connect(server.url).dossiers() == [
        Dossier("70", "BOULANGERIE"),
        Dossier("71", "GARAGE", "810001305", "00012"),
        Dossier("72", "TABAC"),
    ]


def test_a_company_whose_list_fails_hides_none_by_it(connect: Connect, script: Script) -> None:
    server = script(
        {
            "/identity/connect/token": (200, {"access_token": "abc"}),
            "/provisioning/users/internal-access": (200, [{"Id": 1, "AccessType": "Company"}]),
            "/provisioning/companies/1/accounting-folders": (500, {}),
        },
    )
    with pytest.raises(ServiceTroubleError):
        connect(server.url).dossiers()


def test_a_list_without_end_is_given_up(connect: Connect, script: Script, papers: Papers) -> None:
    numbers = count(1)
    server = script(
        {
            "/identity/connect/token": (200, {"access_token": "abc"}),
            "/accounting-documents/api/accounting-documents/accounting-folders/700101/Documents": (
                200,
                lambda: [{"Id": next(numbers)}],
            ),
        },
    )
    finding = connect(server.url).ask(papers.document(papers.parcel()))
    assert isinstance(finding, CannotTell)
    assert finding.reason.code == "inqom.list_endless"


def test_what_became_of_documents_is_learnt_by_one_list(
    destination: Inqom, papers: Papers, sandbox: Sandbox, clock: PushedClock
) -> None:
    since = clock.now()
    receipts = [receipt_of(destination, papers.parcel()) for _ in range(5)]
    twin = receipt_of(destination, papers.parcel(b"same"))
    duplicate = receipt_of(destination, papers.parcel(b"same"))
    clock.push(600)
    before = len(sandbox.requests())
    told = destination.follow(papers.dossier, [*receipts, twin, duplicate, "1"], since)
    assert [request.route for request in sandbox.requests()[before:]].count("getDocument") <= 1
    assert told.keys() == {*receipts, twin, duplicate}
    assert told[duplicate] == Progress("Duplicate", final=True, twin=twin)
    assert all(told[receipt].final for receipt in receipts)


def test_a_document_that_lists_do_not_show_yet_is_read_by_itself(
    clock: PushedClock, connect: Connect, papers: Papers
) -> None:
    with Sandbox(requests_per_second=None, visible_after=3600, clock=clock.monotonic, started=clock.now()) as sandbox:
        destination = connect(sandbox.url)
        receipt = receipt_of(destination, papers.parcel())
        told = destination.follow(papers.dossier, [receipt], clock.now() - timedelta(minutes=1))
        assert not told[receipt].final


def test_all_routes_together_keep_the_pace_in_real_time(connect: Connect, papers: Papers) -> None:
    with Sandbox(requests_per_second=15) as sandbox:
        destination = connect(sandbox.url, time=SystemClock(), requests_per_second=12)
        parcels = [papers.parcel() for _ in range(24)]
        threads = [
            threading.Thread(target=lambda own=parcels[number::8]: [destination.send(one) for one in own])
            for number in range(8)
        ]
        for thread in threads:
            thread.start()
        destination.ask(papers.document(parcels[0]))
        for thread in threads:
            thread.join()
        assert len(sandbox.received()) == 24
        assert sandbox.over_pace == 0


def test_closing_ends_a_wait_for_the_pace_and_for_an_answer(connect: Connect, papers: Papers, sandbox: Sandbox) -> None:
    destination = connect(sandbox.url, time=SystemClock(), requests_per_second=0.01)
    ended: list[object] = []
    waits = threading.Thread(target=lambda: ended.append(destination.send(papers.parcel())))
    waits.start()
    while not sandbox.requests():
        pass
    destination.close()
    waits.join(10)
    assert [type(outcome) for outcome in ended] == [Delayed]


def test_a_redirect_gets_neither_token_nor_document(
    connect: Connect, papers: Papers, sandbox: Sandbox, rude: Callable[..., RudeServer]
) -> None:
    def moved(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(b"HTTP/1.1 307 Moved\r\nContent-Length: 0\r\nLocation: %s/\r\n\r\n" % other.url.encode())

    other = rude(lambda connection: connection.close())
    outcome = connect(sandbox.url, documents_url=rude(moved).url).send(papers.parcel())
    assert isinstance(outcome, Delayed)
    assert (outcome.reason.code, outcome.needs_person) == ("inqom.wrong_address", True)
    assert other.connections == 0
