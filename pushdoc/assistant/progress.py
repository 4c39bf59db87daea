"""How far a set-up has come, read from what is written: which step is next, and which account documents leave by.

Pure: whether what is written is right is asked by the steps themselves.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    Document = Mapping[str, Any]

#: The type of destination that the assistant sets up, and the name it gives it.
INQOM = "inqom"
#: What the connection needs, in the order in which it is asked for.
ACCOUNT = ("username", "password", "client_id", "client_secret")


class Step(IntEnum):
    """The four steps of the assistant, as the connector's users know them."""

    CLIENTS = 1
    CONNECTION = 2
    MAPPING = 3
    PATHS = 4


def next_step(document: Document) -> Step | None:
    """The step to go on with; None where all is there.

    The mapping leaves a trace only where something had to be corrected: it is shown again until there is a rule.
    """
    if not is_chosen(document):
        return Step.CLIENTS
    account = _destinations(document).get(destination_name(document), {})
    if not all(account.get(key) for key in ACCOUNT):
        return Step.CONNECTION
    return None if document.get("rule") else Step.MAPPING


def is_chosen(document: Document) -> bool:
    """Whether the clients have been chosen."""
    clients = document.get("clients")
    return isinstance(clients, dict) and bool(
        clients.get("root") and ("only" in clients or document.get("client") or document.get("rule"))
    )


def destination_name(document: Document) -> str:
    """The name of the Inqom account that the assistant cares for: the first there is, else the usual one."""
    return next((name for name, table in _destinations(document).items() if table.get("type") == INQOM), INQOM)


def _destinations(document: Document) -> dict[str, dict[str, Any]]:
    """The destinations that are written as they have to be; a person's file may say anything."""
    written = document.get("destination")
    return (
        {name: table for name, table in written.items() if isinstance(table, dict)} if isinstance(written, dict) else {}
    )
