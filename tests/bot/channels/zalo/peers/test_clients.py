"""Clients that others wrote understand our fakes, so the fakes speak as Zalo does."""

import asyncio
import json

import pytest

from tests.bot.channels.zalo.fake.oa import FakeOa
from tests.bot.channels.zalo.fake_bot import TOKEN, BotPlatform
from tests.bot.channels.zalo.peers import PYTHON, clients
from tests.bot.channels.zalo.platform.line import CHAT

pytestmark = pytest.mark.skipif(not PYTHON.exists(), reason="clients of others: .ci/run installs them")


async def client(name, url, token, chat):
    """What the client of others got."""
    run = await asyncio.create_subprocess_exec(
        PYTHON, clients.__file__, name, url, token, chat, stdout=asyncio.subprocess.PIPE
    )
    told, _ = await asyncio.wait_for(run.communicate(), 60)
    assert run.returncode == 0
    return json.loads(told)


async def test_python_zalo_bot():
    api = BotPlatform()
    async with api.running() as url:
        await api.say(CHAT, "xin chào")
        assert await client("python_zalo_bot", url, TOKEN, CHAT) == ["bot.motcua", "xin chào", CHAT, True]
        assert api.texts(CHAT) == ["từ python-zalo-bot"]
        assert [call["action"] for call in api.called("sendChatAction")] == ["typing"]


async def test_zalo_bot_mcp():
    api = BotPlatform()
    async with api.running() as url:
        await api.say(CHAT, "xin chào")
        got = await client("zalo_bot_mcp", url, TOKEN, CHAT)
        assert got == ["bot.motcua", "xin chào", CHAT, True, None, None]
        assert api.texts(CHAT) == ["từ zalo-bot-mcp"]


async def test_zalo_sdk():
    oa = FakeOa(lambda: 1_750_000_000_000)
    oa.seen_ms["4567890123456789012"] = 1_750_000_000_000
    async with oa.running() as url:
        sent, quota, uploaded, refused = await client("zalo_sdk", url, "good", "4567890123456789012")
    assert oa.texts("4567890123456789012") == ["từ zalo-sdk"]
    assert sent["data"]["quota"]["quota_type"] == "reply"
    assert quota["data"]["cs_reply"]["remain"] == 8
    assert uploaded["data"]["token"]
    assert refused == "ZaloOAAuthTokenExpiredException"
