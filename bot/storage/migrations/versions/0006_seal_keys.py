"""Which keys seal in this database."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Makes the table; the first start with a fitting key writes its row."""
    op.create_table(
        "seal_key",
        sa.Column("number", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("proof", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
    )


def downgrade() -> None:
    """Drops it; what was sealed with an older key is then opened with that key only."""
    op.drop_table("seal_key")
