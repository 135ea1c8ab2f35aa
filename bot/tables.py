"""The schema as it should be. Migrations build it; a test compares the two on both engines."""

from sqlalchemy import BigInteger, Column, ForeignKey, Text
from sqlmodel import Field, SQLModel


class Conversation(SQLModel, table=True):
    """What is remembered of the conversation with one person on one channel."""

    address: str = Field(sa_column=Column(Text, primary_key=True))  # "telegram:1234"
    state: str = Field(sa_column=Column(Text, nullable=False))  # handlers.messages.State as JSON
    version: int = Field(sa_column=Column(BigInteger, nullable=False))  # 1 for the first turn
    seen_at: int = Field(
        sa_column=Column(BigInteger, nullable=False, index=True)
    )  # Unix seconds; last message


class Handled(SQLModel, table=True):
    """A message that was answered, so that its redelivery changes nothing and gets the same answer."""

    address: str = Field(
        sa_column=Column(Text, ForeignKey("conversation.address", ondelete="CASCADE"), primary_key=True)
    )
    message_id: str = Field(
        sa_column=Column(Text, primary_key=True)
    )  # the channel's own, unique to the address
    replies: str = Field(sa_column=Column(Text, nullable=False))  # tuple of handlers.messages.Reply as JSON
    handled_at: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))  # Unix seconds


class Question(SQLModel, table=True):
    """A question that was not answered outright, scrubbed of personal data, with how often it came."""

    text: str = Field(sa_column=Column(Text, primary_key=True))
    meant: str = Field(sa_column=Column(Text, primary_key=True))  # code chosen then; "": none
    times: int = Field(sa_column=Column(BigInteger, nullable=False))
    last_at: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))  # Unix seconds


SCHEMA = SQLModel.metadata  # of all tables above
