"""What a clerk changed last in a dossier, to take it back."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Makes the table."""
    op.create_table(
        "last_change",
        sa.Column("code", sa.Text(), primary_key=True),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("after", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )
    op.create_index("ix_last_change_at", "last_change", ["at"])


def downgrade() -> None:
    """Drops it: nothing can be taken back any more."""
    op.drop_table("last_change")
