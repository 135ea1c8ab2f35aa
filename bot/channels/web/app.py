"""The web server of a house: the chat, health, and the routes that channels bring."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from aiohttp import web

from bot.channels.registry import Answer
from bot.channels.web import health, refusal
from bot.channels.web.chat import Chat, Inbox, Limits, Welcome
from bot.channels.web.entrances import proof
from bot.channels.web.entrances.kiosk import Kiosk
from bot.channels.web.entrances.pages import Pages
from bot.channels.web.page import Able
from bot.channels.web.push.routes import Push
from bot.channels.web.push.routes import routes as push_routes
from bot.channels.web.sessions.cookies import Sessions, Table
from bot.channels.web.sessions.taking import Taking
from bot.channels.web.streams import Events
from bot.clock import vietnam_now
from bot.media.voice import Listen
from bot.settings.settings import Settings
from bot.watching.metrics import Metrics
from handlers.ports.world import World


class House(Protocol):
    """What the web entrance uses of the house."""

    @property
    def settings(self) -> Settings: ...
    @property
    def world(self) -> World: ...
    @property
    def metrics(self) -> Metrics: ...
    def ready(self) -> bool:
        """Whether the database answers; may block."""


def make_app(
    house: House,
    answer: Answer,
    routes: Sequence[web.RouteDef] = (),
    *,
    welcome: Welcome,
    inbox: Inbox,
    sessions: Table,
    events: Events | None = None,
    now: Callable[[], datetime] = vietnam_now,
    limits: Limits = Limits(),  # noqa: B008  # frozen
    listen: Listen | None = None,
    push: Push | None = None,
) -> web.Application:
    """The application; `answer` and `welcome` are bound to the house, `events` wakes open pages."""
    hub = events or Events()
    known = Sessions(house.settings, sessions, now)
    able = Able(hears=listen is not None, push_key=push.key if push else "")
    pages = Pages(house.settings, house.world, known, now, able)
    chat = Chat(answer, welcome, hub, inbox, known, now, limits, listen)
    app = web.Application(middlewares=[refusal.apologies(house.metrics.errors)])
    if push:
        app.add_routes(push_routes(known, push, chat.check_pace))
    taking = Taking(house.settings, sessions, now)
    app.add_routes(Kiosk(pages, known, taking, chat.check_pace).routes())
    app.add_routes(proof.routes(house.settings.zalo_domain_proof))
    app.add_routes([*pages.routes(), *chat.routes(), *health.routes(house.ready, house.metrics), *routes])
    app.on_response_prepare.append(refusal.protect)

    async def end_streams(_: web.Application) -> None:
        hub.close()

    app.on_shutdown.append(end_streams)
    return app
