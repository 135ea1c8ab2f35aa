"""How fast a channel may send: one row that all workers share says when the next slot is (GCRA).

A slot is the moment at which one message may leave. Who reserves some moves the row on by as many, so that
nobody else gets them; there is no burst to save up, because Telegram counts each sliding second.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, TextClause, text

MICRO = 1_000_000
# A row further ahead than this was written before a clock was set back.
FURTHEST_S = 900
HOLD_S = 600  # the longest pause of a whole channel; then one message tries again

# PostgreSQL's own clock, read once the row is locked: the hosts' clocks need not agree.
CLOCKS = {"sqlite": ":now", "postgresql": "CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint)"}
RESERVE = (
    "INSERT INTO pace (key, tat) VALUES (:key, {clock} + :span)"
    " ON CONFLICT (key) DO UPDATE SET tat = :span + CASE"
    " WHEN pace.tat BETWEEN {clock} AND {clock} + :furthest THEN pace.tat ELSE {clock} END"
    " RETURNING tat - {clock}"
)
HOLD = (
    "INSERT INTO pace (key, tat) VALUES (:key, {clock} + :span)"
    " ON CONFLICT (key) DO UPDATE SET tat = CASE"
    " WHEN pace.tat BETWEEN {clock} + :span AND {clock} + :furthest THEN pace.tat ELSE {clock} + :span END"
)
WAIT = "SELECT tat - {clock} FROM pace WHERE key = :key"
ERASE = text("DELETE FROM pace WHERE key = :key")
FORGET = "DELETE FROM pace WHERE tat < {clock} - :furthest"


@dataclass(frozen=True)
class Rate:
    """The limits of a channel."""

    per_s: float  # messages a second, all workers and persons together
    chat_s: float = 0  # seconds between two messages to one person


def reserve(
    connection: Connection, key: str, per_s: float, count: int, lag_s: float = 0, now: float | None = None
) -> list[float]:
    """Takes the next `count` slots; seconds from now to each.

    `lag_s`: seconds of slots that were used late, among those of later ones; as much is left out.
    `now` in Unix seconds is for tests; PostgreSQL uses its own clock.
    """
    gap = 1 / per_s
    span = round((count * gap + lag_s) * MICRO)
    ahead = connection.execute(_sql(RESERVE, connection), _values(now, key=key, span=span)).scalar_one()
    last = ahead / MICRO
    return [last - (count - number) * gap for number in range(count)]


def wait_s(connection: Connection, key: str, now: float | None = None) -> float:
    """Seconds until the next free slot; 0 or less: now."""
    ahead = connection.execute(_sql(WAIT, connection), _values(now, key=key)).scalar()
    return 0 if ahead is None or ahead > FURTHEST_S * MICRO else int(ahead) / MICRO


def hold(connection: Connection, seconds: Mapping[str, float], now: float | None = None) -> None:
    """No slot for these keys for so long, at most ten minutes; what is reserved already stays."""
    rows = [_values(now, key=key, span=round(min(s, HOLD_S) * MICRO)) for key, s in seconds.items()]
    if rows:
        connection.execute(_sql(HOLD, connection), rows)


def forget(connection: Connection, now: float | None = None) -> None:
    """Deletes the rows of chats that were not written to for a while."""
    connection.execute(_sql(FORGET, connection), _values(now))


def erase(connection: Connection, address: str) -> None:
    """When this person was written to last."""
    connection.execute(ERASE, {"key": address})


def clock(connection: Connection) -> str:
    """The SQL that tells the time of the rows, in microseconds; on SQLite the parameter `now`."""
    return CLOCKS[connection.dialect.name]


def _sql(statement: str, connection: Connection) -> TextClause:
    return text(statement.format(clock=clock(connection)))


def _values(now: float | None, **more: object) -> dict[str, object]:
    moment = round((time.time() if now is None else now) * MICRO)
    return {"now": moment, "furthest": FURTHEST_S * MICRO, **more}
