"""Dossiers of the embedded desk, and wrong tries to see one."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Makes the two tables."""
    op.create_table(
        "dossier",
        sa.Column("code", sa.Text(), primary_key=True),
        sa.Column("procedure", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("received", sa.Text(), nullable=False),
        sa.Column("due", sa.Text(), nullable=False),
        sa.Column("finished", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "wrong_try",
        sa.Column("code_hash", sa.LargeBinary()),
        sa.Column("at", sa.BigInteger()),
        sa.Column("times", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("code_hash", "at"),
    )
    op.create_index("ix_wrong_try_at", "wrong_try", ["at"])


def downgrade() -> None:
    """Drops them with all that is in them."""
    op.drop_table("wrong_try")
    op.drop_table("dossier")
