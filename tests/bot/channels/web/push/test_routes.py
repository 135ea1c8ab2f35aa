"""Who may have his browser told, and where our server sends to."""

import pytest

from bot.channels.web.push.subscriptions import SERVICES
from bot.channels.web.sessions.table import Kept
from tests.bot.channels.web.push.service import Browser
from tests.bot.channels.web.web_house import Nothing, Talk, app


class Pushed:
    """Remembers who is told where."""

    key = "key-of-the-office"

    def __init__(self):
        self.kept, self.dropped = [], []

    def accepts(self, told):
        return told.is_at(SERVICES)

    def keep(self, address, told):
        self.kept.append((address, told.endpoint))

    def drop(self, endpoint):
        self.dropped.append(endpoint)


class Shared(Nothing):
    """Every session is of a computer that others use."""

    def find(self, address):
        return Kept(shared=True, used_at=2**40)

    def use(self, address, now):
        pass


@pytest.fixture
def push():
    return Pushed()


@pytest.fixture
async def client(aiohttp_client, push):
    made = await aiohttp_client(app(Talk(), push=push))
    await made.get("/")
    return made


async def test_the_page_has_the_key_and_a_frame_has_none(client):
    assert "key-of-the-office" in await (await client.get("/")).text()
    assert "key-of-the-office" not in await (await client.get("/frame")).text()


async def test_a_browser_is_kept_for_its_person(client, push):
    browser = Browser()
    assert (await client.post("/chat/push", json=browser.told)).status == 200
    [(address, endpoint)] = push.kept
    assert address.startswith("web:")
    assert endpoint == browser.endpoint
    await client.post("/chat/push/stop", json={"endpoint": endpoint})
    assert push.dropped == [endpoint]


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/a",
        "https://updates.push.services.mozilla.com/wpush/v2/a",
        "https://wns2-sg2p.notify.windows.com/w/?token=a",
        "https://web.push.apple.com/a",
    ],
)
async def test_the_services_of_the_browsers_that_there_are_are_known(client, push, endpoint):
    assert (await client.post("/chat/push", json=Browser(endpoint).told)).status == 200


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/a",
        "https://127.0.0.1/a",
        "https://10.0.0.1:5432/",
        "https://fcm.googleapis.com.example.vn/a",
        "https://notfcm.googleapis.com/a",
        "https://fcm.googleapis.com@10.0.0.1/a",
        "https://user@fcm.googleapis.com/a",
        "https://[::1/a",
        "file:///etc/passwd",
        "",
    ],
)
async def test_our_server_is_sent_nowhere_else(client, push, endpoint):
    assert (await client.post("/chat/push", json=Browser(endpoint).told)).status == 400
    assert push.kept == []


@pytest.mark.parametrize(
    "keys", [{}, {"p256dh": "AAAA", "auth": "AAAA"}, {"p256dh": "é", "auth": "A" * 22}, {"auth": "A" * 22}]
)
async def test_keys_that_nothing_could_be_sealed_with_are_refused(client, push, keys):
    assert (await client.post("/chat/push", json={**Browser().told, "keys": keys})).status == 400
    assert push.kept == []


async def test_another_site_cannot_have_a_browser_told(client, push):
    other = {"Origin": "https://other.example", "Sec-Fetch-Site": "cross-site"}
    for path in ("/chat/push", "/chat/push/stop"):
        assert (await client.post(path, json=Browser().told, headers=other)).status == 403
    assert (push.kept, push.dropped) == ([], [])


async def test_nobody_is_told_at_a_computer_that_others_use(aiohttp_client, push):
    client = await aiohttp_client(app(Talk(), push=push, sessions=Shared()))
    await client.get("/")
    assert (await client.post("/chat/push", json=Browser().told)).status == 403


async def test_who_has_no_session_is_told_nothing(aiohttp_client, push):
    client = await aiohttp_client(app(Talk(), push=push))
    assert (await client.post("/chat/push", json=Browser().told)).status == 403


async def test_an_office_that_does_not_push_has_no_such_address(aiohttp_client):
    client = await aiohttp_client(app(Talk()))
    assert (await client.post("/chat/push", json=Browser().told)).status == 404
