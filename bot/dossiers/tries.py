"""The table `wrong_try`, and its only owner: wrong second factors, and the codes that are locked by them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Dialect,
    LargeBinary,
    Select,
    bindparam,
    delete,
    func,
    literal_column,
    select,
)  # fmt: skip
from sqlalchemy.dialects import postgresql, sqlite

from bot.dossiers import store
from bot.storage import driver
from bot.storage.sealing import Vault
from bot.storage.tables import SCHEMA

LOCK_TRIES = 20  # wrong second factors on a code
LOCK_SPAN = timedelta(hours=1)

TABLE = SCHEMA.tables["wrong_try"]
TIMES = func.coalesce(func.sum(TABLE.c.times), literal_column("0"))


@dataclass(frozen=True)
class Lock:
    """A code on which too many wrong factors were tried within the hour."""

    code: str  # "" if there is no such dossier: its hash cannot be turned back
    tries: int


def count(connection: Connection, vault: Vault, code: str, now: datetime) -> None:
    """Counts a wrong second factor; belongs into the transaction of its turn."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    row = {"code_hash": code_hash(code, vault), "at": int(now.timestamp()), "times": 1}
    again = {"times": TABLE.c.times + 1}
    statement = dialect.insert(TABLE).values(row)
    connection.execute(statement.on_conflict_do_update(index_elements=["code_hash", "at"], set_=again))


def forget(connection: Connection, before: datetime) -> int:
    """Deletes wrong tries that lock nothing any more; how many."""
    return connection.execute(delete(TABLE).where(TABLE.c.at <= int(before.timestamp()))).rowcount


def hot(dialect: Dialect) -> str:
    """How often a code was tried since then, in the driver's words: takes `question`."""
    mark, since = bindparam("mark", type_=LargeBinary), bindparam("since", type_=BigInteger)
    return driver.sql(select(TIMES).where(TABLE.c.code_hash == mark, TABLE.c.at > since), dialect)


def question(vault: Vault, code: str, now: datetime) -> tuple[bytes, int]:
    """The values of `hot`."""
    return code_hash(code, vault), _since(now)


def locks(connection: Connection, vault: Vault, now: datetime) -> list[Lock]:
    """The codes that are locked now; goes through all codes if there is any."""
    tries = _locked(connection, now)
    codes = store.codes(connection) if tries else ()
    known = {mark: code for code in codes if (mark := code_hash(code, vault)) in tries}
    return [Lock(known.get(mark, ""), times) for mark, times in tries.items()]


def lock_count(connection: Connection, now: datetime) -> int:
    """How many codes are locked now, for the metrics."""
    return len(_locked(connection, now))


def code_hash(code: str, vault: Vault) -> bytes:
    """By which a code is known here."""
    return vault.keyed_hash("wrong try", code)


def _locked(connection: Connection, now: datetime) -> dict[bytes, int]:
    """The hashes of the locked codes, and the tries on each."""
    query: Select[Any] = select(TABLE.c.code_hash, TIMES.label("tries")).where(TABLE.c.at > _since(now))
    rows = connection.execute(query.group_by(TABLE.c.code_hash).having(TIMES >= LOCK_TRIES))
    return {bytes(row.code_hash): int(row.tries) for row in rows}


def _since(now: datetime) -> int:
    return int((now - LOCK_SPAN).timestamp())
