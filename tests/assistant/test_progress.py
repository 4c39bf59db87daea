from __future__ import annotations

from typing import Any

import pytest

from pushdoc.assistant.progress import Step, destination_name, next_step

CHOSEN = {"clients": {"root": "/srv", "only": ["*"]}}
ACCOUNT = {"type": "inqom", "username": "u", "password": "p", "client_id": "c", "client_secret": "s"}
CONNECTED = {**CHOSEN, "destination": {"inqom": ACCOUNT}}


@pytest.mark.parametrize(
    ("document", "step"),
    [
        ({}, Step.CLIENTS),
        ({"clients": {"root": "/srv", "table": "x.csv"}}, Step.CLIENTS),
        (CHOSEN, Step.CONNECTION),
        ({"clients": {"root": "/srv"}, "client": [{"folder": "A"}]}, Step.CONNECTION),
        ({**CHOSEN, "destination": {"inqom": {"username": "u"}}}, Step.CONNECTION),
        ({**CHOSEN, "destination": {"copies": {"type": "folder"}}}, Step.CONNECTION),
        (CONNECTED, Step.MAPPING),
        ({**CONNECTED, "rule": [{"name": "A"}]}, None),
        ({"clients": 3, "destination": []}, Step.CLIENTS),
        ({**CHOSEN, "destination": {"inqom": 3}}, Step.CONNECTION),
    ],
)
def test_a_set_up_goes_on_with_the_first_step_that_is_not_done(document: dict[str, Any], step: Step | None) -> None:
    assert next_step(document) == step


def test_the_account_keeps_the_name_that_the_rules_give_it() -> None:
    assert destination_name({}) == "inqom"
    assert destination_name({"destination": {"copies": {"type": "folder"}, "paris": ACCOUNT}}) == "paris"
