"""When the one-stop software was asked about a followed dossier; which link of a receipt is good."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Makes both tables."""
    op.create_table(
        "poll",
        sa.Column("code", sa.Text(), primary_key=True),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_poll_asked_at", "poll", ["asked_at"])
    op.create_table(
        "receipt_link",
        sa.Column("code", sa.Text(), primary_key=True),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_receipt_link_made_at", "receipt_link", ["made_at"])


def downgrade() -> None:
    """Drops them: links that were ended are good again."""
    for table in ("receipt_link", "poll"):
        op.drop_table(table)
