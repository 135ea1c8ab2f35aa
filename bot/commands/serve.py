"""`motcua serve`, `web`, `worker` and `migrate`: the processes."""

import asyncio
import signal
from argparse import Namespace
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import datetime
from functools import partial
from ipaddress import ip_address

from aiohttp import web
from sqlalchemy import Connection

from bot import assemble, network, worker
from bot.assemble import House
from bot.channels import registry
from bot.channels.registry import Process, Receiving
from bot.channels.web import sync as web_sync
from bot.channels.web.app import make_app
from bot.channels.web.inbox import WebInbox
from bot.channels.web.push.routes import PushTable
from bot.channels.web.sessions.table import SessionTable
from bot.channels.web.streams import Events
from bot.clock import vietnam_now
from bot.commands.context import Command
from bot.dossiers import demo as made_up
from bot.people import joining
from bot.printing import paper
from bot.settings import settings
from bot.settings.settings import Settings
from bot.storage import database, migrate
from bot.storage.sealing import Vault
from bot.supervisor import Supervisor
from bot.turns.converse import converse
from bot.turns.warming import warm_up
from bot.turns.welcoming import welcomed
from bot.watching import doors, logs
from bot.watching.access import AccessLog

GRACE_S = 10  # for the answers in hand when the process is told to stop
LOOP_DIED = 70  # exit status: an internal error (EX_SOFTWARE of sysexits.h)


def everything(given: Namespace, command: Command) -> int:
    """Web chat, channels and worker in one process, until it is told to stop."""
    house = assemble.build(_settings(command, given.port, is_demo=given.demo), command.catalogue_dir)
    if given.demo:
        made_up.load(house.engine, house.vault, house.world.holidays, vietnam_now().date())
    return asyncio.run(run(house, with_web=True, with_worker=True))


def web_only(given: Namespace, command: Command) -> int:
    """Web chat and webhooks."""
    house = assemble.build(_settings(command, given.port), command.catalogue_dir)
    return asyncio.run(run(house, with_web=True, with_worker=False))


def worker_only(_given: Namespace, command: Command) -> int:
    """What runs beside: the clock that deletes, and Telegram by polling if no public address is set."""
    house = assemble.build(_settings(command), command.catalogue_dir)
    return asyncio.run(run(house, with_web=False, with_worker=True))


def migrate_database(_given: Namespace, command: Command) -> int:
    """Brings the database up to date."""
    engine = database.connect(_settings(command).database_url)
    migrate.upgrade(engine)
    print(f"database: at {migrate.revision(engine)}")
    return 0


def _settings(command: Command, port: int | None = None, *, is_demo: bool = False) -> Settings:
    chosen = settings.of_demo(command.environ) if is_demo else command.settings
    logs.configure(chosen.log_level)
    return chosen if port is None else replace(chosen, port=port)


async def run(house: House, *, with_web: bool, with_worker: bool) -> int:
    """Starts what is wanted, waits for SIGTERM, Ctrl-C or a loop that dies, and ends all in order.

    The exit status: 0 when it was told to stop, else LOOP_DIED.
    """
    supervisor = Supervisor(house.metrics.loops_dead)
    house = replace(house, dead_loops=supervisor.dead)
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, supervisor.stop)
    process = _process(house, with_web, with_worker)
    async with AsyncExitStack() as ending:  # the channels' sessions last longer than the loops that use them
        received = [row.receiving(process) for row in registry.served(house.settings)]
        worked = await ending.enter_async_context(worker.loops(house)) if with_worker else {}
        ending.push_async_callback(supervisor.end)
        if with_web:
            ending.push_async_callback((await _serve(house, process, received, supervisor)).cleanup)
        for each in received:
            supervisor.start(each.loops)
        supervisor.start(worked)
        return 0 if await supervisor.wait() else LOOP_DIED


def _process(house: House, with_web: bool, with_worker: bool) -> Process:
    chosen = house.settings
    polls = (chosen.telegram_bot_token or chosen.zalo_bot_token) and not chosen.public_url
    listen = assemble.ear(chosen) if with_web or polls or chosen.zalo_oa_id else None
    return Process(
        chosen,
        partial(converse, house),
        vietnam_now,
        house.engine,
        house.vault,
        house.metrics,
        listen,
        with_web,
        with_worker,
    )


def left(vault: Vault, connection: Connection, address: str, now: datetime) -> None:
    """With a session its link to the person's other channels ends."""
    joining.hold(connection)
    joining.part(connection, vault, address, now)


async def _serve(
    house: House, process: Process, received: list[Receiving], supervisor: Supervisor
) -> web.AppRunner:
    """Opens the web server, and starts what belongs to it."""
    inbox, events = WebInbox(house.engine, house.vault, vietnam_now), Events()
    routes = [*(route for each in received for route in each.routes), *web_sync.routes(house)]
    app = make_app(
        house,
        process.answer,
        routes,
        welcome=partial(welcomed, house),
        inbox=inbox,
        sessions=SessionTable(house.engine, partial(left, house.vault)),
        events=events,
        now=process.now,
        listen=process.listen,
        push=PushTable(house.engine, house.vault, vietnam_now) if house.settings.public_url else None,
    )
    runner = web.AppRunner(
        app, access_log_class=AccessLog, shutdown_timeout=GRACE_S, keepalive_timeout=doors.HEADER_S
    )
    await warm_up(house)
    await runner.setup()
    await web.TCPSite(runner, house.settings.listen, house.settings.port).start()
    print(_where(house.settings, runner.addresses[0][1]), flush=True)
    server = runner.server
    assert server
    watch = doors.Doors(partial(_counted_network, house.settings)).watch
    supervisor.start(
        {"inbox": partial(inbox.watch, events), "doors": partial(watch, lambda: _opened(server))}
    )
    supervisor.start_once("warm up", partial(asyncio.to_thread, paper.warm_up))
    return runner


def _opened(server: web.Server) -> list[asyncio.Transport]:
    """The connections, the oldest first."""
    return [each.transport for each in server.connections if isinstance(each.transport, asyncio.Transport)]


def _counted_network(chosen: Settings, address: str) -> str:
    """Whose connections are counted together; "": a proxy's, and what no limit counts, are not."""
    outside = (*chosen.trusted_proxies, *chosen.unlimited)
    return "" if not address or network.is_among(address, outside) else network.of(address, "", ())


def _where(chosen: Settings, port: int) -> str:
    """The first line printed: where the page is, and for whom."""
    listens = ip_address(chosen.listen)
    if listens.is_unspecified:
        return f"Một Cửa: http://127.0.0.1:{port}/ (open to every machine that reaches port {port})"
    host = f"[{listens}]" if listens.version == 6 else str(listens)
    alone = " (this machine only; MOTCUA_LISTEN opens it)" if listens.is_loopback else ""
    return f"Một Cửa: http://{host}:{port}/{alone}"
