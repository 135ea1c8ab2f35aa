"""Notices for people who use the web page: kept here, so that every web process can show them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache

from pydantic import TypeAdapter
from sqlalchemy import Connection, text

from bot.storage.resealing import Sealed
from bot.storage.sealing import Vault
from handlers.turn.messages import Reply

KEPT = timedelta(days=30)  # a person who does not open the page until then has been called, or looks it up

PUT = text("INSERT INTO web_inbox (address, replies, at) VALUES (:address, :replies, :now) RETURNING id")
SINCE = text("SELECT id, replies FROM web_inbox WHERE address = :address AND id > :after ORDER BY id")
RECENT = text("SELECT DISTINCT address FROM web_inbox WHERE at >= :since")
ERASE = text("DELETE FROM web_inbox WHERE address = :address")
FORGET = text("DELETE FROM web_inbox WHERE at < :before")


SEALED_COLUMN = Sealed("web_inbox", "replies", ("id", "address"), lambda row: _place(row.address))


def put(connection: Connection, vault: Vault, address: str, replies: Sequence[Reply], now: datetime) -> int:
    """Keeps replies for a person's page; their number, which only grows."""
    content = vault.seal(_replies().dump_json(tuple(replies)), _place(address))
    values = {"address": address, "replies": content, "now": int(now.timestamp())}
    return int(connection.execute(PUT, values).scalar_one())


def since(
    connection: Connection, vault: Vault, address: str, after: int
) -> list[tuple[int, tuple[Reply, ...]]]:
    """What came for a person after that number, oldest first, each with its own. Raises WrongKey."""
    rows = connection.execute(SINCE, {"address": address, "after": after})
    return [
        (row.id, _replies().validate_json(vault.open(bytes(row.replies), _place(address)))) for row in rows
    ]


def recent(connection: Connection, since: datetime) -> set[str]:
    """For whom something came since then: what a web process polls for all its pages together.

    By time and not by number: on PostgreSQL a lower number may be committed after a higher one.
    """
    return set(connection.execute(RECENT, {"since": int(since.timestamp())}).scalars())


def forget(connection: Connection, before: datetime) -> int:
    """Deletes what came before then; how many."""
    return connection.execute(FORGET, {"before": int(before.timestamp())}).rowcount


def erase(connection: Connection, address: str) -> None:
    """What was kept for this person."""
    connection.execute(ERASE, {"address": address})


def _place(address: str) -> str:
    return f"web_inbox/{address}"


@cache
def _replies() -> TypeAdapter[tuple[Reply, ...]]:
    return TypeAdapter(tuple[Reply, ...])
