"""Statements that SQLAlchemy writes differently for the two engines."""

from functools import cache

from sqlalchemy import Connection, Insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel


def insert_new(connection: Connection, table: type[SQLModel], *key: str) -> Insert:
    """An insert of one row, or many, that leaves alone what is there already with that key."""
    return _insert_new(connection.dialect.name, table, key)


def upsert(connection: Connection, table: type[SQLModel], key: tuple[str, ...], *changed: str) -> Insert:
    """An insert that gives a row with that key the new values of the changed columns."""
    return _upsert(connection.dialect.name, table, key, changed)


@cache
def _insert_new(dialect: str, table: type[SQLModel], key: tuple[str, ...]) -> Insert:
    insert = sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
    # without asking for the new number, and with the count of rows, which only changes and deletions keep
    counted = insert.inline().execution_options(preserve_rowcount=True)
    return counted.on_conflict_do_nothing(index_elements=key)


@cache
def _upsert(dialect: str, table: type[SQLModel], key: tuple[str, ...], changed: tuple[str, ...]) -> Insert:
    insert = sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
    new = {name: insert.excluded[name] for name in changed}
    return insert.on_conflict_do_update(index_elements=key, set_=new)
