"""The table `person_link`: which addresses are one person's, as that person said with a code.

All that is kept of a person is kept under one of them, the home; the others have a talk of their own only.
What is owed to a person is owed once, on the channel used last.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, Executable, bindparam, delete, select, update
from sqlalchemy.orm import aliased
from sqlmodel import col

from bot.outbox import enqueue, store
from bot.outbox.store import Owed
from bot.storage.schema.guard import PersonLink
from bot.storage.statements import insert_new

PART = 500  # addresses of one query
OWN = aliased(PersonLink)
SAME: Executable = (
    select(
        col(OWN.address).label("asked"), col(PersonLink.id), col(PersonLink.address), col(PersonLink.home),
        col(PersonLink.since),
    )
    .join(OWN, col(OWN.home) == col(PersonLink.home))
    .where(col(OWN.address).in_(bindparam("persons", expanding=True)))
    .order_by(col(PersonLink.lost), col(PersonLink.used_at).desc(), col(PersonLink.id).desc())
)  # fmt: skip
OF_ADDRESS = col(PersonLink.address) == bindparam("person")
HOME = select(col(PersonLink.home)).where(OF_ADDRESS)
USE = (
    update(PersonLink)
    .where(OF_ADDRESS)
    .values(used_at=bindparam("now"), lost=0)
    .returning(col(PersonLink.home))
)
LOSE = update(PersonLink).where(OF_ADDRESS).values(lost=1)
MOVE = update(PersonLink).where(col(PersonLink.home) == bindparam("old")).values(home=bindparam("new"))
PART_WITH = delete(PersonLink).where(OF_ADDRESS)
SILENT = (
    select(col(PersonLink.address))
    .where(col(PersonLink.used_at) < bindparam("before"))
    .order_by(col(PersonLink.id))
)


class Channel(NamedTuple):
    """One of the addresses of a person who has several."""

    number: int
    address: str
    home: str
    since: int  # Unix seconds


def home(connection: Connection, address: str) -> str:
    """Under which address all is kept of whose address this is; itself if no other is known."""
    return str(connection.execute(HOME, {"person": address}).scalar() or address)


def channels(connection: Connection, address: str) -> list[Channel]:
    """All of that person's, the last used that can be reached first; none if there is no other."""
    return [
        Channel(row.id, row.address, row.home, row.since)
        for row in connection.execute(SAME, {"persons": [address]})
    ]


def addresses(connection: Connection, address: str) -> list[str]:
    """All addresses of that person, the last used that can be reached first."""
    return [channel.address for channel in channels(connection, address)] or [address]


def linked(connection: Connection, persons: Collection[str]) -> Mapping[str, list[str]]:
    """Of those that have others, all addresses of the person as `addresses` orders them."""
    found: dict[str, list[str]] = {}
    ordered = sorted(persons)
    for start in range(0, len(ordered), PART):
        for row in connection.execute(SAME, {"persons": ordered[start : start + PART]}):
            found.setdefault(row.asked, []).append(row.address)
    return found


def use(connection: Connection, address: str, now: datetime) -> str:
    """Notes that a message came from there; the home, which nobody changes before this transaction ends."""
    values = {"person": address, "now": int(now.timestamp())}
    return str(connection.execute(USE, values).scalar() or address)


def owe(connection: Connection, owed: Sequence[Owed], now: datetime, hold_s: int = 0) -> int:
    """`enqueue.write`, each to the channel its person used last, unless another one has it; how many are new.

    What has a content comes with the address of `address_of`, for which it was sealed.
    """
    persons = linked(connection, {each.address for each in owed})
    if not persons:
        return enqueue.write(connection, owed, now, hold_s)
    elsewhere = [f"{o.event}/{other}" for o in owed for other in persons.get(o.address, ())]
    had = store.written(connection, elsewhere)
    new = [
        each._replace(address=persons.get(each.address, [each.address])[0])
        for each in owed
        if not any(f"{each.event}/{other}" in had for other in persons.get(each.address, ()))
    ]
    number = enqueue.write(connection, new, now, hold_s)
    store.supersede(connection, new, {channels[0]: channels[1:] for channels in persons.values()})
    return number


def address_of(connection: Connection, address: str) -> str:
    """Where that person is told of something now."""
    return addresses(connection, address)[0]


def told(connection: Connection, address: str, code: str, kind: str) -> set[str]:
    """The events of that kind that this person was owed so far, on whichever channel."""
    return {
        key.removesuffix(f"/{each}")
        for each in addresses(connection, address)
        for key in store.keys(connection, each, code, kind)
    }


def lose(connection: Connection, address: str) -> None:
    """That channel cannot reach the person, until a message comes from there: others go before it."""
    connection.execute(LOSE, {"person": address})


def join(connection: Connection, kept: str, given: str, now: datetime) -> None:
    """Two homes become one person's: what has `given` as its home has `kept` from now on."""
    at = int(now.timestamp())
    for address in (kept, given):
        new = {"address": address, "home": address, "since": at, "used_at": at, "lost": 0}
        connection.execute(insert_new(connection, PersonLink, ("address",)), new)
    connection.execute(MOVE, {"old": given, "new": kept})


def part(connection: Connection, address: str, left: list[str]) -> None:
    """That address is nobody else's any more; `left` are the person's others, of which the first is a home.

    One that is left alone has no link.
    """
    connection.execute(PART_WITH, {"person": address})
    connection.execute(MOVE, {"old": address, "new": left[0]})
    if len(left) == 1:
        connection.execute(PART_WITH, {"person": left[0]})


def forget(connection: Connection, address: str) -> None:
    """Nothing is known of that address."""
    connection.execute(PART_WITH, {"person": address})


def silent(connection: Connection, before: datetime) -> list[str]:
    """The linked addresses from which no message came since then."""
    return list(connection.execute(SILENT, {"before": int(before.timestamp())}).scalars())
