"""Notices pushed to an open page."""

import asyncio
import json

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import unused_port
from yarl import URL

from bot.channels.web.chat import Limits
from bot.channels.web.streams import Crowded, Events
from handlers.turn.actions import Stale
from handlers.turn.messages import Choice, Reply
from tests.bot.channels.web.web_house import Kept, Talk, app

NOTICE = (Reply("Hồ sơ đã xong.", "Tin mới", (Choice("Đã nhận", Stale("n:1")),)),)


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


async def opened(client, **how):
    """The stream of this person, after its first line."""
    response = await client.get("/chat/events", **how)
    assert response.content_type == "text/event-stream"
    assert await response.content.readline() == b"retry: 5000\n"
    await response.content.readline()
    return response


async def shown(stream):
    """The number and the text of the next notice."""
    number = await stream.content.readline()
    [reply] = json.loads((await stream.content.readline()).removeprefix(b"data: "))["replies"]
    await stream.content.readline()
    return int(number.removeprefix(b"id: ")), reply["text"]


@pytest.fixture
async def known(aiohttp_client, talk):
    """A page of a person who has talked, with what is kept for pages and the hub that wakes them."""
    events, inbox = Events(), Kept()
    client = await aiohttp_client(app(talk, events=events, inbox=inbox))
    await client.post("/chat/messages", json={"text": "a"})
    return client, events, inbox, talk.people[0]


async def test_a_notice_appears_on_the_open_page(known):
    client, events, inbox, person = known
    stream = await opened(client)
    inbox.notices.append((person, NOTICE))
    events.wake(person)
    assert await shown(stream) == (1, "Hồ sơ đã xong.")


async def test_a_notice_that_came_while_the_page_was_closed_is_shown_when_it_opens(known):
    client, _, inbox, person = known
    inbox.notices.append((person, NOTICE))
    assert await shown(await opened(client)) == (1, "Hồ sơ đã xong.")


@pytest.mark.parametrize("how", [{"params": {"after": "1"}}, {"headers": {"Last-Event-ID": "1"}}])
async def test_a_notice_is_not_shown_twice(known, how):
    client, _, inbox, person = known
    inbox.notices += [(person, NOTICE), (person, (Reply("Đã trả kết quả."),))]
    assert await shown(await opened(client, **how)) == (2, "Đã trả kết quả.")


@pytest.mark.parametrize("after", ["x", "-1", "", "9" * 30])
async def test_a_strange_number_shows_all(known, after):
    client, _, inbox, person = known
    inbox.notices.append((person, NOTICE))
    assert (await shown(await opened(client, params={"after": after})))[0] == 1


async def test_a_notice_is_for_one_person_only(known, aiohttp_client):
    client, events, inbox, person = known
    other = await aiohttp_client(client.server)
    stream = await opened(other)
    inbox.notices.append((person, NOTICE))
    events.wake(person)
    inbox.notices.append((other_person(inbox, events, person), (Reply("Của người khác."),)))
    events.wake(inbox.notices[-1][0])
    assert await shown(stream) == (2, "Của người khác.")


def other_person(inbox, events, person):
    """Whose page is open besides."""
    return next(address for address in events._pages if address != person)


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


def test_a_page_that_does_not_read_is_told_once():
    events = Events()
    with events.subscribe("web:a") as slow:
        for _ in range(3):
            events.wake("web:a")
        assert [slow.get_nowait(), slow.empty()] == [True, True]


def test_a_person_with_two_pages_is_told_on_both():
    events = Events()
    with events.subscribe("web:a") as one, events.subscribe("web:a") as other:
        events.wake("web:a")
        assert (one.qsize(), other.qsize()) == (1, 1)
    assert events.is_empty
