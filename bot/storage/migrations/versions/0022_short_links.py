"""A few letters on a receipt that stand for its deep link, for channels whose links carry nothing."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Makes the table; receipts printed before have no letters."""
    op.create_table(
        "short_link",
        sa.Column("mark", sa.LargeBinary(), primary_key=True),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_short_link_at", "short_link", ["at"])


def downgrade() -> None:
    """Drops it."""
    op.drop_table("short_link")
