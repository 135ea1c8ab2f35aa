"""Keys of one-stop software."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Makes the table."""
    op.create_table(
        "sync_key",
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=False),
    )


def downgrade() -> None:
    """Drops it; the keys of the settings go on."""
    op.drop_table("sync_key")
