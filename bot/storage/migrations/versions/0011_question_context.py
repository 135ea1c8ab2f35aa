"""What was open when a question was not understood, and what was done with it."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

NEW, OLD = ("text", "meant", "context", "done"), ("text", "meant")


def upgrade() -> None:
    """Makes the table anew: both columns belong to its key."""
    _remake(NEW, "question_context_key", "SELECT text, meant, '', '', times, last_at FROM question_before")


def downgrade() -> None:
    """Adds up what was asked in several contexts."""
    kept = "SELECT text, meant, sum(times), max(last_at) FROM question_before GROUP BY text, meant"
    _remake(OLD, None, kept)


def _remake(key: tuple[str, ...], name: str | None, kept: str) -> None:
    op.drop_index("ix_question_last_at", "question")
    op.rename_table("question", "question_before")
    op.create_table(
        "question",
        *(sa.Column(name, sa.Text()) for name in key),
        sa.Column("times", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(*key, name=name),
    )
    op.create_index("ix_question_last_at", "question", ["last_at"])
    op.execute(f"INSERT INTO question ({', '.join(key)}, times, last_at) {kept}")
    op.drop_table("question_before")
