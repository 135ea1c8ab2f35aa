"""The tables of the Zalo channels; see `tables.py`."""

from sqlalchemy import BigInteger, Column, Index, LargeBinary, Text
from sqlmodel import Field, SQLModel

from bot.storage.schema.outbox import number


class ZaloEvent(SQLModel, table=True):
    """What Zalo told us of a person: stored before it is answered with 200, worked off afterwards."""

    __tablename__ = "zalo_event"
    __table_args__ = (
        Index("ix_zalo_event_open", "channel", "done_at", "sent_ms"),
        Index("ix_zalo_event_person", "person", "done_at"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(sa_column=number())
    channel: str = Field(sa_column=Column(Text, nullable=False))  # "zalo", "zalobot"
    mark: bytes = Field(
        sa_column=Column(LargeBinary, nullable=False, unique=True)
    )  # Vault.keyed_hash of its key
    person: bytes = Field(
        sa_column=Column(LargeBinary, nullable=False)
    )  # likewise: events of one are in order
    sent_ms: int = Field(sa_column=Column(BigInteger, nullable=False))  # Unix milliseconds, by Zalo's clock
    at: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))  # Unix seconds; when it came
    until: int = Field(sa_column=Column(BigInteger, nullable=False))  # likewise; nobody takes it before
    answered: int = Field(sa_column=Column(BigInteger, nullable=False))  # messages that went out for it
    done_at: int = Field(sa_column=Column(BigInteger, nullable=False))  # Unix seconds; 0: open
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))  # the body, sealed; empty once done


class ZaloPause(SQLModel, table=True):
    """A chat in which somebody of the office has taken over: the bot is silent there."""

    __tablename__ = "zalo_pause"

    address: str = Field(sa_column=Column(Text, primary_key=True))  # "zalo:4567890123456789012"
    until: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))  # Unix seconds


class ZaloNote(SQLModel, table=True):
    """What all processes have to know of the Official Account; nothing of people."""

    __tablename__ = "zalo_note"

    name: str = Field(sa_column=Column(Text, primary_key=True))  # of bot.channels.zalo.oa.notes
    value: str = Field(sa_column=Column(Text, nullable=False))
    until: int = Field(sa_column=Column(BigInteger, nullable=False))  # Unix seconds; it is no more true then


class ZaloToken(SQLModel, table=True):
    """The grant of an Official Account of Zalo: the pair of tokens, and who may renew it."""

    __tablename__ = "zalo_token"

    oa: str = Field(sa_column=Column(Text, primary_key=True))  # ZALO_OA_ID
    number: int = Field(sa_column=Column(BigInteger, nullable=False))  # of its pairs so far; 0: none
    asked: int = Field(sa_column=Column(BigInteger, nullable=False))  # times its refresh token went out
    asked_at: int = Field(sa_column=Column(BigInteger, nullable=False))  # all times: Unix seconds; 0: never
    refused_at: int = Field(sa_column=Column(BigInteger, nullable=False))  # the access token; 0: it is not
    error: int = Field(sa_column=Column(BigInteger, nullable=False))  # of the token server; 0: none
    login_until: int = Field(sa_column=Column(BigInteger, nullable=False))  # the callback takes a code
    verifier: bytes = Field(sa_column=Column(LargeBinary, nullable=False))  # PKCE's, sealed
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))  # this pair and the last, sealed
