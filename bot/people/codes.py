"""The table `link_code`: a code that one channel shows and another types, to be one person's."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, select, update
from sqlmodel import col

from bot.clock import VIETNAM
from bot.storage.drafts import Stale, normal
from bot.storage.schema.guard import LinkCode
from bot.storage.sealing import Vault
from bot.storage.statements import upsert
from handlers.turn.retention import LINK_MINUTES

KEPT = timedelta(minutes=LINK_MINUTES)
NOT_YET = ""  # taken by nobody

IS_LIVE = col(LinkCode.at) > bindparam("since")
OFFERED = select(col(LinkCode.id), col(LinkCode.address), col(LinkCode.at)).where(IS_LIVE)
BY_MARK = OFFERED.where(col(LinkCode.mark) == bindparam("known_as"), col(LinkCode.taken_by) == NOT_YET)
TAKEN = OFFERED.where(col(LinkCode.id) == bindparam("number"), col(LinkCode.taken_by) == bindparam("person"))
TAKE = (
    update(LinkCode)
    .where(IS_LIVE, col(LinkCode.mark) == bindparam("known_as"), col(LinkCode.taken_by) == NOT_YET)
    .values(taken_by=bindparam("person"))
)
END = delete(LinkCode).where(col(LinkCode.id) == bindparam("number"))
OF_PERSON = (col(LinkCode.address) == bindparam("person")) | (col(LinkCode.taken_by) == bindparam("person"))
ERASE = delete(LinkCode).where(OF_PERSON)
FORGET = delete(LinkCode).where(~IS_LIVE)


class Shown(NamedTuple):
    """A code that is good yet."""

    number: int
    address: str  # where it is shown
    at: datetime  # since when


def offer(connection: Connection, vault: Vault, address: str, code: str, now: datetime) -> None:
    """That code is shown there, and no earlier one is good any more."""
    row = {"mark": _mark(vault, code), "address": address, "at": int(now.timestamp()), "taken_by": NOT_YET}
    connection.execute(upsert(connection, LinkCode, ("address",), "mark", "at", "taken_by"), row)


def find(connection: Connection, vault: Vault, code: str, now: datetime) -> Shown | None:
    """The code as it was typed; None if it is unknown, over, or was typed before."""
    return _shown(connection.execute(BY_MARK, {"known_as": _mark(vault, code), **_since(now)}).one_or_none())


def take(connection: Connection, vault: Vault, address: str, code: str, now: datetime) -> None:
    """It was typed there, and is good nowhere else. Raises Stale if somebody was faster."""
    values = {"known_as": _mark(vault, code), "person": address, **_since(now)}
    if connection.execute(TAKE, values).rowcount != 1:
        raise Stale


def taken(connection: Connection, address: str, number: int, now: datetime) -> Shown | None:
    """The code that was typed there; None if that was another, or too long ago."""
    return _shown(
        connection.execute(TAKEN, {"number": number, "person": address, **_since(now)}).one_or_none()
    )


def end(connection: Connection, number: int) -> None:
    """It did what it was for."""
    connection.execute(END, {"number": number})


def erase(connection: Connection, address: str) -> None:
    """What is shown to that address, or was typed there."""
    connection.execute(ERASE, {"person": address})


def forget(connection: Connection, now: datetime) -> int:
    """Deletes what is good no more; how many."""
    return connection.execute(FORGET, _since(now)).rowcount


def _shown(row: object) -> Shown | None:
    return Shown(row.id, row.address, datetime.fromtimestamp(row.at, VIETNAM)) if row else None  # type: ignore[attr-defined]


def _mark(vault: Vault, code: str) -> bytes:
    return vault.keyed_hash("link code", normal(code))


def _since(now: datetime) -> dict[str, int]:
    return {"since": int((now - KEPT).timestamp())}
