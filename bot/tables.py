"""The schema as it should be. Migrations build it; a test compares the two on both engines."""

from sqlalchemy import BigInteger, Column, ForeignKey, LargeBinary, Text
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


class Dossier(SQLModel, table=True):
    """A dossier of the embedded desk. Whatever tells of a person is in `content`, sealed."""

    code: str = Field(sa_column=Column(Text, primary_key=True))  # normalised: "H15.50-260706-1377"
    procedure: str = Field(sa_column=Column(Text, nullable=False))  # national code; "": unknown
    status: str = Field(sa_column=Column(Text, nullable=False))  # national state "1" to "10", or a local one
    received: str = Field(sa_column=Column(Text, nullable=False))  # "2026-07-06"; "": unknown
    due: str = Field(sa_column=Column(Text, nullable=False))  # likewise
    finished: str = Field(sa_column=Column(Text, nullable=False))  # likewise; "": open
    changed_at: int = Field(sa_column=Column(BigInteger, nullable=False))  # Unix seconds; newest message
    facts: bytes = Field(sa_column=Column(LargeBinary, nullable=False))  # bot.dossiers.storage.facts
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))  # the rest as JSON, sealed


class WrongTry(SQLModel, table=True):
    """Wrong second facts tried on a code, whether there is such a dossier or not."""

    __tablename__ = "wrong_try"

    code_hash: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))
    at: int = Field(sa_column=Column(BigInteger, primary_key=True, index=True))  # Unix seconds
    times: int = Field(sa_column=Column(BigInteger, nullable=False))  # in that second


class SyncKey(SQLModel, table=True):
    """A key with which one-stop software may push dossiers. The key itself is not kept."""

    __tablename__ = "sync_key"

    name: str = Field(sa_column=Column(Text, primary_key=True))  # the administrator's: "may-chu-igate"
    key_hash: bytes = Field(sa_column=Column(LargeBinary, nullable=False))  # SHA-256
    made_at: int = Field(sa_column=Column(BigInteger, nullable=False))  # Unix seconds
    used_at: int = Field(sa_column=Column(BigInteger, nullable=False))  # likewise, to the hour; 0: never


SCHEMA = SQLModel.metadata  # of all tables above
