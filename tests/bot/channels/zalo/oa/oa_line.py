"""A line from a person's Zalo to a conversation: signed webhooks in, the fake's messages out."""

from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestClient, TestServer
from prometheus_client import CollectorRegistry

from bot.channels.zalo.kept.arrival import Arrival
from bot.channels.zalo.kept.work import Work
from bot.channels.zalo.media import Media
from bot.channels.zalo.oa.incoming.answering import Answering
from bot.channels.zalo.oa.incoming.signature import Keys
from bot.channels.zalo.oa.incoming.webhook import PATH, Webhook
from bot.channels.zalo.oa.outgoing.api import Api
from bot.channels.zalo.oa.outgoing.files import Uploads
from bot.channels.zalo.oa.outgoing.pace import Pace
from bot.channels.zalo.oa.outgoing.send import Sender
from bot.storage.sealing import Vault
from bot.turns.converse import converse
from bot.watching.zalo_metrics import OaMetrics
from tests.bot.channels.zalo.fake.oa import FakeOa
from tests.bot.channels.zalo.oa.deliveries import APP, APP_SECRET, LAN, OA, SECRET, event, raw, signed
from tests.bot.conftest import KEY, NOW

ADDRESS = f"zalo:{LAN}"
DOSSIER = "H15.50-260706-1377"  # of the house


class Tokens:
    """Gives out the next of these tokens when one is refused; the last stays."""

    def __init__(self, *tokens):
        self.tokens, self.refusals = list(tokens), []

    async def current(self):
        return self.tokens[0]

    async def refused(self, access):
        self.refusals.append(access)
        if len(self.tokens) > 1:
            self.tokens.pop(0)


class Line:
    """The pieces; `said` speaks for a person and lets it be answered."""

    url: str
    client: TestClient
    sender: Sender
    answering: Answering
    work: Work

    def __init__(self, engine, now):
        self.engine, self.now_is, self.vault = engine, now, Vault(KEY)
        self.registry = CollectorRegistry()
        self.counts, self.waits = OaMetrics(self.registry), []
        self.oa = FakeOa(lambda: int(self.now_is.timestamp() * 1000))
        self.tokens = Tokens("good")
        self.clock = 0.0

    def now(self):
        return self.now_is

    def later(self, **more):
        self.now_is += timedelta(**more)
        self.clock += timedelta(**more).total_seconds()

    async def sleep(self, seconds):
        self.waits.append(seconds)

    async def deliver(self, body):
        """A signed delivery, stored and not worked off; its status."""
        content = raw(body)
        async with self.client.post(PATH, data=content, headers=signed(content)) as response:
            return response.status

    def event(self, name, person=LAN, **message):
        at_ms = int(self.now_is.timestamp() * 1000)
        if name.startswith("user_") or name == "follow":
            self.oa.seen_ms[person] = at_ms
        return event(name, at_ms, person, **message)

    async def happens(self, name, person=LAN, **message):
        """An event, delivered and worked off; what the person got then."""
        before = len(self.oa.sent[person])
        assert await self.deliver(self.event(name, person, **message)) == 200
        await self.work.until_idle()
        return self.oa.texts(person)[before:]

    async def said(self, text, person=LAN):
        return await self.happens("user_send_text", person, text=text)

    async def pressed(self, title, person=LAN):
        """A button of the last message."""
        return await self.said(self.oa.buttons(person)[title], person)

    def counted(self, metric, **labels):
        return self.registry.get_sample_value(f"motcua_zalo_{metric}_total", labels) or 0


@asynccontextmanager
async def line(engine, answer, now=NOW):
    """`answer`: of a house, or a function of address, message id and message."""
    made = Line(engine, now)
    async with made.oa.running() as made.url, ClientSession() as session, Media(made.url) as media:
        api = Api(
            session, made.url, made.tokens, Pace(60, now=lambda: made.clock, sleep=made.sleep), made.now
        )
        made.sender = Sender(api, Uploads(api, made.now), engine, made.vault, made.counts, made.now)
        made.answering = Answering(made.sender, answer, media.fetch, engine, made.vault, made.now)
        arrival = Arrival(engine, made.vault, made.now)
        made.work = Work("zalo", made.answering, arrival.came, made.now, made.counts.worked)
        hook = Webhook(Keys(APP, OA, SECRET, APP_SECRET), engine, arrival, made.counts, made.now)
        app = web.Application()
        app.add_routes(hook.routes())
        async with TestClient(TestServer(app)) as made.client:
            yield made


def of_house(house):
    """The conversation of a house."""
    return partial(converse, house)
