"""Messages to a bot of the Zalo Bot Platform, what it sent in a month, and what only one process may do."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Makes the tables."""
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
    op.create_table(
        "zalobot_send",
        sa.Column("month", sa.Text(), primary_key=True),
        sa.Column("mark", sa.LargeBinary(), primary_key=True),
        sa.Column("times", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "lease",
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
    )


def downgrade() -> None:
    """Drops them."""
    for table in ("lease", "zalobot_send", "zalobot_update"):
        op.drop_table(table)
