"""A page of which something is lost on the way still says who is there, and how to go on."""

import pytest
from playwright.async_api import expect

from tests.bot.channels.web.browser.desk import NO_STORAGE, bubbles, chip, say


async def test_without_its_script_the_page_greets_and_offers_to_load_again(browser_of_one, served):
    async with browser_of_one() as context:
        page = await context.new_page()
        await page.route("**/chat.js*", lambda route: route.abort())
        await page.goto(str(served.make_url("/chat")))
        await expect(page.locator("#log")).to_contain_text("Chào bạn")
        await expect(page.locator("#log")).to_contain_text("làm khai sinh cho con cần gì")
        await page.get_by_text("Điện thoại, giờ, nơi nộp").click()
        await expect(page.get_by_text("18001096")).to_be_visible()
        await expect(page.locator("#input")).to_be_disabled()
        await expect(page.locator("button:visible:enabled")).to_have_count(0)
        await expect(page.get_by_role("link", name="Trang chưa tải được")).to_be_in_viewport()
        await page.unroute_all()
        await page.get_by_role("link", name="Trang chưa tải được, bấm để tải lại").click()
        await expect(page.locator("#input")).to_be_enabled()
        await expect(page.get_by_text("Trang chưa tải được")).to_have_count(0)


async def test_a_script_that_an_engine_cannot_read_leaves_the_page_as_it_came(
    browser_of_one, served, chromium
):
    context = await chromium.new_context(locale="vi-VN")
    page = await context.new_page()
    await page.route(
        "**/chat.js*", lambda route: route.fulfill(body="let broken = ;", content_type="text/javascript")
    )
    await page.goto(str(served.make_url("/chat")))
    await expect(page.locator("#log")).to_contain_text("Chào bạn")
    await expect(page.get_by_text("Trang chưa tải được")).to_be_visible()
    await context.close()


@pytest.mark.parametrize(
    "missing", ["BroadcastChannel", "EventSource", "createImageBitmap", "navigator.clipboard"]
)
async def test_what_an_older_browser_lacks_ends_no_talk(browser_of_one, served, missing):
    owner, _, name = missing.rpartition(".")
    async with browser_of_one() as context:
        await context.add_init_script(
            f"Object.defineProperty({owner or 'window'}, '{name}', {{value: undefined}})"
        )
        page = await context.new_page()
        await page.goto(str(served.make_url("/chat")))
        await say(page, "xin chào")
        await expect(bubbles(page)).to_have_count(2)


async def test_without_storage_there_is_a_talk(browser_of_one, served):
    async with browser_of_one() as context:
        await context.add_init_script(NO_STORAGE)
        page = await context.new_page()
        await page.goto(str(served.make_url("/chat")))
        await say(page, "xin chào")
        await expect(bubbles(page)).to_have_count(2)


async def test_without_its_style_the_page_can_be_used(browser_of_one, served):
    async with browser_of_one() as context:
        page = await context.new_page()
        await page.route("**/chat.css*", lambda route: route.abort())
        await page.goto(str(served.make_url("/chat")))
        await chip(page, "Khai sinh").click()
        await expect(bubbles(page)).to_have_count(2)
        logo = await page.locator("header svg").bounding_box()
        assert logo["width"] < 60
