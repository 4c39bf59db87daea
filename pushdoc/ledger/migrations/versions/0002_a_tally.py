"""Counts by rule and state, kept as documents change; fewer indexes to rewrite with each change."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_COPY = "CASE WHEN {0}.duplicate_of IS NOT NULL THEN 'duplicate' WHEN {0}.twin IS NOT NULL THEN 'twin' ELSE '' END"
_ONE_MORE = f"""
  INSERT INTO tally (rule, state, copy, count) VALUES (NEW.rule, NEW.state, {_COPY.format("NEW")}, 1)
  ON CONFLICT (rule, state, copy) DO UPDATE SET count = count + 1;"""
_TRIGGERS = (
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


def upgrade() -> None:
    """Count what there is, and keep counting."""
    op.create_table(
        "tally",
        sa.Column("rule", sa.Text, primary_key=True),
        sa.Column("state", sa.Text, primary_key=True),
        sa.Column("copy", sa.Text, primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "lately",
        sa.Column("rule", sa.Text, primary_key=True),
        sa.Column("seen", sa.Text),
        sa.Column("delivered", sa.Text),
        sqlite_strict=True,
    )
    op.execute(
        "INSERT INTO tally (rule, state, copy, count) "
        f"SELECT rule, state, {_COPY.format('document')} AS copy, count(*) FROM document GROUP BY 1, 2, 3"
    )
    op.execute(
        "INSERT INTO lately (rule, seen, delivered) "
        "SELECT rule, max(first_seen), max(delivered) FROM document GROUP BY rule"
    )
    for trigger in _TRIGGERS:
        op.execute(trigger)
    for index in ("document_state", "document_rule", "document_open"):
        op.drop_index(index, "document")
    op.create_index(
        "document_unfiled",
        "document",
        ["state", "destination", "next_attempt", "id"],
        sqlite_where=sa.text("state NOT IN ('archived', 'kept')"),
    )
