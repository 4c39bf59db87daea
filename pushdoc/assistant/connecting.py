"""The second step: the Inqom account, its secrets put where the service reads them, and a light: green or red, why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushdoc.assistant.progress import INQOM, destination_name
from pushdoc.assistant.question import Question, UnfitError, text
from pushdoc.assistant.screen import Sign
from pushdoc.deliver.destination import Health, ServiceTroubleError
from pushdoc.destinations.catalog import connect, settings_models
from pushdoc.errors import PushdocError
from pushdoc.secret import Secret
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable

    from pushdoc.assistant.setup import Setup

#: The addresses that another Inqom than the usual one has, and where they lie beneath its API's.
_ADDRESSES = {"api_url": "", "token_url": "/identity/connect/token", "documents_url": "/accounting-documents"}
#: The secrets, and what each is called where it is kept.
_SECRETS = {"password": "password", "client_secret": "client-secret"}


def connect_account(setup: Setup) -> None:
    """Ask for the account until it lets us in, or the person leaves it for later.

    Raises:
        LeaveError: the person leaves the step.
        ConfigurationError: a secret cannot be kept.
    """
    name = destination_name(setup.draft.document)
    setup.hint("assistant.connection.what")
    _addresses(setup, name)
    ask = True
    while True:
        if ask:
            _account(setup, name)
        if setup.offline:
            setup.screen.sign(Sign.WARNING, "assistant.connection.offline")
            return
        health = try_account(setup)
        if health.trouble is None:
            return
        again = [setup.screen.words(f"assistant.connection.{what}") for what in ("retype", "retry", "later")]
        # A script that cannot connect goes on: what it says is kept, and its exit code tells.
        choice = setup.choice("again", again, "1", unattended="3")
        if choice == 2:
            return
        ask = choice == 0


def try_account(setup: Setup) -> Health:
    """Whether the account lets us in now, shown as a light; what it shows of dossiers is kept in the set-up."""
    setup.screen.say("assistant.connection.trying")
    setup.health = _tried(setup)
    if setup.health.trouble is None:
        setup.screen.sign(Sign.FINE, "assistant.connection.green", count=len(setup.dossiers or ()))
    else:
        setup.screen.told(Sign.FAULT, setup.health.trouble)
    return setup.health


def _addresses(setup: Setup, name: str) -> None:
    """Other addresses than Inqom's own come by options only; that of the API alone gives the others too."""
    given: dict[str, str] = {}
    for key, beneath in _ADDRESSES.items():
        if setup.answers.prepared(key):
            given[key] = setup.answers.ask(Question(key, _address))
        elif "api_url" in given:
            given[key] = given["api_url"] + beneath
    if given:
        setup.draft.set(("destination", name), {"type": INQOM, **given})


def _address(given: str) -> str:
    told = text(given).rstrip("/")
    if not told.startswith(("http://", "https://")) or "@" in told:
        raise UnfitError(Phrase("assistant.unfit.address"))
    return told


def _account(setup: Setup, name: str) -> None:
    """The four answers, each written down before the next is asked for."""
    table = ("destination", name)
    for key in ("username", "password", "client_id", "client_secret"):
        known = setup.draft.table(*table).get(key)
        written = known if isinstance(known, str) else None
        if key not in _SECRETS:
            answer = setup.answers.ask(Question(key, _needed, default=written))
            setup.draft.set(table, {"type": INQOM, key: answer})
            continue
        default, words = ("", f"{key}_kept") if written else (None, key)
        secret = setup.answers.ask(Question(key, _secret, default, hidden=True, said_as=words))
        if secret is not None:
            reference = setup.vault.keep(f"{name}-{_SECRETS[key]}", secret)
            setup.draft.set(table, {key: reference})


def _needed(given: str) -> str:
    told = text(given)
    if not told:
        raise UnfitError(Phrase("assistant.unfit.needed"))
    return told


def _secret(given: str) -> Secret | None:
    """The secret as it was typed, blanks too; None where the one that is kept stays."""
    if not given.strip():
        return None
    text(given)
    return Secret(given)


def _tried(setup: Setup) -> Health:
    name = destination_name(setup.draft.document)
    table = setup.draft.table("destination", name)
    try:
        settings = settings_models()[INQOM].model_validate(dict(table), context={"base": setup.base})
    except ValueError:  # pydantic's own error is one; `check` tells what is wrong key by key
        return Health(Phrase("assistant.connection.incomplete"), needs_person=True)
    read: Callable[[object], Secret] = lambda reference: setup.vault.read(str(reference))  # noqa: E731
    try:
        destination = connect(name, settings, read, setup.clock)
    except PushdocError as error:
        return Health(error.phrase, needs_person=True)
    try:
        health = destination.check()
        if health.trouble is None:
            setup.dossiers = destination.dossiers()
    except ServiceTroubleError as trouble:
        return Health(trouble.delayed.reason, needs_person=trouble.delayed.needs_person)
    else:
        return health
    finally:
        destination.close()
