import asyncio
import io
import json
import logging
from hashlib import sha256

import pytest
from aiohttp import web

from bot.turns.converse import converse
from bot.watching import logs
from bot.watching.access import AccessLog

SECRET = "Nguyễn Thị Bí Mật 079190001234"


@pytest.fixture
def lines():
    """What is logged from now on, parsed; the loggers are put back afterwards."""
    root, stream = logging.getLogger(), io.StringIO()
    before = root.level, root.handlers[:]
    levels = {name: logging.getLogger(name).level for name in (*logs.OURS, "aiohttp.access")}
    logs.configure("debug", stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers[:] = before[1]
    root.setLevel(before[0])
    [logging.getLogger(name).setLevel(level) for name, level in levels.items()]


class Careless:
    """Breaks with the person's text in its exception, and in the one before."""

    def respond(self, incoming, state, world):
        try:
            raise KeyError(incoming.text)
        except KeyError as error:
            raise ValueError(f"cannot do with {incoming.text}") from error

    def crash_reply(self, incoming, state, world):
        from handlers.turn.messages import Turn

        return Turn((), state, "failed")


def test_a_line_is_json_with_time_level_and_fields(lines):
    logging.getLogger("bot.worker").info("purged", extra={"conversations": 3})
    [line] = lines()
    at = line.pop("at")
    assert at.endswith("+00:00")
    assert line == {"level": "INFO", "logger": "bot.worker", "message": "purged", "conversations": 3}


async def test_a_failed_talk_shows_where_it_broke_and_neither_text_nor_address(
    engine, house_on, message, lines
):
    house = house_on(engine, Careless())
    await converse(house, "telegram:8234567", "m1", message(SECRET))
    [line] = lines()
    told = json.dumps(line, ensure_ascii=False)
    assert "in respond" in line["exc_info"]
    assert line["exc_info"].endswith("ValueError")
    assert "KeyError" in line["exc_info"]
    assert SECRET not in told
    assert "8234567" not in told


async def test_a_talk_that_works_logs_nothing_of_it(engine, house_on, message, lines):
    await converse(house_on(engine), "telegram:8234567", "m1", message(SECRET))
    told = json.dumps(lines(), ensure_ascii=False)
    assert SECRET not in told
    assert "8234567" not in told


async def test_a_database_error_shows_no_parameters(empty, house_on, message, lines):
    await converse(house_on(empty), "telegram:8234567", "m1", message(SECRET))
    [line] = lines()
    assert "Error" in line["exc_info"]
    assert "8234567" not in line["exc_info"]


def test_of_a_library_the_arguments_are_left_out(lines):
    logging.getLogger("telegram.ext").error("no handler for %s", SECRET)
    logging.getLogger("httpx").info("POST https://api.telegram.org/bot123:geheim/sendMessage")
    assert [line["message"] for line in lines()] == ["no handler for %s"]


async def test_of_a_forgotten_task_its_error_is_left_out(lines):
    async def broken():
        raise ValueError(SECRET)

    task = asyncio.ensure_future(broken())
    await asyncio.wait([task])
    del task
    assert [line["message"] for line in lines()] == ["Task exception was never retrieved"]
    assert SECRET not in str(lines())


def test_what_the_system_says_is_kept(lines):
    try:
        open("/nowhere/motcua.db")  # noqa: SIM115
    except OSError:
        logging.getLogger("bot").exception("failed")
    assert "/nowhere/motcua.db" in lines()[0]["exc_info"]


def test_a_person_has_the_same_name_and_another_with_another_key():
    assert logs.person("telegram:1", b"a") == logs.person("telegram:1", b"a")
    assert logs.person("telegram:1", b"a") != logs.person("telegram:2", b"a")
    assert logs.person("telegram:1", b"a") != logs.person("telegram:1", b"b")
    assert len(logs.person("telegram:1", b"a")) == 12


async def hello(request):
    return web.Response(text="hello")


async def test_requests_are_logged_with_their_route_and_without_query(aiohttp_server, aiohttp_client, lines):
    app = web.Application()
    app.router.add_get("/files/{name}", hello)
    client = await aiohttp_client(await aiohttp_server(app, access_log_class=AccessLog))
    await client.get("/files/khai-sinh.pdf?name=B%C3%AD")
    await client.get("/nothing?name=B%C3%AD")
    access = [line for line in lines() if line["logger"] == "aiohttp.access"]
    unknown = f"?{sha256(b'/nothing').hexdigest()[:12]}"
    assert [(line["path"], line["status"]) for line in access] == [("/files/{name}", 200), (unknown, 404)]
    assert access[0].keys() >= {"method", "bytes", "ms"}
