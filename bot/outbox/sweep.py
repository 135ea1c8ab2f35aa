"""What got stuck: claims of dead workers, clocks that were set back, notices nobody read, channels gone.

Any number of workers may sweep at once; each statement moves a row that is still as it was.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, text

from bot.outbox import pace
from bot.outbox.claim import LEASE_S
from bot.outbox.enqueue import OWE, Owed, row
from bot.outbox.settle import DOUBTS, NEWER, PATIENCE_S

# A lease or a wait that ends later than any we give was written before a clock was set back.
LONGEST_LEASE_S = 2 * LEASE_S
LONGEST_WAIT_S = 25 * 3600  # quiet hours end within a day
UNREAD = 100  # looked after in one sweep

DEAD = text(
    "UPDATE notice SET reminder = reminder + 1, not_before = :now, receipt = 'worker died',"
    f" state = CASE WHEN {NEWER} THEN 'superseded'"
    " WHEN reminder >= :doubts THEN 'given_up' ELSE 'doubtful' END,"
    f" call_at = CASE WHEN reminder >= :doubts AND NOT ({NEWER}) THEN :now ELSE 0 END"
    " WHERE state = 'claimed' AND (lease_until <= :now OR lease_until > :furthest)"
)
AHEAD = text(
    "UPDATE notice SET not_before = :now WHERE state IN ('waiting', 'doubtful') AND not_before > :furthest"
)
ORPHANED = (
    "UPDATE notice SET state = 'given_up', receipt = 'no such channel', call_at = :now"
    " WHERE state IN ('waiting', 'doubtful') AND not_before < :before{others}"
)
UNACKNOWLEDGED = text(
    "SELECT id, key, code, address, kind, urgent FROM notice"
    " WHERE state = 'sent' AND ack_by BETWEEN 1 AND :now ORDER BY id LIMIT :most"
)
# The person's other channels that want notices at all, and did not stop this one.
OTHERS = text(
    "SELECT DISTINCT other.address FROM recipient AS own JOIN recipient AS other"
    " ON other.phone_mark = own.phone_mark AND other.address <> own.address"
    " WHERE own.address = :address AND length(own.phone_mark) > 0"
    " AND EXISTS (SELECT 1 FROM follow AS f WHERE f.address = other.address)"
    " AND NOT EXISTS (SELECT 1 FROM notice AS s WHERE s.address = other.address AND s.code = :code"
    " AND s.kind = 'stop') ORDER BY other.address"
)
PASSED_ON = text("UPDATE notice SET ack_by = 0, call_at = :call_at WHERE id = :id AND ack_by > 0")


class Swept(NamedTuple):
    """How many notices were freed by a sweep."""

    dead: int = 0  # claims of workers that died
    ahead: int = 0  # notices that waited for a time that will not come soon
    orphaned: int = 0  # of channels that nobody serves
    unread: int = 0  # passed on to another channel, or to the clerk


def sweep(connection: Connection, channels: Collection[str], now: datetime) -> Swept:
    """Frees what is stuck. `channels`: those that are served; of others notices are given up in time."""
    at = int(now.timestamp())
    dead = {"now": at, "doubts": DOUBTS, "furthest": at + LONGEST_LEASE_S}
    swept = Swept(
        dead=connection.execute(DEAD, dead).rowcount,
        ahead=connection.execute(AHEAD, {"now": at, "furthest": at + LONGEST_WAIT_S}).rowcount,
        orphaned=_orphaned(connection, channels, at),
        unread=_pass_on(connection, now),
    )
    pace.forget(connection)
    return swept


def _orphaned(connection: Connection, channels: Collection[str], at: int) -> int:
    names = {f"channel_{number}": name for number, name in enumerate(sorted(channels))}
    others = "".join(f" AND channel <> :{name}" for name in names)
    values = {"now": at, "before": at - PATIENCE_S, **names}
    return connection.execute(text(ORPHANED.format(others=others)), values).rowcount


def _pass_on(connection: Connection, now: datetime) -> int:
    """What should have been read goes to the person's next channel, or else on the call list."""
    at = int(now.timestamp())
    unread = connection.execute(UNACKNOWLEDGED, {"now": at, "most": UNREAD}).all()
    for each in unread:
        passed = _to_next_channel(connection, each, now)
        connection.execute(PASSED_ON, {"id": each.id, "call_at": 0 if passed else at})
    return len(unread)


def _to_next_channel(connection: Connection, unread: Any, now: datetime) -> bool:
    others = connection.execute(OTHERS, {"address": unread.address, "code": unread.code}).scalars()
    event = unread.key.removesuffix(f"/{unread.address}")
    for address in others.all():
        # one that had the same notice before has it by the same key
        owed = Owed(event, unread.code, address, unread.kind, bool(unread.urgent))
        if connection.execute(OWE, row(owed, now)).rowcount:
            return True
    return False
