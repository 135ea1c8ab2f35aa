"""`motcua serve`, `web`, `worker` and `migrate`: the processes."""

import asyncio
import signal
from argparse import Namespace
from collections.abc import Coroutine
from dataclasses import replace
from functools import partial

from aiohttp import web

from bot import assemble, worker
from bot.assemble import House
from bot.channels.web import sync as web_sync
from bot.channels.web.app import make_app
from bot.channels.web.inbox import WebInbox
from bot.channels.web.streams import Events
from bot.clock import vietnam_now
from bot.commands.context import Command
from bot.dossiers import demo as made_up
from bot.media.voice import Listen
from bot.notices.composing import Composer
from bot.outbox.channel import Channel
from bot.outbox.pace import TELEGRAM
from bot.printing import paper
from bot.settings.settings import Settings
from bot.storage import database, migrate
from bot.turns.converse import converse
from bot.turns.welcoming import welcomed
from bot.watching import logs
from bot.watching.access import AccessLog

HOST = "0.0.0.0"  # noqa: S104  # phones of the ward reach it; a proxy in front ends TLS
GRACE_S = 10  # for the answers in hand when the process is told to stop


def everything(given: Namespace, command: Command) -> int:
    """Web chat, channels and worker in one process, until it is told to stop."""
    house = assemble.build(_settings(command, given.port), command.catalogue_dir)
    if given.demo:
        made_up.load(house.engine, house.vault, house.world.holidays, vietnam_now().date())
    asyncio.run(_run(house, with_web=True, with_worker=True))
    return 0


def web_only(given: Namespace, command: Command) -> int:
    """Web chat and webhooks."""
    house = assemble.build(_settings(command, given.port), command.catalogue_dir)
    asyncio.run(_run(house, with_web=True, with_worker=False))
    return 0


def worker_only(_given: Namespace, command: Command) -> int:
    """What runs beside: the clock that deletes, and Telegram by polling if no public address is set."""
    house = assemble.build(_settings(command), command.catalogue_dir)
    asyncio.run(_run(house, with_web=False, with_worker=True))
    return 0


def migrate_database(_given: Namespace, command: Command) -> int:
    """Brings the database up to date."""
    engine = database.connect(_settings(command).database_url)
    migrate.upgrade(engine)
    print(f"database: at {migrate.revision(engine)}")
    return 0


def _settings(command: Command, port: int | None = None) -> Settings:
    chosen = command.settings
    logs.configure(chosen.log_level)
    return chosen if port is None else replace(chosen, port=port)


async def _run(house: House, *, with_web: bool, with_worker: bool) -> None:
    """Starts what is wanted, waits for SIGTERM or Ctrl-C, and ends it in order."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    hears = with_web or (house.settings.telegram_bot_token and not house.settings.public_url)
    listen = assemble.ear(house.settings) if hears else None
    routes, loops = _telegram(house, listen, with_web, with_worker)
    inbox, events = WebInbox(house.engine, house.vault, vietnam_now), Events()
    runner = await _listen(house, listen, routes, inbox, events) if with_web else None
    if with_web:
        loops += [inbox.watch(events), asyncio.to_thread(paper.warm_up)]
    if with_worker:
        loops += [worker.run(house), _deliver(house, inbox)]
    tasks = [asyncio.create_task(loop) for loop in loops]
    await stop.wait()
    if runner:
        await runner.cleanup()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _telegram(
    house: House, listen: Listen | None, with_web: bool, with_worker: bool
) -> tuple[list[web.RouteDef], list[Coroutine[object, object, None]]]:
    """The webhook where a public address is set, else polling; nothing without a token.

    The web process announces the webhook; polling belongs to the worker, of which one may poll.
    """
    chosen = house.settings
    if not chosen.telegram_bot_token:
        return [], []
    from bot.channels.telegram import polling, updates  # only here: it takes 0.3 s and 20 MB

    bot = polling.make_bot(chosen.telegram_bot_token, chosen.telegram_api_url)
    channel = updates.Telegram(bot, partial(converse, house), vietnam_now, listen=listen)
    hooked = bool(chosen.public_url)
    routes = updates.routes(channel, chosen.telegram_webhook_secret) if hooked and with_web else []
    if not (with_web if hooked else with_worker):
        return routes, []
    return routes, [polling.run(channel, bot, chosen.public_url, chosen.telegram_webhook_secret)]


async def _deliver(house: House, inbox: WebInbox) -> None:
    """Hands notices over on every channel that is set up, until cancelled."""
    chosen, channels = house.settings, {"web": Channel(inbox.send)}
    compose = Composer(house.engine, house.vault, house.world, vietnam_now)
    if not chosen.telegram_bot_token:
        return await worker.deliver(house, channels, compose)
    from bot.channels.telegram import polling, send

    bot = polling.make_bot(chosen.telegram_bot_token, chosen.telegram_api_url)
    await bot.request.initialize()  # not `bot.initialize`, which would wait for Telegram
    try:
        telegram = Channel(partial(send.push, bot), TELEGRAM)
        await worker.deliver(house, {**channels, "telegram": telegram}, compose)
    finally:
        await bot.request.shutdown()


async def _listen(
    house: House, listen: Listen | None, routes: list[web.RouteDef], inbox: WebInbox, events: Events
) -> web.AppRunner:
    every, answer = [*routes, *web_sync.routes(house)], partial(converse, house)
    app = make_app(
        house,
        answer,
        every,
        welcome=partial(welcomed, house),
        inbox=inbox,
        events=events,
        now=vietnam_now,
        listen=listen,
    )
    runner = web.AppRunner(app, access_log_class=AccessLog, shutdown_timeout=GRACE_S)
    await runner.setup()
    site = web.TCPSite(runner, HOST, house.settings.port)
    await site.start()
    port = runner.addresses[0][1]
    print(f"Một Cửa: http://127.0.0.1:{port}/", flush=True)
    return runner
