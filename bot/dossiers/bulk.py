"""Many dossiers at once: as fast as the engine allows, in batches that nobody has to wait for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, TypeVar

from pydantic_core import to_json
from sqlalchemy import Connection, Engine

from bot.clock import vietnam_now
from bot.dossiers import announce, storage
from bot.dossiers.held import Held, Update, differs, merged
from bot.dossiers.storage import Row, statements
from bot.storage import database
from bot.storage.sealing import Vault

BATCH = 10_000  # rows a transaction: on SQLite other writers wait for it, about 0.2 s
COPY_TYPES = ("text",) * 6 + ("int8", "bytea", "bytea")
# two programs must not add the same dossier at once; people may look theirs up meanwhile
LOCK = "LOCK TABLE dossier IN SHARE ROW EXCLUSIVE MODE"

T = TypeVar("T")


@dataclass(frozen=True)
class Counts:
    """What became of the news."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0  # known already, or older than what is held


def load(engine: Engine, vault: Vault, news: Iterable[Update]) -> Counts:
    """Takes in the news, in constant memory.

    Loading the same again changes nothing. An error keeps the batches before it: mend it and load again.
    """
    counts = Counts()
    for batch in _batches(news):
        counts = _add(counts, _load_batch(engine, vault, batch))
    if counts.new + counts.changed and not database.is_sqlite(engine):
        # until then each look-up would visit the new rows to learn whether it may see them
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM (ANALYZE) dossier")
    return counts


def _load_batch(engine: Engine, vault: Vault, batch: list[Update]) -> Counts:
    with database.writing(engine) as connection:
        if not database.is_sqlite(engine):
            connection.exec_driver_sql(LOCK)
        before = _held_among(connection, vault, [update.code for update in batch])
        after = dict(before)
        for update in batch:
            after[update.code] = merged(after.get(update.code), update)
        new = [each for code, each in after.items() if code not in before]
        changed = [each for code, each in after.items() if code in before and each != before[code]]
        _insert(connection, [storage.row(each, vault) for each in new])
        _update(connection, [storage.row(each, vault) for each in changed])
        announce.announce(connection, vault, [(before[each.code], each) for each in changed], vietnam_now())
        # nobody follows what was not there
        announce.remember_phones(connection, vault, [(None, each) for each in new], vietnam_now())
    told = sum(differs(before[each.code], each) for each in changed)
    return Counts(len(new), told, len(batch) - len(new) - told)


def _held_among(connection: Connection, vault: Vault, codes: list[str]) -> dict[str, Held]:
    is_sqlite = connection.dialect.name == "sqlite"
    asked: Any = to_json(codes).decode() if is_sqlite else codes
    rows = connection.exec_driver_sql(statements(connection.dialect.name)["among"], (asked,))
    return {row[0]: storage.held(row, vault) for row in rows}


def _insert(connection: Connection, rows: list[Row]) -> None:
    if connection.dialect.name == "sqlite":
        _many(connection, "insert", rows)
    elif rows:
        driver: Any = connection.connection.driver_connection
        with driver.cursor() as cursor, cursor.copy(statements("postgresql")["copy"]) as copy:
            copy.set_types(COPY_TYPES)
            for row in rows:
                copy.write_row(row)


def _update(connection: Connection, rows: list[Row]) -> None:
    _many(connection, "update", [(*row, row[0]) for row in rows])


def _many(connection: Connection, name: str, rows: list[Any]) -> None:
    if rows:
        connection.exec_driver_sql(statements(connection.dialect.name)[name], rows)


def _add(one: Counts, other: Counts) -> Counts:
    return replace(
        one,
        new=one.new + other.new,
        changed=one.changed + other.changed,
        unchanged=one.unchanged + other.unchanged,
    )


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, BATCH)):
        yield batch
