"""How long nineteen people wait for Telegram's answer while a twentieth is over his limit, by both ways.

Our Bot API server, the real library and the whole house in one process; all ask within a second. Beside it
the same with nobody over his limit: what the flood of one costs the others is the difference.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from functools import partial
from pathlib import Path

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from bot import assemble
from bot.assemble import House
from bot.channels.telegram import polling
from bot.channels.telegram.answering import Clock, Telegram
from bot.channels.telegram.incoming.kept import KeptInDatabase
from bot.channels.telegram.webhook import routes
from bot.clock import vietnam_now
from bot.settings import settings
from bot.turns.converse import converse
from tests.bot.channels.telegram.bot_api import TOKEN, BotApi

FLOODED, *OTHERS = range(1, 21)
WAIT_S = 12
APART_S = 0.05
SECRET = "benchmark"
QUESTION = "làm khai sinh cho con cần gì"
Way = Callable[[House, BotApi, str], AbstractAsyncContextManager[None]]


def _telegram(house: House, bot: polling.ApiBot) -> Telegram:
    kept = KeptInDatabase(house.engine, house.vault, vietnam_now)
    return Telegram(bot, partial(converse, house), kept, Clock(vietnam_now))


@asynccontextmanager
async def by_polling(house: House, _api: BotApi, url: str) -> AsyncIterator[None]:
    bot = polling.make_bot(TOKEN, url)
    task = asyncio.create_task(polling.run(_telegram(house, bot), bot, "", SECRET))
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


@asynccontextmanager
async def by_webhook(house: House, api: BotApi, url: str) -> AsyncIterator[None]:
    bot = polling.make_bot(TOKEN, url)
    await bot.initialize()
    app = web.Application()
    app.add_routes(routes(_telegram(house, bot), SECRET))
    async with TestServer(app) as server:
        await polling.announce(bot, str(server.make_url("")).rstrip("/"), SECRET)
        delivering = asyncio.create_task(_delivered(api))
        yield
        delivering.cancel()
    await bot.shutdown()


async def _delivered(api: BotApi) -> None:
    """As Telegram does: one at a time for each chat, again after 503 when Retry-After is over."""
    async with ClientSession() as session, asyncio.TaskGroup() as tasks:
        while True:
            while api.updates:
                tasks.create_task(_until_taken(api, session, api.updates.popleft()))
            await asyncio.sleep(0.005)


async def _until_taken(api: BotApi, session: ClientSession, update: dict[str, object]) -> None:
    while await api.deliver_once(session, update) != 200:
        await asyncio.sleep(WAIT_S / 4)


async def measured(way: Way, is_flooded: bool) -> list[float]:
    """Seconds from question to answer, those of the flooded one first."""
    with tempfile.TemporaryDirectory() as folder:
        house, api = assemble.build(settings.read({}, Path(folder))), BotApi()
        async with api.running() as url, way(house, api, url):
            await api.say(99, QUESTION)  # what is made once is made
            await api.until(lambda: api.texts(99))
            if is_flooded:
                api.flooded[FLOODED] = WAIT_S
                asyncio.get_running_loop().call_later(WAIT_S - 1, api.flooded.clear)
            return await asyncio.gather(*(_asked(api, chat) for chat in (FLOODED, *OTHERS)))


async def _asked(api: BotApi, chat: int) -> float:
    await asyncio.sleep(chat * APART_S)
    begun = time.perf_counter()
    await api.say(chat, QUESTION)
    while not api.texts(chat):
        await asyncio.sleep(0.002)
    return time.perf_counter() - begun


def main() -> None:
    """Prints the waits."""
    for name, way in (("polling", by_polling), ("webhook", by_webhook)):
        for is_flooded in (True, False):
            first, *others = asyncio.run(measured(way, is_flooded))
            told = f"median {statistics.median(others):.2f} s, worst {max(others):.2f} s"
            one = f"; he after {first:.1f} s" if is_flooded else ""
            print(f"{name}, {'one' if is_flooded else 'nobody'} over his limit: the others after {told}{one}")


if __name__ == "__main__":
    main()
