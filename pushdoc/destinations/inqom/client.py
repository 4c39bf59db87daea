"""Inqom as a destination: its routes, called with a token, at its pace."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from pushdoc.deliver.answer import Answer, NotAccepted, UnreadableError
from pushdoc.deliver.destination import (
    CannotTell,
    Delayed,
    Health,
    ServiceTroubleError,
)
from pushdoc.deliver.http import Http
from pushdoc.deliver.limits import Pace
from pushdoc.deliver.multipart import FilePart
from pushdoc.destinations.inqom import form
from pushdoc.destinations.inqom.listing import MOST_PAGES, PAGE_SIZE, Listing
from pushdoc.destinations.inqom.lookup import find
from pushdoc.destinations.inqom.outcome import dossier_trouble, outcome, service_trouble, unreadable
from pushdoc.destinations.inqom.token import Grant, TokenKeeper, read_grant
from pushdoc.destinations.inqom.wire import Access, read_access, read_documents, read_dossiers
from pushdoc.log import logger
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import datetime

    from pushdoc.clock import Clock
    from pushdoc.deliver.answer import Reply
    from pushdoc.deliver.destination import Finding, Outcome, Parcel, Progress
    from pushdoc.destinations.inqom.settings import InqomSettings
    from pushdoc.destinations.inqom.wire import Remote
    from pushdoc.document import Document, DocumentType, Dossier
    from pushdoc.secret import Secret

    Call = Callable[[Mapping[str, str]], Reply]

_SPARE_CONNECTIONS = 4
"""For the threads that ask and follow while all couriers send; and as many again are there for those that are stuck."""

_SINGLE_READS = 5
"""So many documents that a list did not show are read one by one; the others wait for the next time."""

_BEYOND = timedelta(days=1)
"""How far before our attempt a list is read on, for clocks that differ."""

_Read = TypeVar("_Read")


class _NotReachedError(ServiceTroubleError):
    """The service was not reached, or failed: nothing is known of our credentials."""


class Inqom:
    """One account at Inqom; a `deliver.destination.Destination`."""

    def __init__(
        self, name: str, settings: InqomSettings, password: Secret, client_secret: Secret, clock: Clock
    ) -> None:
        self.name = name
        self.parallel = settings.parallel
        self._settings = settings
        self._password = password
        self._client_secret = client_secret
        self._clock = clock
        self._http = Http(clock, settings.timeout.total_seconds(), 2 * settings.parallel + _SPARE_CONNECTIONS)
        # One pace for all routes, the token's too: that is how Inqom counts.
        self._pace = Pace(settings.requests_per_second, clock)
        self._tokens = TokenKeeper(self._fetch_token, clock)

    def check(self) -> Health:
        """Whether Inqom can be reached, takes our credentials, and shows us at least one company or dossier."""
        try:
            self._tokens.fresh()
            access = self._access()
        except ServiceTroubleError as trouble:
            reachable = not isinstance(trouble, _NotReachedError)
            return Health(trouble.delayed.reason, needs_person=trouble.delayed.needs_person, reachable=reachable)
        return Health(Phrase("inqom.no_company"), needs_person=True) if access.nothing else Health()

    def dossiers(self) -> list[Dossier]:
        """The dossiers of all companies that the account sees, each once, and those that it was given singly.

        Raises:
            ServiceTroubleError: it cannot be asked now. A company that may not be listed is only left out.
        """
        access = self._access()
        found: dict[str, Dossier] = {}
        for company in access.companies:
            answer = self._get(form.folders_url(self._settings, company))
            if answer.status in {403, 404}:
                logger().warning("company cannot be listed", company=company, status=answer.status)
                continue
            for dossier in self._read(answer, read_dossiers):
                found.setdefault(dossier.id, dossier)
        for dossier in access.dossiers:
            found.setdefault(dossier.id, dossier)
        return list(found.values())

    def accepts(self, kind: DocumentType, name: str, size: int) -> Phrase | None:
        """Why Inqom would never take such a file; None where it may."""
        return form.unfit(kind, name, size)

    def send(self, parcel: Parcel) -> Outcome:
        """What came of one upload.

        Raises:
            ChangedError: from the body; nothing was accepted.
            OSError: from the body.
        """
        upload = form.upload_form(parcel, self._settings)
        file = FilePart(upload.file_field, upload.filename, upload.media_type, parcel.body)

        def call(headers: Mapping[str, str]) -> Reply:
            parcel.body.rewind()
            return self._http.upload(upload.url, headers, upload.fields, file)

        try:
            reply = self._authorized(call)
        except ServiceTroubleError as trouble:
            return trouble.delayed
        return outcome(reply, self._clock.now(), gone_out=parcel.body.gone_out)

    def ask(self, document: Document) -> Finding:
        """Whether the dossier has a document that we may have sent, at the background's pace."""
        if document.dossier is None:
            return CannotTell(Phrase("inqom.no_dossier"))
        horizon = document.sent_at - _BEYOND if document.sent_at else None
        try:
            remotes, skew = self._documents(document.dossier, horizon)
        except ServiceTroubleError as trouble:
            return CannotTell(trouble.delayed.reason)
        return find(document, remotes, skew)

    def follow(self, dossier: str, receipts: Collection[str], since: datetime) -> dict[str, Progress]:
        """What became of delivered documents: one list for all, and single reads for a few that it lacks.

        Raises:
            ServiceTroubleError: it cannot be asked now.
        """
        listed, _ = self._documents(dossier, since - _BEYOND)
        remotes = {remote.id: remote for remote in listed}
        for receipt in [one for one in receipts if one not in remotes][:_SINGLE_READS]:
            answer = self._get(f"{form.documents_url(self._settings, dossier)}/{receipt}", background=True)
            if answer.status != 404:
                remotes |= {remote.id: remote for remote in self._read(answer, read_documents, dossier_trouble)}
        return {receipt: remotes[receipt].progress for receipt in receipts if receipt in remotes}

    def close(self) -> None:
        """End the calls under way and give the connections back."""
        self._http.close()

    def _access(self) -> Access:
        return self._read(self._get(form.access_url(self._settings)), read_access)

    def _documents(self, dossier: str, horizon: datetime | None) -> tuple[list[Remote], timedelta]:
        """The dossier's documents, and how far Inqom's clock is ahead of ours."""
        listing = Listing(horizon)
        url = form.documents_url(self._settings, dossier)
        skew = timedelta(0)
        while listing.next_page <= MOST_PAGES:
            answer = self._get(f"{url}?pageNumber={listing.next_page}&pageSize={PAGE_SIZE}", background=True)
            skew = answer.date - self._clock.now() if answer.date else skew
            if not listing.add(self._read(answer, read_documents, dossier_trouble)):
                return listing.documents, skew
        raise ServiceTroubleError(Delayed(Phrase("inqom.list_endless", {"pages": MOST_PAGES})))

    def _get(self, url: str, *, background: bool = False) -> Answer:
        """The answer to a GET, repeated while its trouble may be passing.

        Raises:
            ServiceTroubleError: no answer, or no token.
        """
        return _answer(
            self._http.repeated(
                lambda: self._authorized(lambda headers: self._http.get(url, headers), background=background),
            ),
        )

    def _read(
        self,
        answer: Answer,
        read: Callable[[Answer], _Read],
        trouble_of: Callable[[Answer, datetime], Delayed] = service_trouble,
    ) -> _Read:
        """What an answer says.

        Raises:
            ServiceTroubleError: it is an error, or nothing that Inqom says.
        """
        if not answer.fine:
            trouble = trouble_of(answer, self._clock.now())
            raise _NotReachedError(trouble) if answer.status >= 500 else ServiceTroubleError(trouble)
        try:
            return read(answer)
        except UnreadableError:
            raise _NotReachedError(unreadable()) from None

    def _authorized(self, call: Call, *, background: bool = False) -> Reply:
        """The reply to a call with our token; a token that was taken away is replaced once.

        Raises:
            ServiceTroubleError: there is no token to be had.
        """
        token = self._tokens.token()
        reply = self._paced(lambda: call(_bearer(token)), background=background)
        if isinstance(reply, Answer) and reply.status == 401:
            self._tokens.drop(token)
            token = self._tokens.token()
            reply = self._paced(lambda: call(_bearer(token)), background=background)
        return reply

    def _fetch_token(self) -> Grant:
        def call() -> Reply:
            filled = form.token_form(self._settings, self._password, self._client_secret)
            return self._http.post_form(self._settings.token_url, filled)

        answer = _answer(self._http.repeated(lambda: self._paced(call)))
        grant = read_grant(answer, self._clock.now())
        if isinstance(grant, Delayed):
            raise _NotReachedError(grant) if answer.fine or answer.status >= 500 else ServiceTroubleError(grant)
        return grant

    def _paced(self, call: Callable[[], Reply], *, background: bool = False) -> Reply:
        if self._pace.take(self._http.stop, background=background):
            return call()
        return NotAccepted(Phrase("deliver.stopped"))


def _bearer(token: Secret) -> dict[str, str]:
    return {"Authorization": f"Bearer {token.reveal()}"}


def _answer(reply: Reply) -> Answer:
    if isinstance(reply, Answer):
        return reply
    needs_person = isinstance(reply, NotAccepted) and reply.needs_person
    raise _NotReachedError(Delayed(reply.reason, needs_person=needs_person))
