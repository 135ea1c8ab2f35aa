"""Notices taken back: what they tell was undone, so that it is not true any more."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, select, update
from sqlmodel import col

from bot.outbox.store import DESK, OF_CODE, OF_KEY, OF_PERSON
from bot.storage.schema.outbox import WAITING_NOTICE, Notice
from knowledge.notices.states import NoticeState

# codes, kinds and numbers hold no wildcard of LIKE
OF_EVENT = col(Notice.key).like(bindparam("start"))
IS_DESK_CALL = (col(Notice.channel) == DESK) & (col(Notice.call_at) > 0)
RECALL = (
    update(Notice)
    .where(OF_EVENT, (col(Notice.state) == NoticeState.WAITING.value) | IS_DESK_CALL)
    .values(state=NoticeState.SUPERSEDED.value, call_at=0, ack_by=0)
    .returning(col(Notice.id), col(Notice.code), col(Notice.address))
)
LAST_BEFORE = (
    select(func.max(col(Notice.id)))
    .where(OF_PERSON, OF_CODE, col(Notice.id) < bindparam("number"))
    .scalar_subquery()
)
REVIVE = (
    update(Notice)
    .where(col(Notice.id) == LAST_BEFORE, col(Notice.state) == NoticeState.SUPERSEDED.value)
    .values(state=NoticeState.WAITING.value)
)
HEARD = select(col(Notice.address)).where(
    OF_EVENT, col(Notice.state).not_in([NoticeState.SUPERSEDED.value, NoticeState.STOPPED.value])
)
OWED_SINCE = (
    select(col(Notice.id), col(Notice.code), col(Notice.state))
    .where(col(Notice.owed_at) >= bindparam("since"))
    .order_by(col(Notice.id))
)
TAKE_BACK = (
    update(Notice)
    .where(col(Notice.id) == bindparam("number"), WAITING_NOTICE)
    .values(state=NoticeState.SUPERSEDED.value)
)
WAIT_AGAIN = (
    update(Notice)
    .where(OF_KEY, col(Notice.state) == NoticeState.SUPERSEDED.value)
    .values(state=NoticeState.WAITING.value)
)


class Recalled(NamedTuple):
    """What became of a notice that is not true any more."""

    stopped: int  # not sent, or not called about, by then
    told: list[str]  # addresses of those who heard of it, or may have


def recall(connection: Connection, event: str) -> Recalled:
    """Ends the notices of an event that nobody has got yet; the news that they superseded is owed again."""
    values = {"start": f"{event}/%"}
    ended = connection.execute(RECALL, values).all()
    for row in ended:
        connection.execute(REVIVE, {"person": row.address, "about": row.code, "number": row.id})
    return Recalled(len(ended), list(connection.execute(HEARD, values).scalars()))


def owed_since(connection: Connection, since: datetime) -> list[tuple[int, str, NoticeState]]:
    """Id, code and state of each notice that was owed then or later."""
    rows = connection.execute(OWED_SINCE, {"since": int(since.timestamp())})
    return [(row.id, row.code, NoticeState(row.state)) for row in rows]


def take_back(connection: Connection, notices: Collection[int], older: Collection[str]) -> None:
    """Ends notices that should not have been owed; those they superseded, known by their keys, wait again."""
    if notices:
        connection.execute(TAKE_BACK, [{"number": each} for each in notices])
    if older:
        connection.execute(WAIT_AGAIN, [{"known_as": each} for each in older])
