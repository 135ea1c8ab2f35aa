"""The Zalo Official Account: signed webhooks, a card of buttons where a choice has one, numbers elsewhere."""

from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial

from bot.channels.zalo.oa.incoming.webhook import PATH
from bot.channels.zalo.oa.outgoing.api import Api
from bot.channels.zalo.oa.outgoing.pace import Pace
from bot.clock import vietnam_now
from bot.turns.converse import converse
from tests.bot.channels.contract.driver import FAULTS, NOWHERE, numbered
from tests.bot.channels.zalo.oa import oa_line
from tests.bot.channels.zalo.oa.deliveries import LAN, signed


class OnZalo:
    faults = FAULTS

    def __init__(self, made, person):
        self.line, self.oa, self.person = made, made.oa, str(int(LAN) + person)
        self.address, self.sender = f"zalo:{self.person}", made.sender

    async def _new(self, *bodies):
        before = len(self.shown())
        for body in bodies:
            assert await self.line.deliver(body) == 200
        await self.line.work.until_idle()
        return "\n".join(self.shown()[before:])

    def _text(self, text):
        return self.line.event("user_send_text", self.person, text=text)

    async def say(self, text):
        return await self._new(self._text(text))

    async def choose(self, label):
        return await self.say(self.oa.buttons(self.person).get(label) or numbered(self.shown(), label))

    async def photo(self, content):
        name = f"{len(self.oa.media)}.jpg"
        self.oa.media[name] = content
        photo = {"type": "image", "payload": {"url": f"{self.line.url}/media/{name}"}}
        return await self._new(self.line.event("user_send_image", self.person, attachments=[photo]))

    async def twice(self, text):
        body = self._text(text)
        return await self._new(body, body)

    async def reversed(self, first, second):
        early = self._text(first)
        self.line.later(seconds=1)
        return await self._new(self._text(second), early)

    async def garbage(self, body):
        try:
            headers = signed(body)
        except (ValueError, KeyError, TypeError, RecursionError):  # nothing that can be signed
            headers = {"X-ZEvent-Signature": "mac="}
        async with self.line.client.post(PATH, data=body, headers=headers) as response:
            return response.status

    async def notice(self, reply):
        return await self.sender.push(self.address, reply)

    def shown(self):
        return self.oa.texts(self.person)

    def fault(self, name):
        """Whoever has just written may be written to: nothing is asked before."""
        match name:
            case "flood":
                self.oa.fail(-32)
            case "token":
                self.oa.fail(-216)
            case "lost":
                self.oa.fail("lost")
            case "blocked":
                self.oa.fail(-217)
            case "away":
                api = Api(self.line.client.session, NOWHERE, self.line.tokens, Pace(60), self.line.now)
                self.sender = replace(self.sender, api=api)


@asynccontextmanager
async def line(house, person):
    async with oa_line.line(house.engine, partial(converse, house), vietnam_now()) as made:
        yield OnZalo(made, person)
