"""The table `licence`: documents that expire, entered by a clerk or by their holder."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from pydantic_core import from_json, to_json
from sqlalchemy import BindParameter, Connection, bindparam, delete, exists, func, insert, select, update
from sqlmodel import col

from bot.notices.recipients import phone_mark
from bot.storage.resealing import Sealed
from bot.storage.schema.tables import ExpiryRow
from bot.storage.sealing import Vault

PERSON: BindParameter[str] = bindparam("person")
OF_PERSON = col(ExpiryRow.address) == PERSON
IS_OWNED = col(ExpiryRow.address) != ""
SAME_DAY = (
    col(ExpiryRow.kind) == bindparam("sort"),
    col(ExpiryRow.expires_on) == bindparam("day"),
)
# The same row sealed in the same place is the same bytes: by them a table that comes again is known.
KNOWN = select(
    exists().where(
        *SAME_DAY,
        col(ExpiryRow.content).in_(bindparam("sealed", expanding=True)),
        col(ExpiryRow.phone_mark) == bindparam("mark"),
        (PERSON == "") | OF_PERSON,
    )
)
BY_DAY = (col(ExpiryRow.expires_on), col(ExpiryRow.id))
ENTRIES = select(
    col(ExpiryRow.id), col(ExpiryRow.address), col(ExpiryRow.phone_mark), col(ExpiryRow.kind),
    col(ExpiryRow.expires_on), col(ExpiryRow.content),
)  # fmt: skip
ALL = ENTRIES.order_by(*BY_DAY)
OWN = ENTRIES.where(OF_PERSON).order_by(*BY_DAY)
NEAR = ENTRIES.where(IS_OWNED, col(ExpiryRow.expires_on) <= bindparam("furthest")).order_by(
    col(ExpiryRow.address), *BY_DAY
)
UNBOUND = (
    select(col(ExpiryRow.id), col(ExpiryRow.phone_mark))
    .where(~IS_OWNED, func.length(ExpiryRow.phone_mark) > 0)
    .order_by(col(ExpiryRow.id))
)
BIND = update(ExpiryRow).where(col(ExpiryRow.id) == bindparam("number"), ~IS_OWNED).values(address=PERSON)
OVER = delete(ExpiryRow).where(col(ExpiryRow.expires_on) < bindparam("today"))
MOVE = update(ExpiryRow).where(OF_PERSON).values(address=bindparam("other"))
ERASE = delete(ExpiryRow).where(OF_PERSON)
FORGET_SAME = ERASE.where(*SAME_DAY)
FORGET_ONE = ERASE.where(col(ExpiryRow.id) == bindparam("number"))


class Expiry(NamedTuple):
    """A document that expires, as the clerk's table has it. Never log it."""

    kind: str  # id of knowledge.notices.expiries
    expires_on: date
    phone: str = ""  # digits; "": only the account is known
    address: str = ""  # "telegram:1234"; "": not known
    name: str = ""  # as the clerk calls it


class Kept(NamedTuple):
    """An entry as it is listed."""

    number: int
    expiry: Expiry
    is_reachable: bool  # an account is known; else its owner is to share the phone number first


def add(connection: Connection, vault: Vault, expiries: Iterable[Expiry]) -> int:
    """Keeps them; what is kept already stays as it is. How many are new."""
    return sum(_add(connection, vault, each) for each in expiries)


def every(connection: Connection, vault: Vault) -> Iterator[Kept]:
    """All of them, first to expire first. Raises WrongKey."""
    for row in connection.execute(ALL):
        mark, expires_on = bytes(row.phone_mark), date.fromisoformat(row.expires_on)
        rest = {"phone": "", "paper": ""}
        if row.content:  # nothing but its day is kept of what a citizen entered
            rest = from_json(vault.open(bytes(row.content), _place(mark, row.kind, expires_on)))
        expiry = Expiry(row.kind, expires_on, rest["phone"], row.address, rest["paper"])
        yield Kept(row.id, expiry, bool(row.address))


def own(connection: Connection, address: str) -> Sequence[Any]:
    """Rows of id, kind and expires_on of one person, first to expire first."""
    return connection.execute(OWN, {"person": address}).all()


def near(connection: Connection, furthest: date) -> Sequence[Any]:
    """Rows of address, kind and expires_on of what has an owner and expires until then, by owner."""
    return connection.execute(NEAR, {"furthest": furthest.isoformat()}).all()


def keep(connection: Connection, address: str, kind: str, expires_on: date) -> None:
    """What a person entered, once."""
    same = {"person": address, "sort": kind, "day": expires_on.isoformat()}
    connection.execute(FORGET_SAME, same)
    new = {"address": address, "phone_mark": b"", "kind": kind, "expires_on": same["day"], "content": b""}
    connection.execute(insert(ExpiryRow), new)


def unbound(connection: Connection) -> list[tuple[int, bytes]]:
    """Number and phone of each entry whose owner has not shown himself yet."""
    return [(row.id, bytes(row.phone_mark)) for row in connection.execute(UNBOUND)]


def bind(connection: Connection, number: int, address: str) -> None:
    """Gives an entry to its owner, unless it has one."""
    connection.execute(BIND, {"number": number, "person": address})


def drop(connection: Connection, address: str, number: int) -> None:
    """Forgets one entry of this person."""
    connection.execute(FORGET_ONE, {"person": address, "number": number})


def erase(connection: Connection, address: str) -> None:
    """Forgets all entries of this person."""
    connection.execute(ERASE, {"person": address})


def move(connection: Connection, old: str, new: str) -> None:
    """What was kept for one address is kept for another."""
    connection.execute(MOVE, {"person": old, "other": new})


def forget_over(connection: Connection, today: date) -> int:
    """Deletes what has expired; how many."""
    return connection.execute(OVER, {"today": today.isoformat()}).rowcount


def _add(connection: Connection, vault: Vault, expiry: Expiry) -> int:
    mark = phone_mark(vault, expiry.phone) if expiry.phone else b""
    rest = to_json({"phone": expiry.phone, "paper": expiry.name})
    sealed = vault.sealed_by_each(rest, _place(mark, expiry.kind, expiry.expires_on))
    row = {
        "address": expiry.address,
        "phone_mark": mark,
        "kind": expiry.kind,
        "expires_on": expiry.expires_on.isoformat(),
        "content": sealed[0],
    }
    same = {"person": row["address"], "sort": row["kind"], "day": row["expires_on"]}
    if connection.execute(KNOWN, {**same, "sealed": sealed, "mark": mark}).scalar():
        return 0
    connection.execute(insert(ExpiryRow), row)
    return 1


def _place(mark: bytes, kind: str, expires_on: date) -> str:
    return f"licence/{mark.hex()}/{kind}/{expires_on}"


SEALED_COLUMN = Sealed(
    "licence",
    "content",
    ("id", "phone_mark", "kind", "expires_on"),
    lambda row: f"licence/{bytes(row.phone_mark).hex()}/{row.kind}/{row.expires_on}",
)
