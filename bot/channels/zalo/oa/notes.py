"""What all processes have to know of the Official Account: three notes, each with its end."""

from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from sqlalchemy import Connection, text

from bot.storage.schema.zalo import ZaloNote
from bot.storage.statements import upsert

# window: wrong signatures are answered with 200, for the console's probe
# refused: what the last wrong signature would have been right with
# cards: messages with buttons are refused
Name = Literal["window", "refused", "cards"]
LASTS = {"window": timedelta(minutes=10), "refused": timedelta(days=7), "cards": timedelta(days=7)}

READ = text("SELECT value, until FROM zalo_note WHERE name = :name AND until > :now")


class Note(NamedTuple):
    """Something noted."""

    value: str
    until: int  # Unix seconds; it is no more true then


def write(connection: Connection, name: Name, value: str, now: datetime) -> datetime:
    """Notes it; until when it holds."""
    until = now + LASTS[name]
    row = {"name": name, "value": value, "until": int(until.timestamp())}
    connection.execute(upsert(connection, ZaloNote, ("name",), "value", "until"), row)
    return until


def read(connection: Connection, name: Name, now: datetime) -> Note | None:
    """What is noted; None if nothing is, or no more."""
    row = connection.execute(READ, {"name": name, "now": int(now.timestamp())}).one_or_none()
    return Note(row.value, row.until) if row else None
