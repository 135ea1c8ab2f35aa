"""What became of the notices: for the clerk's commands, the call list, and the figures to watch."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, text

from bot.clock import VIETNAM

TROUBLED = ("waiting", "doubtful", "refused", "given_up")  # what the clerk looks through
COLUMNS = (
    "SELECT id, code, kind, channel, state, owed_at, not_before, sent_at, acked_at, call_at, tries, reminder,"
    " receipt FROM notice"
)
LISTING = text(f"{COLUMNS} WHERE state IN :states ORDER BY id DESC LIMIT :most").bindparams(
    bindparam("states", expanding=True)
)
ONE = text(f"{COLUMNS} WHERE id = :id")
CALLS = text(f"{COLUMNS} WHERE call_at > 0 ORDER BY call_at, id LIMIT :most")
STORY = f"{COLUMNS} WHERE address = :address{{which}} ORDER BY id"
CALLED = text("UPDATE notice SET call_at = 0, acked_at = :now WHERE id = :id AND call_at > 0")
# What may have arrived stays a reminder, counted anew.
RETRY = text(
    "UPDATE notice SET state = CASE WHEN reminder > 0 OR state = 'sent' THEN 'doubtful' ELSE 'waiting' END,"
    " reminder = CASE WHEN reminder > 0 OR state = 'sent' THEN 1 ELSE 0 END,"
    " not_before = :now, first_at = 0, call_at = 0, ack_by = 0, receipt = ''"
    " WHERE id = :id AND kind <> 'stop' AND (state IN ('waiting', 'doubtful', 'refused', 'given_up')"
    " OR state = 'sent' AND call_at > 0)"
)
OPEN = text(
    "SELECT channel, state, count(*) AS number, min(not_before) AS first FROM notice"
    " WHERE state IN ('waiting', 'claimed', 'doubtful') GROUP BY channel, state"
)
WAITING_CALLS = text("SELECT count(*) FROM notice WHERE call_at > 0")
FORGET = text(
    "DELETE FROM notice WHERE owed_at < :before AND call_at = 0"
    " AND state NOT IN ('waiting', 'claimed', 'doubtful')"
)


class Entry(NamedTuple):
    """A notice in the ledger; who gets it is left out."""

    id: int
    code: str  # of the dossier
    kind: str  # of bot.notices.kinds, or "stop": the person ended it then
    channel: str
    state: str  # waiting, claimed, doubtful, sent, refused, given_up, superseded, stopped
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


def listing(connection: Connection, states: Sequence[str] = TROUBLED, most: int = 100) -> list[Entry]:
    """The newest notices in these states."""
    return _entries(connection.execute(LISTING, {"states": list(states), "most": most}))


def find(connection: Connection, notice: int) -> Entry | None:
    """One notice by its id."""
    return next(iter(_entries(connection.execute(ONE, {"id": notice}))), None)


def calls(connection: Connection, most: int = 1000) -> list[Entry]:
    """Whom the clerk should call, longest waiting first: refused, given up, or not read in time."""
    return _entries(connection.execute(CALLS, {"most": most}))


def called(connection: Connection, notice: int, now: datetime) -> bool:
    """The clerk has called: off the list. False if it was not on it."""
    return connection.execute(CALLED, {"id": notice, "now": _seconds(now)}).rowcount == 1


def retry(connection: Connection, notice: int, now: datetime) -> bool:
    """Tries again at once; False for what was sent and read, superseded, stopped, or is being sent."""
    return connection.execute(RETRY, {"id": notice, "now": _seconds(now)}).rowcount == 1


def story(connection: Connection, address: str, code: str = "") -> list[Entry]:
    """All notices to a person, oldest first, about that dossier or anything: why did no message come?"""
    query = text(STORY.format(which=" AND code = :code" if code else ""))
    return _entries(connection.execute(query, {"address": address, "code": code}))


def backlog(connection: Connection) -> list[Backlog]:
    """What is still to be delivered, by channel and state."""
    return [Backlog(r.channel, r.state, r.number, _moment(r.first)) for r in connection.execute(OPEN)]


def call_count(connection: Connection) -> int:
    """How long the call list is."""
    return int(connection.execute(WAITING_CALLS).scalar_one())


def forget(connection: Connection, before: datetime) -> int:
    """Deletes what was owed before then and is done with; how many."""
    return connection.execute(FORGET, {"before": _seconds(before)}).rowcount


def _entries(rows: Any) -> list[Entry]:
    return [
        Entry(
            id=row.id,
            code=row.code,
            kind=row.kind,
            channel=row.channel,
            state=row.state,
            owed_at=_moment(row.owed_at),
            not_before=_moment(row.not_before),
            sent_at=_known(row.sent_at),
            acked_at=_known(row.acked_at),
            call_at=_known(row.call_at),
            tries=row.tries,
            reminder=row.reminder,
            reason="" if row.state == "sent" else row.receipt,
        )
        for row in rows
    ]


def _known(seconds: int) -> datetime | None:
    return _moment(seconds) if seconds else None


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, VIETNAM)


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
