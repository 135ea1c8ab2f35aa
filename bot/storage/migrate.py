"""Brings a database to the schema of this program.

`python -m bot.migrate "What changes"` writes the next migration from what tables.py has and the others lack.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from bot.storage import database

if TYPE_CHECKING:
    from alembic.config import Config

HERE = Path(__file__).with_name("migrations")
LOCK = 0x4D43  # any number of our own: two programs that migrate at once do it one after the other


class BadDatabase(Exception):
    """A database that this program cannot use: unreachable, behind or ahead; says what to do."""


def newest() -> str:
    """The revision this program needs, from the file names: importing Alembic takes a quarter of a second."""
    return max(path.name.partition("_")[0] for path in (HERE / "versions").glob("[0-9]*_*.py"))


def revision(engine: Engine) -> str:
    """The revision a database is at; empty if it has no schema yet. Raises BadDatabase if unreachable."""
    try:
        with database.reading(engine) as connection:
            return _revision(connection)
    except SQLAlchemyError as error:
        raise BadDatabase(f"{_name(engine)}: {reason(error)}; check DATABASE_URL and the server") from error


def _revision(connection: Connection) -> str:
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.scalar(text("SELECT version_num FROM alembic_version")) or "")


def check(engine: Engine) -> None:
    """Raises BadDatabase unless the schema is the one of this program."""
    at, needed = revision(engine), newest()
    if at > needed:
        raise BadDatabase(
            f"{_name(engine)}: at migration {at}, this program knows {needed}; start a newer one"
        )
    if at < needed:
        raise BadDatabase(
            f"{_name(engine)}: at migration {at or 'none'}, needs {needed}; run `motcua migrate`"
        )


def opened(url: str) -> Engine:
    """The engine of a database with our schema; a SQLite file is brought up to date on the way.

    Raises BadDatabase for a server that is unreachable or not migrated.
    """
    engine = database.connect(url)
    if database.is_sqlite(engine):
        upgrade(engine)
    check(engine)
    return engine


def upgrade(engine: Engine, target: str = "head") -> None:
    """Runs the missing migrations in one transaction; a database that is up to date costs one query.

    Raises BadDatabase if it is unreachable or newer than this program.
    """
    if revision(engine) > newest():
        check(engine)
    if target == "head" and revision(engine) == newest():
        return
    from alembic import command

    with database.writing(engine) as connection:
        if not database.is_sqlite(engine):
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        command.upgrade(_config(connection), target)


def _config(connection: Connection) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _name(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=True)


def reason(error: SQLAlchemyError) -> str:
    """The first line of what the driver says, without SQLAlchemy's link and SQL."""
    return str(getattr(error, "orig", None) or error).strip().partition("\n")[0]


def draft(message: str) -> None:
    """Writes the next migration; a developer reads and corrects it."""
    from tempfile import TemporaryDirectory

    from alembic import command

    from bot.storage.schema.tables import SCHEMA

    with TemporaryDirectory() as folder:
        engine = database.connect(f"sqlite:///{folder}/draft.db")
        upgrade(engine)
        with database.writing(engine) as connection:
            config = _config(connection)
            config.attributes["schema"] = SCHEMA
            number = f"{int(newest()) + 1:04}"
            command.revision(config, message, autogenerate=True, rev_id=number)
        engine.dispose()


if __name__ == "__main__":
    draft(sys.argv[1] if len(sys.argv) == 2 else sys.exit(__doc__))
