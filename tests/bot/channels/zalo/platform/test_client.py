"""Calls of the Bot Platform: what each outcome means, and that the token is told nowhere."""

import asyncio
import logging
import traceback
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer, unused_port

from bot.channels.zalo.platform.client import TROUBLE, Client, NeverSent, Refusal, Unanswered, outcome
from bot.outbox.outcomes import Doubtful, Later, Refused

TOKEN = "1234567890:very-secret"


@asynccontextmanager
async def answering(handle):
    """A client of a server that answers everything so."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handle)
    async with TestServer(app, host="127.0.0.1") as server, ClientSession() as session:
        yield Client(session, str(server.make_url("")).rstrip("/"), TOKEN)


@pytest.mark.parametrize(
    ("status", "body", "trouble"),
    [
        (
            200,
            '{"ok": false, "error_code": 401, "description": "who?"}',
            Refusal(401, "who?"),
        ),
        (500, '{"ok": false, "description": "sad"}', Refusal(500, "sad")),
        (403, "<html>Forbidden</html>", Refusal(403, "")),
        (502, "<html>Bad Gateway</html>", Unanswered("status 502")),
        (200, "", Unanswered("status 200")),
        (200, "[" * 100_000, Unanswered("status 200")),
        (200, '{"result": 1}', Unanswered("status 200")),
    ],
)
async def test_an_answer_is_judged_by_what_it_says(status, body, trouble):
    async def handle(_request):
        return web.Response(status=status, text=body)

    async with answering(handle) as client:
        with pytest.raises(type(trouble)) as raised:
            await client.call("sendMessage")
        assert str(raised.value) == str(trouble)


async def test_a_good_answer_may_come_with_any_status():
    async def handle(_request):
        return web.json_response({"ok": True, "result": [1]}, status=500)

    async with answering(handle) as client:
        assert await client.call("getMe") == [1]


@pytest.mark.parametrize(
    ("trouble", "means"),
    [
        (NeverSent(), Later(1)),
        (Refusal(401, ""), Later(60)),
        (Refusal(429, ""), Later(30)),
        (Refusal(400, "chat not found"), Refused("400 chat not found")),
        (Refusal(403, "blocked"), Refused("403 blocked", gone=True)),
        (Refusal(408, ""), Doubtful()),
        (Refusal(500, ""), Doubtful()),
        (Unanswered(), Doubtful()),
    ],
)
def test_what_trouble_means_for_a_message(trouble, means):
    assert outcome(trouble) == means


async def hangs(_request):
    await asyncio.sleep(60)


async def drops(request):
    request.transport.close()


async def tells(_request):
    return web.json_response({"ok": False, "error_code": 404, "description": f"no /bot{TOKEN}/x"})


async def sends_away(_request):
    raise web.HTTPFound(f"/bot{TOKEN}/elsewhere")


@pytest.mark.parametrize("handle", [hangs, drops, tells, sends_away])
async def test_no_trouble_tells_the_token(handle, caplog):
    caplog.set_level(logging.DEBUG)
    async with answering(handle) as client:
        try:
            await client.call("sendMessage", timeout_s=0.05)
        except TROUBLE as trouble:
            told = "".join(traceback.format_exception(trouble))
        assert "very-secret" not in told + repr(client)
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("bot")]
    assert "very-secret" not in "".join(ours)


async def test_a_request_that_did_not_leave_is_no_doubt():
    async with ClientSession() as session:
        client = Client(session, f"http://127.0.0.1:{unused_port()}", TOKEN)
        with pytest.raises(NeverSent) as raised:
            await client.call("sendMessage")
    assert "very-secret" not in "".join(traceback.format_exception(raised.value))
