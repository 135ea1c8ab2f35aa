"""One table of what Zalo tells, for both its channels; a bot's messages that wait are lost."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """What is there is of the Official Account."""
    op.drop_table("zalobot_update")
    op.add_column("zalo_event", sa.Column("channel", sa.Text(), nullable=False, server_default="zalo"))
    op.drop_index("ix_zalo_event_open", "zalo_event")
    op.create_index("ix_zalo_event_open", "zalo_event", ["channel", "done_at", "sent_ms"])


def downgrade() -> None:
    """Takes the column away, and what is of a bot with it."""
    op.execute("DELETE FROM zalo_event WHERE channel <> 'zalo'")
    op.drop_index("ix_zalo_event_open", "zalo_event")
    op.drop_column("zalo_event", "channel")
    op.create_index("ix_zalo_event_open", "zalo_event", ["done_at", "sent_ms"])
    op.create_table(
        "zalobot_update",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("at", "until", "sent", "done_at")),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_zalobot_update_id", "zalobot_update", ["address", "message_id"], unique=True)
    op.create_index("ix_zalobot_update_open", "zalobot_update", ["done_at", "address"])
    op.create_index("ix_zalobot_update_at", "zalobot_update", ["at"])
