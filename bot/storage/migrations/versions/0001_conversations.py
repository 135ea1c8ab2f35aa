"""Conversations, and the messages that were answered."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes the two tables."""
    op.create_table(
        "conversation",
        sa.Column("address", sa.Text(), primary_key=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_conversation_seen_at", "conversation", ["seen_at"])
    op.create_table(
        "handled",
        sa.Column("address", sa.Text(), sa.ForeignKey("conversation.address", ondelete="CASCADE")),
        sa.Column("message_id", sa.Text()),
        sa.Column("replies", sa.Text(), nullable=False),
        sa.Column("handled_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("address", "message_id"),
    )
    op.create_index("ix_handled_handled_at", "handled", ["handled_at"])


def downgrade() -> None:
    """Drops them with all that is in them."""
    op.drop_table("handled")
    op.drop_table("conversation")
