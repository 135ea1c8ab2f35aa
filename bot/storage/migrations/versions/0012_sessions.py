"""Sessions of the web page that were renewed by a proof, left, or are on a shared computer."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

NUMBERS = ("generation", "shared", "used_at", "ended")


def upgrade() -> None:
    """Makes the table; cookies from before are of generation 0."""
    op.create_table(
        "web_session",
        sa.Column("mark", sa.LargeBinary(), primary_key=True),
        sa.Column("renewed_by", sa.LargeBinary(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in NUMBERS),
    )
    op.create_index("ix_web_session_used_at", "web_session", ["used_at"])


def downgrade() -> None:
    """Drops it."""
    op.drop_table("web_session")
