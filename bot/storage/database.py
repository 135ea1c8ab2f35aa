"""The database: one engine a process, SQLite for one office or PostgreSQL for many processes."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import OperationalError, SQLAlchemyError

BUSY_S = 10  # a writer waits so long for another one
CONNECT_S = 10  # a PostgreSQL server that does not answer in this time is down
ROOM = 20_000_000  # bytes free under which we call the disk full: its log must grow to be written
DEADLOCK = "40P01"  # PostgreSQL's code; SQLite lets one write at a time
POOL = 6  # connections a process: as many as Python's default threads on two cores


class Collided(SQLAlchemyError):
    """Two transactions waited for each other and this one was undone: made once more, it goes through."""


def connect(url: str) -> Engine:
    """The engine of a URL as Settings hold it; connects on first use. Makes the folder of a SQLite file."""
    # hide_parameters: an error must not carry an address or a text into the logs
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite(url)
    return create_engine(
        url,
        hide_parameters=True,
        pool_size=POOL,
        max_overflow=POOL,
        pool_pre_ping=True,  # a restarted server must not cost anyone a message
        connect_args={"connect_timeout": CONNECT_S},
    )


def _sqlite(url: str) -> Engine:
    file = Path(make_url(url).database or "")
    file.parent.mkdir(parents=True, exist_ok=True)
    with suppress(OSError):  # what is wrong with it, the first connection says
        file.touch(mode=0o600)  # whatever the umask; its log takes the same mode
    engine = create_engine(url, hide_parameters=True, pool_size=POOL, connect_args={"timeout": BUSY_S})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # sqlite3 must not begin transactions on its own: _begin does
    connection.execute("PRAGMA journal_mode = WAL")
    # In WAL, NORMAL loses nothing when the process is killed; only a power cut may undo the last turns.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # what was erased is overwritten, not only given free


def _begin(connection: Connection) -> None:
    """A writer takes its lock first: a reader that turns writer later is refused without any waiting."""
    reads = connection.get_execution_options().get("reads", False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection for reading only; on SQLite it waits for nobody and nobody waits for it."""
    with engine.connect() as connection:
        yield connection.execution_options(reads=True)


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction, committed at the end unless something is raised. Raises Collided."""
    try:
        with engine.begin() as connection:
            yield connection
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", "") == DEADLOCK:
            raise Collided from error
        raise


def wipe(engine: Engine) -> None:
    """Empties SQLite's log of what was before, which holds what is erased by now; waits for who reads it.

    PostgreSQL overwrites in its own time (VACUUM), and its log as it is archived.
    """
    if not is_sqlite(engine):
        return
    own = engine.raw_connection()
    try:
        own.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        own.close()


def is_sqlite(engine: Engine) -> bool:
    """Whether the database is a file of our own, which we migrate without being asked."""
    return engine.dialect.name == "sqlite"


def has_room(engine: Engine) -> bool:
    """Whether the disk of a SQLite file takes more; a server minds its own."""
    if not is_sqlite(engine):
        return True
    return shutil.disk_usage(Path(engine.url.database or "").parent).free >= ROOM
