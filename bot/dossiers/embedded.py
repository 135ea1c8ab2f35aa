"""Our own desk: dossiers in our database, looked up in plain SQL, changed by news of any age and order."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Connection, Engine

from bot.clock import vietnam_now
from bot.dossiers import announce, storage
from bot.dossiers.due_dates import Promises
from bot.dossiers.held import Held, Update, differs, merged
from bot.dossiers.reader import Reader
from bot.dossiers.storage import NO_FACTS, statements
from bot.dossiers.views import CLOSED, Glimpses, glimpsed, told
from bot.storage.sealing import Vault
from handlers.turn.dossiers import Dossier

LOCK_TRIES = 20  # wrong second facts on a code
LOCK_SPAN = timedelta(hours=1)

TRY = (
    "INSERT INTO wrong_try (code_hash, at, times) VALUES ({0}, {0}, 1)"
    " ON CONFLICT (code_hash, at) DO UPDATE SET times = wrong_try.times + 1"
)
TRIES = "SELECT COALESCE(SUM(times), 0) FROM wrong_try WHERE code_hash = {0} AND at > {0}"
LOCKED = (
    "SELECT code_hash, SUM(times) FROM wrong_try WHERE at > {0} GROUP BY code_hash HAVING SUM(times) >= {0}"
)
FORGET = "DELETE FROM wrong_try WHERE at <= {0}"


class Embedded:
    """The port `Dossiers` on our own table; for many threads at once."""

    def __init__(self, engine: Engine, vault: Vault, promises: Promises, glimpses: Glimpses = CLOSED) -> None:
        self._reader, self._vault, self._promises, self._glimpses = Reader(engine), vault, promises, glimpses
        self._sql = statements(engine.dialect.name)
        self._tries = _sql(TRIES, engine.dialect.name)

    def find(self, code: str) -> Dossier | None:
        """The dossier with that normalised code. Raises WrongKey."""
        held = self._held(code)
        return told(held, self._promises.due_of(held)) if held else None

    def matches(self, code: str, digits: str) -> bool:
        """Whether these four digits end the phone or ID number given at the desk."""
        return storage.end_fits(self._facts(code), code, digits, self._vault)

    def matches_phone(self, code: str, phone: str) -> bool:
        """Whether this is the phone number given at the desk, however it is written."""
        return storage.phone_fits(self._facts(code), code, phone, self._vault)

    def is_locked(self, code: str, now: datetime) -> bool:
        """Whether too many wrong facts were tried on this code within the hour."""
        marked, since = _code_hash(code, self._vault), int((now - LOCK_SPAN).timestamp())
        row = self._reader.one(self._tries, (marked, since))
        return row is not None and int(row[0]) >= LOCK_TRIES

    def glimpse(self, code: str, now: datetime) -> Dossier | None:
        """Procedure and state alone, if the office opens them. Raises WrongKey."""
        held = self._held(code) if self._glimpses.allows(code, now) else None
        return glimpsed(held) if held else None

    def _held(self, code: str) -> Held | None:
        row = self._reader.one(self._sql["find"], (code,))
        return storage.held(row, self._vault) if row else None

    def _facts(self, code: str) -> bytes:
        found, facts = self._reader.one(self._sql["facts"], (code,)) or ("", NO_FACTS)
        facts = bytes(facts)
        return facts if found == code else NO_FACTS


def wrong_try(connection: Connection, vault: Vault, code: str, now: datetime) -> None:
    """Counts a wrong second fact; belongs into the transaction of its turn."""
    values = (_code_hash(code, vault), int(now.timestamp()))
    connection.exec_driver_sql(_sql(TRY, connection.dialect.name), values)


def forget_tries(connection: Connection, before: datetime) -> int:
    """Deletes wrong tries that lock nothing any more; how many."""
    values = (int(before.timestamp()),)
    return connection.exec_driver_sql(_sql(FORGET, connection.dialect.name), values).rowcount


@dataclass(frozen=True)
class Lock:
    """A code on which too many wrong facts were tried within the hour."""

    code: str  # "" if there is no such dossier: its hash cannot be turned back
    tries: int


def locks(connection: Connection, vault: Vault, now: datetime) -> list[Lock]:
    """The codes that are locked now; goes through all codes if there is any."""
    tries = _locked(connection, now)
    codes = connection.exec_driver_sql("SELECT code FROM dossier ORDER BY code").scalars() if tries else ()
    known = {mark: code for code in codes if (mark := _code_hash(code, vault)) in tries}
    return [Lock(known.get(mark, ""), times) for mark, times in tries.items()]


def lock_count(connection: Connection, now: datetime) -> int:
    """How many codes are locked now, for the metrics."""
    return len(_locked(connection, now))


def _locked(connection: Connection, now: datetime) -> dict[bytes, int]:
    """The hashes of the locked codes, and the tries on each."""
    values = (int((now - LOCK_SPAN).timestamp()), LOCK_TRIES)
    rows = connection.exec_driver_sql(_sql(LOCKED, connection.dialect.name), values)
    return {bytes(code_hash): int(times) for code_hash, times in rows}


@dataclass(frozen=True)
class Recorded:
    """What news did to a dossier."""

    before: Held | None  # None: it is new
    after: Held

    @property
    def outcome(self) -> Literal["new", "changed", "unchanged"]:
        """In a word; to hear the same again at a later time changes nothing."""
        if self.before is None:
            return "new"
        return "changed" if differs(self.before, self.after) else "unchanged"


def record(connection: Connection, vault: Vault, update: Update) -> Recorded:
    """Takes in news of any age, within the caller's transaction; see `held.merged` for the rules.

    What the followers of the dossier are to be told is written with it.
    """
    recorded = _recorded(connection, vault, update)
    if recorded.before != recorded.after:
        announce.announce(connection, vault, [(recorded.before, recorded.after)], vietnam_now())
    return recorded


def _recorded(connection: Connection, vault: Vault, update: Update) -> Recorded:
    sql = statements(connection.dialect.name)
    after = merged(None, update)
    # first, so that two programs that tell of a new dossier at once end with one
    if connection.exec_driver_sql(
        sql["insert"] + " ON CONFLICT DO NOTHING", storage.row(after, vault)
    ).rowcount:
        return Recorded(None, after)
    before = storage.held(connection.exec_driver_sql(sql["hold"], (update.code,)).one(), vault)
    after = merged(before, update)
    if after != before:
        connection.exec_driver_sql(sql["update"], (*storage.row(after, vault), after.code))
    return Recorded(before, after)


def read(connection: Connection, vault: Vault, code: str) -> Held | None:
    """A dossier with the person's data in clear: for the clerk at the desk only."""
    found = connection.exec_driver_sql(statements(connection.dialect.name)["find"], (code,)).one_or_none()
    return storage.held(found, vault) if found else None


def _code_hash(code: str, vault: Vault) -> bytes:
    return vault.keyed_hash("wrong try", code)


def _sql(statement: str, dialect: str) -> str:
    return statement.format("?" if dialect == "sqlite" else "%s")
