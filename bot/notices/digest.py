"""Reminders: each owed once, and told together, at most once a day to a person."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from pydantic_core import from_json, to_json
from sqlalchemy import Connection

from bot.clock import VIETNAM
from bot.outbox import store
from bot.outbox.claim import Notice
from bot.outbox.store import Owed
from bot.storage.sealing import Vault
from knowledge.notices.states import NoticeState

KIND = "digest"
MORNING = time(8)  # when a digest goes out that had to wait for its day

TOLD_THERE = "in a digest"  # the reason of what is told together with others

Facts = Mapping[str, str]


def remind(connection: Connection, vault: Vault, owed: Owed, facts: Facts, now: datetime) -> bool:
    """Puts a reminder into the person's next digest; False if this one was owed before.

    `owed` says what it is about; `facts` is what its text needs, and comes back from `items` with the kind
    and the code.
    """
    if not store.insert(connection, owed, now, state=NoticeState.SUPERSEDED, receipt=TOLD_THERE):
        return False
    item = {"kind": owed.kind, "code": owed.code, **facts}
    today = now.astimezone(VIETNAM).date()
    for day in (today, today + timedelta(days=1)):
        if _put(connection, vault, owed.address, item, day, now):
            return True
    raise AssertionError("tomorrow's digest is sent already")


def items(vault: Vault, notice: Notice) -> list[dict[str, str]]:
    """The reminders in a digest, in the order they were owed. Raises WrongKey."""
    return _opened(vault, notice.key, notice.content)


def _put(connection: Connection, vault: Vault, address: str, item: Facts, day: date, now: datetime) -> bool:
    """False if that day's digest has left."""
    new = Owed(f"{KIND}/{day}", "", address, KIND)
    new = new._replace(content=_sealed(vault, new.key, [item]))
    if store.insert(connection, new, now, not_before=_first(day, now)):
        return True
    content = store.waiting_content(connection, new.key)
    if content is None:
        return False
    both = [*_opened(vault, new.key, content), item]
    return store.put_content(connection, new.key, _sealed(vault, new.key, both))


def _first(day: date, now: datetime) -> int:
    """When a digest may go out, in Unix seconds: now, or on the morning of the day that it waits for."""
    is_today = day <= now.astimezone(VIETNAM).date()
    return int((now if is_today else datetime.combine(day, MORNING, VIETNAM)).timestamp())


def _sealed(vault: Vault, key: str, told: list[Any]) -> bytes:
    return vault.seal(to_json(told), f"notice/{key}")


def _opened(vault: Vault, key: str, content: bytes) -> list[dict[str, str]]:
    found: list[dict[str, str]] = from_json(vault.open(bytes(content), f"notice/{key}"))
    return found
