"""Questions that were not answered outright."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Makes the table."""
    op.create_table(
        "question",
        sa.Column("text", sa.Text()),
        sa.Column("meant", sa.Text()),
        sa.Column("times", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("text", "meant"),
    )
    op.create_index("ix_question_last_at", "question", ["last_at"])


def downgrade() -> None:
    """Drops it with all that is in it."""
    op.drop_table("question")
