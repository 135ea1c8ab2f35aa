"""The table `lost_follow`: what somebody followed whose channel could not reach him any more.

Who comes back is asked once whether he wants to follow it again.
"""

import json
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select
from sqlmodel import col

from bot.notices import follows, links
from bot.storage.resealing import Sealed
from bot.storage.schema.outbox import LostFollow
from bot.storage.sealing import Vault
from bot.storage.statements import upsert

OF_PERSON = col(LostFollow.address) == bindparam("person")
CONTENT = select(col(LostFollow.content)).where(OF_PERSON)
ERASE = delete(LostFollow).where(OF_PERSON)
FORGET = delete(LostFollow).where(col(LostFollow.at) < bindparam("before"))

SEALED_COLUMN = Sealed("lost_follow", "content", ("address",), lambda row: _place(row.address))


def lose(vault: Vault, now: datetime, connection: Connection, addresses: Collection[str]) -> None:
    """People whom their channel cannot reach any more follow nothing there; what they did is remembered."""
    for address in addresses:
        codes = follows.followed(connection, address)
        if codes and len(links.addresses(connection, address)) == 1:
            content = vault.seal(json.dumps(codes).encode(), _place(address))
            row = {"address": address, "content": content, "at": int(now.timestamp())}
            connection.execute(upsert(connection, LostFollow, ("address",), "content", "at"), row)
    follows.drop(connection, addresses)


def lost(connection: Connection, vault: Vault, address: str) -> tuple[str, ...]:
    """The codes, newest first; none if nothing was lost, or he was asked since. Raises WrongKey."""
    content = connection.execute(CONTENT, {"person": address}).scalar()
    return tuple(json.loads(vault.open(bytes(content), _place(address)))) if content else ()


def erase(connection: Connection, address: str) -> None:
    """He was asked, or wants to be forgotten."""
    connection.execute(ERASE, {"person": address})


def forget(connection: Connection, before: datetime) -> int:
    """Deletes what was lost before then; how many persons."""
    return connection.execute(FORGET, {"before": int(before.timestamp())}).rowcount


def _place(address: str) -> str:
    return f"lost_follow/{address}"
