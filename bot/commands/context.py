"""What every command gets besides its arguments: settings, database, knowledge, read when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from handlers.language.i18n import Translate

# The rest is imported where it is used: a talk in the terminal must not wait for the database's modules.
if TYPE_CHECKING:
    from sqlalchemy import Engine

    from bot.dossiers.due_dates import DueDates
    from bot.settings.settings import Settings
    from bot.storage.sealing import Vault
    from handlers.ports.world import World
    from knowledge.office.calendar import Holidays
    from knowledge.office.office import Office
    from knowledge.procedures.catalogue import Catalogue


class BadArguments(Exception):
    """Something that was typed at the command line and cannot be; says which and why."""


@dataclass(frozen=True)
class Command:
    """One run of the command line."""

    environ: Mapping[str, str] = field(repr=False)
    catalogue_dir: Path | None = None  # --catalogue; None: the field files that ship
    tr: Translate = Translate()  # what the clerk is told, in the language of --language

    @cached_property
    def settings(self) -> Settings:
        """Makes the key file if no key is set. Raises BadSettings."""
        from bot.settings import settings

        return settings.read(self.environ)

    @property
    def engine(self) -> Engine:
        """The database, migrated if it is a file. Raises BadSettings, BadDatabase and WrongKey."""
        return self._unlocked[0]

    @property
    def vault(self) -> Vault:
        """What seals in the database. Raises as `engine`."""
        return self._unlocked[1]

    @cached_property
    def _unlocked(self) -> tuple[Engine, Vault]:
        """Together: the first key of a database is written before any transaction of the command begins."""
        from bot.storage import keyring, migrate

        engine = migrate.opened(self.settings.database_url)
        return engine, keyring.unlocked(engine, self.settings.keys)

    @cached_property
    def catalogue(self) -> Catalogue:
        """Raises BadDataFile."""
        from knowledge.procedures import loading

        return loading.load(self.catalogue_dir or loading.FIELDS)

    @cached_property
    def office(self) -> Office:
        """Raises BadDataFile."""
        from knowledge.office import office

        return office.load(self._office_file or office.DEFAULT)

    @cached_property
    def holidays(self) -> Holidays:
        """Raises BadDataFile."""
        from knowledge.office import calendar

        return calendar.load()

    @cached_property
    def promises(self) -> DueDates:
        """When dossiers are due. Raises BadDataFile."""
        from bot.dossiers.due_dates import DueDates

        return DueDates(self.catalogue, self.holidays)

    @cached_property
    def world(self) -> World:
        """All of the knowledge, without a database. Raises BadDataFile."""
        from bot.load_world import load_world

        return load_world(self.catalogue_dir, self._office_file)

    @property
    def _office_file(self) -> Path | None:
        """Without `settings`, which make a key: a talk in the terminal needs none. Raises BadSettings."""
        from bot.settings import settings

        named = settings.verify(self.environ).get("office")
        assert named is None or isinstance(named, Path)
        return named
