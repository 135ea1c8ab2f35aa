"""Our own desk: dossiers in our database, looked up in plain SQL, changed by news of any age and order."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Any, Literal

from sqlalchemy import Connection, Engine

from bot.dossiers import storage
from bot.dossiers.held import Held, Update, merged, told
from bot.dossiers.storage import NO_FACTS, NO_MARK, statements
from bot.secrets import MARK, Vault
from handlers.dossiers import Dossier

LOCK_TRIES = 20  # wrong second facts on a code
LOCK_SPAN = timedelta(hours=1)

TRY = (
    "INSERT INTO wrong_try (code_hash, at, times) VALUES ({0}, {0}, 1)"
    " ON CONFLICT (code_hash, at) DO UPDATE SET times = wrong_try.times + 1"
)
TRIES = "SELECT COALESCE(SUM(times), 0) FROM wrong_try WHERE code_hash = {0} AND at > {0}"
LOCKED = "SELECT code_hash, SUM(times) FROM wrong_try WHERE at > {0} GROUP BY code_hash HAVING SUM(times) >= {0}"
FORGET = "DELETE FROM wrong_try WHERE at <= {0}"


class Embedded:
    """The port `Dossiers` on our own table; for many threads at once."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine, self._vault = engine, vault
        self._sql = statements(engine.dialect.name)
        self._tries = _sql(TRIES, engine.dialect.name)

    def find(self, code: str) -> Dossier | None:
        """The dossier with that normalised code. Raises WrongKey."""
        row = self._one("find", code)
        return told(storage.held(row, self._vault)) if row else None

    def matches(self, code: str, digits: str) -> bool:
        """Whether these four digits end the phone or ID number given at the desk."""
        wanted, facts = storage.end_mark(code, digits, self._vault), self._facts(code)
        phone_fits = compare_digest(facts[:MARK], wanted)
        id_fits = compare_digest(facts[MARK : 2 * MARK], wanted)
        return phone_fits | id_fits and wanted != NO_MARK

    def matches_phone(self, code: str, phone: str) -> bool:
        """Whether this is the phone number given at the desk, however it is written."""
        wanted = storage.phone_mark(code, phone, self._vault)
        return compare_digest(self._facts(code)[2 * MARK :], wanted) and wanted != NO_MARK

    def is_locked(self, code: str, now: datetime) -> bool:
        """Whether too many wrong facts were tried on this code within the hour."""
        marked, since = _code_hash(code, self._vault), int((now - LOCK_SPAN).timestamp())
        row = self._fetch(self._tries, (marked, since))
        return row is not None and int(row[0]) >= LOCK_TRIES

    def _facts(self, code: str) -> bytes:
        row = self._one("facts", code)
        return bytes(row[0]) if row else NO_FACTS

    def _one(self, name: str, code: str) -> Any:
        return self._fetch(self._sql[name], (code,))

    def _fetch(self, sql: str, values: tuple[Any, ...]) -> Any:
        """One row, past SQLAlchemy's execution, which would take three times as long."""
        connection = self._engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute(sql, values)
            return cursor.fetchone()
        finally:
            connection.close()


def wrong_try(connection: Connection, vault: Vault, code: str, now: datetime) -> None:
    """Counts a wrong second fact; belongs into the transaction of its turn."""
    values = (_code_hash(code, vault), int(now.timestamp()))
    connection.exec_driver_sql(_sql(TRY, connection.dialect.name), values)


def _code_hash(code: str, vault: Vault) -> bytes:
    return vault.mark("wrong try", code)


def _sql(statement: str, dialect: str) -> str:
    return statement.format("?" if dialect == "sqlite" else "%s")
