"""The Zalo Bot Platform, by webhook: choices are typed by their number."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial

from aiohttp import ClientSession

from bot.channels.registry import CHANNELS
from bot.channels.zalo.kept import store
from bot.clock import vietnam_now
from bot.storage import database
from bot.turns.converse import converse
from tests.bot.channels.contract.driver import FAULTS, NOWHERE, numbered
from tests.bot.channels.zalo.platform.line import connected


class OnZalobot:
    faults = FAULTS

    def __init__(self, api, house, answer, person):
        self.api, self.house, self.answer, self.chat = api, house, answer, f"{person:020x}"
        self.address, self.settings = f"zalobot:{self.chat}", api.settings

    async def _new(self, *updates, times=1):
        before, done = len(self.shown()), self.answer.done + len(updates)
        for update in updates:
            await self.api.push(update)
        await self.api.deliver(times)
        await self.answer.until(done)
        await self._rested()
        return "\n".join(self.shown()[before:])

    async def _rested(self):
        """What was answered is sent, too."""
        async with asyncio.timeout(10):
            while await asyncio.to_thread(self._is_open):
                await asyncio.sleep(0.01)

    def _is_open(self):
        with database.reading(self.house.engine) as connection:
            return store.is_open(connection, "zalobot", vietnam_now() + timedelta(minutes=1))

    def _text(self, text):
        return self.api.update(self.chat, "text", text=text)

    async def say(self, text):
        return await self._new(self._text(text))

    async def choose(self, label):
        return await self.say(numbered(self.shown(), label))

    async def photo(self, content):
        return await self._new(self.api.update(self.chat, "image", photo_url=self.api.put(content)))

    async def twice(self, text):
        return await self._new(self._text(text), times=2)

    async def reversed(self, first, second):
        early, late = self._text(first), self._text(second)
        return await self._new(late, early)

    async def garbage(self, body):
        async with ClientSession() as session:
            return await self.api.deliver_once(session, body)

    async def notice(self, reply):
        row, house = CHANNELS["zalobot"], self.house
        async with row.sending(self.settings, house.engine, house.vault, house.metrics) as send:
            return await send(self.address, reply)

    def shown(self):
        return self.api.texts(self.chat)

    def fault(self, name):
        match name:
            case "blocked":
                self.api.blocked.add(self.chat)
            case "flood":
                self.api.refuse("sendMessage", 429)
            case "token":
                self.api.refuse("sendMessage", 401)
            case "lost":
                self.api.lost["sendMessage"] = 1
            case "away":
                self.settings = replace(self.settings, zalo_bot_api_url=NOWHERE)


class Counted:
    """The house's answers, and how many were made."""

    def __init__(self, house):
        self._answer, self.done, self._more = partial(converse, house), 0, asyncio.Condition()

    async def __call__(self, *message):
        replies = await self._answer(*message)
        async with self._more:
            self.done += 1
            self._more.notify_all()
        return replies

    async def until(self, number):
        async with self._more:
            await asyncio.wait_for(self._more.wait_for(lambda: self.done >= number), 10)


@asynccontextmanager
async def line(house, person):
    answer = Counted(house)
    async with connected(answer, house.engine, hooked=True, clock=vietnam_now) as api:
        yield OnZalobot(api, house, answer, person)
