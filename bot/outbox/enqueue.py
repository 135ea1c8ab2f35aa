"""Enqueue: what is owed is written in the transaction of what it tells, and makes older news untrue."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.outbox import store
from bot.outbox.store import Owed
from knowledge.notices.states import NoticeState

NOBODY = "nobody follows"  # why it was given up


def write(connection: Connection, owed: Sequence[Owed], now: datetime, hold_s: int = 0) -> int:
    """Writes notices; those that are written already stay as they are. How many are new.

    For `hold_s` seconds none goes out, so that a slip of the hand can be taken back.
    """
    held: dict[str, Any] = {"not_before": int(now.timestamp()) + hold_s} if hold_s else {}
    new = [each for each in owed if store.insert(connection, each, now, **held)]
    store.supersede(connection, new)
    return len(new)


def call(connection: Connection, owed: Sequence[Owed], now: datetime) -> int:
    """Puts on the call list what is owed to somebody whom no channel reaches; how many are new."""
    given_up, at = NoticeState.GIVEN_UP, int(now.timestamp())
    new = [o for o in owed if store.insert(connection, o, now, given_up, call_at=at, receipt=NOBODY)]
    store.supersede(connection, new)
    return len(new)
