"""Wrong guesses by person, network and code, with waits that are remembered."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

NUMBERS = ("tries", "locks", "until", "at")


def upgrade() -> None:
    """Makes the table; what was counted on a code still counts."""
    op.create_table(
        "guess",
        sa.Column("mark", sa.LargeBinary(), primary_key=True),
        sa.Column("kind", sa.Text(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in NUMBERS),
    )
    op.create_index("ix_guess_at", "guess", ["at"])
    op.execute(
        "INSERT INTO guess (mark, kind, tries, locks, until, at)"
        " SELECT code_hash, 'code', SUM(times), 0, 0, MAX(at) FROM wrong_try GROUP BY code_hash"
    )
    op.drop_table("wrong_try")


def downgrade() -> None:
    """The tries since are forgiven."""
    op.create_table(
        "wrong_try",
        sa.Column("code_hash", sa.LargeBinary(), primary_key=True),
        sa.Column("at", sa.BigInteger(), primary_key=True),
        sa.Column("times", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_wrong_try_at", "wrong_try", ["at"])
    op.drop_table("guess")
