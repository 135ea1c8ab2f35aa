"""Notices pushed to an open page."""

import asyncio
import json

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import unused_port
from web_house import Talk, app
from yarl import URL

from bot.web.chat import Limits
from bot.web.events import WAITING, Crowded, Events
from handlers.messages import Choice, Reply

NOTICE = (Reply("Hồ sơ đã xong.", "Tin mới", (Choice("Đã nhận", "n:1"),)),)


@pytest.fixture
def talk():
    return Talk()


@pytest.fixture
async def running():
    """Runs an app as `serve` does; aiohttp's test server cancels the handler of a closed connection."""
    runners = []

    async def start(application):
        runners.append(runner := web.AppRunner(application))
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port := unused_port()).start()
        return URL(f"http://127.0.0.1:{port}")

    yield start
    for runner in runners:
        await runner.cleanup()


async def opened(client):
    """The stream of this person, after its first line."""
    response = await client.get("/chat/events")
    assert response.content_type == "text/event-stream"
    assert await response.content.readline() == b"retry: 5000\n"
    await response.content.readline()
    return response


async def test_a_notice_appears_on_the_page(aiohttp_client, talk):
    events = Events()
    client = await aiohttp_client(app(talk, events=events))
    await client.post("/chat/messages", json={"text": "a"})
    stream = await opened(client)
    assert events.publish(talk.people[0], NOTICE) == 1
    line = await stream.content.readline()
    [reply] = json.loads(line.removeprefix(b"data: "))["replies"]
    assert (reply["title"], reply["text"]) == ("Tin mới", "Hồ sơ đã xong.")


async def test_a_notice_is_for_one_person_only(aiohttp_client, talk):
    events = Events()
    client = await aiohttp_client(app(talk, events=events))
    await client.post("/chat/messages", json={"text": "a"})
    other = await aiohttp_client(client.server)
    await opened(other)
    assert events.publish(talk.people[0], NOTICE) == 0


async def test_a_quiet_stream_shows_that_it_lives(aiohttp_client):
    client = await aiohttp_client(app(limits=Limits(heartbeat_s=0.01)))
    stream = await opened(client)
    assert await stream.content.readline() == b": alive\n"


async def test_a_stream_ends_after_its_time(aiohttp_client):
    client = await aiohttp_client(app(limits=Limits(stream_s=0)))
    stream = await opened(client)
    assert await stream.content.read() == b""


async def test_the_oldest_page_of_a_person_makes_room_for_the_newest(aiohttp_client):
    client = await aiohttp_client(app(events=Events(per_person=1)))
    await client.get("/")
    oldest, newest = await opened(client), await opened(client)
    async with asyncio.timeout(10):
        assert await oldest.content.read() == b""
    assert not newest.content.at_eof()


async def test_a_page_that_was_closed_gives_its_place_back(running):
    url = await running(app(events=Events(in_all=1), limits=Limits(heartbeat_s=0.01)))
    async with ClientSession() as browser, asyncio.timeout(10):
        (await browser.get(url / "chat/events")).close()
        while (again := await browser.get(url / "chat/events")).status == 503:
            again.release()
    assert again.status == 200


async def test_streams_end_when_the_process_does(aiohttp_client):
    client = await aiohttp_client(app())
    stream = await opened(client)
    async with asyncio.timeout(10):
        await client.server.close()
    assert await stream.content.read() == b""


def test_all_people_together_have_a_bound():
    events = Events(in_all=1)
    with events.subscribe("web:a"), pytest.raises(Crowded), events.subscribe("web:b"):
        pass
    with events.subscribe("web:b"):
        pass


def test_a_page_that_does_not_read_misses_notices_and_stops_nobody():
    events = Events()
    with events.subscribe("web:a") as slow:
        taken = [events.publish("web:a", NOTICE) for _ in range(WAITING + 1)]
        assert taken == [1] * WAITING + [0]
        events.close()
        waiting = [slow.get_nowait() for _ in range(slow.qsize())]
    assert waiting[-1] is None


def test_a_person_with_two_pages_sees_a_notice_on_both():
    events = Events()
    with events.subscribe("web:a"), events.subscribe("web:a"):
        assert events.publish("web:a", NOTICE) == 2
    assert events.publish("web:a", NOTICE) == 0
