"""Events as they are kept: until they are answered with their content, then a week by their marks only.

A repeat is known by its mark. Events of one person are worked off in the order in which they were sent; a
claim ends by itself, so that what a killed process had in hand is taken by the next.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, text

from bot.storage.resealing import Sealed
from bot.storage.schema.zalo import ZaloEvent
from bot.storage.sealing import Vault
from bot.storage.statements import insert_new

KEPT = timedelta(days=7)  # Zalo repeats for two hours; its console can repeat later
OURS = "ours"  # of no event: a message that we sent
LEASE_S = 15  # a claim that nobody renews ends: its process is dead

# The first of each person who has none in hand.
HEADS = text(
    "SELECT id, mark, at, until, answered, content FROM zalo_event AS e"
    " WHERE channel = :channel AND done_at = 0 AND until <= :now"
    " AND NOT EXISTS (SELECT 1 FROM zalo_event AS o"
    " WHERE o.person = e.person AND o.done_at = 0 AND o.id <> e.id"
    " AND (o.until > :now OR o.sent_ms < e.sent_ms OR (o.sent_ms = e.sent_ms AND o.id < e.id)))"
    " ORDER BY sent_ms, id LIMIT :count"
)
TAKE = text("UPDATE zalo_event SET until = :until WHERE id = :id AND until = :before AND done_at = 0")
HOLD = text("UPDATE zalo_event SET until = :until WHERE id IN :ids AND done_at = 0").bindparams(
    bindparam("ids", expanding=True)
)
ANSWERED = text("UPDATE zalo_event SET answered = :answered WHERE id = :id")
DONE = text("UPDATE zalo_event SET done_at = :now, content = :empty WHERE id = :id")
IS_OPEN = text("SELECT 1 FROM zalo_event WHERE channel = :channel AND done_at = 0 AND until <= :now LIMIT 1")
IS_KNOWN = text("SELECT 1 FROM zalo_event WHERE mark = :mark")
WAITING = text("SELECT count(*) FROM zalo_event WHERE done_at = 0")
FORGET = text("DELETE FROM zalo_event WHERE at < :before")

SEALED_COLUMN = Sealed("zalo_event", "content", ("id", "mark"), lambda row: _place(bytes(row.mark)))


class Arrived(NamedTuple):
    """An event on its way into the table."""

    key: tuple[str, ...]  # what tells it from all others
    person: str
    sent_ms: int
    raw: bytes
    channel: str = "zalo"  # which works it off


class Claimed(NamedTuple):
    """An event in hand."""

    id: int
    at: int  # Unix seconds; when it came
    answered: int  # messages that went out for it before
    raw: bytes
    message_id: str  # as the conversation knows it


def put(connection: Connection, vault: Vault, arrived: Sequence[Arrived], now: datetime) -> list[bool]:
    """Keeps them; whether each is new. The same twice in one call is new once."""
    return [_put(connection, vault, each, now) for each in arrived]


def note_sent(connection: Connection, vault: Vault, message: str, now: datetime) -> None:
    """A message of ours: when Zalo tells us of it, it is known for one."""
    row = _row(vault, Arrived((OURS, message), "", 0, b""), now)
    row |= {"done_at": int(now.timestamp()), "content": b""}
    connection.execute(insert_new(connection, ZaloEvent, ("mark",)), row)


def is_ours(connection: Connection, vault: Vault, message: str) -> bool:
    """Whether this message is one of ours."""
    return connection.scalar(IS_KNOWN, {"mark": _mark(vault, (OURS, message))}) is not None


def is_open(connection: Connection, channel: str, now: datetime) -> bool:
    """Whether a claim may bring something."""
    return connection.scalar(IS_OPEN, {"channel": channel, "now": int(now.timestamp())}) is not None


def waiting(connection: Connection) -> int:
    """How many are not done."""
    return int(connection.scalar(WAITING) or 0)


def claim(connection: Connection, vault: Vault, channel: str, count: int, now: datetime) -> list[Claimed]:
    """Up to `count` events of a channel, one a person, the oldest first. Raises WrongKey."""
    at = int(now.timestamp())
    rows = connection.execute(HEADS, {"channel": channel, "now": at, "count": count}).all()
    mine = [row for row in rows if _taken(connection, row.id, row.until, at)]
    return [
        Claimed(row.id, row.at, row.answered, _opened(vault, row.mark, row.content), bytes(row.mark).hex())
        for row in mine
    ]


def hold(connection: Connection, ids: Collection[int], until: datetime) -> None:
    """Nobody takes these before; a claim is renewed, or given back, so."""
    if ids:
        connection.execute(HOLD, {"ids": list(ids), "until": int(until.timestamp())})


def note_answered(connection: Connection, number: int, answered: int) -> None:
    """So many messages are out: whoever goes on sends the others."""
    connection.execute(ANSWERED, {"id": number, "answered": answered})


def finish(connection: Connection, number: int, now: datetime) -> None:
    """It is done; what it said is gone."""
    connection.execute(DONE, {"id": number, "now": int(now.timestamp()), "empty": b""})


def forget(connection: Connection, before: datetime) -> int:
    """Deletes what came before then; how many."""
    return connection.execute(FORGET, {"before": int(before.timestamp())}).rowcount


def _put(connection: Connection, vault: Vault, each: Arrived, now: datetime) -> bool:
    row = _row(vault, each, now)
    return connection.execute(insert_new(connection, ZaloEvent, ("mark",)), row).rowcount == 1


def _row(vault: Vault, each: Arrived, now: datetime) -> dict[str, object]:
    mark = _mark(vault, each.key)
    return {
        "channel": each.channel,
        "mark": mark,
        "person": vault.keyed_hash("zalo person", each.person),
        "sent_ms": each.sent_ms,
        "at": int(now.timestamp()),
        "until": 0,
        "answered": 0,
        "done_at": 0,
        "content": vault.seal(each.raw, _place(mark)),
    }


def _mark(vault: Vault, key: tuple[str, ...]) -> bytes:
    return vault.keyed_hash("zalo event", *key)


def _taken(connection: Connection, number: int, before: int, now: int) -> bool:
    values = {"id": number, "before": before, "until": now + LEASE_S}
    return connection.execute(TAKE, values).rowcount == 1


def _opened(vault: Vault, mark: bytes, content: bytes) -> bytes:
    return vault.open(bytes(content), _place(bytes(mark)))


def _place(mark: bytes) -> str:
    return f"zalo_event/{mark.hex()}"
