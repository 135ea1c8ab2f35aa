"""What is owed to a person is owed once, on the channel used last, whichever channels are that person's."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.notices import links
from bot.outbox import enqueue, store
from bot.outbox.store import Owed


def write(connection: Connection, owed: Sequence[Owed], now: datetime, hold_s: int = 0) -> int:
    """`enqueue.write`, each to the channel its person used last, unless another one has it; how many are new.

    What has a content comes with the address of `address_of`, for which it was sealed.
    """
    persons = links.linked(connection, {each.address for each in owed})
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
    return links.addresses(connection, address)[0]


def told(connection: Connection, address: str, code: str, kind: str) -> set[str]:
    """The events of that kind that this person was owed so far, on whichever channel."""
    return {
        key.removesuffix(f"/{each}")
        for each in links.addresses(connection, address)
        for key in store.keys(connection, each, code, kind)
    }
