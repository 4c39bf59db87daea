"""An observer for the sandbox that holds both sides of every exchange against the contract's OpenAPI file."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesParser
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from openapi_core import Config, OpenAPI
from openapi_core.datatypes import RequestParameters
from openapi_core.exceptions import OpenAPIError
from werkzeug.datastructures import Headers, ImmutableMultiDict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pushdoc.sandbox import Exchange

_LOCAL_SERVER = "http://127.0.0.1:8089"  # as the OpenAPI file writes it; the sandbox's real port does not matter


class Witness:
    """Give `observe` to a sandbox as its observer; afterwards `violations` says what broke the contract, and by whom.

    A refusal is no violation. What an off-contract fault makes of an answer is one.
    """

    def __init__(self, spec_path: Path) -> None:
        config = Config(extra_media_type_deserializers={"multipart/form-data": _form})
        self._contract = OpenAPI.from_file_path(str(spec_path), config=config)
        self._lock = threading.Lock()
        self.observed = 0
        self.violations: list[str] = []

    def observe(self, exchange: Exchange) -> None:
        """Hold one exchange against the contract."""
        request, response = _Asked.of(exchange), _Answered.of(exchange)
        with self._lock:
            self.observed += 1
            for side, errors in (
                ("request", self._contract.iter_request_errors(request)),
                ("response", self._contract.iter_response_errors(request, response)),
            ):
                self.violations += [
                    f"{exchange.method} {exchange.path} ({exchange.status}), {side}: {text}" for text in _texts(errors)
                ]


@dataclass
class _Asked:
    """The request in the form that openapi-core reads."""

    host_url: str
    path: str
    method: str
    content_type: str
    body: bytes | None
    parameters: RequestParameters

    @classmethod
    def of(cls, exchange: Exchange) -> _Asked:
        headers = Headers(exchange.request_headers)
        path = exchange.path
        # The contract: the upload is written with a trailing slash, "a stand-in should accept both forms".
        if exchange.method == "POST" and path.endswith("/Documents"):
            path += "/"
        return cls(
            host_url=_LOCAL_SERVER,
            path=path,
            method=exchange.method.lower(),
            content_type=headers.get("Content-Type", ""),
            body=exchange.request_body or None,
            parameters=RequestParameters(
                query=ImmutableMultiDict(parse_qsl(exchange.query, keep_blank_values=True)),
                header=headers,
            ),
        )


@dataclass
class _Answered:
    """The answer in the form that openapi-core reads."""

    status_code: int
    content_type: str
    data: bytes | None
    headers: Headers = field(default_factory=Headers)

    @classmethod
    def of(cls, exchange: Exchange) -> _Answered:
        headers = Headers(exchange.response_headers)
        return cls(exchange.status, headers.get("Content-Type", ""), exchange.response_body or None, headers)


def _form(body: bytes, boundary: str = "", **_: str) -> ImmutableMultiDict[str, str]:
    """The parts of a form, files too, as text: to the schemas of OpenAPI 3.1 a file is a string."""
    head = f'Content-Type: multipart/form-data; boundary="{boundary}"\r\n\r\n'.encode()
    parts = BytesParser().parsebytes(head + body).get_payload()
    assert isinstance(parts, list)
    return ImmutableMultiDict([_part(part) for part in parts if isinstance(part, Message)])


def _part(part: Message) -> tuple[str, str]:
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return str(part.get_param("name", header="content-disposition")), content.decode("latin-1")


def _texts(errors: Iterator[Any]) -> Iterator[str]:
    """Each error in a line; what was wrong with the schema stands behind it."""
    try:
        for error in errors:
            details = [str(detail) for detail in getattr(error.__cause__, "schema_errors", ())] or [
                repr(error.__cause__)
            ]
            yield f"{error} {details}"
    except OpenAPIError as error:
        yield str(error)
