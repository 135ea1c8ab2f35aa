"""The chat page in a real browser; each page is a browser of its own with a small desk behind it."""

import re
import shutil
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from playwright.async_api import async_playwright, expect

from bot.channels.web.streams import Events
from tests.bot.channels.web.browser.desk import PHONE, BlockDesk, Desk, bubbles
from tests.bot.channels.web.web_house import Kept, app

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--test-third-party-cookie-phaseout",  # a frame on another site has only a cookie of its own
]
expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items):
    """Everything in this folder runs in one loop, which the browser of a module lives in."""
    here = [item for item in items if "/browser/" in str(item.path)]
    for item in here:
        item.add_marker(pytest.mark.asyncio(loop_scope="module"), append=False)
        item.add_marker(pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: apt-get install chromium"))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chromium():
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


@pytest.fixture
def inbox():
    return Kept()


@pytest.fixture
def desk(inbox):
    return Desk(inbox)


@pytest.fixture
def events():
    return Events()


@pytest_asyncio.fixture(loop_scope="module")
async def served(desk, events, inbox):
    """The address of the server."""
    async with TestServer(app(desk, events=events, inbox=inbox, welcome=desk.welcome)) as server:
        yield server


@pytest_asyncio.fixture(loop_scope="module")
async def browser_of_one(chromium):
    """A browser of one person; errors of a page's console fail the test."""

    @asynccontextmanager
    async def make(**more):
        errors = []
        still = {"locale": "vi-VN", "reduced_motion": "reduce"}  # a page that glides cannot be measured
        still |= {"service_workers": "block"}  # a test answers in the place of the server
        context = await chromium.new_context(**{**still, **more})
        context.on("weberror", lambda error: errors.append(str(error.error)))
        context.on("console", lambda line: "Content Security" in line.text and errors.append(line.text))
        yield context
        await context.close()
        assert errors == []

    return make


@pytest.fixture
def visit(browser_of_one, served):
    """Opens the page in a browser of its own, and waits until it is ready."""

    @asynccontextmanager
    async def make(path="/chat", **more):
        async with browser_of_one(**more) as context:
            yield await opened(await context.new_page(), str(served.make_url(path)))

    return make


@pytest_asyncio.fixture(loop_scope="module")
async def page(visit):
    async with visit(**PHONE) as opened_page:
        await expect(bubbles(opened_page)).to_contain_text("Tài khoản")  # what is open was told
        yield opened_page


@pytest.fixture
def blocks_on():
    """Puts a desk of blocks behind a page."""

    async def make(page):
        desk = BlockDesk()
        await page.route("**/chat/messages*", desk)
        return desk

    return make


@pytest_asyncio.fixture(loop_scope="module")
async def blocks(page, blocks_on):
    """The desk of blocks behind the page."""
    return await blocks_on(page)


@pytest.fixture
def another_tab(served):
    """Opens the page once more in the same browser."""

    async def make(page):
        return await opened(await page.context.new_page(), str(served.make_url("/chat")))

    return make


async def opened(page, address):
    """The page when it has begun: its stream of notices is asked for, and what is open is shown."""
    async with page.expect_response(re.compile("/chat/events")):
        await page.goto(address)
    await expect(page.locator("#broken")).to_have_count(0)
    await page.wait_for_function("!document.getElementById('greeting')")
    return page
