"""The table `guess`, and its only owner: wrong guesses at what only an owner knows, and who waits."""

from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass
from datetime import datetime
from math import ceil

from sqlalchemy import Connection, Engine, bindparam, delete, func, select, text
from sqlmodel import col

from bot.clock import VIETNAM
from bot.dossiers import store
from bot.storage import database
from bot.storage.drafts import Stale
from bot.storage.schema.guard import Guess
from bot.storage.sealing import Vault
from bot.storage.statements import upsert
from handlers.ports.guesses import Guesser, Verdict
from handlers.turn.effects import Guessed
from knowledge.dossiers import guesses as rules
from knowledge.dossiers.guesses import DAY, HOUR, RULES, SUM_SPAN, Kind, Tally

ALL = "all"  # the kind of the days' sums
COUNTS = ("tries", "locks", "until", "at")  # as the fields of Tally
# Who counts on PostgreSQL waits for whoever counts: no guess is taken beyond the last, however many at once.
ONE_BY_ONE = text("SELECT pg_advisory_xact_lock(19783)")

KNOWN = select(Guess).where(col(Guess.mark).in_(bindparam("marks", expanding=True)))
LOCKED = (col(Guess.kind) == "code", col(Guess.locks) > 0)
REMEMBERED = (
    select(Guess).where(*LOCKED, col(Guess.at) > bindparam("since")).order_by(col(Guess.until).desc())
)
WAITING = select(func.count()).select_from(Guess).where(*LOCKED, col(Guess.until) > bindparam("now"))
UNLOCK = delete(Guess).where(col(Guess.mark) == bindparam("own"))
FORGET = delete(Guess).where(col(Guess.at) < bindparam("before"))

Seen = Mapping[bytes, Tally]


@dataclass(frozen=True)
class Lock:
    """A code on which a longer fact is asked for."""

    code: str  # "" if there is no such dossier: its hash cannot be turned back
    locks: int  # how often it was locked
    until: datetime  # until when only the whole number is taken


class GuessesTable:
    """The port `Guesses` on our own table; for many threads at once."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine, self._vault = engine, vault

    def verdict(self, who: Guesser, code: str, now: datetime) -> Verdict:
        """What is asked of `who` on this code, whether there is one or not: as much work for each."""
        with database.reading(self._engine) as connection:
            return _verdict(connection, self._vault, who, code, _seconds(now))

    def recent(self, person: str) -> int:
        """How many wrong guesses of this person are remembered."""
        mark = _mark(self._vault, "person", person)
        with database.reading(self._engine) as connection:
            tally = _seen(connection, [mark]).get(mark, Tally())
        return tally.tries + tally.locks * RULES["person"].burst


def judged(connection: Connection, vault: Vault, who: Guesser, guessed: Guessed, now: datetime) -> None:
    """Counts a guess, if it was wrong; in the transaction of its turn.

    Raises Stale if others have guessed meanwhile, so that something else is asked by now: nothing was told.
    """
    at = _seconds(now)
    if connection.dialect.name != "sqlite":  # which lets one write at a time anyway
        connection.execute(ONE_BY_ONE)
    if _verdict(connection, vault, who, guessed.code, at) != guessed.verdict:
        raise Stale
    if not guessed.right:
        _count(connection, vault, who, guessed.code, at)


def forget(connection: Connection, now: datetime) -> int:
    """Deletes what nobody is asked to wait for any more; how many."""
    return connection.execute(FORGET, {"before": _seconds(now) - rules.MEMORY_S}).rowcount


def locks(connection: Connection, vault: Vault, now: datetime) -> list[Lock]:
    """The codes on which a longer fact is asked for, the longest locked first; goes through all codes."""
    found = connection.execute(REMEMBERED, {"since": _seconds(now) - RULES["code"].memory_s}).all()
    marks = {bytes(row.mark) for row in found}
    codes = store.codes(connection) if found else ()
    known = {mark: code for code in codes if (mark := _mark(vault, "code", code)) in marks}
    return [
        Lock(known.get(bytes(row.mark), ""), row.locks, datetime.fromtimestamp(row.until, VIETNAM))
        for row in found
    ]


def lock_count(connection: Connection, now: datetime) -> int:
    """How many codes wait now, for the metrics."""
    return int(connection.execute(WAITING, {"now": _seconds(now)}).scalar() or 0)


def unlock(connection: Connection, vault: Vault, code: str) -> bool:
    """Forgets the wrong guesses on a code; whether there were any."""
    return connection.execute(UNLOCK, {"own": _mark(vault, "code", code)}).rowcount > 0


def _verdict(connection: Connection, vault: Vault, who: Guesser, code: str, now: int) -> Verdict:
    marks = {kind: _mark(vault, kind, name) for kind, name in _kinds(who, code)}
    days = [_day_mark(vault, day) for day in range(now // DAY - SUM_SPAN // DAY, now // DAY + 1)]
    seen = _seen(connection, [*marks.values(), *days])
    of = {kind: seen.get(mark, Tally()) for kind, mark in marks.items()}
    waits = [rules.left_s(tally, now) for kind, tally in of.items() if kind != "code"]
    if rules.is_closed(of["code"], now):
        waits.append(rules.left_s(of["code"], now))
    of_all = sum(seen[day].tries for day in days if day in seen)
    return Verdict(rules.digits(of["code"], of_all, now), ceil(max(waits) / HOUR))


def _count(connection: Connection, vault: Vault, who: Guesser, code: str, now: int) -> None:
    marks = {kind: _mark(vault, kind, name) for kind, name in _kinds(who, code)}
    today = _day_mark(vault, now // DAY)
    seen = _seen(connection, [*marks.values(), today])
    rows = [
        _row(mark, kind, rules.counted(seen.get(mark, Tally()), RULES[kind], now))
        for kind, mark in marks.items()
    ]
    rows.append(_row(today, ALL, Tally(seen.get(today, Tally()).tries + 1, at=now)))
    connection.execute(upsert(connection, Guess, ("mark",), *COUNTS), rows)


def _kinds(who: Guesser, code: str) -> Iterator[tuple[Kind, str]]:
    yield "code", code
    yield "person", who.person
    if who.network:
        yield "network", who.network


def _seen(connection: Connection, marks: list[bytes]) -> Seen:
    rows = connection.execute(KNOWN, {"marks": marks})
    return {bytes(row.mark): Tally(row.tries, row.locks, row.until, row.at) for row in rows}


def _row(mark: bytes, kind: str, tally: Tally) -> dict[str, object]:
    return {"mark": mark, "kind": kind, **dict(zip(COUNTS, astuple(tally), strict=True))}


def _mark(vault: Vault, kind: Kind, name: str) -> bytes:
    """A code's is what the tries before this table were kept under."""
    return (
        vault.keyed_hash("wrong try", name) if kind == "code" else vault.keyed_hash("wrong try", kind, name)
    )


def _day_mark(vault: Vault, day: int) -> bytes:
    return vault.keyed_hash("wrong try", ALL, str(day))


def _seconds(now: datetime) -> int:
    return int(now.timestamp())
