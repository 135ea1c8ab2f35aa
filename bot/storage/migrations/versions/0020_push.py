"""At which browsers a person wants to be told while the page is closed."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Makes the table."""
    op.create_table(
        "push_subscription",
        sa.Column("mark", sa.LargeBinary(), primary_key=True),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
    )
    for name in ("address", "at"):
        op.create_index(f"ix_push_subscription_{name}", "push_subscription", [name])


def downgrade() -> None:
    """Drops it."""
    op.drop_table("push_subscription")
