"""Whether who follows a dossier has given its second fact."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Nobody has, as far as this table knows: the next look at the dossier tells."""
    added = sa.Column("proved", sa.BigInteger(), nullable=False, server_default=sa.text("0"))
    with op.batch_alter_table("follow") as change:
        change.add_column(added)
    with op.batch_alter_table("follow") as change:
        change.alter_column("proved", server_default=None)


def downgrade() -> None:
    """Drops it."""
    with op.batch_alter_table("follow") as change:
        change.drop_column("proved")
