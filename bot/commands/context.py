"""What the clerk's commands share: the database and the arguments of the desk."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Engine

from bot.settings import settings
from bot.spreadsheets import cells
from bot.spreadsheets.cells import BadCell
from bot.storage import migrate
from bot.storage.sealing import Vault

V = TypeVar("V")


class BadArguments(Exception):
    """Something a clerk typed that cannot be; says which and why."""


def opened(environ: Mapping[str, str]) -> tuple[Engine, Vault]:
    """The database, migrated if it is a file, and what seals in it. Raises BadSettings and BadDatabase."""
    chosen = settings.read(environ)
    return migrate.opened(chosen.database_url), Vault(chosen.secret_key)


def argument(name: str, parse: Callable[[str], V], value: str) -> V:
    """The value as `parse` reads it. Raises BadArguments."""
    try:
        return parse(value)
    except BadCell as error:
        raise BadArguments(f"{name}: {error}") from error


def moment(name: str, value: str) -> datetime | None:
    """A day as clerks write it; None for an empty one. Raises BadArguments."""
    try:
        return cells.moment(value)
    except BadCell as error:
        raise BadArguments(f"{name}: {error}") from error
