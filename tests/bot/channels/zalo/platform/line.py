"""A line from a person's Zalo to a conversation: our Bot Platform, the channel as the registry has it."""

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager, suppress

from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port

from bot.channels.registry import CHANNELS, Process
from bot.settings.settings import Settings
from bot.storage.sealing import Vault
from bot.watching.metrics import Metrics
from tests.bot.channels.zalo.fake_bot import TOKEN, BotPlatform
from tests.bot.conftest import KEY, NOW

SECRET = "loopback-secret"
ROW = CHANNELS["zalobot"]
CHAT = "6ede9afa66b88fe6d6a9"


class Clock:
    """Stands still unless it is moved."""

    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now


@asynccontextmanager
async def connected(answer, engine, *, hooked=False, clock=None, listen=None, api=None):
    """The platform, with a channel that receives by webhook or by asking."""
    api = api or BotPlatform()
    async with AsyncExitStack() as open_ones:
        url = api.url or await open_ones.enter_async_context(api.running())
        port = unused_port()
        chosen = Settings(
            secret_key=KEY,
            zalo_bot_token=TOKEN,
            zalo_bot_api_url=url,
            zalo_bot_secret=SECRET,
            public_url=f"http://127.0.0.1:{port}" if hooked else "",
        )
        process = Process(
            chosen,
            answer,
            clock or Clock(),
            engine,
            Vault(KEY),
            Metrics(),
            listen,
            has_web=True,
            has_worker=True,
        )
        receiving = ROW.receiving(process)
        if hooked:
            app = web.Application(client_max_size=50 * 2**20)
            app.add_routes(receiving.routes)
            await open_ones.enter_async_context(TestServer(app, host="127.0.0.1", port=port))
        tasks = [asyncio.create_task(loop()) for loop in receiving.loops.values()]
        if hooked:
            await api.until(lambda: api.webhook)
        api.settings = chosen
        try:
            yield api
        finally:
            for task in tasks:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
