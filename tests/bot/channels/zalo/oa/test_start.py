"""The row of the registry: what a process serves, and that it answers."""

import asyncio
from contextlib import suppress

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.registry import CHANNELS, Process
from bot.channels.zalo.oa.incoming.webhook import PATH
from bot.channels.zalo.tokens.pair import Pair
from bot.channels.zalo.tokens.table import TokenTable
from bot.clock import vietnam_now
from bot.outbox.outcomes import Sent
from bot.settings.settings import Settings
from bot.storage.sealing import Vault
from bot.watching.metrics import Metrics
from handlers.turn.messages import Reply
from tests.bot.channels.zalo.fake.oa import FakeOa
from tests.bot.channels.zalo.oa.deliveries import APP, APP_SECRET, LAN, OA, SECRET, event, raw, signed
from tests.bot.channels.zalo.oa.oa_line import ADDRESS
from tests.bot.conftest import KEY

ROW = CHANNELS["zalo"]


async def echo(_address, _message_id, incoming):
    return (Reply(f"Bạn nói: {incoming.text}"),)


@pytest.fixture
async def oa():
    fake = FakeOa(now_ms)
    fake.seen_ms[LAN] = now_ms()
    async with fake.running():
        yield fake


@pytest.fixture
def settings(oa, engine):
    at = int(vietnam_now().timestamp())
    TokenTable(engine, Vault(KEY), OA).put(Pair("good", "r", at, at + 80_000))
    return Settings(
        secret_key=KEY,
        zalo_app_id=APP,
        zalo_app_secret=APP_SECRET,
        zalo_oa_id=OA,
        zalo_oa_secret=SECRET,
        zalo_api_url=oa.url,
    )


def now_ms():
    return int(vietnam_now().timestamp() * 1000)


def receiving(settings, engine, **process):
    return ROW.receiving(Process(settings, echo, vietnam_now, engine, Vault(KEY), Metrics(), **process))


@pytest.mark.parametrize(
    ("process", "routes", "loops"),
    [
        ({"has_web": True}, {PATH, "/zalo/callback"}, set()),
        ({"has_worker": True}, set(), {"zalo", "zalo token"}),
    ],
)
def test_the_web_stores_and_the_worker_works_off(settings, engine, process, routes, loops):
    received = receiving(settings, engine, **process)
    assert ({route.path for route in received.routes}, set(received.loops)) == (routes, loops)


async def test_a_process_of_both_answers_at_once(oa, settings, engine):
    received = receiving(settings, engine, has_web=True, has_worker=True)
    app = web.Application()
    app.add_routes(received.routes)
    working = asyncio.create_task(received.loops["zalo"]())
    content = raw(event("user_send_text", now_ms(), text="xin chào"))
    async with TestClient(TestServer(app)) as client:
        async with client.post(PATH, data=content, headers=signed(content)) as response:
            assert response.status == 200
        async with asyncio.timeout(10):
            while not oa.sent[LAN]:
                await asyncio.sleep(0.01)
    working.cancel()
    with suppress(asyncio.CancelledError):
        await working
    assert oa.texts(LAN) == ["Bạn nói: xin chào"]


async def test_a_notice_is_handed_over(oa, settings, engine):
    async with ROW.sending(settings, engine, Vault(KEY), Metrics()) as send:
        assert await send(ADDRESS, Reply("Có kết quả")) == Sent("z1")
    assert oa.texts(LAN) == ["Có kết quả"]
