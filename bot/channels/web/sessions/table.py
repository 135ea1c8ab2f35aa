"""Sessions of which more is known than their cookie says: renewed by a proof, left, on a shared computer.

A session is found by the hash of its address, which is random; nothing else of a person is kept here.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, Engine, text

from bot.address import parse
from bot.channels.web.push import subscriptions
from bot.storage import conversations, database
from handlers.turn.retention import IDLE_MINUTES

CHANNEL = "web"
IDLE = timedelta(minutes=IDLE_MINUTES)
TOUCHED = timedelta(seconds=30)  # a use is noted again after so long: most messages write nothing here

FIND = text("SELECT generation, renewed_by, shared, used_at, ended FROM web_session WHERE mark = :mark")
RENEW = text(
    "INSERT INTO web_session (mark, generation, renewed_by, shared, used_at, ended)"
    " VALUES (:mark, 1, :by, :shared, :now, 0) ON CONFLICT (mark) DO UPDATE"
    " SET generation = web_session.generation + 1, renewed_by = :by, used_at = :now,"
    " shared = CASE WHEN :shared = 1 THEN 1 ELSE web_session.shared END"
)
USE = text("UPDATE web_session SET used_at = :now WHERE mark = :mark AND used_at < :before")
SHARE = text(
    "INSERT INTO web_session (mark, generation, renewed_by, shared, used_at, ended)"
    " VALUES (:mark, 0, :by, 1, :now, 0) ON CONFLICT (mark) DO NOTHING"
)
MOVE = text(
    "UPDATE web_session SET generation = generation + 1, renewed_by = :by, shared = 0, used_at = :now"
    " WHERE mark = :mark AND generation = :generation AND ended = 0"
)
END = text(
    "INSERT INTO web_session (mark, generation, renewed_by, shared, used_at, ended)"
    " VALUES (:mark, 0, :by, 0, :now, 1) ON CONFLICT (mark) DO UPDATE SET ended = 1, used_at = :now"
)
FORGET = text("DELETE FROM web_session WHERE used_at < :before")


Ended = Callable[[Connection, str, datetime], object]  # of the session's address


def nobody(_connection: Connection, _address: str, _now: datetime) -> None:
    """Nobody has to know that a session was left."""


class Kept(NamedTuple):
    """What is kept of a session; of most of them nothing is."""

    generation: int = 0  # of its cookie; older ones are dead
    renewed_by: bytes = b""  # hash of the message that made it so
    shared: bool = False  # on a computer that others use
    used_at: int = 0  # Unix seconds
    ended: bool = False

    def is_over(self, now: datetime) -> bool:
        """Whether it was left, or nobody used it for as long as a shared computer allows."""
        return self.ended or (self.shared and self.used_at < (now - IDLE).timestamp())


def renew(connection: Connection, address: str, message_id: str, now: datetime, shared: bool = False) -> None:
    """From now on only a new cookie is good, which goes to who sent that message. Accounts have none."""
    if parse(address).channel == CHANNEL:
        values = {"mark": _hash(address), "by": _hash(message_id), "shared": int(shared)}
        connection.execute(RENEW, {**values, "now": int(now.timestamp())})


def forget(connection: Connection, before: datetime) -> int:
    """Deletes what was not used since then, when no cookie of it is good any more; how many."""
    return connection.execute(FORGET, {"before": int(before.timestamp())}).rowcount


def is_of(kept: Kept, message_id: str) -> bool:
    """Whether that message, whose id only its page knows, made the session's last cookie."""
    return kept.renewed_by == _hash(message_id)


class SessionTable:
    """What is kept of sessions, for the web entrance. All of it blocks."""

    def __init__(self, engine: Engine, ended: Ended = nobody) -> None:
        """`ended` is told of a session that was left."""
        self._engine, self._ended = engine, ended

    def find(self, address: str) -> Kept:
        """What is kept of that session."""
        with database.reading(self._engine) as connection:
            row = connection.execute(FIND, {"mark": _hash(address)}).one_or_none()
        if row is None:
            return Kept()
        return Kept(row.generation, bytes(row.renewed_by), bool(row.shared), row.used_at, bool(row.ended))

    def use(self, address: str, now: datetime) -> None:
        """Notes that it is used."""
        before = int((now - TOUCHED).timestamp())
        with database.writing(self._engine) as connection:
            connection.execute(USE, {"mark": _hash(address), "now": int(now.timestamp()), "before": before})

    def share(self, address: str, now: datetime) -> None:
        """It is on a computer that others use: it ends when nobody uses it."""
        with database.writing(self._engine) as connection:
            connection.execute(SHARE, {"mark": _hash(address), "by": b"", "now": int(now.timestamp())})

    def move(self, address: str, generation: int, now: datetime) -> bool:
        """Only the next cookie is good from now on, on the own computer of who gets it; False: too late."""
        values = {"mark": _hash(address), "by": b"", "now": int(now.timestamp())}
        with database.writing(self._engine) as connection:
            return connection.execute(MOVE, {**values, "generation": generation}).rowcount == 1

    def end(self, address: str, now: datetime) -> None:
        """No cookie of it is good any more. Where nothing was said there is nothing to keep from anybody."""
        with database.writing(self._engine) as connection:
            if not conversations.exists(connection, address):
                return
            subscriptions.erase(connection, address)
            connection.execute(END, {"mark": _hash(address), "by": b"", "now": int(now.timestamp())})
            self._ended(connection, address, now)


def _hash(text_: str) -> bytes:
    return hashlib.sha256(text_.encode()).digest()
