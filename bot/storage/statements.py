"""Statements that SQLAlchemy writes differently for the two engines."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from sqlalchemy import Connection, Insert, literal_column
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel


def insert_new(
    connection: Connection,
    table: type[SQLModel],
    key: tuple[str, ...],
    fixed: Mapping[str, str] = MappingProxyType({}),
) -> Insert:
    """An insert of one row, or many, that leaves alone what is there already with that key.

    `fixed`: columns that are the same in every row, as SQL.
    """
    return _insert_new(connection.dialect.name, table, key, tuple(fixed.items()))


def upsert(connection: Connection, table: type[SQLModel], key: tuple[str, ...], *changed: str) -> Insert:
    """An insert that gives a row with that key the new values of the changed columns."""
    return _upsert(connection.dialect.name, table, key, changed)


@cache
def _insert_new(
    dialect: str, table: type[SQLModel], key: tuple[str, ...], fixed: tuple[tuple[str, str], ...]
) -> Insert:
    insert = sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
    # without asking for the new number, and with the count of rows, which only changes and deletions keep
    counted = insert.inline().execution_options(preserve_rowcount=True)
    rows = counted.values({name: literal_column(sql) for name, sql in fixed}) if fixed else counted
    return rows.on_conflict_do_nothing(index_elements=key)


@cache
def _upsert(dialect: str, table: type[SQLModel], key: tuple[str, ...], changed: tuple[str, ...]) -> Insert:
    insert = sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
    new = {name: insert.excluded[name] for name in changed}
    return insert.on_conflict_do_update(index_elements=key, set_=new)
