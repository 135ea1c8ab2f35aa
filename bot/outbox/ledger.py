"""What became of the notices: for the clerk's commands, the call list, and the figures to watch."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, case, func, or_, select, update
from sqlmodel import col

from bot.clock import VIETNAM
from bot.outbox.store import DESK, STOP
from bot.storage.schema.outbox import CALL_NOTICE, OPEN_NOTICE, Notice
from knowledge.notices.states import RETRIED, TROUBLED, NoticeState

ENTRIES = select(
    *map(
        col,
        (
            Notice.id, Notice.code, Notice.kind, Notice.channel, Notice.state, Notice.owed_at,
            Notice.not_before, Notice.sent_at, Notice.acked_at, Notice.call_at, Notice.tries,
            Notice.reminder, Notice.receipt,
        ),
    )
)  # fmt: skip
OF_ID = col(Notice.id) == bindparam("number")
WAS_SENT = col(Notice.state) == NoticeState.SENT.value
MAY_HAVE_ARRIVED = or_(col(Notice.reminder) > 0, WAS_SENT)
CALLED = update(Notice).where(OF_ID, col(Notice.call_at) > 0).values(call_at=0, acked_at=bindparam("now"))
# What may have arrived stays a reminder, counted anew.
RETRY = (
    update(Notice)
    .where(OF_ID, col(Notice.kind) != STOP, col(Notice.channel) != DESK)
    .where(or_(col(Notice.state).in_(list(map(str, RETRIED))), WAS_SENT & (col(Notice.call_at) > 0)))
    .values(
        state=case((MAY_HAVE_ARRIVED, NoticeState.DOUBTFUL.value), else_=NoticeState.WAITING.value),
        reminder=case((MAY_HAVE_ARRIVED, 1), else_=0),
        not_before=bindparam("now"),
        first_at=0,
        call_at=0,
        ack_by=0,
        receipt="",
    )
)
IN_HAND = (
    select(
        col(Notice.channel),
        col(Notice.state),
        func.count().label("number"),
        func.min(Notice.not_before).label("first"),
    )
    .where(OPEN_NOTICE)
    .group_by(col(Notice.channel), col(Notice.state))
)
TO_CALL = select(func.count()).select_from(Notice).where(CALL_NOTICE)


class Entry(NamedTuple):
    """A notice in the ledger; who gets it is left out."""

    id: int
    code: str  # of the dossier
    kind: str  # of knowledge.notices.kinds, or "stop": the person ended it then
    channel: str
    state: NoticeState
    owed_at: datetime
    not_before: datetime  # open: when it goes out
    sent_at: datetime | None
    acked_at: datetime | None
    call_at: datetime | None  # on the call list since
    tries: int
    reminder: int  # how often nobody knew whether it had arrived
    reason: str  # why it did not arrive; "" for what was sent


class Backlog(NamedTuple):
    """How many notices of a channel are in an open state."""

    channel: str
    state: str
    number: int
    first: datetime  # when the first of them was, or will be, due


def listing(connection: Connection, states: Sequence[NoticeState] = TROUBLED, most: int = 100) -> list[Entry]:
    """The newest notices in these states."""
    query = (
        ENTRIES.where(col(Notice.state).in_(list(map(str, states))))
        .order_by(col(Notice.id).desc())
        .limit(most)
    )
    return _entries(connection.execute(query))


def find(connection: Connection, notice: int) -> Entry | None:
    """One notice by its id."""
    return next(iter(_entries(connection.execute(ENTRIES.where(OF_ID), {"number": notice}))), None)


def calls(connection: Connection, most: int = 1000) -> list[Entry]:
    """Whom the clerk should call, longest waiting first: refused, given up, or not read in time."""
    query = ENTRIES.where(CALL_NOTICE).order_by(col(Notice.call_at), col(Notice.id)).limit(most)
    return _entries(connection.execute(query))


def called(connection: Connection, notice: int, now: datetime) -> bool:
    """The clerk has called: off the list. False if it was not on it."""
    return connection.execute(CALLED, {"number": notice, "now": _seconds(now)}).rowcount == 1


def retry(connection: Connection, notice: int, now: datetime) -> bool:
    """Tries again at once; False for what was sent and read, superseded, stopped, or is being sent."""
    return connection.execute(RETRY, {"number": notice, "now": _seconds(now)}).rowcount == 1


def story(connection: Connection, address: str, code: str = "") -> list[Entry]:
    """All notices to a person, oldest first, about that dossier or anything: why did no message come?"""
    query = ENTRIES.where(col(Notice.address) == address).order_by(col(Notice.id))
    return _entries(connection.execute(query.where(col(Notice.code) == code) if code else query))


def backlog(connection: Connection) -> list[Backlog]:
    """What is still to be delivered, by channel and state."""
    return [Backlog(r.channel, r.state, r.number, _moment(r.first)) for r in connection.execute(IN_HAND)]


def call_count(connection: Connection) -> int:
    """How long the call list is."""
    return int(connection.execute(TO_CALL).scalar_one())


def _entries(rows: Iterable[Any]) -> list[Entry]:
    return [
        Entry(
            id=row.id,
            code=row.code,
            kind=row.kind,
            channel=row.channel,
            state=NoticeState(row.state),
            owed_at=_moment(row.owed_at),
            not_before=_moment(row.not_before),
            sent_at=_known(row.sent_at),
            acked_at=_known(row.acked_at),
            call_at=_known(row.call_at),
            tries=row.tries,
            reminder=row.reminder,
            reason="" if row.state == NoticeState.SENT else row.receipt,
        )
        for row in rows
    ]


def _known(seconds: int) -> datetime | None:
    return _moment(seconds) if seconds else None


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, VIETNAM)


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
