"""The tables, as the newest migration leaves them; a test holds the two together.

Portable SQL only: the same tables will stand in PostgreSQL when several machines share the work.
"""

from __future__ import annotations

from sqlalchemy import DDL, Column, ForeignKey, Index, Integer, MetaData, Table, Text, text
from sqlalchemy import event as event_

from pushdoc.ledger.columns import BOOL, IDENTITY, JSON, MOMENT, PATH, PERIOD, PHRASE, PHRASES, STATE, TYPE

#: The newest migration: what an up-to-date ledger says of itself.
HEAD = "0002"

#: "pdoc": tells a pushdoc ledger from any other SQLite file.
APPLICATION_ID = 0x70646F63

# SQLite takes a partial index only where the question repeats its condition word for word, so both say it from here.
IS_WAITING = text("state = 'waiting'")
#: The few that are asked about by their state, among the many that are done with.
IS_UNFILED = text("state NOT IN ('archived', 'kept')")
#: The document may still have something to do with its drop folder.
IS_LIVE = text("state NOT IN ('archived', 'kept', 'withdrawn')")

metadata = MetaData()

house = Table(
    "house",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_strict=True,
)

document = Table(
    "document",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("state", STATE, nullable=False),
    Column("client", Text, nullable=False),
    Column("siret", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("type", TYPE, nullable=False),
    Column("period", PERIOD, nullable=False),
    Column("folder", PATH, nullable=False),  # of `path`: what one look compares
    Column("path", PATH, nullable=False),
    Column("name", Text, nullable=False),  # shown and searched; the real one is in `path`
    Column("identity", IDENTITY, nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("sha1", Text, nullable=False),
    Column("destination", Text, nullable=False),
    Column("dossier", Text),
    Column("reference", Text),
    Column("receipt", Text),
    Column("remote_status", Text),
    Column("twin", Text),
    Column("duplicate_of", Integer, ForeignKey("document.id")),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("asks", Integer, nullable=False, server_default=text("0")),  # how often the destination was asked, in doubt
    Column("turn", Integer, nullable=False, server_default=text("0")),  # how often others were let go before it
    Column("suspicions", Integer, nullable=False, server_default=text("0")),  # how often it failed where others passed
    Column("troubled_at", MOMENT),  # when it last met with the destination's trouble
    Column("follows", Integer, nullable=False, server_default=text("0")),
    Column("unknowable", BOOL, nullable=False, server_default=text("0")),  # nobody can say whether it arrived
    Column("forced", BOOL, nullable=False, server_default=text("0")),
    Column("first_seen", MOMENT, nullable=False),
    Column("since", MOMENT, nullable=False),  # when it came into its state
    # A waiting one's place in the queue, a doubtful one's next asking; never NULL, so that the index sorts the queue.
    Column("next_attempt", MOMENT, nullable=False),
    Column("next_follow", MOMENT),
    Column("failing_since", MOMENT),  # the first failure that was this document's own
    Column("sent_at", MOMENT),
    Column("delivered", MOMENT),
    Column("filed", MOMENT),
    Column("archive_folder", PATH),  # decided when it is entered: the period may turn before it is filed
    Column("archive_path", PATH),
    Column("reason", PHRASE),
    Index("document_path", "path"),
    Index("document_content", "sha256", "destination", "dossier"),
    Index("document_archive", "archive_path", sqlite_where=text("archive_path IS NOT NULL")),
    Index("document_client", "client", "id"),
    Index("document_unfiled", "state", "destination", "next_attempt", "id", sqlite_where=IS_UNFILED),
    Index(
        "document_follow",
        "destination",
        "next_follow",
        sqlite_where=text("next_follow IS NOT NULL"),
    ),
    Index("document_queue", "destination", "turn", "next_attempt", "id", sqlite_where=IS_WAITING),
    Index("document_folder", "folder", sqlite_where=IS_LIVE),
    sqlite_strict=True,
    sqlite_autoincrement=True,  # a number that a person wrote down never comes to mean another document
)

# Both are kept by the triggers beneath, in the transaction of each change: `status` must not count a million rows.
tally = Table(
    "tally",
    metadata,
    Column("rule", Text, primary_key=True),
    Column("state", STATE, primary_key=True),
    Column("copy", Text, primary_key=True),  # "" (it is none), "duplicate" (by our word) or "twin" (by the service's)
    Column("count", Integer, nullable=False),
    sqlite_strict=True,
)

lately = Table(
    "lately",
    metadata,
    Column("rule", Text, primary_key=True),
    Column("seen", MOMENT),
    Column("delivered", MOMENT),
    sqlite_strict=True,
)

event = Table(
    "event",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document", Integer, ForeignKey("document.id"), nullable=False),
    Column("at", MOMENT, nullable=False),
    Column("event", Text, nullable=False),
    Column("state", STATE, nullable=False),  # after it
    Column("reason", PHRASE),
    Column("detail", JSON),  # receipt, paths, tries: what `show` tells
    Index("event_document", "document", "id"),
    sqlite_strict=True,
)

mapping = Table(
    "mapping",
    metadata,
    Column("destination", Text, primary_key=True),
    Column("client", Text, primary_key=True),
    Column("siret", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("dossier", Text),
    Column("dossier_name", Text),
    Column("usable", BOOL, nullable=False),
    Column("reason", PHRASE),
    Column("refreshed", MOMENT, nullable=False),
    sqlite_strict=True,
)

destination = Table(
    "destination",
    metadata,
    Column("name", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("since", MOMENT, nullable=False),
    Column("until", MOMENT),
    Column("reason", PHRASE),
    Column("pauses", Integer, nullable=False, server_default=text("0")),
    sqlite_strict=True,
)

run = Table(
    "run",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("pid", Integer, nullable=False),
    Column("since", MOMENT, nullable=False),
    Column("last_round", MOMENT),
    Column("last_scan", MOMENT),
    Column("mode", Text, nullable=False),
    Column("folders", Integer, nullable=False),
    Column("problems", PHRASES, nullable=False),
    sqlite_strict=True,
)

_COPY = "CASE WHEN {0}.duplicate_of IS NOT NULL THEN 'duplicate' WHEN {0}.twin IS NOT NULL THEN 'twin' ELSE '' END"
_ONE_MORE = f"""
  INSERT INTO tally (rule, state, copy, count) VALUES (NEW.rule, NEW.state, {_COPY.format("NEW")}, 1)
  ON CONFLICT (rule, state, copy) DO UPDATE SET count = count + 1;"""
TRIGGERS = (
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
for trigger in TRIGGERS:
    event_.listen(metadata, "after_create", DDL(trigger))  # type: ignore[no-untyped-call]  # SQLAlchemy's
