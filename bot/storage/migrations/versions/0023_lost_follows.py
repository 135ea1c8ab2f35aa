"""What somebody followed whose channel could not reach him any more."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Makes the table."""
    op.create_table(
        "lost_follow",
        sa.Column("address", sa.Text(), primary_key=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_lost_follow_at", "lost_follow", ["at"])


def downgrade() -> None:
    """Drops it: nobody is asked then."""
    op.drop_table("lost_follow")
