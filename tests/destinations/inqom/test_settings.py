from __future__ import annotations

import sys
from datetime import timedelta
from subprocess import run
from typing import TYPE_CHECKING

import pytest
from pushed import PushedClock
from pydantic import ValidationError

from pushdoc.destinations.catalog import connect, settings_models
from pushdoc.destinations.inqom.settings import InqomSettings
from pushdoc.secret import Secret, SecretReference

if TYPE_CHECKING:
    from pathlib import Path

WRITTEN = {
    "type": "inqom",
    "username": "robot@cabinet.example",
    "password": "credential:inqom-password",
    "client_id": "cabinet-demo",
    "client_secret": "credential:inqom-client-secret",
}


def test_what_is_left_out_is_inqoms_production() -> None:
    settings = InqomSettings.model_validate(WRITTEN)
    assert settings.token_url == "https://auth.inqom.com/identity/connect/token"
    assert settings.api_url == "https://api.inqom.com"
    assert settings.documents_url == "https://api.inqom.com/accounting-documents"
    assert (settings.requests_per_second, settings.parallel) == (12, 4)
    assert (settings.scope, settings.timeout) == ("openid apidata", timedelta(seconds=60))


@pytest.mark.parametrize(
    "wrong",
    [{"requests_per_second": 0}, {"parallel": 0}, {"passwort": "env:X"}, {"password": "hunter2"}, {"username": " "}],
)
def test_what_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError) as raised:
        InqomSettings.model_validate(WRITTEN | wrong)
    assert "hunter2" not in str(raised.value)


def test_every_key_is_described() -> None:
    for model in settings_models().values():
        assert [name for name, field in model.model_fields.items() if not field.description] == []


def test_each_type_of_settings_makes_its_destination(tmp_path: Path) -> None:
    asked: list[SecretReference] = []

    def secret(reference: SecretReference) -> Secret:
        asked.append(reference)
        return Secret("hunter2")

    models = settings_models()
    inqom = connect("inqom", models["inqom"].model_validate(WRITTEN), secret, PushedClock())
    folder = connect("copies", models["folder"].model_validate({"path": str(tmp_path)}), secret, PushedClock())
    inqom.close()
    assert (inqom.name, inqom.parallel, folder.name, folder.parallel) == ("inqom", 4, "copies", 2)
    assert [reference.name for reference in asked] == ["inqom-password", "inqom-client-secret"]
    with pytest.raises(TypeError):
        connect("x", object(), secret, PushedClock())  # type: ignore[arg-type]  # what no catalogue gives


def test_knowing_the_settings_loads_no_http() -> None:
    asked = "import sys, pushdoc.destinations.catalog as c; c.settings_models(); sys.exit('httpx' in sys.modules)"
    assert run([sys.executable, "-c", asked], check=False).returncode == 0
