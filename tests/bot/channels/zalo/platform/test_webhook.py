"""The webhook: who may call it, what it refuses, and that it does not wait for the answer."""

import asyncio
import json

import pytest
from aiohttp import ClientSession

from bot.channels.zalo.platform import receiving
from bot.channels.zalo.platform.client import connected as client_of
from bot.channels.zalo.platform.receiving import BODY_LIMIT, SECRET_HEADER
from bot.settings.settings import Settings
from handlers.turn.messages import Reply
from tests.bot.channels.telegram.telegram_line import Conversation, echo
from tests.bot.channels.zalo.fake_bot import TOKEN, BotPlatform
from tests.bot.channels.zalo.platform.line import CHAT, SECRET, connected
from tests.bot.channels.zalo.platform.test_polling import Pauses
from tests.bot.conftest import KEY

KNOWN = {SECRET_HEADER: SECRET}


async def posted(api, body, headers=None):
    """The status of one call, as a stranger or as the platform makes it."""
    call = {"data": body, "headers": headers}
    async with ClientSession() as session, session.post(api.webhook["url"], **call) as response:
        return response.status


@pytest.mark.parametrize(
    "headers", [{}, {SECRET_HEADER: "wrong"}, {SECRET_HEADER: SECRET + "x"}, {SECRET_HEADER: "ệ"}]
)
async def test_who_does_not_know_the_secret_is_refused(kept, headers, caplog):
    conversation = Conversation(echo)
    async with connected(conversation, kept, hooked=True) as api:
        assert await posted(api, json.dumps(api.update(CHAT, "text", text="x")), headers) == 401
        await api.say(CHAT, "sau")
        await api.deliver()
        await api.until(lambda: api.shown[CHAT])
    assert [said.text for said in conversation.heard] == ["sau"]
    assert "zalo bot webhook with a wrong secret" in caplog.messages


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 200),  # a probe without a word and without content type
        (b"\xff{", 400),
        (b"[" * 100_000, 400),
        (b"[]", 200),
        (b'"x"', 200),
        (b'{"event_name": "message.text.received", "message": {"chat": 5, "from": []}}', 200),
        (b" " * BODY_LIMIT + b"{}", 413),
    ],
)
async def test_what_is_no_message_is_not_answered(kept, body, status):
    conversation = Conversation(echo)
    async with connected(conversation, kept, hooked=True) as api:
        assert await posted(api, body, KNOWN) == status
    assert conversation.heard == []


async def test_it_is_acknowledged_while_the_answer_is_still_being_made(kept):
    may_answer = asyncio.Event()

    async def slow(said):
        await may_answer.wait()
        return (Reply(said.text),)

    async with connected(Conversation(slow), kept, hooked=True) as api:
        await api.say(CHAT, "x")
        await api.deliver()
        assert (api.deliveries, api.texts(CHAT)) == ([200], [])
        may_answer.set()
        await api.until(lambda: api.shown[CHAT])


async def test_an_address_that_is_not_taken_is_told_and_offered_again(caplog):
    api, pauses = BotPlatform(), Pauses(3)
    async with api.running() as url:
        chosen = Settings(secret_key=KEY, zalo_bot_token=TOKEN, zalo_bot_api_url=url)
        api.refuse("setWebhook", 400, "url must use HTTPS")
        api.refuse("setWebhook", 500)
        async with client_of(chosen) as client:
            await receiving.announce(client, "https://xa.test", SECRET, pauses)
    assert api.webhook == {"url": "https://xa.test/zalo/bot", "secret_token": SECRET}
    assert pauses.made == [1, 2]
    assert [getattr(record, "reason", "") for record in caplog.records] == [
        "400 url must use HTTPS",
        "500 refused",
    ]
