"""The tables of a new ledger: the same that all migrations make one after the other; a test holds the two together.

How the house's values lie in the columns is told in `columns`; the comments go into the database with the tables, for
whoever opens one. Portable as far as it goes: only STRICT, the partial indexes and the triggers are SQLite's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushdoc.ledger.statements import IS_LIVE, IS_UNFILED, IS_UNSENT, IS_WAITING
from pushdoc.ledger.version import APPLICATION_ID, HEAD

if TYPE_CHECKING:
    import sqlite3

_DOCUMENT = """
CREATE TABLE document (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, -- a number that was written down never comes to mean another one
    state TEXT NOT NULL,
    client TEXT NOT NULL,
    siret TEXT NOT NULL,
    rule TEXT NOT NULL,
    type TEXT NOT NULL,
    period TEXT NOT NULL,
    folder BLOB NOT NULL, -- of path: what one look compares
    path BLOB NOT NULL,
    name TEXT NOT NULL, -- shown and searched; the real one is in path
    identity TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    sha1 TEXT NOT NULL,
    destination TEXT NOT NULL,
    dossier TEXT,
    reference TEXT,
    receipt TEXT,
    remote_status TEXT,
    twin TEXT,
    duplicate_of INTEGER,
    attempts INTEGER DEFAULT 0 NOT NULL,
    asks INTEGER DEFAULT 0 NOT NULL, -- how often the destination was asked, in doubt
    turn INTEGER DEFAULT 0 NOT NULL, -- how often others were let go before it
    suspicions INTEGER DEFAULT 0 NOT NULL, -- how often it failed where others passed
    troubled_at TEXT, -- when it last met with the destination's trouble
    follows INTEGER DEFAULT 0 NOT NULL,
    unknowable INTEGER DEFAULT 0 NOT NULL, -- nobody can say whether it arrived
    forced INTEGER DEFAULT 0 NOT NULL,
    first_seen TEXT NOT NULL,
    since TEXT NOT NULL, -- when it came into its state
    -- A waiting one's place in the queue, a doubtful one's next asking; never NULL, so that the index sorts the queue.
    next_attempt TEXT NOT NULL,
    next_follow TEXT,
    failing_since TEXT, -- the first failure that was this document's own
    sent_at TEXT,
    delivered TEXT,
    filed TEXT,
    archive_folder BLOB, -- decided when it is entered: the period may turn before it is filed
    archive_path BLOB,
    reason TEXT,
    FOREIGN KEY (duplicate_of) REFERENCES document (id)
) STRICT"""

_EVENT = """
CREATE TABLE event (
    id INTEGER NOT NULL,
    document INTEGER NOT NULL,
    at TEXT NOT NULL,
    event TEXT NOT NULL,
    state TEXT NOT NULL, -- after it
    reason TEXT,
    detail TEXT, -- receipt, paths, tries: what is shown of it
    PRIMARY KEY (id),
    FOREIGN KEY (document) REFERENCES document (id)
) STRICT"""

_INDEXES = (
    "CREATE INDEX document_path ON document (path)",
    "CREATE INDEX document_content ON document (sha256, destination, dossier)",
    "CREATE INDEX document_archive ON document (archive_path) WHERE archive_path IS NOT NULL",
    "CREATE INDEX document_client ON document (client, id)",
    f"CREATE INDEX document_unfiled ON document (state, destination, next_attempt, id) WHERE {IS_UNFILED}",
    "CREATE INDEX document_follow ON document (destination, next_follow) WHERE next_follow IS NOT NULL",
    f"CREATE INDEX document_queue ON document (destination, turn, next_attempt, id) WHERE {IS_WAITING}",
    f"CREATE INDEX document_folder ON document (folder) WHERE {IS_LIVE}",
    "CREATE INDEX event_document ON event (document, id)",
    "CREATE INDEX document_seen ON document (first_seen)",
)

_NOTES = (
    """CREATE TABLE house ("key" TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY ("key")) STRICT""",
    """
CREATE TABLE mapping (
    destination TEXT NOT NULL,
    client TEXT NOT NULL,
    siret TEXT NOT NULL,
    verdict TEXT NOT NULL,
    dossier TEXT,
    dossier_name TEXT,
    usable INTEGER NOT NULL,
    reason TEXT,
    refreshed TEXT NOT NULL,
    PRIMARY KEY (destination, client)
) STRICT""",
    """
CREATE TABLE destination (
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    since TEXT NOT NULL,
    until TEXT,
    reason TEXT,
    pauses INTEGER DEFAULT 0 NOT NULL,
    PRIMARY KEY (name)
) STRICT""",
    """
CREATE TABLE run (
    id INTEGER NOT NULL,
    pid INTEGER NOT NULL,
    since TEXT NOT NULL,
    last_round TEXT,
    last_scan TEXT,
    mode TEXT NOT NULL,
    folders INTEGER NOT NULL,
    problems TEXT NOT NULL,
    PRIMARY KEY (id)
) STRICT""",
)

_MAILS = (
    """
CREATE TABLE mail (
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    recipient TEXT NOT NULL,
    day TEXT, -- of a digest: the day it is due on, in the firm's time zone
    after_event INTEGER, -- of a digest: what happened up to this event was told before
    upto_event INTEGER, -- of a digest: it tells what happened up to this event
    state TEXT NOT NULL,
    made TEXT NOT NULL,
    attempts INTEGER DEFAULT '0' NOT NULL,
    next_attempt TEXT NOT NULL,
    sent TEXT,
    reason TEXT,
    message BLOB, -- the whole mail, until it is sent
    PRIMARY KEY (id)
) STRICT""",
    "CREATE INDEX mail_digest ON mail (recipient, kind, id)",
    f"CREATE INDEX mail_open ON mail (next_attempt, id) WHERE {IS_UNSENT}",
    """
CREATE TABLE alert (
    "key" TEXT NOT NULL, -- what is in trouble: one row while it is, and for a while after
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    reason TEXT NOT NULL,
    since TEXT NOT NULL,
    told TEXT, -- when it was told that it began; NULL again once its end was
    gone TEXT, -- since when it seems to be over
    over TEXT, -- when it was last told that it was over
    PRIMARY KEY ("key")
) STRICT""",
)

_COPY = "CASE WHEN {0}.duplicate_of IS NOT NULL THEN 'duplicate' WHEN {0}.twin IS NOT NULL THEN 'twin' ELSE '' END"
_ONE_MORE = f"""
  INSERT INTO tally (rule, state, copy, count) VALUES (NEW.rule, NEW.state, {_COPY.format("NEW")}, 1)
  ON CONFLICT (rule, state, copy) DO UPDATE SET count = count + 1;"""
# Kept by the triggers, in the transaction of each change: `status` must not count a million rows.
_COUNTS = (
    """
CREATE TABLE tally (
    rule TEXT NOT NULL,
    state TEXT NOT NULL,
    copy TEXT NOT NULL, -- '' (it is none), 'duplicate' (by our word) or 'twin' (by the service's)
    count INTEGER NOT NULL,
    PRIMARY KEY (rule, state, copy)
) STRICT""",
    "CREATE TABLE lately (rule TEXT NOT NULL, seen TEXT, delivered TEXT, PRIMARY KEY (rule)) STRICT",
    f"""CREATE TRIGGER document_entered AFTER INSERT ON document BEGIN{_ONE_MORE}
  INSERT INTO lately (rule, seen, delivered) VALUES (NEW.rule, NEW.first_seen, NEW.delivered)
  ON CONFLICT (rule) DO UPDATE SET seen = max(seen, NEW.first_seen);
END""",
    f"""CREATE TRIGGER document_moved AFTER UPDATE OF state, duplicate_of, twin ON document BEGIN
  UPDATE tally SET count = count - 1
  WHERE rule = OLD.rule AND state = OLD.state AND copy = {_COPY.format("OLD")};{_ONE_MORE}
END""",
    """CREATE TRIGGER document_delivered AFTER UPDATE OF delivered ON document WHEN NEW.delivered IS NOT NULL BEGIN
  UPDATE lately SET delivered = max(ifnull(delivered, ''), NEW.delivered) WHERE rule = NEW.rule;
END""",
)

#: Seconds from the first sight of a document to its delivery; the last stands for whatever took longer.
TIMES = (1, 2, 5, 10, 30, 60, 300, 900, 3600, 14400, 86400, 259200, 999999999)
# A clock that was set back must not take time away that others took.
_TOOK = "max(0.0, (julianday(NEW.delivered) - julianday(NEW.first_seen)) * 86400.0)"
_TIME = "CASE " + " ".join(f"WHEN {_TOOK} <= {bound} THEN {bound}" for bound in TIMES) + f" ELSE {TIMES[-1]} END"
# `columns` writes a phrase with its code first; SQLite's own JSON functions are none that a trigger may use here.
_CODE = """ifnull(substr({0}.reason, 11, instr(substr({0}.reason, 11), '"') - 1), '')"""
# Kept in the same way, for monitoring: what an operator counts must not begin anew with each start.
_NUMBERS = (
    """
CREATE TABLE failure (
    destination TEXT NOT NULL,
    event TEXT NOT NULL,
    reason TEXT NOT NULL, -- the code of its phrase
    count INTEGER NOT NULL,
    PRIMARY KEY (destination, event, reason)
) STRICT""",
    """
CREATE TABLE timing (
    destination TEXT NOT NULL,
    bound INTEGER NOT NULL, -- one of `TIMES`: so long or less, and longer than the one before
    count INTEGER NOT NULL,
    seconds REAL NOT NULL, -- all of them together
    PRIMARY KEY (destination, bound)
) STRICT""",
    f"""CREATE TRIGGER document_timed AFTER UPDATE OF delivered ON document
WHEN NEW.delivered IS NOT NULL AND OLD.delivered IS NULL BEGIN
  INSERT INTO timing (destination, bound, count, seconds)
  VALUES (NEW.destination, {_TIME}, 1, {_TOOK})
  ON CONFLICT (destination, bound) DO UPDATE SET count = count + 1, seconds = seconds + excluded.seconds;
END""",
    f"""CREATE TRIGGER event_failed AFTER INSERT ON event WHEN NEW.event IN ('refused', 'delayed', 'in doubt') BEGIN
  INSERT INTO failure (destination, event, reason, count)
  VALUES ((SELECT destination FROM document WHERE id = NEW.document), NEW.event,
    {_CODE.format("NEW")}, 1)
  ON CONFLICT (destination, event, reason) DO UPDATE SET count = count + 1;
END""",
)

# As alembic makes it, which reads it when there is a newer version.
_VERSION = (
    """
CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
)""",
    f"INSERT INTO alembic_version VALUES ('{HEAD}')",
    f"PRAGMA application_id = {APPLICATION_ID}",
)


def make(connection: sqlite3.Connection) -> None:
    """Make the tables of a new ledger, in a transaction that is open."""
    for statement in (_DOCUMENT, _EVENT, *_INDEXES, *_NOTES, *_COUNTS, *_MAILS, *_NUMBERS, *_VERSION):
        connection.execute(statement).close()
