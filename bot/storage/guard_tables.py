"""The tables that guard what is held: wrong guesses, renewed links, who looked; see `tables.py`."""

from sqlalchemy import BigInteger, Column, LargeBinary, Text
from sqlmodel import Field, SQLModel


class Guess(SQLModel, table=True):
    """Wrong guesses of one person, from one network, on one code, or on one day; nobody in clear."""

    mark: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))  # Vault.keyed_hash of whom or what
    kind: str = Field(sa_column=Column(Text, nullable=False))  # knowledge.dossiers.guesses.Kind, or "all"
    tries: int = Field(sa_column=Column(BigInteger, nullable=False))  # as of knowledge.dossiers.guesses.Tally
    locks: int = Field(sa_column=Column(BigInteger, nullable=False))
    until: int = Field(sa_column=Column(BigInteger, nullable=False))
    at: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))
