"""Settings -> engine, knowledge, metrics: the only place that builds."""

from asyncio import Lock
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol
from weakref import WeakValueDictionary

from sqlalchemy import Engine

from bot import database, migrate
from bot.dossiers.embedded import Embedded
from bot.dossiers.look_up import LookUp, access
from bot.dossiers.promise import Promises
from bot.dossiers.pull import Pulled
from bot.knowing import world
from bot.metrics import Metrics
from bot.secrets import Vault
from bot.settings import Settings
from handlers import router
from handlers.messages import Incoming, State, Turn
from handlers.ports import World


class Router(Protocol):
    """What the conversation is made of; `handlers.router` is one."""

    def respond(self, incoming: Incoming, state: State, world: World) -> Turn:
        """The turn that follows from a message."""

    def sorry(self, incoming: Incoming, state: State) -> Turn:
        """The turn when `respond` failed."""


@dataclass(frozen=True)
class House:
    """All that a process needs to serve people."""

    settings: Settings
    engine: Engine
    world: World
    metrics: Metrics
    router: Router
    vault: Vault
    lanes: WeakValueDictionary[str, Lock] = field(default_factory=WeakValueDictionary)  # one an address

    def ready(self) -> bool:
        """Whether the database answers and has our schema; the catalogue is loaded before a house exists."""
        try:
            migrate.check(self.engine)
        except migrate.BadDatabase:
            return False
        return True


def build(settings: Settings, catalogue_dir: Path | None = None) -> House:
    """Loads the knowledge and opens the database; a SQLite file is migrated on the way.

    Raises BadCatalogue, and BadDatabase for a server that is unreachable or not migrated.
    """
    known = world(catalogue_dir)
    engine = database.connect(settings.database_url)
    if database.is_sqlite(engine):
        migrate.upgrade(engine)
    migrate.check(engine)
    metrics = Metrics()
    metrics.describe(known.catalogue)
    vault = Vault(settings.secret_key)
    desk = Embedded(engine, vault, Promises(known.catalogue, known.holidays))
    one_stop = access(settings)
    dossiers = Pulled(desk, engine, vault, LookUp(one_stop)) if one_stop else desk
    return House(settings, engine, replace(known, dossiers=dossiers), metrics, router, vault)
