"""What can become of a document: the states, the events, and the one table that joins them.

Rule 1: whatever changes a document's state stands in `ARROWS`; an arrow that is not there raises and nothing moves.
Rule 2: only the ledger writes a state, together with its event, in one transaction.
The diagram in `docs/the-way.md` is generated from this table.
"""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a document stands; the values are what `--json` prints."""

    HELD = "held"
    WAITING = "waiting"
    SENDING = "sending"
    SUBMITTED = "submitted"
    DOUBTFUL = "doubtful"
    DELIVERED = "delivered"
    ARCHIVED = "archived"
    KEPT = "kept"
    DUPLICATE = "duplicate"
    NON_TRANSMIS = "non_transmis"
    ACKNOWLEDGED = "acknowledged"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"


class Event(StrEnum):
    """What happens to a document; the values stand in the ledger's history."""

    # entering the ledger
    ENTER = "entered"
    HOLD = "held for a person"
    ADOPT = "found in the archive"
    # a person decides
    RELEASE = "released"
    REJECT = "rejected"
    RETRY = "retried"
    REASK = "asked again"
    ACKNOWLEDGE = "acknowledged"
    # one attempt
    CLAIM = "claimed"
    DELIVER = "delivered"
    ACCEPT = "accepted"
    DELAY = "delayed"
    DOUBT = "in doubt"
    REFUSE = "refused"
    TWIN = "already there"
    # the file in the drop folder
    WITHDRAW = "withdrawn"
    ARCHIVE = "archived"
    KEEP = "kept in place"


#: What a document becomes when it is first written down.
ENTRANCES: dict[Event, State] = {
    Event.ENTER: State.WAITING,
    Event.HOLD: State.HELD,
    Event.ADOPT: State.ARCHIVED,
}

ARROWS: dict[State, dict[Event, State]] = {
    State.HELD: {
        Event.RELEASE: State.WAITING,
        Event.REFUSE: State.NON_TRANSMIS,
        Event.REJECT: State.REJECTED,
        Event.WITHDRAW: State.WITHDRAWN,
    },
    State.WAITING: {
        Event.CLAIM: State.SENDING,
        Event.DOUBT: State.DOUBTFUL,
        Event.TWIN: State.DUPLICATE,
        Event.REFUSE: State.NON_TRANSMIS,
        Event.WITHDRAW: State.WITHDRAWN,
    },
    State.SENDING: {
        Event.DELIVER: State.DELIVERED,
        Event.ACCEPT: State.SUBMITTED,
        Event.DELAY: State.WAITING,
        Event.DOUBT: State.DOUBTFUL,
        Event.REFUSE: State.NON_TRANSMIS,
        Event.WITHDRAW: State.WITHDRAWN,
    },
    State.SUBMITTED: {
        Event.DELIVER: State.DELIVERED,
        Event.REFUSE: State.NON_TRANSMIS,
    },
    State.DOUBTFUL: {
        Event.DELIVER: State.DELIVERED,
        Event.RETRY: State.WAITING,
        Event.DELAY: State.WAITING,
        Event.REFUSE: State.NON_TRANSMIS,
    },
    State.DELIVERED: {
        Event.ARCHIVE: State.ARCHIVED,
        Event.KEEP: State.KEPT,
    },
    State.DUPLICATE: {
        Event.ARCHIVE: State.ARCHIVED,
        Event.KEEP: State.KEPT,
        Event.RETRY: State.WAITING,
    },
    State.NON_TRANSMIS: {
        Event.RETRY: State.WAITING,
        Event.REASK: State.DOUBTFUL,
        Event.ACKNOWLEDGE: State.ACKNOWLEDGED,
        Event.WITHDRAW: State.WITHDRAWN,
    },
    State.ACKNOWLEDGED: {
        Event.RETRY: State.WAITING,
    },
    # A duplicate that a person wants sent all the same; nothing else leaves these.
    State.ARCHIVED: {Event.RETRY: State.WAITING},
    State.KEPT: {Event.RETRY: State.WAITING},
    State.WITHDRAWN: {},
    State.REJECTED: {},
}

#: Nothing more happens to these by themselves.
ENDS = frozenset({State.ARCHIVED, State.KEPT, State.ACKNOWLEDGED, State.WITHDRAWN, State.REJECTED})

#: The file still lies in its drop path while its document is in one of these.
IN_DROP = frozenset(State) - {State.ARCHIVED, State.WITHDRAWN}


class NoSuchArrowError(ValueError):
    """An event came to a document whose state has no arrow for it: a fault of pushdoc, never of the file."""


class OvertakenError(NoSuchArrowError):
    """Somebody else moved the document since it was read: what was decided on its old state is void."""


def next_state(state: State | None, event: Event) -> State:
    """The state after an event; `None` is a document that is not in the ledger yet.

    Raises:
        NoSuchArrowError: the table has no such arrow; nothing may be written.
    """
    arrows = ENTRANCES if state is None else ARROWS[state]
    if event not in arrows:
        raise NoSuchArrowError(f"no arrow from {state or 'the door'} by {event.name}")
    return arrows[event]
