"""Keys of the one-stop software: made here or set by the administrator, hashed at rest, several at once."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest

from sqlalchemy import Connection, text

from bot.clock import VIETNAM

PREFIX = "mcsk_"  # so that a key is known for what it is where it should not be, in a log or a repository
USED_EVERY = timedelta(hours=1)  # not each message writes that the key was used
OF_SETTINGS = "MOTCUA_SYNC_KEYS"

ADD = text(
    "INSERT INTO sync_key (name, key_hash, made_at, used_at) VALUES (:name, :hash, :now, 0)"
    " ON CONFLICT (name) DO NOTHING"
)
ALL = text("SELECT name, key_hash, made_at, used_at FROM sync_key ORDER BY name")
USED = text("UPDATE sync_key SET used_at = :now WHERE name = :name AND used_at <= :before")
REVOKE = text("DELETE FROM sync_key WHERE name = :name")


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
    values = {"name": name, "hash": _hash(key), "now": int(now.timestamp())}
    if not connection.execute(ADD, values).rowcount:
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
    return bool(connection.execute(REVOKE, {"name": name}).rowcount)


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
    values = {"name": name, "now": int(now.timestamp()), "before": int((now - USED_EVERY).timestamp())}
    connection.execute(USED, values)


def _hash(key: str) -> bytes:
    return sha256(key.encode("utf-8", "replace")).digest()


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, VIETNAM)
