"""A house and a conversation for the tests of the web entrance: no database, no catalogue."""

from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from aiohttp import web

from bot.channels.web.app import make_app
from bot.channels.web.sessions import table
from bot.settings.settings import Settings
from bot.watching.metrics import Metrics
from handlers.language import i18n
from handlers.language.i18n import Languages
from handlers.office.greeting import greeting
from handlers.turn.context import context
from handlers.turn.messages import Incoming, Reply, State
from knowledge.office import office
from knowledge.office.office import Office

KEY = b"k" * 32


class Talk:
    """Remembers what came in; says what it is told to say."""

    def __init__(self, *replies: Reply) -> None:
        self.replies = replies or (Reply("Chào bạn."),)
        self.heard: list[tuple[str, str, Incoming]] = []

    async def __call__(self, address: str, message_id: str, incoming: Incoming) -> tuple[Reply, ...]:
        self.heard.append((address, message_id, incoming))
        return self.replies

    @property
    def people(self) -> list[str]:
        return [address for address, _, _ in self.heard]

    @property
    def last(self) -> Incoming:
        return self.heard[-1][2]


@dataclass
class _World:
    """An office that speaks, and knows nothing else."""

    office: Office
    languages: Languages

    def spoken(self, _language: str) -> "_World":
        return self


def house(ready: bool = True, **settings: Any) -> SimpleNamespace:
    return SimpleNamespace(
        settings=Settings(**{"secret_key": KEY, **settings}),
        world=_World(office.load(), i18n.load()),
        metrics=Metrics(),
        ready=lambda: ready,
    )


class Nothing:
    """Nothing is known of a session beside its cookie."""

    def find(self, address: str) -> table.Kept:
        return table.Kept()

    def use(self, address: str, now: datetime) -> None:
        raise AssertionError(address)

    def share(self, address: str, now: datetime) -> None:
        pass

    def move(self, address: str, generation: int, now: datetime) -> bool:
        return False

    def end(self, address: str, now: datetime) -> None:
        pass


class Kept:
    """Notices and answers with files, as the database would keep them."""

    def __init__(self) -> None:
        self.notices: list[tuple[str, tuple[Reply, ...]]] = []
        self.sent: dict[tuple[str, str], tuple[Reply, ...]] = {}

    def after(self, address: str, number: int) -> list[tuple[int, tuple[Reply, ...]]]:
        return [(n, r) for n, (to, r) in enumerate(self.notices, 1) if to == address and n > number]

    def find(self, address: str, source: str) -> tuple[Reply, ...] | None:
        return self.sent.get((address, source))


def app(answer: Any = None, of: Any = None, inbox: Kept | None = None, **more: Any) -> web.Application:
    of = of or house()

    async def welcome(address: str, incoming: Incoming) -> tuple[Reply, ...]:
        return greeting(context(incoming, State(), of.world)).replies

    more = {"welcome": welcome, "inbox": inbox or Kept(), "sessions": Nothing(), **more}
    return make_app(of, answer or Talk(), **more)
