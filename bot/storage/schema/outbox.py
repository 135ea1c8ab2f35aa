"""The tables of the outbox, with the conditions of their partial indexes; see `tables.py`."""

from collections.abc import Iterable

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Index,
    Integer,
    LargeBinary,
    Text,
    literal_column,
)
from sqlmodel import Field, SQLModel

from knowledge.notices.states import DUE, OPEN, NoticeState


def number() -> Column[int]:
    """A number that the database gives, never twice."""
    return Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)


def state_in(states: Iterable[NoticeState]) -> str:
    """The SQL that asks for these states.

    Written out: no parameter matches a partial index, and SQLite plans anew for each value of one that might.
    """
    return f"state IN ({', '.join(repr(str(state)) for state in states)})"


def _condition(written: str) -> ColumnElement[bool]:
    return literal_column(written, Boolean())


OPEN_NOTICE = _condition(state_in(OPEN))
DUE_NOTICE = _condition(state_in(DUE))
WAITING_NOTICE = _condition(f"state = '{NoticeState.WAITING}'")
CLAIMED_NOTICE = _condition(f"state = '{NoticeState.CLAIMED}'")
SENT_NOTICE = _condition(f"state = '{NoticeState.SENT}' AND ack_by > 0")
CALL_NOTICE = _condition("call_at > 0")
AWAITED_NOTICE = _condition("(call_at > 0 OR ack_by > 0)")  # somebody is to read it, or to call


class Notice(SQLModel, table=True):
    """One thing that one person is to be told. Its text is made when it goes out; see bot.outbox."""

    __table_args__ = (
        # partial: the past grows for ever, what is still open does not
        Index(
            "ix_notice_open", "address", "id",
            sqlite_where=OPEN_NOTICE, postgresql_where=OPEN_NOTICE,
        ),
        Index(
            "ix_notice_due", "channel", "not_before", "id",
            sqlite_where=DUE_NOTICE, postgresql_where=DUE_NOTICE,
        ),
        Index(
            "ix_notice_claimed", "address",
            sqlite_where=CLAIMED_NOTICE, postgresql_where=CLAIMED_NOTICE,
        ),
        Index("ix_notice_unread", "ack_by", sqlite_where=SENT_NOTICE, postgresql_where=SENT_NOTICE),
        Index("ix_notice_call", "call_at", sqlite_where=CALL_NOTICE, postgresql_where=CALL_NOTICE),
        Index("ix_notice_told", "address", "code"),
        {"sqlite_autoincrement": True},
    )  # fmt: skip

    id: int = Field(sa_column=number())
    key: str = Field(sa_column=Column(Text, nullable=False, unique=True))  # the same news twice is one notice
    code: str = Field(sa_column=Column(Text, nullable=False))  # what it is about; of a dossier: its code
    address: str = Field(sa_column=Column(Text, nullable=False))  # "telegram:1234"
    channel: str = Field(sa_column=Column(Text, nullable=False))  # "telegram"
    kind: str = Field(sa_column=Column(Text, nullable=False))  # of knowledge.notices.kinds
    urgent: int = Field(sa_column=Column(BigInteger, nullable=False))  # 1: passes quiet hours
    state: str = Field(sa_column=Column(Text, nullable=False))  # knowledge.notices.states.NoticeState
    owed_at: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))  # all times: Unix seconds
    not_before: int = Field(sa_column=Column(BigInteger, nullable=False))
    first_at: int = Field(
        sa_column=Column(BigInteger, nullable=False)
    )  # first try since the last hold; 0: none
    claimed_by: str = Field(sa_column=Column(Text, nullable=False))  # host and process, for the operator
    lease_until: int = Field(sa_column=Column(BigInteger, nullable=False))  # the claim's end
    tries: int = Field(
        sa_column=Column(BigInteger, nullable=False)
    )  # claims so far; fences a late settlement
    receipt: str = Field(
        sa_column=Column(Text, nullable=False)
    )  # the channel's message id, or what went wrong
    sent_at: int = Field(sa_column=Column(BigInteger, nullable=False))  # 0: not yet
    ack_by: int = Field(sa_column=Column(BigInteger, nullable=False))  # unread then: another channel; 0: no
    acked_at: int = Field(sa_column=Column(BigInteger, nullable=False))  # "Tôi đã nhận"; 0: not
    call_at: int = Field(sa_column=Column(BigInteger, nullable=False))  # on the call list since; 0: not on it
    reminder: int = Field(sa_column=Column(BigInteger, nullable=False))  # times it became doubtful
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))  # sealed; empty: nothing of its own


class LostFollow(SQLModel, table=True):
    """What somebody followed whose channel could not reach him any more, until he comes back."""

    __tablename__ = "lost_follow"

    address: str = Field(sa_column=Column(Text, primary_key=True))
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))  # the codes as JSON, sealed
    at: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))  # Unix seconds


class Pace(SQLModel, table=True):
    """The shared rate of a channel, or of one chat (GCRA)."""

    key: str = Field(sa_column=Column(Text, primary_key=True))  # "telegram", "telegram:1234"
    tat: int = Field(sa_column=Column(BigInteger, nullable=False))  # Unix microseconds: the next free slot
