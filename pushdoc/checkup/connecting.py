"""The destinations and the mail server, asked: whether they let us in, and which dossier each client has there."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pushdoc.checkup.finding import Finding, Mark, fault, fine, warning
from pushdoc.checkup.writing import nobodys
from pushdoc.clients import map_clients
from pushdoc.deliver.destination import ServiceTroubleError
from pushdoc.errors import ExitCode
from pushdoc.journey.addressees import addressees
from pushdoc.tell.mail.post import PostError, connected, takes_from
from pushdoc.wiring import mail_server
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pushdoc.clients import Mapping
    from pushdoc.deliver.destination import Destination
    from pushdoc.document import Dossier
    from pushdoc.wiring import Plan


def settings(plan: Plan) -> Iterator[Finding]:
    """What is seen of the destinations' settings without asking anybody."""
    for name, table in plan.rules.destination.items():
        allowed = getattr(table, "allowed_per_second", None)
        wanted = getattr(table, "requests_per_second", None)
        if allowed and wanted and wanted > allowed:
            values = {"destination": name, "wanted": wanted, "allowed": allowed}
            yield warning(Phrase("check.pace", values), name)
        for key, value in table:
            if isinstance(value, str) and value.startswith("http://") and not _here(urlsplit(value).hostname or ""):
                yield fault(Phrase("check.in_clear", {"destination": name, "key": key, "url": value}), name=name)


def connection(destination: Destination, found: list[Finding]) -> tuple[bool, Sequence[Dossier] | None]:
    """Whether a destination lets us in, and its dossiers; what there is to say of it is added to `found`."""
    name = destination.name
    health = destination.check()
    if health.trouble is not None:
        code = ExitCode.NEEDS_A_PERSON if health.reachable else ExitCode.UNREACHABLE
        found.append(fault(health.trouble, code, name=name, place=name))
        return False, None
    try:
        dossiers = destination.dossiers()
    except ServiceTroubleError as trouble:
        found.append(fault(trouble.delayed.reason, ExitCode.UNREACHABLE, name=name, place=name))
        return False, None
    values = {"destination": name, "dossiers": len(dossiers or ())}
    found.append(fine(Phrase("check.destination" if dossiers is None else "check.destination_lists", values)))
    return True, dossiers


def mapping(plan: Plan, name: str, dossiers: Sequence[Dossier] | None) -> Iterator[Finding]:
    """Each client that has no dossier, or one that a person should look at, and how many have one."""
    mappings = map_clients(plan.enabled, dossiers, allow_probable=plan.rules.clients.allow_probable)
    usable = sum(each.usable for each in mappings)
    if usable or not mappings:
        values = {"destination": name, "mapped": usable, "enabled": len(mappings)}
        yield fine(Phrase("check.mapped", values), usable)
    yield from (_doubted(each) for each in mappings if each.reason is not None)


def _doubted(mapping: Mapping) -> Finding:
    assert mapping.reason is not None
    mark = Mark.WARNING if mapping.usable else Mark.FAULT
    code = ExitCode.FINE if mapping.usable else ExitCode.NEEDS_A_PERSON
    return Finding(mark, mapping.reason, code, mapping.client, mapping.client)


def mail(plan: Plan, *, ask: bool) -> Iterator[Finding]:
    """Whether the daily mail can go out, and to whom; with `ask` the server is asked, and no mail is sent."""
    rules = plan.rules
    for person in rules.collaborator:
        yield from nobodys(f"[[collaborator]] {person.name}", person.clients, plan.clients)
    readers = addressees(rules)
    if rules.mail is None:
        yield fine(Phrase("check.no_mail"))
        return
    if not readers and not rules.alerts.to:
        yield warning(Phrase("check.mail_for_nobody"))
    for reader in readers:
        clients = sum(map(reader.speaks_of, (client.folder for client in plan.enabled)))
        values = {"email": reader.email, "clients": clients, "at": rules.digest.at.strftime("%H:%M")}
        if clients:
            yield fine(Phrase("mails.to", values))
        else:
            yield warning(Phrase("mails.of_nobody", values), reader.email)
    host = rules.mail.host
    if rules.mail.security == "none" and rules.mail.username is not None and not _here(host):
        yield fault(Phrase("check.mail_in_clear", {"host": host}))
        return
    if ask:
        yield _server(plan)


def _server(plan: Plan) -> Finding:
    assert plan.rules.mail is not None
    server, sender = mail_server(plan), plan.rules.mail.sender
    try:
        with connected(server) as client:
            takes_from(client, server, sender)
    except PostError as error:
        return fault(error.phrase)
    return fine(Phrase("check.mail_server", {"server": server.address, "sender": sender}))


def _here(host: str) -> bool:
    """Whether a host is this machine, so that nobody can listen on the way."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
