"""Who began a form, and which answers hold some of it: both go with it."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

ADDED = (("draft", "owner_mark"), ("handled", "draft_mark"))


def upgrade() -> None:
    """Adds the columns; what there is already is of nobody known."""
    for table, column in ADDED:
        added = sa.Column(column, sa.LargeBinary(), nullable=False, server_default=sa.text("''"))
        with op.batch_alter_table(table) as change:
            change.add_column(added)
        with op.batch_alter_table(table) as change:
            change.alter_column(column, server_default=None)
        op.create_index(f"ix_{table}_{column}", table, [column])


def downgrade() -> None:
    """Drops them."""
    for table, column in ADDED:
        op.drop_index(f"ix_{table}_{column}", table)
        with op.batch_alter_table(table) as change:
            change.drop_column(column)
