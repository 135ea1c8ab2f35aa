"""The table `dossier`, and its only owner: what stands in it in clear, what is sealed, all statements."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any, Literal, NamedTuple
from zlib import crc32

from pydantic_core import from_json, to_json
from sqlalchemy import (
    ColumnElement,
    Connection,
    Dialect,
    Engine,
    Select,
    Text,
    bindparam,
    func,
    insert,
    literal_column,
    select,
    update,
)  # fmt: skip
from sqlalchemy.dialects import postgresql, sqlite

from bot.dossiers import marks
from bot.dossiers.record import DossierRecord
from bot.storage import database, driver
from bot.storage.resealing import Sealed
from bot.storage.schema.tables import SCHEMA
from bot.storage.sealing import Vault
from knowledge.dossiers.fields import ABOUT

TABLE = SCHEMA.tables["dossier"]
MADE = ("facts", "content")  # columns that are no attributes of the record: its marks, and what is sealed
CLEAR = tuple(column.name for column in TABLE.c if column.name not in MADE)
COLUMNS = (*CLEAR, *MADE)
ALL = select(*(TABLE.c[name] for name in COLUMNS))
SEALED = (*(name for name, about in ABOUT.items() if not about.is_clear), "steps", "seen", "stated_at")
DAYS = (*(name for name, about in ABOUT.items() if about.kind == "day"), "finished")
CLEAR_DAYS = tuple(name for name in DAYS if name in CLEAR)  # what is None in the record is "" in the table
CLEAR_TEXTS = tuple(name for name, about in ABOUT.items() if about.is_clear and name not in DAYS)
_clear_of, _sealed_of = attrgetter(*CLEAR), attrgetter(*SEALED)

COPY = f"COPY dossier ({', '.join(COLUMNS)}) FROM STDIN (FORMAT BINARY)"
TYPES = {str: "text", int: "int8", bytes: "bytea"}
COPY_TYPES = [TYPES[TABLE.c[name].type.python_type] for name in COLUMNS]
# two programs must not add the same dossier at once; people may look theirs up meanwhile
LOCK = "LOCK TABLE dossier IN SHARE ROW EXCLUSIVE MODE"
VACUUM = "VACUUM (ANALYZE) dossier"

Values = dict[str, Any]  # a row by the names of its columns, in the order of COLUMNS


class HotStatements(NamedTuple):
    """What is run past SQLAlchemy, in the driver's words."""

    find: str  # takes a code
    marks: str  # likewise; code and marks, the next code's where there is none: as much work as for one
    insert: str  # takes a row as COLUMNS
    update: str  # a row, and once more its code


@cache
def hot(dialect: Dialect) -> HotStatements:
    """The statements for one engine."""
    code = bindparam("its_code", type_=Text)
    nearest = select(TABLE.c.code, TABLE.c.facts).where(TABLE.c.code >= code).order_by(TABLE.c.code)
    one = nearest.limit(literal_column("1")).offset(literal_column("0"))
    row: Mapping[str, Any] = {name: bindparam(name) for name in COLUMNS}
    return HotStatements(
        find=driver.sql(ALL.where(TABLE.c.code == code), dialect),
        marks=driver.sql(one, dialect),
        insert=driver.sql(insert(TABLE).values(row), dialect),
        update=driver.sql(update(TABLE).where(TABLE.c.code == code).values(row), dialect),
    )


def values(record: DossierRecord, vault: Vault) -> Values:
    """What is written."""
    content = {name: value for name, value in zip(SEALED, _sealed_of(record), strict=True) if value}
    made: Values = dict(zip(CLEAR, _clear_of(record), strict=True))
    for name in CLEAR_TEXTS:
        made[name] = made[name] or ""
    for name in CLEAR_DAYS:
        made[name] = day.isoformat() if (day := made[name]) else ""
    made["facts"] = marks.of(record, vault)
    made["content"] = vault.seal(to_json(content), _associated_data(record.code))
    return made


def record_of(row: Iterable[Any], vault: Vault) -> DossierRecord:
    """What is read back of a row as COLUMNS; raises WrongKey."""
    told = {name: value for name, value in zip(COLUMNS, row, strict=True) if value}  # "" and 0: not known
    del told["facts"]
    told |= from_json(vault.open(bytes(told.pop("content")), _associated_data(told["code"])))
    return unpacked(told)


def packed(record: DossierRecord) -> Values:
    """All of it as JSON knows it; `unpacked` brings it back."""
    told = zip((*CLEAR, *SEALED), (*_clear_of(record), *_sealed_of(record)), strict=True)
    return {name: value for name, value in told if value}


def unpacked(told: Values) -> DossierRecord:
    """The record of its values by name, as they are kept: days as texts, what is not known left out."""
    for name in DAYS:
        if name in told:
            told[name] = date.fromisoformat(told[name])
    if "seen" in told:
        told["seen"] = tuple(told["seen"])
    told["steps"] = tuple([(status, at, note) for status, at, note in told.get("steps", ())])
    return DossierRecord.of(told)


def find(connection: Connection, vault: Vault, code: str, *, hold: bool = False) -> DossierRecord | None:
    """The dossier of that code; `hold` it until the end of the transaction. Raises WrongKey."""
    query = ALL.where(TABLE.c.code == code)
    row = connection.execute(query.with_for_update() if hold else query).one_or_none()
    return record_of(row, vault) if row else None


def add(connection: Connection, vault: Vault, record: DossierRecord) -> bool:
    """Writes a dossier unless there is one of its code; whether it did."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(TABLE).on_conflict_do_nothing().returning(TABLE.c.code)
    return connection.execute(statement, values(record, vault)).first() is not None


def change(connection: Connection, vault: Vault, record: DossierRecord) -> None:
    """Writes a dossier in place of what there is."""
    connection.execute(update(TABLE).where(TABLE.c.code == record.code).values(values(record, vault)))


def delete(connection: Connection, code: str) -> None:
    """Takes a dossier out."""
    connection.execute(TABLE.delete().where(TABLE.c.code == code))


def is_empty(connection: Connection) -> bool:
    """Whether there is no dossier at all."""
    return connection.execute(select(TABLE.c.code).limit(1)).first() is None


def codes(connection: Connection) -> Iterator[str]:
    """All codes, in their order."""
    yield from connection.execute(select(TABLE.c.code).order_by(TABLE.c.code)).scalars()


def every(
    connection: Connection, vault: Vault, which: Literal["all", "open"] = "all"
) -> Iterator[DossierRecord]:
    """All dossiers, or those that are not finished, by code and in constant memory."""
    query: Select[Any] = ALL.order_by(TABLE.c.code)
    if which == "open":
        query = query.where(TABLE.c.finished == "")
    rows = connection.execution_options(stream_results=True, yield_per=1000).execute(query)
    return (record_of(row, vault) for row in rows)


def among(connection: Connection, vault: Vault, wanted: Sequence[str]) -> dict[str, DossierRecord]:
    """Those of these codes that there are."""
    query = ALL.where(_is_among(wanted, connection.dialect.name == "sqlite"))
    return {row.code: record_of(row, vault) for row in connection.execute(query)}


def lock(connection: Connection) -> None:
    """Nobody else adds or changes dossiers until the end of the transaction; on SQLite that is so anyway."""
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql(LOCK)


def add_all(connection: Connection, vault: Vault, records: Iterable[DossierRecord]) -> None:
    """Writes dossiers that are not there yet, as fast as the engine takes them."""
    rows = [tuple(values(record, vault).values()) for record in records]
    if connection.dialect.name == "sqlite":
        _many(connection, hot(connection.dialect).insert, rows)
    elif rows:
        driver_connection: Any = connection.connection.driver_connection
        with driver_connection.cursor() as cursor, cursor.copy(COPY) as copy:
            copy.set_types(COPY_TYPES)
            for row in rows:
                copy.write_row(row)


def change_all(connection: Connection, vault: Vault, records: Iterable[DossierRecord]) -> None:
    """Writes dossiers in place of what there is of them."""
    rows = [(*values(record, vault).values(), record.code) for record in records]
    _many(connection, hot(connection.dialect).update, rows)


def stamp(record: DossierRecord) -> int:
    """A mark that is another as soon as anything is held otherwise."""
    return crc32(to_json((_clear_of(record), _sealed_of(record))))


def delete_all(connection: Connection, codes: Sequence[str]) -> None:
    """Dossiers that should not have been taken in."""
    connection.execute(TABLE.delete().where(_is_among(codes, connection.dialect.name == "sqlite")))


def settle(engine: Engine) -> None:
    """After many were added: else each look-up would visit the new rows to learn whether it may see them."""
    if not database.is_sqlite(engine):
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(VACUUM)


def _many(connection: Connection, sql: str, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        connection.exec_driver_sql(sql, rows)


def _is_among(wanted: Sequence[str], is_sqlite: bool) -> ColumnElement[bool]:
    """One value for thousands of codes: engines take only so many, and each would be parsed."""
    if is_sqlite:
        listed = func.json_each(to_json(wanted).decode()).table_valued("value")
        return TABLE.c.code.in_(select(listed.c.value))
    return TABLE.c.code == func.any(bindparam("wanted", list(wanted), type_=postgresql.ARRAY(Text)))


def _associated_data(code: str) -> str:
    return f"dossier/{code}"


SEALED_COLUMN = Sealed("dossier", "content", ("code",), lambda row: _associated_data(row.code))
