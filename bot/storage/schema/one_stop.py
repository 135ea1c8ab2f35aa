"""What is noted beside the dossiers of one-stop software and their receipts; see `tables.py`."""

from sqlalchemy import BigInteger, Column, Text
from sqlmodel import Field, SQLModel


class Poll(SQLModel, table=True):
    """When the one-stop software was last asked about a dossier that somebody follows."""

    code: str = Field(sa_column=Column(Text, primary_key=True))
    asked_at: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))  # Unix seconds


class ReceiptLink(SQLModel, table=True):
    """Which link of a dossier's receipts is good, where it is not the first."""

    __tablename__ = "receipt_link"

    code: str = Field(sa_column=Column(Text, primary_key=True))
    number: int = Field(sa_column=Column(BigInteger, nullable=False))  # 1: the second link
    made_at: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))  # Unix seconds
