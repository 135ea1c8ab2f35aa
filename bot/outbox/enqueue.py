"""Enqueue: what is owed is written in the transaction of what it tells, and makes older news untrue."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.outbox import store
from bot.outbox.store import Owed


def write(connection: Connection, owed: Sequence[Owed], now: datetime) -> int:
    """Writes notices; those that are written already stay as they are. How many are new."""
    new = [each for each in owed if store.insert(connection, each, now)]
    store.supersede(connection, new)
    return len(new)
