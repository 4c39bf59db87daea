"""Mails and alerts, and numbers for monitoring, kept as documents change."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

#: Seconds from the first sight of a document to its delivery; what took longer is counted under the last alone.
_BOUNDS = (1, 2, 5, 10, 30, 60, 300, 900, 3600, 14400, 86400, 259200, 999999999)
_TOOK = "max(0.0, (julianday({0}.delivered) - julianday({0}.first_seen)) * 86400.0)"
_BOUND = "CASE " + " ".join(f"WHEN {{0}} <= {bound} THEN {bound}" for bound in _BOUNDS) + f" ELSE {_BOUNDS[-1]} END"
_FAILED = """ifnull(substr({0}.reason, 11, instr(substr({0}.reason, 11), '"') - 1), '')"""
_TRIGGERS = (
    f"""CREATE TRIGGER document_timed AFTER UPDATE OF delivered ON document
WHEN NEW.delivered IS NOT NULL AND OLD.delivered IS NULL BEGIN
  INSERT INTO timing (destination, bound, count, seconds)
  VALUES (NEW.destination, {_BOUND.format(_TOOK.format("NEW"))}, 1, {_TOOK.format("NEW")})
  ON CONFLICT (destination, bound) DO UPDATE SET count = count + 1, seconds = seconds + excluded.seconds;
END""",
    f"""CREATE TRIGGER event_failed AFTER INSERT ON event WHEN NEW.event IN ('refused', 'delayed', 'in doubt') BEGIN
  INSERT INTO failure (destination, event, reason, count)
  VALUES ((SELECT destination FROM document WHERE id = NEW.document), NEW.event,
    {_FAILED.format("NEW")}, 1)
  ON CONFLICT (destination, event, reason) DO UPDATE SET count = count + 1;
END""",
)


def upgrade() -> None:
    """Make the tables, and count what there is; find what came since a moment by an index."""
    op.create_index("document_seen", "document", ["first_seen"])
    op.create_table(
        "mail",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("recipient", sa.Text, nullable=False),
        sa.Column("day", sa.Text),
        sa.Column("after_event", sa.Integer),
        sa.Column("upto_event", sa.Integer),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("made", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("next_attempt", sa.Text, nullable=False),
        sa.Column("sent", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("message", sa.LargeBinary),
        sqlite_strict=True,
    )
    op.create_index("mail_digest", "mail", ["recipient", "kind", "id"])
    op.create_index(
        "mail_open",
        "mail",
        ["next_attempt", "id"],
        sqlite_where=sa.text("state IN ('waiting', 'sending', 'uncertain')"),
    )
    op.create_table(
        "alert",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("since", sa.Text, nullable=False),
        sa.Column("told", sa.Text),
        sa.Column("gone", sa.Text),
        sa.Column("over", sa.Text),
        sqlite_strict=True,
    )
    op.create_table(
        "failure",
        sa.Column("destination", sa.Text, primary_key=True),
        sa.Column("event", sa.Text, primary_key=True),
        sa.Column("reason", sa.Text, primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "timing",
        sa.Column("destination", sa.Text, primary_key=True),
        sa.Column("bound", sa.Integer, primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("seconds", sa.REAL, nullable=False),
        sqlite_strict=True,
    )
    op.execute(
        "INSERT INTO failure (destination, event, reason, count) "
        f"SELECT document.destination, event.event, {_FAILED.format('event')} AS reason, count(*) "
        "FROM event JOIN document ON document.id = event.document "
        "WHERE event.event IN ('refused', 'delayed', 'in doubt') GROUP BY 1, 2, 3"
    )
    took = _TOOK.format("document")
    op.execute(
        "INSERT INTO timing (destination, bound, count, seconds) "
        f"SELECT destination, {_BOUND.format(took)} AS bound, count(*), total({took}) "
        "FROM document WHERE delivered IS NOT NULL AND sent_at IS NOT NULL GROUP BY 1, 2"  # not found in an archive
    )
    for trigger in _TRIGGERS:
        op.execute(trigger)
