"""The control routes: what tests in the same process do by methods, others do over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from visitor import Visitor


def test_the_record_and_the_counts_can_be_read(visitor: Visitor) -> None:
    visitor.upload()
    visitor.upload(folder=77)
    visitor.http.get("/nowhere")
    assert [row["name"] for row in visitor.http.get("/_sandbox/record").json()] == ["facture-881.pdf"]
    assert visitor.http.get("/_sandbox/requests").json() == {
        "getToken": {"200": 1},
        "uploadDocument": {"200": 1, "404": 1},
        "unknown": {"404": 1},
    }


def test_faults_can_be_switched(visitor: Visitor) -> None:
    answer = visitor.http.post("/_sandbox/faults", json={"faults": ["503@upload=1"]})
    assert answer.json() == visitor.http.get("/_sandbox/faults").json() == {"faults": ["503@upload=1"]}
    assert visitor.upload().status_code == 503
    visitor.http.post("/_sandbox/faults", json={"faults": []})
    assert visitor.upload().status_code == 200


@pytest.mark.parametrize("body", [b"", b"[]", b'{"faults": 3}', b'{"faults": [3]}', b'{"faults": ["600=1"]}'])
def test_a_wrong_switch_is_refused_and_changes_nothing(visitor: Visitor, body: bytes) -> None:
    visitor.sandbox.faults.set("503@upload=1")
    answer = visitor.http.post("/_sandbox/faults", content=body)
    assert answer.status_code == 400
    assert answer.json()["Message"]
    assert visitor.sandbox.faults.active() == ["503@upload=1"]


def test_time_can_be_pushed(visitor: Visitor) -> None:
    number = visitor.upload().json()["Id"]
    assert visitor.http.post("/_sandbox/advance", params={"seconds": 300}).status_code == 200
    assert visitor.one(number)["Status"] == "Done"
    for seconds in ("-1", "nan", "inf", "soon", ""):
        assert visitor.http.post("/_sandbox/advance", params={"seconds": seconds}).status_code == 400


def test_tokens_can_be_revoked(visitor: Visitor) -> None:
    assert visitor.http.post("/_sandbox/revoke").status_code == 200
    assert visitor.upload().status_code == 401


def test_another_control_route_is_not_found(visitor: Visitor) -> None:
    assert visitor.http.get("/_sandbox/nothing").status_code == 404
