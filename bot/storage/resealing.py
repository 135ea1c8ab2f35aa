"""Seals with the newest key what an older one has sealed, in batches, while people are served.

A row that changes meanwhile is left alone: whoever changed it has sealed it anew.
"""

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, text

from bot.storage import database
from bot.storage.sealing import Vault

BATCH = 500  # rows a transaction: a writer beside waits for some milliseconds


class Sealed(NamedTuple):
    """A column with sealed content; every owner of such a table tells its own."""

    table: str
    column: str
    columns: tuple[
        str, ...
    ]  # the key, its first part alone telling rows apart in order, and what `place` needs
    place: Callable[[Any], str]  # a row of these columns -> where its content is sealed
    is_text: bool = False  # in base64; the other columns hold bytes


def reseal(engine: Engine, vault: Vault, sealed: Sealed) -> int:
    """All rows of a column; how many were sealed anew. Raises WrongKey."""
    return sum(_batch(engine, vault, sealed, keys) for keys in _batches(engine, sealed))


def _batches(engine: Engine, sealed: Sealed) -> Iterator[Sequence[Any]]:
    """The rows there are, by their keys: those added from now on are under the newest key."""
    query = text(f"SELECT {', '.join(sealed.columns)} FROM {sealed.table}")  # noqa: S608  # the names are ours
    with database.reading(engine) as connection:
        streamed = connection.execution_options(stream_results=True, yield_per=BATCH)
        yield from streamed.execute(query).partitions()


def _batch(engine: Engine, vault: Vault, sealed: Sealed, rows: Sequence[Any]) -> int:
    with database.writing(engine) as connection:
        return sum(_row(connection, vault, sealed, row) for row in rows)


def _row(connection: Connection, vault: Vault, sealed: Sealed, row: Any) -> int:
    where = " AND ".join(f"{name} = :{name}" for name in sealed.columns)
    of_row = dict(zip(sealed.columns, row, strict=True))
    find = f"SELECT {sealed.column} FROM {sealed.table} WHERE {where}"  # noqa: S608
    held = connection.scalar(text(find), of_row)
    if not held or (sealed.is_text and held.startswith(("{", "["))):  # as kept before it was sealed
        return 0
    old = b64decode(held) if sealed.is_text else bytes(held)
    new = vault.resealed(old, sealed.place(row))
    if new == old:
        return 0
    change = f"UPDATE {sealed.table} SET {sealed.column} = :new WHERE {where} AND {sealed.column} = :held"  # noqa: S608
    written = b64encode(new).decode() if sealed.is_text else new
    return connection.execute(text(change), {**of_row, "new": written, "held": held}).rowcount
