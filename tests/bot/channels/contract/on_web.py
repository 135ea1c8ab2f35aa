"""The web page's own requests."""

from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from uuid import uuid4

from aiohttp import FormData
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.registry import CHANNELS
from bot.channels.web.app import make_app
from bot.channels.web.inbox import WebInbox
from bot.channels.web.sessions.table import SessionTable
from bot.clock import vietnam_now
from bot.turns.converse import converse
from bot.turns.welcoming import welcomed

MESSAGES = "/chat/messages"


class OnWeb:
    faults = ()  # a notice is kept in our own database

    def __init__(self, client, house, heard):
        self.client, self.house, self.heard = client, house, heard
        self.replies, self.texts = [], []

    @property
    def address(self):
        return self.heard[-1]

    async def _post(self, **request):
        async with self.client.post(MESSAGES, **request) as response:
            assert response.status == 200, await response.text()
            self.replies = (await response.json())["replies"]
        told = [f"{reply.get('title', '')}\n{reply['text']}" for reply in self.replies]
        self.texts += told
        return "\n".join(told)

    async def say(self, text):
        return await self._post(json={"id": uuid4().hex, "text": text})

    async def choose(self, label):
        values = [c["value"] for r in self.replies for c in r["choices"] if c["label"] == label]
        assert values, (label, self.replies)
        return await self._post(json={"id": uuid4().hex, "choice": values[0]})

    async def photo(self, content):
        form = FormData()
        form.add_field("id", uuid4().hex)
        form.add_field("file", content, filename="a.jpg", content_type="image/jpeg")
        return await self._post(data=form)

    async def twice(self, text):
        said = {"id": uuid4().hex, "text": text}
        first = await self._post(json=said)
        assert await self._post(json=said) == first  # shown in the place of the lost one
        self.texts.pop()
        return first

    async def reversed(self, first, second):
        return "\n".join([await self.say(second), await self.say(first)])

    async def garbage(self, body):
        headers = {"Content-Type": "application/json"}
        async with self.client.post(MESSAGES, data=body, headers=headers) as response:
            return response.status

    async def notice(self, reply):
        row, house = CHANNELS["web"], self.house
        async with row.sending(house.settings, house.engine, house.vault, house.metrics) as send:
            outcome = await send(self.address, reply)
        inbox = WebInbox(house.engine, house.vault, vietnam_now)
        self.texts += [reply.text for _, replies in inbox.after(self.address, 0) for reply in replies]
        return outcome

    def shown(self):
        return self.texts

    def fault(self, name):
        raise AssertionError(name)


@asynccontextmanager
async def line(house, person):
    house = replace(house, settings=replace(house.settings, public_url=""))  # else its cookies want https
    heard = []

    async def answer(address, message_id, incoming):
        heard.append(address)
        return await converse(house, address, message_id, incoming)

    app = make_app(
        house,
        answer,
        welcome=partial(welcomed, house),
        inbox=WebInbox(house.engine, house.vault, vietnam_now),
        sessions=SessionTable(house.engine),
    )
    async with TestClient(TestServer(app)) as client:
        async with client.get("/chat"):
            pass
        yield OnWeb(client, house, heard)
