"""Settings -> engine, knowledge, metrics: the only place that builds."""

import logging
import math
from asyncio import Lock
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Protocol
from weakref import WeakValueDictionary

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.channels import registry
from bot.channels.opening import Doors
from bot.channels.zalo.platform import usage
from bot.channels.zalo.tokens import figures as zalo_figures
from bot.clock import vietnam_now
from bot.dossiers import guesses
from bot.dossiers.due_dates import DueDates
from bot.dossiers.embedded import Embedded
from bot.dossiers.guesses import GuessesTable
from bot.dossiers.views import Glimpses
from bot.load_world import load_world, unanswered
from bot.media import voice
from bot.notices.followers import FollowersOnDatabase
from bot.one_stop.look_up import LookUp, access
from bot.one_stop.pull import Pulled
from bot.people.linked import LinksOnDatabase
from bot.settings.settings import Settings
from bot.storage import database, keyring, migrate
from bot.storage.drafts import DraftsTable
from bot.storage.sealing import Vault
from bot.waiting import Turns
from bot.watching.metrics import Metrics
from handlers import router
from handlers.ports.world import World
from handlers.turn.messages import Incoming, State, Turn

logger = logging.getLogger(__name__)

WAITING = 6  # turns that may wait for the database server at once, as many as the pool has connections
LOOK_UPS = 16  # turns that may wait for the one-stop system at once; none of them holds a connection then


class Router(Protocol):
    """What the conversation is made of; `handlers.router` is one."""

    def respond(self, incoming: Incoming, state: State, world: World) -> Turn:
        """The turn that follows from a message."""

    def busy_reply(self, incoming: Incoming, world: World) -> Turn:
        """The turn when too many others wait; nothing is known of the person."""

    def crash_reply(self, incoming: Incoming, state: State, world: World) -> Turn:
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
    dead_loops: Sequence[str] = ()  # of this process, that have ended by themselves; see bot.supervisor
    turns: Turns = field(default_factory=Turns)
    look_up: LookUp | None = None  # of the one-stop software that is asked; its session is for all
    look_ups: Turns = field(default_factory=Turns)  # turns that wait for the one-stop system

    def ready(self) -> bool:
        """Whether all loops run, and the database answers, has room, our schema and our key.

        The catalogue is loaded before a house exists.
        """
        if self.dead_loops:
            return False
        try:
            migrate.check(self.engine)
            with database.reading(self.engine) as connection:
                if not keyring.is_newest(connection, self.vault):
                    return False
            return database.has_room(self.engine)
        except (migrate.BadDatabase, SQLAlchemyError):
            return False


def build(settings: Settings, catalogue_dir: Path | None = None) -> House:
    """Loads the knowledge and opens the database; a SQLite file is migrated on the way.

    Raises BadDataFile, BadDatabase for a server that is unreachable or not migrated, and WrongKey.
    """
    known = load_world(catalogue_dir, settings.office)
    for gap in unanswered():
        logger.error("a kind without a text", extra={"gap": gap})
    engine = migrate.opened(settings.database_url)
    metrics = Metrics()
    metrics.describe(known.catalogue)
    vault = keyring.unlocked(engine, settings.keys)
    glimpses, one_stop = Glimpses(settings.open_state), access(settings)
    desk = Embedded(engine, vault, DueDates(known.catalogue, known.holidays), glimpses)
    look_up = LookUp(one_stop) if one_stop else None
    dossiers = Pulled(desk, engine, vault, look_up, glimpses) if look_up else desk
    metrics.watch_locks(lambda: _lock_count(engine))
    if settings.zalo_oa_id:
        metrics.zalo_oa.watch_token(*zalo_figures.of_token(engine, vault, settings.zalo_oa_id))
    if settings.zalo_bot_token:
        metrics.watch_zalobot(partial(_zalobot_use, engine))
    reached = frozenset(row.name for row in registry.served(settings))
    outside = replace(
        known,
        dossiers=dossiers,
        guesses=GuessesTable(engine, vault),
        followers=FollowersOnDatabase(engine, vault, settings.quiet_hours, reached),
        links=LinksOnDatabase(engine, vault, Doors(settings, registry.served(settings)).opens),
        drafts=DraftsTable(engine, vault),
        asks_every=settings.poll_minutes if look_up else None,
    )
    # A turn computes; more threads only fight for the interpreter, unless they wait for a server meanwhile.
    turns = Turns(1 if database.is_sqlite(engine) else WAITING)
    return House(
        settings,
        engine,
        outside,
        metrics,
        router,
        vault,
        turns=turns,
        look_ups=Turns(LOOK_UPS),
        look_up=look_up,
    )


def ear(settings: Settings) -> voice.Listen | None:
    """What listens to voice messages; None without a model. Takes seconds to load. Raises BadSettings."""
    folder = settings.voice_model
    return partial(voice.listen, voice.model(folder)) if folder else None


def _lock_count(engine: Engine) -> float:
    """NaN while the database is away: the other figures must still be told."""
    try:
        with database.reading(engine) as connection:
            return guesses.lock_count(connection, vietnam_now())
    except SQLAlchemyError:
        return math.nan


def _zalobot_use(engine: Engine, what: str) -> float:
    """NaN likewise."""
    try:
        with database.reading(engine) as connection:
            return float(usage.use(connection, vietnam_now())._asdict()[what])
    except SQLAlchemyError:
        return math.nan
