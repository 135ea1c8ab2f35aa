"""The tables of the Zalo Bot Platform's channel; see `tables.py`."""

from sqlalchemy import BigInteger, Column, Index, LargeBinary, Text
from sqlmodel import Field, SQLModel

from bot.storage.outbox_tables import number


class ZalobotUpdate(SQLModel, table=True):
    """A message of a person: stored before it is acknowledged, then known by its id until it is forgotten."""

    __tablename__ = "zalobot_update"
    __table_args__ = (
        Index("ix_zalobot_update_id", "address", "message_id", unique=True),
        Index("ix_zalobot_update_open", "done_at", "address"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(sa_column=number())
    address: str = Field(sa_column=Column(Text, nullable=False))  # "zalobot:6ede9afa66b88fe6d6a9"
    message_id: str = Field(sa_column=Column(Text, nullable=False))  # the platform's own
    at: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))  # Unix seconds; when it came
    until: int = Field(sa_column=Column(BigInteger, nullable=False))  # likewise; nobody takes it before
    sent: int = Field(sa_column=Column(BigInteger, nullable=False))  # messages of the answer that are out
    done_at: int = Field(sa_column=Column(BigInteger, nullable=False))  # Unix seconds; 0: open
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))  # as JSON, sealed; empty once done


class ZalobotSend(SQLModel, table=True):
    """How many messages went out in a month, to whom: the platform's basic tier counts both."""

    __tablename__ = "zalobot_send"

    month: str = Field(sa_column=Column(Text, primary_key=True))  # "2026-11"
    mark: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))  # hash of the person; empty: to all
    times: int = Field(sa_column=Column(BigInteger, nullable=False))


class Lease(SQLModel, table=True):
    """What only one process may do at a time, on whatever host: it ends by itself when that one dies."""

    name: str = Field(sa_column=Column(Text, primary_key=True))
    holder: str = Field(sa_column=Column(Text, nullable=False))  # as of the process; nothing of people
    until: int = Field(sa_column=Column(BigInteger, nullable=False))  # Unix seconds
