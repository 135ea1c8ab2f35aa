"""The Bot Platform as a row of the registry: how its messages come and go, and what to warn of."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial

from sqlalchemy import Engine

from bot.channels.registry import Process, Receiving
from bot.channels.zalo.kept.arrival import Arrival
from bot.channels.zalo.kept.work import Work
from bot.channels.zalo.media import Media
from bot.channels.zalo.platform import receiving as ways
from bot.channels.zalo.platform import send, usage
from bot.channels.zalo.platform.answering import Answering
from bot.channels.zalo.platform.client import TROUBLE, Refusal, connected
from bot.channels.zalo.platform.files import Links
from bot.clock import vietnam_now
from bot.outbox.channel import Send, worker_name
from bot.settings.settings import Settings
from bot.storage import conversations, database
from bot.storage.sealing import Vault
from handlers.turn.choices import Choice

STEP_S = 10  # for one question of `motcua check`


def receiving(process: Process) -> Receiving:
    """The webhook where a public address is set, else polling by the worker."""
    chosen, arrival = process.settings, Arrival(process.engine, process.vault, process.now)
    if not chosen.public_url:
        loops = {"zalobot": partial(_run, process, arrival, None)} if process.has_worker else {}
        return Receiving((), loops)
    if not process.has_web:
        return Receiving()
    links = Links(chosen.public_url, process.engine, process.vault, process.now)
    routes = (*ways.routes(arrival, chosen.zalo_bot_secret), *links.routes())
    return Receiving(routes, {"zalobot": partial(_run, process, arrival, links)})


async def _run(process: Process, arrival: Arrival, links: Links | None) -> None:
    """Receives and answers until it is cancelled."""
    chosen = process.settings
    count = _counting(process.engine, process.vault, process.now)
    async with connected(chosen) as client, Media(chosen.zalo_bot_api_url) as media:
        answering = Answering(
            client,
            process.answer,
            media.fetch,
            count,
            process.engine,
            process.vault,
            process.now,
            links,
            process.listen,
        )
        async with asyncio.TaskGroup() as together:
            together.create_task(Work("zalobot", answering, arrival.came, process.now).run())
            if links:
                together.create_task(ways.announce(client, chosen.public_url, chosen.zalo_bot_secret))
            else:
                mark = process.vault.keyed_hash("zalobot token", chosen.zalo_bot_token).hex()
                turn = ways.Turn(process.engine, f"zalobot/{mark}", worker_name(), process.now)
                together.create_task(ways.poll(client, arrival, turn))


@asynccontextmanager
async def sending(settings: Settings, engine: Engine, vault: Vault) -> AsyncIterator[Send]:
    """A client of its own."""
    whole = Links(settings.public_url, engine, vault, vietnam_now).whole if settings.public_url else None
    async with connected(settings) as client:
        count, offer = _counting(engine, vault, vietnam_now), _offering(engine, vault)
        yield send.Unasked(client, count, offer, whole).push


def warnings(settings: Settings, engine: Engine, now: datetime) -> Iterator[str]:
    """What an administrator should know: a step that is missing, and a month that is nearly used up."""
    yield from asyncio.run(_missing(settings))
    with database.reading(engine) as connection:
        yield from usage.use(connection, now).warnings()


async def _missing(settings: Settings) -> list[str]:
    """The first step that stands between a person and an answer."""
    wanted = settings.public_url + ways.PATH if settings.public_url else ""
    async with connected(settings) as client:
        try:
            await client.call("getMe", STEP_S)
        except Refusal as refusal:
            return [f"ZALO_BOT_TOKEN is refused ({refusal}): copy it again from Zalo Bot Manager"]
        except TROUBLE as trouble:
            return [f"the Zalo Bot Platform does not answer ({trouble}): nothing else was looked at"]
        hook = await ways.hooked_at(client)
    if hook == wanted:
        return []
    if not wanted:
        return [ways.HOOKED]
    where = f"at {hook}" if hook else "not set"
    return [f"the Zalo bot's webhook is {where}, not at {wanted}: `motcua web` sets it when it starts"]


def _counting(engine: Engine, vault: Vault, now: Callable[[], datetime]) -> send.Count:
    def counted(address: str) -> None:
        with database.writing(engine) as connection:
            usage.count(connection, vault, address, now())

    async def count(address: str) -> None:
        await asyncio.to_thread(counted, address)

    return count


def _offering(engine: Engine, vault: Vault) -> send.Offer:
    async def offer(address: str, choices: tuple[Choice, ...]) -> bool:
        return await asyncio.to_thread(offered, address, choices)

    def offered(address: str, choices: tuple[Choice, ...]) -> bool:
        with database.writing(engine) as connection:
            return conversations.offer(connection, vault, address, choices)

    return offer
