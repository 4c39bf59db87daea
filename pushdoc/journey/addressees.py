"""Who gets a digest, and of which clients."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushdoc.rules import covering
from pushdoc.tell.mail.digest import Addressee

if TYPE_CHECKING:
    from collections.abc import Callable

    from pushdoc.rules import Rules


def addressees(rules: Rules) -> list[Addressee]:
    """Who gets a digest: one for each address, of the clients of all entries that bear it."""
    people: dict[str, list[tuple[str, Callable[[str], bool]]]] = {}
    for person in rules.collaborator:
        if person.digest:
            # Mailboxes do not tell letters by their case, whatever the standard lets them.
            people.setdefault(person.email.lower(), []).append((person.name, covering(person.clients)))
    return [
        Addressee(
            name=", ".join(dict.fromkeys(name for name, _ in entries)),
            email=email,
            speaks_of=lambda client, entries=entries: any(covers(client) for _, covers in entries),  # type: ignore[misc]  # bound now
        )
        for email, entries in people.items()
    ]
