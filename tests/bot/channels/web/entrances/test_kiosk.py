"""The screen in the hall: nothing of the last person, and the talk goes along on a phone, once."""

import re
from datetime import timedelta

import pytest
from itsdangerous import TimestampSigner

from bot.channels.web.sessions.cookies import COOKIE
from bot.channels.web.sessions.table import SessionTable
from bot.channels.web.sessions.taking import LASTS_S
from bot.clock import vietnam_now
from bot.storage import conversations, database
from bot.storage.sealing import Vault
from handlers.turn.messages import State
from handlers.turn.retention import IDLE_MINUTES
from tests.bot.channels.web.web_house import KEY, Talk, app, house

HOME = "https://motcua.example.vn"


class Clock:
    """Goes on when it is told to."""

    def __init__(self):
        self.now = vietnam_now()

    def __call__(self):
        return self.now


class Kept(Talk):
    """Keeps a conversation, as `converse` does."""

    def __init__(self, engine):
        super().__init__()
        self.engine = engine

    async def __call__(self, address, message_id, incoming):
        with database.writing(self.engine) as connection:
            if not conversations.exists(connection, address):
                conversations.save(connection, Vault(KEY), address, State(), 0, incoming.at)
        return await super().__call__(address, message_id, incoming)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def talk(engine):
    return Kept(engine)


@pytest.fixture
async def hall(aiohttp_client, talk, engine, clock):
    """The screen of an office that citizens reach from outside."""
    application = app(talk, house(public_url=HOME), sessions=SessionTable(engine), now=clock)
    return await aiohttp_client(application)


@pytest.fixture
async def browser(aiohttp_client, talk, engine, clock):
    """Makes browsers with cookies of their own."""
    application = app(talk, house(), sessions=SessionTable(engine), now=clock)
    server = None

    async def make():
        nonlocal server
        client = await aiohttp_client(server or application)
        server = client.server
        return client

    return make


@pytest.fixture
async def screen(browser):
    made = await browser()
    await made.get("/kiosk")
    return made


async def say(client, text="xin chào"):
    return await client.post("/chat/messages", json={"text": text})


async def code_of(screen):
    told = await (await screen.post("/chat/along")).json()
    return told["url"].rpartition("/")[2]


async def test_each_opening_begins_a_talk_of_nobody_s(screen, talk):
    await say(screen)
    await screen.get("/kiosk")
    await say(screen)
    assert len(set(talk.people)) == 2


async def test_the_talk_before_is_over_also_for_who_has_kept_its_cookie(screen, browser, talk):
    await say(screen)
    kept = screen.session.cookie_jar.filter_cookies(screen.make_url("/"))[COOKIE].value
    await screen.get("/kiosk")
    thief = await browser()
    await thief.post("/chat/messages", json={"text": "a"}, headers={"Cookie": f"{COOKIE}={kept}"})
    assert len(set(talk.people)) == 2


async def test_another_language_goes_on_with_the_same_talk(screen, talk):
    await say(screen)
    response = await screen.get("/kiosk?lang=en")
    assert "motcua_language" not in response.cookies
    await say(screen)
    assert len(set(talk.people)) == 1
    assert '<html lang="vi"' in await (await screen.get("/kiosk")).text()


async def test_its_session_is_one_of_a_shared_computer(screen, talk, clock):
    response = await say(screen)
    assert (await response.json())["idle_s"] == IDLE_MINUTES * 60
    assert talk.last.session == "shared"
    clock.now += timedelta(minutes=IDLE_MINUTES, seconds=1)
    await say(screen)
    assert len(set(talk.people)) == 2


async def test_a_link_on_another_site_ends_nobody_s_session(browser, talk):
    own = await browser()
    await own.get("/")
    await say(own)
    response = await own.get("/kiosk", headers={"Sec-Fetch-Site": "cross-site"}, allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (302, "/")
    await say(own)
    assert len(set(talk.people)) == 1


async def test_the_talk_goes_along_on_the_phone_and_is_gone_from_the_screen(screen, browser, talk):
    await say(screen)
    code, phone = await code_of(screen), await browser()
    assert "Mang cuộc trò chuyện" in await (await phone.get(f"/take/{code}")).text()
    assert await (await screen.get("/chat/along")).json() == {"taken": False}
    response = await phone.post(f"/take/{code}", allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (303, "/")
    assert response.cookies[COOKIE]["max-age"] != ""
    await say(phone)
    assert len(set(talk.people)) == 1
    assert talk.last.session == "own"
    assert await (await screen.get("/chat/along")).json() == {"taken": True}
    await screen.get("/kiosk")
    await say(screen)
    await say(phone)
    assert talk.people[-1] == talk.people[0]
    assert len(set(talk.people)) == 2


async def test_a_code_works_once(screen, browser):
    await say(screen)
    code = await code_of(screen)
    assert (await (await browser()).post(f"/take/{code}", allow_redirects=False)).status == 303
    late = await (await browser()).post(f"/take/{code}", allow_redirects=False)
    assert late.status == 410
    assert "đã dùng hoặc quá hạn" in await late.text()


async def test_a_code_of_a_talk_that_has_ended_works_no_more(screen, browser):
    await say(screen)
    code = await code_of(screen)
    await screen.post("/chat/leave")
    assert (await (await browser()).post(f"/take/{code}", allow_redirects=False)).status == 410


async def test_a_code_lasts_minutes(screen, browser, monkeypatch):
    await say(screen)
    code = await code_of(screen)
    later = TimestampSigner.get_timestamp
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda self: later(self) + LASTS_S + 1)
    for send in ("get", "post"):
        assert (await getattr(await browser(), send)(f"/take/{code}", allow_redirects=False)).status == 410


@pytest.mark.parametrize("code", ["a", "a.0.x.y", "web:1", "%00"])
async def test_a_code_that_is_not_ours_opens_nothing(browser, code):
    assert (await (await browser()).post(f"/take/{code}", allow_redirects=False)).status == 410


async def test_another_site_cannot_push_a_talk_onto_a_phone(screen, browser):
    await say(screen)
    code, phone = await code_of(screen), await browser()
    other = {"Origin": "https://other.example", "Sec-Fetch-Site": "cross-site"}
    assert (await phone.post(f"/take/{code}", headers=other, allow_redirects=False)).status == 403
    assert (await screen.post("/chat/along", headers=other)).status == 403


async def test_who_has_a_talk_of_his_own_is_told_that_it_closes(screen, browser):
    await say(screen)
    code, phone = await code_of(screen), await browser()
    await phone.get("/")
    assert "sẽ đóng lại" in await (await phone.get(f"/take/{code}")).text()


async def test_only_the_screen_gives_codes(browser):
    own = await browser()
    await own.get("/")
    await say(own)
    assert (await own.post("/chat/along")).status == 403


async def test_the_code_leads_to_the_public_address(hall):
    signed = (await hall.get("/kiosk")).cookies[COOKIE].value
    response = await hall.post("/chat/along", headers={"Cookie": f"{COOKIE}={signed}"})
    told = await response.json()
    assert re.fullmatch(rf"{HOME}/take/[\w.-]+", told["url"])
    assert told["seconds"] == LASTS_S
    assert told["dark"].count("M") > 200
