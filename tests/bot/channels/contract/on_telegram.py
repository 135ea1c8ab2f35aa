"""Telegram, by webhook, with the real library."""

from contextlib import asynccontextmanager
from functools import partial

from aiohttp import ClientSession

from bot.channels.registry import CHANNELS
from bot.channels.telegram.webhook import SECRET_HEADER
from bot.settings.settings import Settings
from bot.turns.converse import converse
from tests.bot.channels.contract.driver import FAULTS, NOWHERE
from tests.bot.channels.telegram.bot_api import TOKEN
from tests.bot.channels.telegram.bot_api_checks import Refusal
from tests.bot.channels.telegram.telegram_line import SECRET, by_webhook


class OnTelegram:
    faults = FAULTS

    def __init__(self, line, house, person):
        self.line, self.api, self.house, self.chat = line, line.api, house, 1000 + person
        self.address, self.url = f"telegram:{self.chat}", line.bot.base_url.removesuffix(TOKEN)

    async def _new(self, act):
        before = len(self.shown())
        await act
        await self.line.settle()
        return "\n".join(self.shown()[before:]) or self.shown()[-1]  # or one that was edited

    async def say(self, text):
        return await self._new(self.api.say(self.chat, text))

    async def choose(self, label):
        return await self._new(self.api.tap(self.chat, label))

    async def photo(self, content):
        return await self._new(self.api.send_picture(self.chat, content))

    async def twice(self, text):
        async def delivered_twice():
            await self.api.say(self.chat, text)
            async with ClientSession() as session:
                await self.api.deliver_once(session, self.api.updates[0])

        return await self._new(delivered_twice())

    async def reversed(self, first, second):
        async def turned_round():
            await self.api.say(self.chat, first)
            await self.api.say(self.chat, second)
            self.api.updates.reverse()

        return await self._new(turned_round())

    async def garbage(self, body):
        headers = {SECRET_HEADER: SECRET, "Content-Type": "application/json"}
        call = {"data": body, "headers": headers}
        async with ClientSession() as session, session.post(self.line.url, **call) as response:
            return response.status

    async def notice(self, reply):
        chosen = Settings(secret_key=b"k" * 32, telegram_bot_token=TOKEN, telegram_api_url=self.url)
        row, house = CHANNELS["telegram"], self.house
        async with row.sending(chosen, house.engine, house.vault, house.metrics) as send:
            return await send(self.address, reply)

    def shown(self):
        return self.api.texts(self.chat)

    def fault(self, name):
        match name:
            case "blocked":
                self.api.blocked.add(self.chat)
            case "flood":
                self.api.flood("sendMessage", 5)
            case "token":
                self.api.refuse("sendMessage", Refusal(401, "Unauthorized"))
            case "lost":
                self.api.lost["sendMessage"] = 1
            case "away":
                self.url = f"{NOWHERE}/bot"


@asynccontextmanager
async def line(house, person):
    async with by_webhook(partial(converse, house)) as made:
        opened = OnTelegram(made, house, person)
        await opened.say("/start")
        yield opened
