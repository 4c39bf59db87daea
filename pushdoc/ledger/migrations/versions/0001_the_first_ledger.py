"""The first ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables of version 0.1."""
    op.create_table(
        "destination",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("since", sa.Text, nullable=False),
        sa.Column("until", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("pauses", sa.Integer, nullable=False, server_default=sa.text("0")),
        sqlite_strict=True,
    )
    op.create_table(
        "document",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("client", sa.Text, nullable=False),
        sa.Column("siret", sa.Text, nullable=False),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("period", sa.Text, nullable=False),
        sa.Column("folder", sa.LargeBinary, nullable=False),
        sa.Column("path", sa.LargeBinary, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("identity", sa.Text, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("sha1", sa.Text, nullable=False),
        sa.Column("destination", sa.Text, nullable=False),
        sa.Column("dossier", sa.Text),
        sa.Column("reference", sa.Text),
        sa.Column("receipt", sa.Text),
        sa.Column("remote_status", sa.Text),
        sa.Column("twin", sa.Text),
        sa.Column("duplicate_of", sa.Integer, sa.ForeignKey("document.id")),
        sa.Column("attempts", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("asks", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("turn", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("suspicions", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("troubled_at", sa.Text),
        sa.Column("follows", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("unknowable", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("forced", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("first_seen", sa.Text, nullable=False),
        sa.Column("since", sa.Text, nullable=False),
        sa.Column("next_attempt", sa.Text, nullable=False),
        sa.Column("next_follow", sa.Text),
        sa.Column("failing_since", sa.Text),
        sa.Column("sent_at", sa.Text),
        sa.Column("delivered", sa.Text),
        sa.Column("filed", sa.Text),
        sa.Column("archive_folder", sa.LargeBinary),
        sa.Column("archive_path", sa.LargeBinary),
        sa.Column("reason", sa.Text),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.create_index("document_client", "document", ["client", "id"])
    op.create_index("document_content", "document", ["sha256", "destination", "dossier"])
    op.create_index(
        "document_folder",
        "document",
        ["folder"],
        sqlite_where=sa.text("state NOT IN ('archived', 'kept', 'withdrawn')"),
    )
    op.create_index(
        "document_follow", "document", ["destination", "next_follow"], sqlite_where=sa.text("next_follow IS NOT NULL")
    )
    op.create_index(
        "document_open",
        "document",
        ["destination", "state", "next_attempt", "id"],
        sqlite_where=sa.text(
            "state IN ('held', 'waiting', 'sending', 'submitted', 'doubtful', 'delivered', 'duplicate')"
        ),
    )
    op.create_index("document_path", "document", ["path"])
    op.create_index("document_archive", "document", ["archive_path"], sqlite_where=sa.text("archive_path IS NOT NULL"))
    op.create_index(
        "document_queue",
        "document",
        ["destination", "turn", "next_attempt", "id"],
        sqlite_where=sa.text("state = 'waiting'"),
    )
    op.create_index("document_rule", "document", ["rule", "state", "delivered", "first_seen"])
    op.create_index("document_state", "document", ["state", "duplicate_of", "twin"])
    op.create_table(
        "house",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "mapping",
        sa.Column("destination", sa.Text, primary_key=True),
        sa.Column("client", sa.Text, primary_key=True),
        sa.Column("siret", sa.Text, nullable=False),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("dossier", sa.Text),
        sa.Column("dossier_name", sa.Text),
        sa.Column("usable", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("refreshed", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "run",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("pid", sa.Integer, nullable=False),
        sa.Column("since", sa.Text, nullable=False),
        sa.Column("last_round", sa.Text),
        sa.Column("last_scan", sa.Text),
        sa.Column("mode", sa.Text, nullable=False),
        sa.Column("folders", sa.Integer, nullable=False),
        sa.Column("problems", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("document", sa.Integer, sa.ForeignKey("document.id"), nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("event", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("detail", sa.Text),
        sqlite_strict=True,
    )
    op.create_index("event_document", "event", ["document", "id"])
