"""The table `poll`, and its only owner: about which dossiers the one-stop software was asked, and when."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, text
from sqlmodel import col

from bot.storage.schema.one_stop import Poll

KEPT = timedelta(days=30)  # a dossier that nobody has asked about for so long is followed by nobody

ALL = select(col(Poll.code), col(Poll.asked_at))
# of several workers one asks; a moment that has not come was written before a clock was set back
CLAIM = text(
    "INSERT INTO poll (code, asked_at) VALUES (:code, :now) ON CONFLICT (code) DO UPDATE SET asked_at = :now"
    " WHERE poll.asked_at <= :before OR poll.asked_at > :now"
)


def due(connection: Connection, codes: Iterable[str], before: datetime, now: datetime) -> list[str]:
    """Those of the codes that were not asked about since then, the longest waiting first."""
    since, latest = int(before.timestamp()), int(now.timestamp())
    asked = {row.code: row.asked_at if row.asked_at <= latest else 0 for row in connection.execute(ALL)}
    waiting = [(asked.get(code, 0), code) for code in codes if asked.get(code, 0) <= since]
    return [code for _, code in sorted(waiting)]


def claim(connection: Connection, code: str, before: datetime, now: datetime) -> bool:
    """Notes that it is asked about now; False if another worker was faster."""
    values = {"code": code, "before": int(before.timestamp()), "now": int(now.timestamp())}
    return connection.execute(CLAIM, values).rowcount == 1


def forget(connection: Connection, now: datetime) -> int:
    """Deletes what its clock has ended; how many."""
    old = delete(Poll).where(col(Poll.asked_at) < int((now - KEPT).timestamp()))
    return connection.execute(old).rowcount
