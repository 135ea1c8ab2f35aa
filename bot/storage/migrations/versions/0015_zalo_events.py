"""Events of the Zalo Official Account, chats that the office has taken over, and what processes note."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "zalo_event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
        sa.Column("mark", sa.LargeBinary(), nullable=False, unique=True),
        sa.Column("person", sa.LargeBinary(), nullable=False),
        *(
            sa.Column(name, sa.BigInteger(), nullable=False)
            for name in ("sent_ms", "at", "until", "answered", "done_at")
        ),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_zalo_event_open", "zalo_event", ["done_at", "sent_ms"])
    op.create_index("ix_zalo_event_person", "zalo_event", ["person", "done_at"])
    op.create_index("ix_zalo_event_at", "zalo_event", ["at"])
    op.create_table(
        "zalo_pause",
        sa.Column("address", sa.Text(), primary_key=True),
        sa.Column("until", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_zalo_pause_until", "zalo_pause", ["until"])
    op.create_table(
        "zalo_note",
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
    )


def downgrade() -> None:
    """Drops them."""
    for table in ("zalo_note", "zalo_pause", "zalo_event"):
        op.drop_table(table)
