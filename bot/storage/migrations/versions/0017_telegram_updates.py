"""Updates that Telegram may forget before they are answered."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Makes the table."""
    op.create_table(
        "telegram_update",
        sa.Column("number", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("album", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
    )
    for name in ("address", "at"):
        op.create_index(f"ix_telegram_update_{name}", "telegram_update", [name])


def downgrade() -> None:
    """Drops it; an update in it stays without an answer."""
    op.drop_table("telegram_update")
