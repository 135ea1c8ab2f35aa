"""News while the page is closed, what the page says of it, and the page without a network."""

import asyncio
import json
from functools import partial

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from playwright.async_api import expect

from handlers.turn.messages import Reply
from tests.bot.channels.web.browser.conftest import opened
from tests.bot.channels.web.browser.desk import PHONE, bubbles, chip, say
from tests.bot.channels.web.push.service import Browser
from tests.bot.channels.web.push.test_routes import Pushed
from tests.bot.channels.web.web_house import app

FOLLOWS = Reply("Mình nhắn cho bạn khi có thay đổi. Bạn có đồng ý không?", unasked=True)
PATIENCE_S = 60  # on a busy machine; a step that works takes far less
START, STOP = "Báo cả khi trang đóng", "Thôi báo khi trang đóng"
# A browser without a network reaches no service of its maker: what that would answer.
SUBSCRIBES = """(() => {
  const told = %s; let now = null;
  const made = () => ({ endpoint: told.endpoint, toJSON: () => told,
    unsubscribe: () => { now = null; return Promise.resolve(true); } });
  PushManager.prototype.getSubscription = () => Promise.resolve(now);
  PushManager.prototype.subscribe = (options) => {
    window.asked = options;
    if (Notification.permission === 'denied') return Promise.reject(new Error('no'));
    now = made();
    return Promise.resolve(now);
  };
})()"""

READY = "navigator.serviceWorker.ready.then(() => true)"
SHOWN = """navigator.serviceWorker.ready.then((it) => it.getNotifications())
  .then((all) => all.length && all.map((one) => [one.title, one.body, one.tag]))"""
TRIES, LOOKS, LOOK_S = (
    12,
    50,
    0.1,
)  # a push that comes before the worker listens is lost; the next takes its place


@pytest.fixture
def push():
    made = Pushed()
    made.key = "BAAA"
    return made


@pytest_asyncio.fixture(loop_scope="module")
async def pushing(desk, inbox, push):
    """The address of an office that pushes."""
    desk.open_now = (FOLLOWS,)
    async with TestServer(app(desk, inbox=inbox, welcome=desk.welcome, push=push)) as server:
        yield str(server.make_url("/chat"))


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser_of_one, pushing):
    """The page in a browser that lets a site notify."""
    async with browser_of_one(**PHONE, service_workers="allow", permissions=["notifications"]) as context:
        await context.add_init_script(SUBSCRIBES % json.dumps(Browser().told))
        yield await opened(await context.new_page(), pushing)


async def test_who_follows_is_told_how_far_that_reaches_and_may_have_more(page, push):
    await expect(page.get_by_text("Tin chỉ hiện khi bạn mở trang này trên chính máy này.")).to_be_visible()
    await chip(page, START).click()
    await expect(page.get_by_text("Máy này báo cho bạn cả khi trang đóng.")).to_be_visible()
    assert [endpoint for _, endpoint in push.kept] == [Browser().endpoint]
    assert await page.evaluate("[asked.userVisibleOnly, Array.from(asked.applicationServerKey)]") == [
        True,
        [4, 0, 0],
    ]
    async with page.expect_response("**/chat/push/stop"):
        await chip(page, STOP).click()
    await expect(chip(page, START)).to_be_visible()
    assert push.dropped == [Browser().endpoint]


async def test_a_browser_that_cannot_is_not_offered_it(visit, desk):
    desk.open_now = (FOLLOWS,)
    async with visit(**PHONE) as page:
        await expect(page.get_by_text("trình duyệt này không báo được khi trang đóng")).to_be_visible()
        await expect(chip(page, START)).to_have_count(0)


async def test_who_has_forbidden_it_is_told_where_to_allow_it(page):
    await page.evaluate("() => Object.defineProperty(Notification, 'permission', {get: () => 'denied'}) && 1")
    await chip(page, START).click()
    await expect(page.get_by_text("thông báo của trang đang bị chặn")).to_be_visible()


@pytest.mark.parametrize("way", ["leave", "erase"])
async def test_whoever_ends_is_not_told_any_more(page, push, way):
    await chip(page, START).click()
    await expect(chip(page, STOP)).to_be_visible()
    await say(page, "/xoa")
    await expect(bubbles(page)).to_have_count(2)
    page.on("dialog", lambda dialog: dialog.accept())
    async with page.expect_request("**/chat/push/stop"):
        await (page.locator("#leave") if way == "leave" else chip(page, "Xóa hết")).click()
    await expect(page.locator(".message")).to_have_count(1)
    assert (
        await page.evaluate(
            "navigator.serviceWorker.getRegistration().then((it) => it.pushManager.getSubscription())"
        )
        is None
    )


async def test_what_is_pushed_is_shown_and_opens_the_page(page):
    await asyncio.wait_for(page.evaluate(READY), PATIENCE_S)
    wire = await page.context.new_cdp_session(page)
    workers = asyncio.Queue()
    wire.on("ServiceWorker.workerRegistrationUpdated", lambda told: _put(workers, told["registrations"]))
    await wire.send("ServiceWorker.enable")
    worker = await asyncio.wait_for(workers.get(), PATIENCE_S)
    news = json.dumps({"title": "Một Cửa", "body": "Bạn có tin mới", "lang": "vi"})
    origin = await page.evaluate("location.origin")
    pushed = {"origin": origin, "registrationId": worker["registrationId"], "data": news}
    assert await _shown(page, partial(wire.send, "ServiceWorker.deliverPushMessage", pushed)) == [
        ["Một Cửa", "Bạn có tin mới", "news"]
    ]


async def _shown(page, push):
    """What a push shows. A page that never answers must not hold up all tests after it."""
    for _ in range(TRIES):
        await push()
        for _ in range(LOOKS):
            shown = await asyncio.wait_for(page.evaluate(SHOWN), PATIENCE_S)
            if shown:
                return shown
            await asyncio.sleep(LOOK_S)
    raise AssertionError("no push is shown")


def _put(queue, each_of):
    for each in each_of:
        queue.put_nowait(each)


async def test_without_a_network_the_page_says_so_in_words_of_ours(page):
    await asyncio.wait_for(page.evaluate(READY), PATIENCE_S)
    await page.reload()
    await page.wait_for_function("navigator.serviceWorker.controller")
    await page.context.set_offline(True)
    await page.reload()
    await expect(page.get_by_text("Máy của bạn đang mất mạng.")).to_be_visible()
    assert await page.evaluate("caches.keys()") == []
    await page.context.set_offline(False)
    await page.get_by_role("link", name="Tải lại").click()
    await expect(page.locator("#input")).to_be_enabled()
