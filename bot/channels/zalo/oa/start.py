"""The Official Account as a row of the registry: how its messages come and go."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from functools import cache, partial

from aiohttp import ClientSession, DummyCookieJar
from sqlalchemy import Engine

from bot.channels.registry import Process, Receiving
from bot.channels.zalo.kept.arrival import Arrival
from bot.channels.zalo.kept.work import Work
from bot.channels.zalo.media import Media
from bot.channels.zalo.oa.incoming.answering import Answering
from bot.channels.zalo.oa.incoming.signature import Keys
from bot.channels.zalo.oa.incoming.webhook import Webhook
from bot.channels.zalo.oa.outgoing.api import Api
from bot.channels.zalo.oa.outgoing.files import Uploads
from bot.channels.zalo.oa.outgoing.pace import Pace
from bot.channels.zalo.oa.outgoing.send import Sender
from bot.channels.zalo.templates import mapping, phones
from bot.channels.zalo.templates.infos import Infos
from bot.channels.zalo.templates.outside import Outside, TemplateApi
from bot.channels.zalo.tokens import callback, keeper
from bot.clock import vietnam_now
from bot.outbox.channel import Send
from bot.settings.settings import Settings
from bot.storage.sealing import Vault
from bot.watching.zalo_metrics import OaMetrics

Now = Callable[[], datetime]


def receiving(process: Process) -> Receiving:
    """The webhook stores in each web process; the worker works off, and looks after the token."""
    settings, engine, vault, now = process.settings, process.engine, process.vault, process.now
    arrival = Arrival(engine, vault, now)
    hook = Webhook(keys(settings), engine, arrival, process.metrics.zalo_oa, now)
    routes = (*hook.routes(), *callback.routes(settings, engine, vault, now)) if process.has_web else ()
    if not process.has_worker:
        return Receiving(routes)
    tokens = keeper.make(settings, engine, vault, now)
    return Receiving(routes, {"zalo": partial(_work, process, arrival.came), "zalo token": tokens.run})


def keys(settings: Settings) -> Keys:
    """What Zalo's signatures are made of."""
    return Keys(
        settings.zalo_app_id,
        settings.zalo_oa_id,
        settings.zalo_oa_secret,
        settings.zalo_app_secret,
        settings.zalo_signs_with_oa_id,
    )


@asynccontextmanager
async def sending(settings: Settings, engine: Engine, vault: Vault, counts: OaMetrics) -> AsyncIterator[Send]:
    """Hands notices over."""
    async with _sender(settings, engine, vault, counts, vietnam_now) as sender:
        yield sender.push


@asynccontextmanager
async def _sender(
    settings: Settings, engine: Engine, vault: Vault, counts: OaMetrics, now: Now
) -> AsyncIterator[Sender]:
    async with ClientSession(cookie_jar=DummyCookieJar()) as session:
        tokens = keeper.make(settings, engine, vault, now)
        pace = _pace(settings.zalo_oa_id, settings.zalo_calls_a_minute)
        api = Api(session, settings.zalo_api_url, tokens, pace, now)
        by_phone = TemplateApi(session, settings.zalo_template_url, tokens, pace, now)
        phone_of = partial(phones.known, engine, vault)
        outside = Outside(
            api, by_phone, mapping.load(settings.zalo_templates), Infos(by_phone, now), phone_of, counts
        )
        yield Sender(api, Uploads(api, now), engine, vault, counts, now, outside.instead)


async def _work(process: Process, came: asyncio.Event) -> None:
    counts, now = process.metrics.zalo_oa, process.now
    async with (
        Media(process.settings.zalo_api_url) as media,
        _sender(process.settings, process.engine, process.vault, counts, now) as sender,
    ):
        answering = Answering(
            sender, process.answer, media.fetch, process.engine, process.vault, now, process.listen
        )
        await Work("zalo", answering, came, now, counts.worked).run()


@cache
def _pace(_oa: str, a_minute: int) -> Pace:
    """One for all that this process sends for an account."""
    return Pace(a_minute)
