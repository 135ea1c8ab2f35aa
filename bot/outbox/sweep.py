"""What got stuck: claims of dead workers, clocks that were set back, notices nobody read, channels gone.

Any number of workers may sweep at once; each statement moves a row that is still as it was.
"""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, text

from bot.outbox import pace, store
from bot.outbox.settle import NEWER
from bot.outbox.store import Owed
from bot.outbox.timing import TIMING, Timing
from bot.storage.schema.outbox import state_in
from knowledge.notices.states import DUE, NoticeState

# A wait that ends later than any we give was written before a clock was set back.
LONGEST_WAIT_S = 25 * 3600  # quiet hours end within a day; after longer ones it only is held again
UNREAD = 100  # looked after in one sweep

# A person's other channels that may be used for news of that code, best first.
OtherChannels = Callable[[Connection, str, str], list[str]]

DEAD = text(
    "UPDATE notice SET reminder = reminder + 1, not_before = :now, receipt = 'worker died',"
    f" state = CASE WHEN {NEWER} THEN '{NoticeState.SUPERSEDED}'"
    f" WHEN reminder >= :doubts THEN '{NoticeState.GIVEN_UP}' ELSE '{NoticeState.DOUBTFUL}' END,"
    f" call_at = CASE WHEN reminder >= :doubts AND NOT ({NEWER}) THEN :now ELSE 0 END,"
    f" ack_by = CASE WHEN reminder >= :doubts AND NOT ({NEWER}) THEN :now ELSE 0 END"
    f" WHERE state = '{NoticeState.CLAIMED}' AND (lease_until <= :now OR lease_until > :furthest)"
)
AHEAD = text(f"UPDATE notice SET not_before = :now WHERE {state_in(DUE)} AND not_before > :furthest")
ORPHANED = (
    f"UPDATE notice SET state = '{NoticeState.GIVEN_UP}', receipt = 'no such channel', call_at = :now,"
    " ack_by = :now"
    f" WHERE {state_in(DUE)} AND not_before < :before{{others}}"
)
# Unread, or just put on the call list: two parts, as each has an index of its own.
AWAITED = " UNION ALL ".join(
    "SELECT id, key, code, address, kind, state, reminder, length(content) AS sealed FROM notice"
    f" WHERE {awaited} AND ack_by BETWEEN 1 AND :now"
    for awaited in (f"state = '{NoticeState.SENT}'", "call_at > 0")
)
UNREACHED = text(f"SELECT DISTINCT * FROM ({AWAITED}) AS awaited ORDER BY id LIMIT :most")
PASSED_ON = text(
    "UPDATE notice SET ack_by = 0,"
    " call_at = CASE WHEN :passed = 1 THEN 0 WHEN call_at > 0 THEN call_at ELSE :now END"
    " WHERE id = :id AND ack_by > 0"
)


class Swept(NamedTuple):
    """How many notices were freed by a sweep."""

    dead: int  # claims of workers that died
    ahead: int  # notices that waited for a time that will not come soon
    orphaned: int  # of channels that nobody serves
    unread: int  # passed on to another channel, or to the clerk


def sweep(
    connection: Connection,
    channels: Collection[str],
    now: datetime,
    other_channels: OtherChannels,
    timing: Timing = TIMING,
) -> Swept:
    """Frees what is stuck. `channels`: those that are served; of others notices are given up in time."""
    at = int(now.timestamp())
    # a lease that ends later than any we give was written before a clock was set back
    dead = {"now": at, "doubts": timing.doubts, "furthest": at + 2 * timing.lease_s}
    swept = Swept(
        dead=connection.execute(DEAD, dead).rowcount,
        ahead=connection.execute(AHEAD, {"now": at, "furthest": at + LONGEST_WAIT_S}).rowcount,
        orphaned=_orphaned(connection, channels, at - timing.patience_s, at),
        unread=_pass_on(connection, now, other_channels),
    )
    pace.forget(connection)
    return swept


def _orphaned(connection: Connection, channels: Collection[str], before: int, at: int) -> int:
    names = {f"channel_{number}": name for number, name in enumerate(sorted(channels))}
    others = "".join(f" AND channel <> :{name}" for name in names)
    values = {"now": at, "before": before, **names}
    return connection.execute(text(ORPHANED.format(others=others)), values).rowcount


def _pass_on(connection: Connection, now: datetime, other_channels: OtherChannels) -> int:
    """What was not read, or did not arrive, goes to the person's next channel, or else on the call list."""
    at = int(now.timestamp())
    unread = connection.execute(UNREACHED, {"now": at, "most": UNREAD}).all()
    for each in unread:
        # what is sealed for its reader is called about
        others = [] if each.sealed else other_channels(connection, each.address, each.code)
        passed = _to_next_channel(connection, each, others, now)
        connection.execute(PASSED_ON, {"id": each.id, "passed": int(passed), "now": at})
    return len(unread)


def _to_next_channel(connection: Connection, unread: Any, others: Collection[str], now: datetime) -> bool:
    event = unread.key.removesuffix(f"/{unread.address}")
    told = unread.state == NoticeState.SENT or unread.reminder > 0  # it says that it is told again
    state = NoticeState.DOUBTFUL if told else NoticeState.WAITING
    # one that had the same notice before has it by the same key
    return any(
        store.insert(
            connection, Owed(event, unread.code, address, unread.kind), now, state, reminder=int(told)
        )
        for address in others
    )
