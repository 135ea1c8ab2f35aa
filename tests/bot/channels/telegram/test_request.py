"""Our HTTP client for the library: timeouts, errors, uploads; and what an error means for a message."""

import asyncio
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port
from telegram import Bot
from telegram.error import (
    NetworkError,
    TelegramError,
    TimedOut,
)  # fmt: skip

from bot.channels.telegram.errors import outcome
from bot.channels.telegram.request import AiohttpRequest
from bot.outbox.outcomes import Doubtful, Later
from tests.bot.channels.telegram.bot_api import TOKEN, BotApi


@asynccontextmanager
async def silent_server():
    """A server that accepts and never answers; gives its URL and the number of requests it holds."""
    forever, held = asyncio.Event(), []

    async def hold(request):
        held.append(request)
        await forever.wait()

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", hold)
    async with TestServer(app) as server:
        yield str(server.make_url("/bot")), held


async def failing(url, **timeouts):
    """The error of one call."""
    async with AiohttpRequest(**timeouts) as request:
        with pytest.raises(NetworkError) as error:
            await request.post(f"{url}{TOKEN}/getMe")
        return error.value


async def test_no_answer_in_time_is_doubtful():
    async with silent_server() as (url, held):
        error = await failing(url, read_timeout=0.05)
    assert isinstance(error, TimedOut)
    assert (outcome(error), len(held)) == (Doubtful(), 1)


async def test_no_free_connection_is_later():
    async with silent_server() as (url, held), AiohttpRequest(pool_size=1) as request:
        first = asyncio.create_task(request.post(url))
        while not held:
            await asyncio.sleep(0)
        with pytest.raises(TimedOut) as error:
            await request.post(url, pool_timeout=0.02, connect_timeout=0.02)
        first.cancel()
    assert (outcome(error.value), len(held)) == (Later(1.0), 1)


async def test_no_connection_in_time_is_later():
    """The server takes the connection and never shakes hands."""
    server = await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        error = await failing(f"https://127.0.0.1:{port}/bot", connect_timeout=0.05)
    assert isinstance(error, TimedOut)
    assert outcome(error) == Later(1.0)


async def test_a_refused_connection_is_later():
    error = await failing(f"http://127.0.0.1:{unused_port()}/bot")
    assert outcome(error) == Later(1.0)
    assert TOKEN not in str(error)


async def test_a_connection_that_breaks_is_doubtful():
    async def hang_up(reader, writer):
        await reader.readline()
        writer.close()

    async with await asyncio.start_server(hang_up, "127.0.0.1", 0) as server:
        error = await failing(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/bot")
    assert outcome(error) == Doubtful()


async def test_an_answer_that_is_no_json_is_not_logged(caplog):
    async def speak(request):
        return web.Response(text="Lê Văn Thử", status=int(request.match_info["status"]))

    app = web.Application()
    app.router.add_post("/{status}", speak)
    async with TestServer(app) as server, AiohttpRequest() as request:
        for status in (200, 502):
            with pytest.raises(TelegramError) as error:
                await request.post(str(server.make_url(f"/{status}")))
            assert outcome(error.value) == Doubtful()
    assert "Lê Văn Thử" not in caplog.text


async def test_a_file_is_uploaded_with_its_vietnamese_name():
    api, request = BotApi(), AiohttpRequest()
    async with (
        api.running() as url,
        Bot(TOKEN, base_url=url, request=request, get_updates_request=request) as bot,
    ):
        await api.say(7, "x")
        message = await bot.send_document(7, b"%PDF-1.7", filename="Tờ khai “khai sinh”.pdf")
    assert message.document.file_name == "Tờ khai “khai sinh”.pdf"
    assert api.called("sendDocument")[0]["document"] == ("Tờ khai “khai sinh”.pdf", b"%PDF-1.7")


async def test_one_connection_serves_many_requests():
    peers = set()

    async def note(request):
        peers.add(request.transport.get_extra_info("peername"))
        return web.json_response({"ok": True, "result": True})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", note)
    async with TestServer(app) as server, AiohttpRequest() as request:
        for _ in range(3):
            await request.post(str(server.make_url("/")))
        assert await request.retrieve(str(server.make_url("/file"))) == b'{"ok": true, "result": true}'
    assert len(peers) == 1
