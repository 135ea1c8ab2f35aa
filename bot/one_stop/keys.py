"""Keys of the one-stop software: made here or set by the administrator, hashed at rest, several at once."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.clock import VIETNAM
from bot.storage.schema.tables import SCHEMA

PREFIX = "mcsk_"  # so that a key is known for what it is where it should not be, in a log or a repository
USED_EVERY = timedelta(hours=1)  # not each message writes that the key was used
OF_SETTINGS = "MOTCUA_SYNC_KEYS"

TABLE = SCHEMA.tables["sync_key"]  # this module is its only owner
ALL = select(TABLE).order_by(TABLE.c.name)


class NameTaken(Exception):
    """There is a key of that name; keys are replaced by adding one and then revoking the other."""


@dataclass(frozen=True)
class SyncKey:
    """What is known of a key."""

    name: str
    made_at: datetime
    used_at: datetime | None  # to the hour; None: never


def add(connection: Connection, name: str, now: datetime) -> str:
    """A new key; told now and never again. Raises NameTaken."""
    key = PREFIX + secrets.token_urlsafe(32)
    row = {"name": name, "key_hash": _hash(key), "made_at": int(now.timestamp()), "used_at": 0}
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(TABLE).on_conflict_do_nothing().returning(TABLE.c.name)
    if connection.execute(statement, row).first() is None:
        raise NameTaken(name)
    return key


def listed(connection: Connection) -> list[SyncKey]:
    """The keys that are good now, but for those of the settings."""
    return [
        SyncKey(row.name, _moment(row.made_at), _moment(row.used_at) if row.used_at else None)
        for row in connection.execute(ALL)
    ]


def revoke(connection: Connection, name: str) -> bool:
    """From now on the key is refused; False if there is none of that name."""
    return bool(connection.execute(delete(TABLE).where(TABLE.c.name == name)).rowcount)


def owner(connection: Connection, key: str, of_settings: Iterable[str]) -> str:
    """The name of a good key, OF_SETTINGS for one of those; empty if it is none.

    All are compared, each in constant time: how long it takes tells nothing about any of them.
    """
    given, found = _hash(key), ""
    known = [(row.name, bytes(row.key_hash)) for row in connection.execute(ALL)]
    for name, hashed in [*known, *((OF_SETTINGS, _hash(each)) for each in of_settings)]:
        found = name if compare_digest(hashed, given) else found
    return found


def note_use(connection: Connection, name: str, now: datetime) -> None:
    """Remembers the hour, by which the administrator sees which keys are still needed."""
    is_due = TABLE.c.used_at <= int((now - USED_EVERY).timestamp())
    used = update(TABLE).where(TABLE.c.name == name, is_due).values(used_at=int(now.timestamp()))
    connection.execute(used)


def _hash(key: str) -> bytes:
    return sha256(key.encode("utf-8", "replace")).digest()


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, VIETNAM)
