"""Who opened, changed or took out what; rows that nobody changes."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

REFUSE_SQLITE = (
    "CREATE TRIGGER trace_is_only_added_to BEFORE UPDATE ON trace"
    " BEGIN SELECT RAISE(ABORT, 'trace is only added to'); END"
)
REFUSE = (
    "CREATE FUNCTION trace_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'trace is only added to'; END $$",
    "CREATE TRIGGER trace_is_only_added_to BEFORE UPDATE ON trace"
    " FOR EACH ROW EXECUTE FUNCTION trace_is_only_added_to()",
)


def upgrade() -> None:
    """Makes the table."""
    op.create_table(
        "trace",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("who", "act", "command", "about")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_trace_at", "trace", ["at"])
    op.create_index("ix_trace_about", "trace", ["about"])
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in (REFUSE_SQLITE,) if is_sqlite else REFUSE:
        op.execute(statement)


def downgrade() -> None:
    """Drops it with all that is in it."""
    op.drop_table("trace")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION trace_is_only_added_to()")
