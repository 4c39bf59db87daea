"""What Inqom does with a request: the operations of the contract, without sockets and without faults."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, assert_never
from urllib.parse import parse_qs

from pushdoc.sandbox.account import read_form
from pushdoc.sandbox.answers import Answer, Refusal, as_json, message, refuse
from pushdoc.sandbox.forms import FormReader
from pushdoc.sandbox.record import Received
from pushdoc.sandbox.routes import Group, Operation, Route
from pushdoc.sandbox.uploads import FILE_A, FILE_B, MAX_SIZE, document_upload, expense_upload

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pushdoc.sandbox.account import Tokens
    from pushdoc.sandbox.documents import Document, Documents
    from pushdoc.sandbox.folders import Directory
    from pushdoc.sandbox.hours import Hours
    from pushdoc.sandbox.pace import Pace
    from pushdoc.sandbox.record import Record

_SMALL_BODY = 1024 * 1024
_PAGE_SIZE = 100
_FILES = frozenset({FILE_A, FILE_B})


class Body(Protocol):
    """Something that takes a request's body in pieces."""

    def feed(self, data: bytes) -> None:
        """Take the next piece."""


class SmallBody:
    """A body that is kept whole, up to 1 MiB; what comes after that is let go."""

    def __init__(self) -> None:
        self.content = b""

    def feed(self, data: bytes) -> None:
        """Take the next piece."""
        if len(self.content) < _SMALL_BODY:
            self.content += data


@dataclass(slots=True)
class Call:
    """One request; the names in `headers` are lower-case.

    `arrived` is the monotonic second at which its headers were there, `route` what it is counted under.
    """

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    arrived: float
    route: str = "unknown"
    body: Body = field(default_factory=SmallBody)

    @property
    def content_type(self) -> str:
        """The body's media type with its parameters."""
        return self.headers.get("content-type", "")

    @property
    def authorization(self) -> str | None:
        """What the sender says of itself."""
        return self.headers.get("authorization")


@dataclass(frozen=True, slots=True)
class Terms:
    """How strict the service is: bytes of one file, whether lists are paged, whether bytes are kept."""

    max_size: int = MAX_SIZE
    paging: bool = True
    keep_content: bool = False


@dataclass(frozen=True, slots=True)
class Service:
    """The service's parts, put together."""

    tokens: Tokens
    directory: Directory
    documents: Documents
    pace: Pace
    hours: Hours
    record: Record
    terms: Terms

    def body_for(self, call: Call, operation: Operation) -> Body:
        """What is to take the body of this request."""
        if operation.group is Group.UPLOAD:
            terms = self.terms
            return FormReader(call.content_type, _FILES, terms.max_size, keep=terms.keep_content)
        return SmallBody()

    def paced_on_arrival(self, call: Call) -> Answer | None:
        """429 where the token's account is over its pace; a token that was never given out has no account."""
        owner = self.tokens.owner(call.authorization)
        if owner and not self.pace.admit(owner.paced_as, call.arrived):
            return Answer(429)
        return None

    def handle(self, call: Call, route: Route, base_url: str) -> Answer:
        """The answer, once the body has been taken whole."""
        if route.operation is Operation.TOKEN:
            return self._token(call)
        try:
            user = self.tokens.let_in(call.authorization, self.hours.seconds()).user_id
            return self._allowed(call, route, user, base_url)
        except Refusal as refusal:
            return refusal.answer

    def _token(self, call: Call) -> Answer:
        form = read_form(_content(call))
        named = tuple(form.get(name, [""])[0] for name in ("client_id", "username"))
        if not self.pace.admit(named, call.arrived):
            return Answer(429)
        return self.tokens.issue(call.content_type, call.query, form, self.hours.seconds())

    def _allowed(self, call: Call, route: Route, user: int, base_url: str) -> Answer:
        match route.operation:
            case Operation.INTERNAL_ACCESS:
                return as_json(self.directory.internal_access())
            case Operation.FOLDERS:
                return as_json(self.directory.of_company(*route.ids))
            case Operation.UPLOAD | Operation.EXPENSE_BILL:
                return self._upload(call, route, user)
            case Operation.DOCUMENTS:
                listed = self.documents.listed(self.directory.readable(*route.ids).id)
                return as_json([self.documents.row(one) for one in self._paged(listed, call.query)])
            case Operation.DOCUMENT:
                return as_json(self.documents.row(self._found(route)))
            case Operation.PUBLIC_URL:
                key = secrets.token_urlsafe(24)
                return as_json(f"{base_url}/temporary/{self._found(route).id}?signature={key}")
            case Operation.TOKEN:  # pragma: no cover -- handled before anyone is let in
                raise AssertionError
            case _:
                assert_never(route.operation)

    def _upload(self, call: Call, route: Route, user: int) -> Answer:
        folder = self.directory.writable(*route.ids)
        assert isinstance(call.body, FormReader)
        form = call.body.finish()
        variant_a = route.operation is Operation.UPLOAD
        upload = document_upload(form) if variant_a else expense_upload(form)
        document = self.documents.store(folder.id, user, upload)
        self.record.document(Received.of(document, self.hours.wall(document.stored)))
        return as_json(self.documents.row(document) if variant_a else {"DocumentId": document.id})

    def _found(self, route: Route) -> Document:
        folder_id, document_id = route.ids
        document = self.documents.find(self.directory.readable(folder_id).id, document_id)
        if document is None:
            raise refuse(404, f"Document {document_id} does not exist in folder {folder_id}")
        return document

    def _paged(self, listed: list[Document], query: str) -> list[Document]:
        asked = parse_qs(query, keep_blank_values=True)
        if not (self.terms.paging and asked.keys() & {"pageNumber", "pageSize"}):
            return listed
        number = _page_number(asked.get("pageNumber", []), 1)
        size = _page_number(asked.get("pageSize", []), _PAGE_SIZE)
        return listed[(number - 1) * size : number * size]


def no_such_path() -> Answer:
    """What every unknown path answers."""
    return message(404, "The URL does not exist")


def _content(call: Call) -> bytes:
    assert isinstance(call.body, SmallBody)
    return call.body.content


def _page_number(given: list[str], default: int) -> int:
    """A page's number or size; one that is not 1 or more counts as not sent: no refusal is documented."""
    text = given[-1] if given else ""
    return int(text) if re.fullmatch("0*[1-9][0-9]{0,8}", text) else default
