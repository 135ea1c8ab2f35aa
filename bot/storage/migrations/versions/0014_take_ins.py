"""What the office means in its tables, and what they found, so that a take-in can be undone."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Makes the tables; what was taken in before cannot be undone."""
    op.create_table(
        "desk_word",
        sa.Column("kind", sa.Text(), primary_key=True),
        sa.Column("written", sa.Text(), primary_key=True),
        sa.Column("means", sa.Text(), nullable=False),
    )
    op.create_table(
        "take_in",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
        *(
            sa.Column(name, sa.BigInteger(), nullable=False)
            for name in ("taken_at", "as_of", "new", "changed")
        ),
        sa.Column("undone_at", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_take_in_taken_at", "take_in", ["taken_at"])
    op.create_table(
        "take_in_part",
        sa.Column(
            "take_in", sa.BigInteger(), sa.ForeignKey("take_in.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("part", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )


def downgrade() -> None:
    """Drops them."""
    for table in ("take_in_part", "take_in", "desk_word"):
        op.drop_table(table)
