"""Chats in which somebody of the office has taken over."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, text

from bot.storage.schema.zalo import ZaloPause
from bot.storage.statements import upsert

SILENT = timedelta(hours=2)  # after the last message of the office; told in docs/channels.md

IS_PAUSED = text("SELECT 1 FROM zalo_pause WHERE address = :address AND until > :now")
END = text("DELETE FROM zalo_pause WHERE address = :address")
FORGET = text("DELETE FROM zalo_pause WHERE until <= :now")


def begin(connection: Connection, address: str, now: datetime) -> None:
    """The bot is silent in this chat from now on."""
    row = {"address": address, "until": int((now + SILENT).timestamp())}
    connection.execute(upsert(connection, ZaloPause, ("address",), "until"), row)


def is_paused(connection: Connection, address: str, now: datetime) -> bool:
    """Whether the office is talking there."""
    return connection.scalar(IS_PAUSED, {"address": address, "now": int(now.timestamp())}) is not None


def end(connection: Connection, address: str) -> None:
    """The bot answers there again; also how a person is erased."""
    connection.execute(END, {"address": address})


def forget(connection: Connection, now: datetime) -> int:
    """Deletes those that are over; how many."""
    return connection.execute(FORGET, {"now": int(now.timestamp())}).rowcount
