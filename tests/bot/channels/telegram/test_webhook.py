"""The webhook: who may call it, what it refuses, and deliveries that come again."""

import asyncio
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientSession

from bot.channels.telegram.webhook import BODY_LIMIT, SECRET_HEADER
from handlers.turn.messages import Reply
from tests.bot.channels.telegram.telegram_line import SECRET, by_webhook

CHAT = 7


def two(incoming):
    return (Reply("một"), Reply("hai"))


@asynccontextmanager
async def posted(line, **request):
    async with ClientSession() as session, session.post(line.url, **request) as response:
        yield response


KNOWN = {SECRET_HEADER: SECRET}


async def test_a_redelivered_update_does_nothing_twice():
    async with by_webhook(two) as line, ClientSession() as session:
        await line.api.say(CHAT, "x")
        update = line.api.updates.popleft()
        statuses = await asyncio.gather(*(line.api.deliver_once(session, update) for _ in range(3)))
        assert (statuses, line.api.texts(CHAT)) == ([200, 200, 200], ["một", "hai"])


async def test_a_long_flood_wait_is_left_to_telegram():
    async with by_webhook(two) as line:
        line.api.refuse("sendMessage")
        await line.api.say(CHAT, "x")
        line.api.flood("sendMessage", 60)
        async with posted(line, json=line.api.updates[0], headers=KNOWN) as response:
            assert (response.status, response.headers["Retry-After"]) == (503, "60")
        assert (line.api.texts(CHAT), line.waits) == ([], [])
        await line.settle()
        assert line.api.texts(CHAT) == ["một", "hai"]


@pytest.mark.parametrize(
    "headers", [{}, {SECRET_HEADER: "wrong"}, {SECRET_HEADER: SECRET + "x"}, {SECRET_HEADER: "ệ"}]
)
async def test_who_does_not_know_the_secret_is_refused(headers):
    async with by_webhook() as line:
        await line.api.say(CHAT, "x")
        async with posted(line, json=line.api.updates[0], headers=headers) as response:
            assert response.status == 401
        assert line.answer.heard == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"[" * 100_000, 400),
        (b"[1]", 400),
        (b"null", 400),
        (b'{"a": "' + b"x" * BODY_LIMIT + b'"}', 413),
    ],
)
async def test_a_body_that_is_no_update_is_refused(body, status):
    async with by_webhook() as line, posted(line, data=body, headers=KNOWN) as response:
        assert response.status == status


PRIVATE = {"id": CHAT, "type": "private"}
UNREADABLE = [
    {"update_id": 1, "message": "x"},
    {"update_id": 1, "message": {"text": "x"}},
    {"update_id": 1, "message": {"message_id": 1, "date": "x", "chat": PRIVATE, "text": "x"}},
    {"update_id": 1, "message": {"message_id": 1, "date": 1, "chat": PRIVATE, "text": 5}},
    {"update_id": 1, "callback_query": {"id": "1"}},
    {"message": {}},
    {},
]


@pytest.mark.parametrize("update", UNREADABLE)
async def test_an_update_that_cannot_be_read_is_taken_and_dropped(update, caplog):
    async with by_webhook() as line:
        async with posted(line, json=update, headers=KNOWN) as response:
            assert response.status == 200
        assert line.answer.heard == []
    assert "x" not in {record.getMessage() for record in caplog.records}


async def test_a_failing_conversation_is_asked_again_by_telegram():
    errors = [OSError()]

    def fails_once(incoming):
        if errors:
            raise errors.pop()
        return (Reply("x"),)

    async with by_webhook(fails_once) as line:
        number = await line.api.say(CHAT, "x")
        await line.settle()
        assert line.api.deliveries == [(number, 500), (number, 200)]
        assert line.api.texts(CHAT) == ["x"]


async def test_of_twenty_chats_the_flooded_one_alone_is_left_to_telegram():
    flooded, *others = range(1, 21)
    async with by_webhook() as line, ClientSession() as session:
        line.api.flooded[flooded] = 35
        for chat in (flooded, *others):
            await line.api.say(chat, "x")
        deliveries = [line.api.deliver_once(session, update) for update in line.api.updates]
        assert await asyncio.gather(*deliveries) == [503] + [200] * 19
        assert [line.api.texts(chat) for chat in others] == [["x"]] * 19
        assert (line.api.texts(flooded), line.waits) == ([], [])
