"""One person on several channels: which addresses are his, and the codes by which he says so."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Makes the tables; who shared the same number before is not linked by it."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "person_link",
        sa.Column("id", number, primary_key=True),
        sa.Column("address", sa.Text(), nullable=False, unique=True),
        sa.Column("home", sa.Text(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("since", "used_at", "lost")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_person_link_home", "person_link", ["home"])
    op.create_index("ix_person_link_used_at", "person_link", ["used_at"])
    op.create_table(
        "link_code",
        sa.Column("id", number, primary_key=True),
        sa.Column("mark", sa.LargeBinary(), nullable=False, unique=True),
        sa.Column("address", sa.Text(), nullable=False, unique=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("taken_by", sa.Text(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_link_code_at", "link_code", ["at"])


def downgrade() -> None:
    """Each channel is on its own again; what was common stays where it was kept."""
    op.drop_table("link_code")
    op.drop_table("person_link")
