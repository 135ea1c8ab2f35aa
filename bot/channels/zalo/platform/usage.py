"""What the basic tier of the Bot Platform counts: messages and people of a month."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, text

from bot.storage.sealing import Vault

# As one user of the basic tier reported in 2026; the platform's own pages state no numbers.
MESSAGES, PEOPLE = 3000, 50
WARN_AT = 0.8
KEPT_MONTHS = 2  # this one and the last
TO_ALL = b""

COUNT = text(
    "INSERT INTO zalobot_send (month, mark, times) VALUES (:month, :mark, 1)"
    " ON CONFLICT (month, mark) DO UPDATE SET times = zalobot_send.times + 1"
)
MESSAGES_OF = text("SELECT times FROM zalobot_send WHERE month = :month AND mark = :mark")
PEOPLE_OF = text("SELECT count(*) FROM zalobot_send WHERE month = :month AND mark <> :mark")
ERASE = text("DELETE FROM zalobot_send WHERE mark = :mark")
FORGET = text("DELETE FROM zalobot_send WHERE month < :month")


class Use(NamedTuple):
    """Of one month."""

    messages: int
    people: int

    def warnings(self) -> Iterator[str]:
        """What comes near the limit, in an administrator's words."""
        for used, limit, what in ((self.messages, MESSAGES, "messages"), (self.people, PEOPLE, "people")):
            if used >= limit * WARN_AT:
                yield f"Zalo bot: {used} of about {limit} {what} of the basic tier are used this month"


def count(connection: Connection, vault: Vault, address: str, now: datetime) -> None:
    """One more message to this person."""
    for mark in (TO_ALL, _mark(vault, address)):
        connection.execute(COUNT, {"month": f"{now:%Y-%m}", "mark": mark})


def use(connection: Connection, now: datetime) -> Use:
    """What was used this month."""
    values = {"month": f"{now:%Y-%m}", "mark": TO_ALL}
    messages, people = (connection.scalar(query, values) or 0 for query in (MESSAGES_OF, PEOPLE_OF))
    return Use(int(messages), int(people))


def erase(connection: Connection, vault: Vault, address: str) -> None:
    """This person is not counted any more; the messages stay."""
    connection.execute(ERASE, {"mark": _mark(vault, address)})


def forget(connection: Connection, now: datetime) -> int:
    """Deletes the months before the last; how many rows."""
    months = now.year * 12 + now.month - KEPT_MONTHS  # since year 0, counted from 0
    oldest = f"{months // 12:04}-{months % 12 + 1:02}"
    return connection.execute(FORGET, {"month": oldest}).rowcount


def _mark(vault: Vault, address: str) -> bytes:
    return vault.keyed_hash("zalobot", address)
