"""The tokens of Zalo's Official Account: renewed by one process at a time, and never lost."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Makes the table."""
    op.create_table(
        "zalo_token",
        sa.Column("oa", sa.Text(), primary_key=True),
        *(
            sa.Column(name, sa.BigInteger(), nullable=False)
            for name in ("number", "asked", "asked_at", "refused_at", "error", "login_until")
        ),
        sa.Column("verifier", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )


def downgrade() -> None:
    """Drops it: the office then has to log in again."""
    op.drop_table("zalo_token")
