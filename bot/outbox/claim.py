"""Claim: from here on a notice is on its way, whatever happens to who took it.

A claim is committed before the network call, so that no crash makes a notice go out twice unmarked. Of one
person only the oldest open notice can be claimed.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, TextClause, text

from bot.clock import VIETNAM
from bot.outbox import pace
from bot.outbox.timing import TIMING
from bot.storage import database
from bot.storage.schema.outbox import state_in
from knowledge.notices.quiet_hours import QuietHours, chosen, in_force
from knowledge.notices.states import DUE, OPEN, NoticeState

CLAIMED, DOUBTFUL, WAITING = NoticeState.CLAIMED, NoticeState.DOUBTFUL, NoticeState.WAITING
CLAIM = f"""
WITH due AS MATERIALIZED (
  SELECT n.id FROM notice AS n
  WHERE n.channel = :channel AND n.{state_in(DUE)} AND n.not_before <= :now
  AND n.id = (
    SELECT min(e.id) FROM notice AS e WHERE e.address = n.address
    AND e.{state_in(OPEN)} AND e.urgent >= n.urgent
  ) AND NOT EXISTS (SELECT 1 FROM notice AS e WHERE e.address = n.address AND e.state = '{CLAIMED}'){{chat}}
  ORDER BY n.not_before, n.id LIMIT :count{{skip}}
)
UPDATE notice SET state = '{CLAIMED}', claimed_by = :worker, lease_until = :now + :lease, tries = tries + 1,
  first_at = CASE WHEN first_at BETWEEN 1 AND :now THEN first_at ELSE :now END
WHERE {{among}}
RETURNING id, key, code, address, kind, urgent, tries, first_at, reminder, content, not_before,
  COALESCE((SELECT r.quiet FROM recipient AS r WHERE r.address = notice.address), '') AS quiet
"""
CHAT = """
  AND NOT EXISTS (SELECT 1 FROM pace AS p WHERE p.key = n.address
    AND p.tat > {clock} AND p.tat <= {clock} + :furthest)"""
HOLD = text(
    f"UPDATE notice SET state = CASE WHEN reminder > 0 THEN '{DOUBTFUL}' ELSE '{WAITING}' END,"
    " tries = tries - 1, first_at = 0, not_before = :not_before WHERE id = :id"
)
# Those behind it in the person's order need not be looked at before it.
BEHIND = text(
    "UPDATE notice SET not_before = :not_before WHERE address = :address AND urgent <= :urgent"
    f" AND {state_in(DUE)} AND not_before < :not_before"
)
HELD = text(
    "UPDATE notice SET not_before = :now WHERE address = :address AND first_at = 0"
    f" AND {state_in(DUE)} AND not_before > :now"
)
IS_DUE = text(
    f"SELECT 1 FROM notice WHERE channel = :channel AND {state_in(DUE)} AND not_before <= :now LIMIT 1"
)


class Notice(NamedTuple):
    """A claimed notice. Never log its address."""

    id: int
    key: str
    code: str
    address: str
    kind: str  # of knowledge.notices.kinds
    urgent: int
    tries: int  # with this one
    first_at: int  # Unix seconds of the first try
    reminder: int  # more than 0: it may have arrived before, so it has to say that it is a reminder
    content: bytes  # sealed for the place `notice/<key>`; empty: nothing of its own


@dataclass(frozen=True)
class Claims:
    """What a claim brought."""

    notices: tuple[Notice, ...] = ()
    held: int = 0  # notices that were due but whose reader has quiet hours

    @property
    def is_empty(self) -> bool:
        """Whether nothing was due."""
        return not self.notices and not self.held


@dataclass(frozen=True)
class Claimer:
    """Who claims, and how."""

    channel: str  # "telegram"
    worker: str  # host and process, for the operator
    quiet: QuietHours = QuietHours()  # the office's, for who has none of his own
    paced_chats: bool = False  # persons have a pace of their own
    lease_s: int = TIMING.lease_s


@contextmanager
def durable(engine: Engine) -> Iterator[Connection]:
    """A transaction that survives a power cut: a claim undone would be a notice sent twice unmarked."""
    with engine.connect() as connection:
        own: Any = connection.connection.driver_connection
        if database.is_sqlite(engine):
            own.execute("PRAGMA synchronous = FULL")
        try:
            with connection.begin():
                yield connection
        finally:
            if database.is_sqlite(engine):
                own.execute("PRAGMA synchronous = NORMAL")


def is_due(connection: Connection, channel: str, now: datetime) -> bool:
    """Whether a claim may bring something; without a lock."""
    values = {"channel": channel, "now": int(now.timestamp())}
    return connection.execute(IS_DUE, values).first() is not None


def claim(connection: Connection, by: Claimer, count: int, now: datetime) -> Claims:
    """Up to `count` due notices, at most one a person, oldest first. Commit before sending any."""
    values = {
        "channel": by.channel,
        "worker": by.worker,
        "count": count,
        "now": int(now.timestamp()),
        "lease": by.lease_s,
        "furthest": pace.FURTHEST_S * pace.MICRO,
        "clock": round(now.timestamp() * pace.MICRO),
    }
    rows = connection.execute(_claim(connection.dialect.name, by.paced_chats), values).all()
    local, claimed, held = now.astimezone(VIETNAM), [], []
    ends = {own: in_force(chosen(own), by.quiet).until(local) for own in {row.quiet for row in rows}}
    for row in sorted(rows, key=lambda row: (row.not_before, row.id)):
        notice = _notice(row)
        end = None if notice.urgent else ends[row.quiet]
        claimed.append(notice) if end is None else held.append((notice, int(end.timestamp())))
    _hold(connection, held)
    return Claims(tuple(claimed), len(held))


def reconsider(connection: Connection, address: str, now: datetime) -> None:
    """Looks again at what is held for a person, whose quiet hours have changed."""
    connection.execute(HELD, {"address": address, "now": int(now.timestamp())})


def push_behind(connection: Connection, held: Iterable[tuple[Notice, int]]) -> None:
    """Those behind a notice that waits until then (Unix seconds) wait too."""
    rows = [
        {"address": notice.address, "urgent": notice.urgent, "not_before": not_before}
        for notice, not_before in held
    ]
    if rows:
        connection.execute(BEHIND, rows)


def _notice(row: Any) -> Notice:
    return Notice(
        id=row.id,
        key=row.key,
        code=row.code,
        address=row.address,
        kind=row.kind,
        urgent=row.urgent,
        tries=row.tries,
        first_at=row.first_at,
        reminder=row.reminder,
        content=bytes(row.content),
    )


def _hold(connection: Connection, held: list[tuple[Notice, int]]) -> None:
    """Gives back what was claimed in quiet hours; the four hours of trying start anew after them."""
    if held:
        connection.execute(HOLD, [{"id": notice.id, "not_before": end} for notice, end in held])
        push_behind(connection, held)


@cache
def _claim(dialect: str, paced_chats: bool) -> TextClause:
    is_sqlite = dialect == "sqlite"
    clock = pace.CLOCKS[dialect].replace(":now", ":clock")
    return text(
        CLAIM.format(
            chat=CHAT.format(clock=clock) if paced_chats else "",
            skip="" if is_sqlite else " FOR UPDATE SKIP LOCKED",
            # an array: the planner must not think of reading the whole table for it
            among="id IN (SELECT id FROM due)" if is_sqlite else "id = ANY (ARRAY(SELECT id FROM due))",
        )
    )
