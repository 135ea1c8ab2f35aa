"""The tables that guard what is held: wrong guesses, who looked, what can be taken back; see `tables.py`."""

from sqlalchemy import BigInteger, Column, LargeBinary, Text
from sqlmodel import Field, SQLModel

from bot.storage.schema.outbox import number


class Guess(SQLModel, table=True):
    """Wrong guesses of one person, from one network, on one code, or on one day; nobody in clear."""

    mark: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))  # Vault.keyed_hash of whom or what
    kind: str = Field(sa_column=Column(Text, nullable=False))  # knowledge.dossiers.guesses.Kind, or "all"
    tries: int = Field(sa_column=Column(BigInteger, nullable=False))  # as of knowledge.dossiers.guesses.Tally
    locks: int = Field(sa_column=Column(BigInteger, nullable=False))
    until: int = Field(sa_column=Column(BigInteger, nullable=False))
    at: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))


class Trace(SQLModel, table=True):
    """Who opened, changed or took out what of people. Only added to."""

    __table_args__ = {"sqlite_autoincrement": True}

    id: int = Field(sa_column=number())
    at: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))  # Unix seconds
    who: str = Field(sa_column=Column(Text, nullable=False))  # MOTCUA_CLERK, or the login
    act: str = Field(sa_column=Column(Text, nullable=False))  # "opened", "changed", "exported"
    command: str = Field(sa_column=Column(Text, nullable=False))  # "dossiers:show"
    about: str = Field(sa_column=Column(Text, nullable=False, index=True))  # as bot.watching.trace.Seen


class WebSession(SQLModel, table=True):
    """A session of the web page of which more is known than its cookie says; nobody in clear."""

    __tablename__ = "web_session"

    mark: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))  # hash of its random address
    generation: int = Field(sa_column=Column(BigInteger, nullable=False))  # of the cookie that is good
    renewed_by: bytes = Field(sa_column=Column(LargeBinary, nullable=False))  # hash of a message's id
    shared: int = Field(sa_column=Column(BigInteger, nullable=False))  # 1: on a shared computer
    used_at: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))  # Unix seconds
    ended: int = Field(sa_column=Column(BigInteger, nullable=False))  # 1: it was left


class LastChange(SQLModel, table=True):
    """What a clerk changed last in a dossier, and how it was before: to take it back."""

    __tablename__ = "last_change"

    code: str = Field(sa_column=Column(Text, primary_key=True))
    act: str = Field(sa_column=Column(Text, nullable=False))  # "moved", "corrected", "deleted"
    at: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))  # Unix seconds
    after: int = Field(sa_column=Column(BigInteger, nullable=False))  # changed_at that it left; 0: deleted
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))  # before, and why; as JSON, sealed


class PersonLink(SQLModel, table=True):
    """An address of a person who has several, also the one under which all that is his is kept."""

    __tablename__ = "person_link"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int = Field(sa_column=number())
    address: str = Field(sa_column=Column(Text, nullable=False, unique=True))  # "zalo:1234"
    home: str = Field(sa_column=Column(Text, nullable=False, index=True))  # "telegram:1234"; may be itself
    since: int = Field(sa_column=Column(BigInteger, nullable=False))  # all times: Unix seconds
    used_at: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))  # last message there
    lost: int = Field(sa_column=Column(BigInteger, nullable=False))  # 1: cannot be reached since then


class LinkCode(SQLModel, table=True):
    """A code that one channel shows, to be typed on another of the same person. The code is not kept."""

    __tablename__ = "link_code"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int = Field(sa_column=number())
    mark: bytes = Field(sa_column=Column(LargeBinary, nullable=False, unique=True))  # Vault.keyed_hash
    address: str = Field(sa_column=Column(Text, nullable=False, unique=True))  # where it is shown
    at: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))  # since when; Unix seconds
    taken_by: str = Field(sa_column=Column(Text, nullable=False))  # where it was typed; "": nowhere yet


class ShortLink(SQLModel, table=True):
    """A few letters on a receipt that stand for its deep link. The letters are not kept."""

    __tablename__ = "short_link"

    mark: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))  # Vault.keyed_hash of the letters
    payload: bytes = Field(sa_column=Column(LargeBinary, nullable=False))  # of the link, sealed
    at: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))  # last printed; Unix seconds
