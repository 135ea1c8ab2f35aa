"""The schema as it should be. Migrations build it; a test compares the two on both engines.

Each table has one owner, the only module that writes it; `tests/bot/storage/test_owners.py` names it.
"""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, LargeBinary, Text
from sqlmodel import Field, SQLModel

from bot.storage.schema import guard, one_stop, zalo, zalobot  # noqa: F401  # for SCHEMA
from bot.storage.schema.outbox import number


class Conversation(SQLModel, table=True):
    """What is remembered of the conversation with one person on one channel."""

    address: str = Field(sa_column=Column(Text, primary_key=True))  # "telegram:1234"
    state: str = Field(sa_column=Column(Text, nullable=False))  # handlers.turn.messages.State as JSON
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
    replies: str = Field(sa_column=Column(Text, nullable=False))  # Replies of handlers.turn.messages as JSON
    handled_at: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))  # Unix seconds
    # as of Draft, of the form that was open: the replies hold some of it; empty: none
    draft_mark: bytes = Field(sa_column=Column(LargeBinary, nullable=False, index=True))


class Question(SQLModel, table=True):
    """A question that was not answered outright, scrubbed of personal data, with how often it came."""

    text: str = Field(sa_column=Column(Text, primary_key=True))
    meant: str = Field(sa_column=Column(Text, primary_key=True))  # code chosen then; "": none
    context: str = Field(sa_column=Column(Text, primary_key=True))  # what was open; "": nothing
    done: str = Field(sa_column=Column(Text, primary_key=True))  # outcome of its turn; "": not noted then
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
    facts: bytes = Field(sa_column=Column(LargeBinary, nullable=False))  # bot.dossiers.marks
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))  # the rest as JSON, sealed


class SyncKey(SQLModel, table=True):
    """A key with which one-stop software may push dossiers. The key itself is not kept."""

    __tablename__ = "sync_key"

    name: str = Field(sa_column=Column(Text, primary_key=True))  # the administrator's: "may-chu-igate"
    key_hash: bytes = Field(sa_column=Column(LargeBinary, nullable=False))  # SHA-256
    made_at: int = Field(sa_column=Column(BigInteger, nullable=False))  # Unix seconds
    used_at: int = Field(sa_column=Column(BigInteger, nullable=False))  # likewise, to the hour; 0: never


class SealKey(SQLModel, table=True):
    """A key with which something in this database may be sealed. The key itself is not kept."""

    __tablename__ = "seal_key"

    number: int = Field(
        sa_column=Column(BigInteger, primary_key=True, autoincrement=False)
    )  # 1 for the first
    proof: bytes = Field(sa_column=Column(LargeBinary, nullable=False))  # Vault.proof: only this key opens it
    made_at: int = Field(sa_column=Column(BigInteger, nullable=False))  # Unix seconds


class Follow(SQLModel, table=True):
    """Who is told about which dossier. To stop deletes the row; the proof stays in `Consent`."""

    code: str = Field(sa_column=Column(Text, primary_key=True))  # of the dossier, normalised
    address: str = Field(sa_column=Column(Text, primary_key=True, index=True))  # "telegram:1234"
    language: str = Field(sa_column=Column(Text, nullable=False))  # "vi", "en"; "": the default
    since: int = Field(sa_column=Column(BigInteger, nullable=False))  # Unix seconds
    consent: int = Field(sa_column=Column(BigInteger, nullable=False))  # id of the proof; 0: none
    detailed: int = Field(sa_column=Column(BigInteger, nullable=False))  # 1: the procedure may be named
    proved: int = Field(
        sa_column=Column(BigInteger, nullable=False)
    )  # 1: gave the second fact; else the kind only


class Consent(SQLModel, table=True):
    """A yes or a no of a person: who, when, which text. Only ever added to."""

    __table_args__ = {"sqlite_autoincrement": True}

    id: int = Field(sa_column=number())
    address_hash: bytes = Field(sa_column=Column(LargeBinary, nullable=False, index=True))  # Vault.mark
    purpose: str = Field(sa_column=Column(Text, nullable=False))  # "follow", "card"
    text_version: str = Field(sa_column=Column(Text, nullable=False))  # of the text shown: "follow-2026-11"
    given: int = Field(sa_column=Column(BigInteger, nullable=False))  # 1: agreed; 0: taken back
    at: int = Field(sa_column=Column(BigInteger, nullable=False))  # Unix seconds


class Recipient(SQLModel, table=True):
    """How a person wants to be told, whatever the dossier."""

    address: str = Field(sa_column=Column(Text, primary_key=True))
    # Vault.mark of the own phone number; empty: unknown. Addresses with one mark are one person's channels.
    phone_mark: bytes = Field(sa_column=Column(LargeBinary, nullable=False, index=True))
    quiet: str = Field(sa_column=Column(Text, nullable=False))  # "": default; "none"; "22:00-06:00"
    language: str = Field(sa_column=Column(Text, nullable=False))
    detailed: int = Field(sa_column=Column(BigInteger, nullable=False))  # 1: names the procedure
    digest: int = Field(sa_column=Column(BigInteger, nullable=False))  # 1: reminders, once a day at most


class PhoneFollow(SQLModel, table=True):
    """The desk was given a phone: the first contact of its owner makes him follow the dossier."""

    __tablename__ = "phone_follow"
    __table_args__ = {"sqlite_with_rowid": False}  # one tree instead of two: an import writes many

    phone_mark: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))
    code: str = Field(sa_column=Column(Text, primary_key=True))
    since: int = Field(sa_column=Column(BigInteger, nullable=False))  # Unix seconds


class ExpiryRow(SQLModel, table=True):
    """A paper that expires, entered by a clerk or by its holder."""

    __tablename__ = "licence"  # as databases already have it
    __table_args__ = {"sqlite_autoincrement": True}

    id: int = Field(sa_column=number())
    address: str = Field(sa_column=Column(Text, nullable=False, index=True))  # "": known by phone only
    phone_mark: bytes = Field(sa_column=Column(LargeBinary, nullable=False, index=True))  # empty: unknown
    kind: str = Field(sa_column=Column(Text, nullable=False))  # id of knowledge.notices.expiries
    expires_on: str = Field(sa_column=Column(Text, nullable=False, index=True))  # "2027-03-01"
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))  # the rest as JSON, sealed


class Apology(SQLModel, table=True):
    """Why a dossier is late and the new date: drafted for the clerk, told once released."""

    code: str = Field(sa_column=Column(Text, primary_key=True))
    reason: bytes = Field(sa_column=Column(LargeBinary, nullable=False))  # sealed: it may name people
    first_due: str = Field(sa_column=Column(Text, nullable=False))  # as first promised: "2026-11-20"
    new_due: str = Field(sa_column=Column(Text, nullable=False))
    drafted_at: int = Field(sa_column=Column(BigInteger, nullable=False))  # Unix seconds
    released_at: int = Field(sa_column=Column(BigInteger, nullable=False))  # 0: not yet
    times: int = Field(sa_column=Column(BigInteger, nullable=False))  # how often one was released


class DeskWord(SQLModel, table=True):
    """What this office means by a heading or a state of its tables, as a clerk once said."""

    __tablename__ = "desk_word"

    kind: str = Field(sa_column=Column(Text, primary_key=True))  # "column" or "state"
    written: str = Field(sa_column=Column(Text, primary_key=True))  # in plain words: "so dt nguoi nop"
    means: str = Field(sa_column=Column(Text, nullable=False))  # what the column holds; "1" to "10"


class TakeIn(SQLModel, table=True):
    """A table that was taken in, so that it can be undone as a whole."""

    __tablename__ = "take_in"

    id: int = Field(sa_column=number())
    taken_at: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))  # Unix seconds
    as_of: int = Field(sa_column=Column(BigInteger, nullable=False))  # likewise: for when it spoke
    new: int = Field(sa_column=Column(BigInteger, nullable=False))
    changed: int = Field(sa_column=Column(BigInteger, nullable=False))
    undone_at: int = Field(sa_column=Column(BigInteger, nullable=False))  # Unix seconds; 0: not


class TakeInPart(SQLModel, table=True):
    """What a batch of it found: which dossiers were new, and what the others were before."""

    __tablename__ = "take_in_part"

    take_in: int = Field(
        sa_column=Column(BigInteger, ForeignKey("take_in.id", ondelete="CASCADE"), primary_key=True)
    )
    part: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))  # as JSON, sealed


class WebInbox(SQLModel, table=True):
    """Notices for people who use the web page; every web process shows them."""

    __tablename__ = "web_inbox"
    __table_args__ = (Index("ix_web_inbox_address", "address", "id"), {"sqlite_autoincrement": True})

    id: int = Field(sa_column=number())
    address: str = Field(sa_column=Column(Text, nullable=False))  # "web:..."
    replies: bytes = Field(sa_column=Column(LargeBinary, nullable=False))  # of handlers.turn.messages, sealed
    at: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))  # Unix seconds


class TelegramUpdate(SQLModel, table=True):
    """An update that Telegram may forget and that is not answered yet."""

    __tablename__ = "telegram_update"

    number: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))  # Telegram's
    address: str = Field(sa_column=Column(Text, nullable=False, index=True))  # "telegram:1234"
    album: str = Field(sa_column=Column(Text, nullable=False))  # of which its picture is a part; "": none
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))  # as it came, sealed
    at: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))  # Unix seconds


class PushSubscription(SQLModel, table=True):
    """A browser at which a person wants to be told while the page is closed."""

    __tablename__ = "push_subscription"

    mark: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))  # Vault.keyed_hash of its endpoint
    address: str = Field(sa_column=Column(Text, nullable=False, index=True))  # "web:..."
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))  # endpoint and keys, sealed
    at: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))  # page last opened


class Draft(SQLModel, table=True):
    """A form that somebody is filling in, found by its desk code."""

    code_mark: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))  # Vault.mark of the code
    form: str = Field(sa_column=Column(Text, nullable=False))  # "khai-sinh"
    version: int = Field(sa_column=Column(BigInteger, nullable=False))  # 1 for the first
    touched_at: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))  # Unix seconds
    printed_at: int = Field(sa_column=Column(BigInteger, nullable=False))  # 0: not
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))  # answers and procedure, sealed
    # Vault.keyed_hash of the address that began it; empty: before that was kept
    owner_mark: bytes = Field(sa_column=Column(LargeBinary, nullable=False, index=True))


SCHEMA = SQLModel.metadata  # of all tables above, of the outbox's, the guard's and Zalo's
