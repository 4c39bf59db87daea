"""The secrets: each is where the rules say, its file is private, and the service can have it, too."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from pushdoc.checkup.finding import Mark, fault, fine, warning
from pushdoc.errors import ConfigurationError
from pushdoc.rules import resolve
from pushdoc.secret import SecretReference
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pushdoc.checkup.account import Account
    from pushdoc.checkup.finding import Finding
    from pushdoc.wiring import Plan


def secrets(plan: Plan, account: Account) -> dict[str | None, list[Finding]]:
    """What there is to say of the secrets of each destination, by its name; of the mail server's, by None."""
    tables: list[tuple[str | None, Iterable[tuple[str, object]]]] = [*plan.rules.destination.items()]
    if plan.rules.mail is not None:
        tables.append((None, plan.rules.mail))
    return {
        name: [
            finding
            for key, value in settings
            if isinstance(value, SecretReference)
            for finding in _secret(plan, account, f"{name or '[mail]'}.{key}", value)
        ]
        for name, settings in tables
    }


def all_there(findings: list[Finding]) -> bool:
    """Whether nobody needs to be asked in vain, for want of a secret."""
    return all(finding.mark is not Mark.FAULT for finding in findings)


def _secret(plan: Plan, account: Account, key: str, reference: SecretReference) -> Iterator[Finding]:
    try:
        if reference.scheme == "credential":
            # These are root's: systemd hands them over, and nobody else reads them.
            resolve(reference, plan.file.parent)
        else:
            with account.acting():
                resolve(reference, plan.file.parent)
    except ConfigurationError as error:
        yield fault(error.phrase, error.exit_code, name=key, place=key)
        return
    values = {"key": key, "reference": str(reference)}
    if reference.scheme == "env" and account.installed:
        yield warning(Phrase("check.secret_of_this_shell", {**values, "name": reference.name}), key)
        return
    if reference.scheme == "file":
        file = plan.file.parent / reference.name
        with account.acting():
            folder = stat.S_IMODE(file.parent.stat().st_mode)
        if folder & (stat.S_IWGRP | stat.S_IWOTH) and not folder & stat.S_ISVTX:
            shown = {"folder": str(file.parent), "mode": f"{folder:04o}"}
            yield fault(Phrase("check.secret_can_be_swapped", {**values, **shown}), name=key)
            return
    yield fine(Phrase("check.secret", values))
