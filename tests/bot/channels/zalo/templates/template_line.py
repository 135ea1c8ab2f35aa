"""Notices to a person on Zalo who has written long ago, or lately."""

from contextlib import asynccontextmanager
from functools import partial

from aiohttp import ClientSession
from prometheus_client import CollectorRegistry

from bot.channels.zalo.oa.outgoing.api import Api
from bot.channels.zalo.oa.outgoing.files import Uploads
from bot.channels.zalo.oa.outgoing.pace import Pace
from bot.channels.zalo.oa.outgoing.send import Sender
from bot.channels.zalo.templates import phones
from bot.channels.zalo.templates.infos import Infos
from bot.channels.zalo.templates.mapping import Templates
from bot.channels.zalo.templates.outside import Outside, TemplateApi
from bot.dossiers import embedded
from bot.dossiers.record import Update
from bot.notices import consents, recipients
from bot.storage import database
from bot.storage.sealing import Vault
from bot.watching.zalo_metrics import OaMetrics
from handlers.dossiers.slip import BY_ZALO, ZALO_BY_PHONE
from handlers.turn.effects import Consent
from handlers.turn.messages import News, Reply
from tests.bot.channels.zalo.fake.templates import FakeTemplates
from tests.bot.conftest import KEY, NOW

PERSON, CODE = "4567890123456789012", "H36.99-261123-0001"
ADDRESS, PHONE = f"zalo:{PERSON}", "0901234567"
FACTS = {"code": CODE, "state": "Đã có kết quả"}
TEMPLATE = {
    "id": "123456",
    "kinds": ["done"],
    "parameters": {
        "ma_ho_so": {"fact": "code", "type": "code"},
        "trang_thai": {"fact": "state", "type": "status"},
    },
}
VAULT = Vault(KEY)
AGREED = Consent(ZALO_BY_PHONE, BY_ZALO)


class Tokens:
    def __init__(self):
        self.token, self.refusals = "good", []

    async def current(self):
        return self.token

    async def refused(self, access):
        self.refusals.append(access)


class Line:
    """`push` is how the outbox hands a notice over."""

    api: Api
    host: TemplateApi

    def __init__(self, engine):
        self.engine, self.clock = engine, NOW
        self.registry = CollectorRegistry()
        self.counts, self.tokens = OaMetrics(self.registry), Tokens()
        self.oa = FakeTemplates(lambda: int(self.now().timestamp() * 1000))

    def now(self):
        return self.clock

    def wrote(self, **ago):
        """When the person wrote last."""
        self.oa.seen_ms[PERSON] = int((self.now() - ago.pop("ago")).timestamp() * 1000)

    def uses(self, *templates, mode="production", testers=()):
        """What stands in the office's file."""
        told = {"mode": mode, "testers": testers, "templates": templates or (TEMPLATE,)}
        self.book = Templates.model_validate(told)
        phone_of = partial(phones.known, self.engine, VAULT)
        outside = Outside(self.api, self.host, self.book, Infos(self.host, self.now), phone_of, self.counts)
        uploads = Uploads(self.api, self.now)
        sender = Sender(self.api, uploads, self.engine, VAULT, self.counts, self.now, outside.instead)
        self.push = partial(sender.push, ADDRESS)

    def counted(self, metric, **labels):
        return self.registry.get_sample_value(f"motcua_zalo_{metric}", labels) or 0


def notice(**more):
    return Reply("Hồ sơ đã có kết quả.", news=News(**{"kind": "done", "code": CODE, "facts": FACTS, **more}))


def gives_phone(engine, agreed=True, own=True):
    """The desk notes the phone; the person agrees, and has shown that it is his."""
    with database.writing(engine) as connection:
        embedded.record(connection, VAULT, Update(CODE, NOW, status="9", phone=PHONE))
        if agreed:
            consents.note(connection, VAULT, f"phone:{PHONE}", AGREED, NOW)
        if own:
            recipients.set_phone(connection, ADDRESS, recipients.phone_mark(VAULT, PHONE), "vi")


@asynccontextmanager
async def line(engine):
    made = Line(engine)

    async def at_once(_seconds):
        pass

    async with made.oa.running() as url, ClientSession() as session:
        pace = Pace(60, sleep=at_once)
        made.api = Api(session, url, made.tokens, pace, made.now)
        made.host = TemplateApi(session, url, made.tokens, pace, made.now)
        made.uses()
        yield made
