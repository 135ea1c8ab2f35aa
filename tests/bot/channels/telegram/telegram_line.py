"""A line from a person's Telegram to a conversation: our Bot API server, the real library, our channel."""

import asyncio
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from functools import partial

from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.channels.telegram import polling
from bot.channels.telegram.answering import Clock, Telegram
from bot.channels.telegram.webhook import routes
from bot.clock import vietnam_now
from handlers.turn.messages import Reply
from tests.bot.channels.telegram.bot_api import TOKEN, BotApi

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SECRET = "loopback-secret"


class Conversation:
    """Answers by a function of the message; the same message again gets the same replies, as in the house."""

    def __init__(self, say):
        self.say, self.heard, self._handled = say, [], {}

    async def __call__(self, address, message_id, incoming):
        if (address, message_id) not in self._handled:
            self.heard.append(incoming)
            said = self.say(incoming)
            self._handled[address, message_id] = await said if asyncio.iscoroutine(said) else said
        return self._handled[address, message_id]


def _now():
    return NOW


def echo(incoming):
    return (Reply(incoming.text or incoming.choice or incoming.attachment),)


class InMemory:
    """Keeps updates as the database does."""

    def __init__(self):
        self.held = {}

    async def put(self, updates):
        self.held |= {update.number: update for update in updates}

    async def drop(self, numbers):
        for number in numbers:
            del self.held[number]

    async def waiting(self, older_s):
        return [update.raw for _, update in sorted(self.held.items())]

    async def album(self, address, album):
        parts = [update for _, update in sorted(self.held.items())]
        return [part.raw for part in parts if (part.address, part.album) == (address, album)]


class Line:
    """The pieces, and the pauses that the channel wanted to make."""

    def __init__(self, api, bot, answer, listen=None):
        self.api, self.bot, self.waits, self.url, self.polling = api, bot, [], "", None
        of_house = isinstance(answer, partial)  # else it is a function; a house's drafts expire by the clock
        self.answer = answer if of_house else Conversation(answer)
        self.kept = InMemory()
        now = vietnam_now if of_house else _now
        self.telegram = Telegram(bot, self.answer, self.kept, Clock(now, self._sleep), listen)
        self.pause = partial(asyncio.sleep, 0)  # what is done instead of a pause

    async def _sleep(self, seconds):
        self.waits.append(seconds)
        await self.pause()

    async def settle(self):
        """All that was said is delivered and answered."""
        if self.url:
            await self.api.deliver()
        else:
            await self.api.until(lambda: not self.api.updates)


@asynccontextmanager
async def connected(answer=echo, listen=None):
    """A line without any way in yet."""
    api = BotApi()
    async with api.running() as url:
        bot = polling.make_bot(TOKEN, url)
        await bot.initialize()
        try:
            line = Line(api, bot, answer, listen)
            yield line
        finally:
            await line.telegram.albums.end()
            await bot.shutdown()


@asynccontextmanager
async def by_webhook(answer=echo, listen=None):
    """A line whose updates come to our web server."""
    async with connected(answer, listen) as line:
        app = web.Application(client_max_size=50 * 2**20)
        app.add_routes(routes(line.telegram, SECRET))
        async with TestServer(app) as server:
            await polling.announce(line.bot, str(server.make_url("")).rstrip("/"), SECRET)
            line.url = line.api.webhook["url"]
            yield line


@asynccontextmanager
async def by_polling(answer=echo, patience_s=10):
    """A line whose updates we ask for; they are confirmed when they are answered, or after so long."""
    async with connected(answer) as line:
        await polling.announce(line.bot, "", SECRET)
        line.polling = asyncio.create_task(polling.poll(line.telegram, line.bot, patience_s))
        try:
            yield line
        finally:
            line.polling.cancel()
            with suppress(asyncio.CancelledError):
                await line.polling
