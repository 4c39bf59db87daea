"""Builds the house from the rules file: everything is made here once, and handed to whoever needs it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from pushdoc.clients import Listing, chosen, merge, read_table
from pushdoc.errors import ProblemsError
from pushdoc.rules import covering, load, resolve

if TYPE_CHECKING:
    from pathlib import Path

    from pushdoc.clock import Clock
    from pushdoc.deliver.destination import Destination
    from pushdoc.document import Client
    from pushdoc.errors import Problem
    from pushdoc.house import House
    from pushdoc.journey.mailing import Mailing
    from pushdoc.ledger import Ledger
    from pushdoc.rules import Rules
    from pushdoc.secret import Secret, SecretReference
    from pushdoc.tell.mail.post import MailServer


@dataclass(frozen=True)
class Plan:
    """What the administrator wrote: rules and clients; `problems` are single rows of the table that are wrong."""

    file: Path
    rules: Rules
    clients: tuple[Client, ...]
    problems: tuple[Problem, ...]

    @property
    def enabled(self) -> tuple[Client, ...]:
        """The clients whose folders are watched."""
        return tuple(client for client in self.clients if client.enabled)


def read_plan(file: Path) -> Plan:
    """The rules in a file, with the clients of their table and list.

    Raises:
        ProblemsError: everything that is wrong, where nothing can be done with it; one bad row of the table is not.
    """
    from pushdoc.destinations.catalog import settings_models

    rules = load(file, settings_models())
    listed = [Listing(client.client(), file.absolute(), replaces=client.replaces) for client in rules.client]
    rows: tuple[Listing, ...] = ()
    problems: list[Problem] = []
    if rules.clients.table is not None:
        table = read_table(rules.clients.table, rules.clients.folder, rules.clients.siret)
        if table.fatal:
            raise ProblemsError(table.problems)
        rows, problems = table.listings, list(table.problems)
    clients, twice = merge(rows, listed)
    active = chosen(clients, covering(rules.clients.only))
    return Plan(file.absolute(), rules, tuple(active), (*problems, *twice))


def connect(plan: Plan, clock: Clock) -> dict[str, Destination]:
    """The destinations of the rules, ready to be asked; nothing is asked yet.

    Raises:
        ConfigurationError: a secret that is not where the rules say.
    """
    from pushdoc.destinations.catalog import connect as connect_one

    def secret(reference: SecretReference) -> Secret:
        return resolve(reference, plan.file.parent)

    settings = plan.rules.destination
    return {name: connect_one(name, settings[name], secret, clock) for name in settings}


def mailing_of(plan: Plan, ledger: Ledger, clock: Clock, *, patient: bool = True) -> Mailing | None:
    """The daily mails and their way out; None where the rules name no mail server.

    Not `patient` is whoever waits for it: a pass of `once`, a person.
    """
    if plan.rules.mail is None:
        return None
    # What makes and sends mails takes memory: only where there are any.
    from pushdoc.journey.mailing import Mailing
    from pushdoc.journey.outbox import Outbox
    from pushdoc.tell.mail.handover import ACCEPTING_S

    answering, accepting = (20.0, ACCEPTING_S) if patient else (10.0, 60.0)
    sender = plan.rules.mail.sender
    server = partial(mail_server, plan)
    outbox = Outbox(ledger.mails, clock, sender, server, answering=answering, accepting=accepting)
    return Mailing(plan.rules, ledger, clock, outbox)


def mail_server(plan: Plan) -> MailServer:
    """The firm's mail server, as the rules have it, with the password that is in its place now.

    Raises:
        ConfigurationError: the password is not where the rules say.
    """
    from pushdoc.tell.mail.post import MailServer

    mail = plan.rules.mail
    assert mail is not None
    password = None if mail.password is None else resolve(mail.password, plan.file.parent)
    return MailServer(mail.host, mail.port, mail.security, mail.username, password)


def build(plan: Plan, clock: Clock, *, patient: bool = True) -> House:
    """The whole house, its ledger open, nothing started; the caller holds the ledger.

    Raises:
        ConfigurationError, HeldError: a secret or the ledger cannot be had.
    """
    from pushdoc.deliver.courier import Couriers
    from pushdoc.house import Branch, House
    from pushdoc.journey import Afterwards, Gate, Inquiry, Intake, Roll, Sending
    from pushdoc.journey.alerting import Alerting
    from pushdoc.journey.healing import Healing
    from pushdoc.journey.heirs import Heirs
    from pushdoc.journey.owner import OWNER_FILE
    from pushdoc.journey.succession import Succession
    from pushdoc.ledger import Ledger
    from pushdoc.watch import Lookout

    rules = plan.rules
    destinations = connect(plan, clock)
    ledger = Ledger.open(rules.ledger.path, clock)
    roll = Roll(plan.clients, ledger, clock, allow_probable=rules.clients.allow_probable)
    after = Afterwards(rules, ledger, clock, Lookout(rules.clients.root, clock, OWNER_FILE))
    branches = []
    for name, destination in destinations.items():
        gate = Gate(name, ledger, clock)
        sending = Sending(rules, destination, ledger, gate, roll, after, clock)
        inquiry = Inquiry(rules, destination, ledger, gate, after, clock)
        couriers = Couriers(name, 2 * destination.parallel, sending.carry, clock)
        branches.append(Branch(destination, gate, sending, inquiry, couriers))

    def call() -> None:
        for branch in branches:
            branch.couriers.call()

    intake = Intake(rules, roll, destinations, ledger, after, clock, entered=call)
    heirs = Heirs(rules, plan.clients)
    succession = Succession(heirs, ledger, after, clock)
    healing = Healing(rules, destinations, heirs, succession, ledger, after, clock)
    mailing = mailing_of(plan, ledger, clock, patient=patient)
    gates = [branch.gate for branch in branches]
    ring = mailing.ring if mailing is not None else None
    alerting = Alerting(rules, ledger, clock, gates, roll, after.lookout, ring=ring)
    return House(rules, clock, ledger, roll, after, intake, tuple(branches), succession, healing, alerting, mailing)
