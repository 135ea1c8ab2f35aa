"""What waits for a person on several channels: told on one of them, and only once."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update
from sqlmodel import col

from bot.outbox import store
from bot.outbox.store import Owed
from bot.storage.schema.outbox import DUE_NOTICE, Notice
from bot.storage.sealing import Vault
from knowledge.notices.states import NoticeState

DUE_THERE = (
    select(
        col(Notice.id), col(Notice.key), col(Notice.code), col(Notice.kind), col(Notice.address),
        col(Notice.state), col(Notice.not_before), col(Notice.reminder), col(Notice.content),
    )
    .where(col(Notice.address).in_(bindparam("persons", expanding=True)), DUE_NOTICE)
    .order_by(col(Notice.id))
)  # fmt: skip
HEARD = select(col(Notice.key)).where(
    col(Notice.key).in_(bindparam("known", expanding=True)),
    col(Notice.state).in_([str(each) for each in (NoticeState.SENT, NoticeState.CLAIMED)]),
)
END = (
    update(Notice)
    .where(col(Notice.id) == bindparam("number"), DUE_NOTICE)
    .values(state=NoticeState.SUPERSEDED.value, call_at=0, ack_by=0, receipt="on another channel")
)


def gather(connection: Connection, vault: Vault, persons: Collection[str], to: str, now: datetime) -> None:
    """What waits for any of these addresses of one person waits for `to`; what one had, none has again."""
    rows = connection.execute(DUE_THERE, {"persons": list(persons)}).all()
    events = {row.id: row.key.removesuffix(f"/{row.address}") for row in rows}
    keys = [f"{event}/{address}" for event in set(events.values()) for address in persons]
    heard = set(connection.execute(HEARD, {"known": keys}).scalars()) if keys else set()
    for row in rows:
        event = events[row.id]
        is_heard = any(f"{event}/{address}" in heard for address in persons)
        if row.address == to and not is_heard:
            continue
        connection.execute(END, {"number": row.id})
        if not is_heard:
            _owe(connection, vault, row, Owed(event, row.code, to, row.kind), now)


def _owe(connection: Connection, vault: Vault, row: Any, owed: Owed, now: datetime) -> None:
    """The same notice for another address; one that is there already stays as it is."""
    if content := bytes(row.content):  # sealed for its place
        content = vault.seal(vault.open(content, f"notice/{row.key}"), f"notice/{owed.key}")
    columns = {"not_before": row.not_before, "reminder": row.reminder}
    store.insert(connection, owed._replace(content=content), now, NoticeState(row.state), **columns)
