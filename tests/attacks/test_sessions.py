"""What a stranger did with the session of somebody else on the web page: each worked once."""

import asyncio
from datetime import timedelta
from functools import partial
from http.cookies import SimpleCookie

import pytest
from aiohttp import DummyCookieJar

from bot import assemble
from bot.channels.web.app import make_app
from bot.channels.web.inbox import WebInbox
from bot.channels.web.sessions.cookies import COOKIE
from bot.channels.web.sessions.table import SessionTable
from bot.channels.web.streams import Events
from bot.clock import vietnam_now
from bot.dossiers import embedded
from bot.dossiers.record import Update
from bot.settings.settings import Settings
from bot.storage import database
from bot.turns.converse import converse
from bot.turns.welcoming import welcomed
from handlers.turn.messages import Incoming, Reply

CODE, FACT = "H36.99-260706-0009", "3333"


class Clock:
    ahead = timedelta()

    def __call__(self):
        return vietnam_now() + self.ahead


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def house(tmp_path):
    built = assemble.build(Settings(b"k" * 32, database_url=f"sqlite:///{tmp_path / 'test.db'}"))
    with database.writing(built.engine) as connection:
        news = Update(CODE, vietnam_now(), procedure="1.001193", status="2", phone="0901233333")
        embedded.record(connection, built.vault, news)
    yield built
    built.engine.dispose()


@pytest.fixture
def events():
    return Events()


@pytest.fixture
async def page(house, clock, events, aiohttp_client):
    made = make_app(
        house, partial(converse, house), welcome=partial(welcomed, house), events=events, now=clock,
        inbox=WebInbox(house.engine, house.vault, clock), sessions=SessionTable(house.engine),
    )  # fmt: skip
    return await aiohttp_client(made, cookie_jar=DummyCookieJar())


class Browser:
    """One browser; a copy of its cookie is what somebody planted, or read off a shared computer."""

    def __init__(self, page, cookie=""):
        self.page, self.cookie, self.kept = page, cookie, {}

    async def say(self, text="", **said):
        said |= {"text": text} if text else {}
        answer = await self.page.post("/chat/messages", json=said, headers=self.headers)
        self.take(answer)
        return " ".join(f"{r['title']} {r['text']}" for r in (await answer.json())["replies"])

    @property
    def headers(self):
        return {"Cookie": f"{COOKIE}={self.cookie}"} if self.cookie else {}

    def take(self, answer):
        for header in answer.headers.getall("Set-Cookie", ()):
            if COOKIE in (morsels := SimpleCookie(header)):
                self.kept = morsels[COOKIE]
                self.cookie = self.kept.value

    async def prove(self):
        await self.say(CODE)
        return await self.say(FACT)

    async def sees_dossier(self):
        return "Tình trạng" in await self.say(CODE)


@pytest.fixture
async def browser(page):
    fresh = Browser(page)
    await fresh.say("xin chào")
    return fresh


def copied(browser):
    return Browser(browser.page, browser.cookie)


async def test_a_planted_cookie_shows_nothing_that_is_proved_after(browser):
    stranger = copied(browser)
    assert "Tình trạng" in await browser.prove()
    assert not await stranger.sees_dossier()
    assert await browser.sees_dossier()


async def test_a_proof_in_the_first_message_of_all_renews_too(page):
    browser = Browser(page)
    assert "Tình trạng" in await browser.say(f"hồ sơ {CODE}, 4 số cuối {FACT}")
    assert await browser.sees_dossier()


async def test_a_proof_whose_answer_was_lost_comes_again_with_the_old_cookie(browser):
    await browser.say(CODE)
    lost = copied(browser)
    await lost.say(text=FACT, id="only-its-page-knows")
    stranger = copied(browser)
    assert "Tình trạng" in await browser.say(text=FACT, id="only-its-page-knows")
    assert await browser.sees_dossier()
    assert not await stranger.sees_dossier()


async def test_a_page_that_opens_with_the_old_cookie_does_not_take_the_new_one_away(browser):
    await browser.say(CODE)
    await copied(browser).say(text=FACT, id="its-answer-was-lost")
    for path in ("/", "/chat/open"):
        browser.take(await browser.page.get(path, headers=browser.headers))
    assert "Tình trạng" in await browser.say(text=FACT, id="its-answer-was-lost")


async def test_leaving_ends_the_session_for_who_has_kept_its_cookie(browser):
    await browser.prove()
    stranger = copied(browser)
    await browser.page.post("/chat/leave", headers=browser.headers)
    assert not await stranger.sees_dossier()


async def test_leaving_ends_a_session_that_has_proved_nothing(browser):
    await browser.say("làm khai sinh cho con")
    stranger = copied(browser)
    await browser.page.post("/chat/leave", headers=browser.headers)
    opened = await browser.page.get("/chat/open", headers=stranger.headers)
    assert "làm dở" not in str(await opened.json())


@pytest.mark.parametrize(("minutes", "expected"), [(9, True), (11, False)])
async def test_a_shared_computer_ends_what_nobody_uses(browser, clock, minutes, expected):
    await browser.say(CODE)
    assert "10 phút" in await browser.say(choice="shared")
    assert "Tình trạng" in await browser.say(FACT)
    clock.ahead = timedelta(minutes=minutes)
    assert await browser.sees_dossier() is expected


async def test_each_use_of_a_shared_computer_begins_its_minutes_anew(browser, clock):
    await browser.say(CODE)
    await browser.say(choice="shared")
    await browser.say(FACT)
    seen = []
    for minutes in (9, 18, 27):
        clock.ahead = timedelta(minutes=minutes)
        seen.append(await browser.sees_dossier())
    assert seen == [True, True, True]


async def test_on_a_shared_computer_the_cookie_ends_with_the_browser(browser):
    assert browser.kept["max-age"]
    await browser.say(CODE)
    await browser.say(choice="shared")
    assert not browser.kept["max-age"]
    await browser.say(FACT)
    assert not browser.kept["max-age"]


async def test_who_has_not_said_so_stays_known(browser, clock):
    await browser.prove()
    clock.ahead = timedelta(days=2)
    assert await browser.sees_dossier()


async def test_an_open_stream_of_the_old_cookie_tells_nothing_more(browser, events, house):
    stream = await browser.page.get("/chat/events", headers=browser.headers)
    await stream.content.readuntil(b"\n\n")
    await browser.prove()
    [address] = events._pages
    await WebInbox(house.engine, house.vault, vietnam_now).send(address, Reply("chỉ cho chủ hồ sơ"))
    events.wake(address)
    assert b"ch" not in await asyncio.wait_for(stream.read(), 30)


async def test_an_account_of_a_messenger_has_no_session(house):
    said = (Incoming(vietnam_now(), text=text) for text in (CODE, FACT))
    for number, incoming in enumerate((*said, Incoming(vietnam_now(), choice="shared"))):
        await converse(house, "telegram:1", str(number), incoming)
    with database.reading(house.engine) as connection:
        assert connection.exec_driver_sql("SELECT COUNT(*) FROM web_session").scalar_one() == 0
