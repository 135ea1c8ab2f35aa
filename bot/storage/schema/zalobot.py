"""The tables of the Zalo Bot Platform's channel; see `tables.py`."""

from sqlalchemy import BigInteger, Column, LargeBinary, Text
from sqlmodel import Field, SQLModel


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
