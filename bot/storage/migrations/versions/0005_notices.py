"""Notices and who follows what; drafts of forms."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

TABLES = (
    "draft", "web_inbox", "apology", "licence", "pace", "notice",
    "phone_follow", "recipient", "consent", "follow",
)  # fmt: skip
PARTIAL = (
    ("ix_notice_open", ["address", "id"], "state IN ('waiting', 'claimed', 'doubtful')"),
    ("ix_notice_due", ["channel", "not_before", "id"], "state IN ('waiting', 'doubtful')"),
    ("ix_notice_claimed", ["address"], "state = 'claimed'"),
    ("ix_notice_unread", ["ack_by"], "state = 'sent' AND ack_by > 0"),
    ("ix_notice_call", ["call_at"], "call_at > 0"),
)


def upgrade() -> None:
    """Makes the tables."""
    _follow()
    _notice()
    _rest()


def downgrade() -> None:
    """Drops them with all that is in them."""
    for table in TABLES:
        op.drop_table(table)


def _follow() -> None:
    op.create_table(
        "follow",
        *_texts("code", "address", "language"),
        *_numbers("since", "consent", "detailed"),
        sa.PrimaryKeyConstraint("code", "address"),
    )
    op.create_index("ix_follow_address", "follow", ["address"])
    op.create_table(
        "consent",
        _id(),
        *_bytes("address_hash"),
        *_texts("purpose", "text_version"),
        *_numbers("given", "at"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_consent_address_hash", "consent", ["address_hash"])
    op.create_table(
        "recipient",
        sa.Column("address", sa.Text(), primary_key=True),
        *_bytes("phone_mark"),
        *_texts("quiet", "language"),
        *_numbers("detailed", "digest"),
    )
    op.create_index("ix_recipient_phone_mark", "recipient", ["phone_mark"])
    op.create_table(
        "phone_follow",
        *_bytes("phone_mark"),
        *_texts("code"),
        *_numbers("since"),
        sa.PrimaryKeyConstraint("phone_mark", "code"),
        sqlite_with_rowid=False,
    )


def _notice() -> None:
    op.create_table(
        "notice",
        _id(),
        sa.Column("key", sa.Text(), nullable=False, unique=True),
        *_texts("code", "address", "channel", "kind"),
        *_numbers("urgent"),
        *_texts("state"),
        *_numbers("owed_at", "not_before", "first_at"),
        *_texts("claimed_by"),
        *_numbers("lease_until", "tries"),
        *_texts("receipt"),
        *_numbers("sent_at", "ack_by", "acked_at", "call_at", "reminder"),
        *_bytes("content"),
        sqlite_autoincrement=True,
    )
    for name, columns, where in PARTIAL:
        op.create_index(name, "notice", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
    op.create_index("ix_notice_told", "notice", ["address", "code"])
    op.create_index("ix_notice_owed_at", "notice", ["owed_at"])
    op.create_table("pace", sa.Column("key", sa.Text(), primary_key=True), *_numbers("tat"))


def _rest() -> None:
    op.create_table(
        "licence",
        _id(),
        *_texts("address"),
        *_bytes("phone_mark"),
        *_texts("kind", "expires_on"),
        *_bytes("content"),
        sqlite_autoincrement=True,
    )
    for column in ("address", "phone_mark", "expires_on"):
        op.create_index(f"ix_licence_{column}", "licence", [column])
    op.create_table(
        "apology",
        sa.Column("code", sa.Text(), primary_key=True),
        *_bytes("reason"),
        *_texts("first_due", "new_due"),
        *_numbers("drafted_at", "released_at", "times"),
    )
    op.create_table(
        "web_inbox", _id(), *_texts("address"), *_bytes("replies"), *_numbers("at"), sqlite_autoincrement=True
    )
    op.create_index("ix_web_inbox_address", "web_inbox", ["address", "id"])
    op.create_index("ix_web_inbox_at", "web_inbox", ["at"])
    op.create_table(
        "draft",
        sa.Column("code_mark", sa.LargeBinary(), primary_key=True),
        *_texts("form"),
        *_numbers("version", "touched_at", "printed_at"),
        *_bytes("content"),
    )
    op.create_index("ix_draft_touched_at", "draft", ["touched_at"])


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True)


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _numbers(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.BigInteger(), nullable=False) for name in names]


def _bytes(*names: str) -> list[sa.Column[bytes]]:
    return [sa.Column(name, sa.LargeBinary(), nullable=False) for name in names]
