"""What Inqom's answers mean for us: whose fault, and whether the document may have been kept. Pure.

Source: the contract, section 6. 400, 403, 404 and 500 are documented, without bodies; the others were never seen, and
mean here what HTTP says they mean.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from pushdoc.deliver.answer import Answer, NotAccepted, Reply, Unanswered, problem_text
from pushdoc.deliver.destination import Accepted, Delayed, Delivered, Doubtful, Outcome, Refused, Scope
from pushdoc.destinations.inqom.wire import read_receipt
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from datetime import datetime


def outcome(reply: Reply, now: datetime, *, gone_out: bool) -> Outcome:
    """What came of an upload; `gone_out` says whether the document's last bytes had left when the reply came."""
    match reply:
        case NotAccepted():
            return Delayed(reply.reason, needs_person=reply.needs_person)
        case Unanswered():
            return Doubtful(reply.reason)
        case Answer():
            return _answered(reply, now, gone_out=gone_out)
        case _:
            assert_never(reply)


def _answered(answer: Answer, now: datetime, *, gone_out: bool) -> Outcome:
    match answer.status:
        case status if answer.fine:
            receipt = read_receipt(answer)
            if receipt is None or not gone_out:
                return Doubtful(Phrase("inqom.no_receipt", {"status": status}))
            return Accepted(*receipt) if status == 202 else Delivered(*receipt, follow=True)
        case 409:
            # "Already there", perhaps from a request of ours that seemed lost: the look-up will tell.
            return Doubtful(_told("inqom.conflict", answer))
        case status if status >= 500 and gone_out:
            return Doubtful(Phrase("inqom.failed_after", {"status": status}))
        case status if _not_the_documents(status):
            return dossier_trouble(answer, now)
        case 413:
            return Refused(Phrase("inqom.too_large"))
        case _:
            return Refused(_told("inqom.refused", answer))


def dossier_trouble(answer: Answer, now: datetime) -> Delayed:
    """The delay that an error answer about one dossier means, where it is no document's fault."""
    match answer.status:
        case 403:
            return Delayed(_told("inqom.forbidden", answer), Scope.DOSSIER)
        case 404:
            return Delayed(_told("inqom.dossier_unknown", answer), Scope.DOSSIER, once=True)
        case _:
            return service_trouble(answer, now)


def service_trouble(answer: Answer, now: datetime) -> Delayed:
    """The delay that an error answer means where it is the service's trouble, or the rules', and no document's."""
    values = {"status": answer.status}
    retry_after = answer.retry_after(now)
    match answer.status:
        case 401:
            return Delayed(Phrase("inqom.token_rejected"), needs_person=True)
        case 403:
            return Delayed(_told("inqom.list_forbidden", answer), needs_person=True)
        case 429:
            return Delayed(Phrase("inqom.too_fast"), retry_after=retry_after)
        case 408 | 423 | 425 | 428:
            return Delayed(Phrase("inqom.not_now", values), retry_after=retry_after)
        case status if status >= 500:
            return Delayed(Phrase("inqom.failed", values), retry_after=retry_after)
        case _:
            return Delayed(Phrase("inqom.wrong_address", values), needs_person=True)


def unreadable() -> Delayed:
    """The delay for an answer that is no answer of Inqom's: a portal's page, a proxy's."""
    return Delayed(Phrase("inqom.unreadable"))


def _not_the_documents(status: int) -> bool:
    """Statuses that say nothing about the document: redirections, rights, wrong method or proxy, "later", failures."""
    return not 400 <= status < 500 or status in {401, 403, 404, 405, 407, 408, 423, 425, 428, 429}


def _told(code: str, answer: Answer) -> Phrase:
    """The phrase with what Inqom says; `code` alone is the one for a service that says nothing."""
    text = problem_text(answer)
    values = {"status": answer.status}
    return Phrase(f"{code}_because", {**values, "text": text}) if text else Phrase(code, values)
