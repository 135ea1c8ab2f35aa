"""The schema as it should be. Migrations build it; a test compares the two on both engines.

Each table has one owner, the only module that writes it; `tests/bot/storage/test_owners.py` names it.
"""

from collections.abc import Iterable

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Text,
    literal_column,
)
from sqlmodel import Field, SQLModel

from knowledge.notices.states import DUE, OPEN, NoticeState


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
    facts: bytes = Field(sa_column=Column(LargeBinary, nullable=False))  # bot.dossiers.marks
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


def _number() -> Column[int]:
    """A number that the database gives, never twice."""
    return Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)


class Follow(SQLModel, table=True):
    """Who is told about which dossier. To stop deletes the row; the proof stays in `Consent`."""

    code: str = Field(sa_column=Column(Text, primary_key=True))  # of the dossier, normalised
    address: str = Field(sa_column=Column(Text, primary_key=True, index=True))  # "telegram:1234"
    language: str = Field(sa_column=Column(Text, nullable=False))  # "vi", "en"; "": the default
    since: int = Field(sa_column=Column(BigInteger, nullable=False))  # Unix seconds
    consent: int = Field(sa_column=Column(BigInteger, nullable=False))  # id of the proof; 0: none
    detailed: int = Field(sa_column=Column(BigInteger, nullable=False))  # 1: the procedure may be named


class Consent(SQLModel, table=True):
    """A yes or a no of a person: who, when, which text. Only ever added to."""

    __table_args__ = {"sqlite_autoincrement": True}

    id: int = Field(sa_column=_number())
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

    id: int = Field(sa_column=_number())
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


class Pace(SQLModel, table=True):
    """The shared rate of a channel, or of one chat (GCRA)."""

    key: str = Field(sa_column=Column(Text, primary_key=True))  # "telegram", "telegram:1234"
    tat: int = Field(sa_column=Column(BigInteger, nullable=False))  # Unix microseconds: the next free slot


class Licence(SQLModel, table=True):
    """A certificate that expires, entered by a clerk or by its holder."""

    __table_args__ = {"sqlite_autoincrement": True}

    id: int = Field(sa_column=_number())
    address: str = Field(sa_column=Column(Text, nullable=False, index=True))  # "": known by phone only
    phone_mark: bytes = Field(sa_column=Column(LargeBinary, nullable=False, index=True))  # empty: unknown
    kind: str = Field(sa_column=Column(Text, nullable=False))  # id of knowledge.licences
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


class WebInbox(SQLModel, table=True):
    """Notices for people who use the web page; every web process shows them."""

    __tablename__ = "web_inbox"
    __table_args__ = (Index("ix_web_inbox_address", "address", "id"), {"sqlite_autoincrement": True})

    id: int = Field(sa_column=_number())
    address: str = Field(sa_column=Column(Text, nullable=False))  # "web:..."
    replies: bytes = Field(sa_column=Column(LargeBinary, nullable=False))  # handlers.messages.Reply, sealed
    at: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))  # Unix seconds


class Draft(SQLModel, table=True):
    """A form that somebody is filling in, found by its desk code."""

    code_mark: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))  # Vault.mark of the code
    form: str = Field(sa_column=Column(Text, nullable=False))  # "khai-sinh"
    version: int = Field(sa_column=Column(BigInteger, nullable=False))  # 1 for the first
    touched_at: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))  # Unix seconds
    printed_at: int = Field(sa_column=Column(BigInteger, nullable=False))  # 0: not
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))  # answers and procedure, sealed


SCHEMA = SQLModel.metadata  # of all tables above
