"""The chat in a frame on a page of the commune, in a browser that keeps no cookies of third parties."""

import pytest
import pytest_asyncio
from playwright.async_api import expect

from handlers.turn.messages import Reply
from tests.bot.channels.web.browser.commune import commune
from tests.bot.channels.web.browser.desk import PHONE
from tests.bot.channels.web.browser.test_access import violations
from tests.bot.channels.web.web_house import app, house

NAME = "Hỏi Một Cửa"


@pytest_asyncio.fixture(loop_scope="module")
async def site(desk, events, inbox):
    """The address of the commune's page."""

    def chat(address):
        return app(desk, house(widget_origins=(address,)), inbox, events=events, welcome=desk.welcome)

    async with commune(chat) as address:
        yield address


@pytest_asyncio.fixture(loop_scope="module")
async def around(browser_of_one, site):
    """The commune's page, on a large screen."""
    async with browser_of_one(ignore_https_errors=True, viewport={"width": 1280, "height": 800}) as context:
        page = await context.new_page()
        await page.goto(site)
        yield page


async def opened(page):
    """The chat in the frame, after a tap on the button."""
    await page.get_by_role("button", name=NAME).click()
    frame = page.frame_locator("#motcua-frame")
    await expect(frame.locator("#close")).to_be_visible()
    return frame


async def say(frame, text):
    await frame.locator("#input").fill(text)
    await frame.locator("#input").press("Enter")


async def test_nothing_of_the_chat_is_loaded_before_a_tap(around):
    button = around.get_by_role("button", name=NAME)
    await expect(button).to_have_attribute("aria-expanded", "false")
    assert len(around.frames) == 1
    await opened(around)
    assert len(around.frames) == 2


async def test_a_talk_in_the_frame_is_one_person_s(around, desk):
    frame = await opened(around)
    for text in ("xin chào", "và nữa"):
        await say(frame, text)
        await expect(frame.locator(".message.bot").last).to_contain_text(text)
    assert len(set(desk.people)) == 1
    await around.reload()
    frame = await opened(around)
    await say(frame, "vẫn là mình")
    await expect(frame.locator(".message.bot").last).to_contain_text("vẫn là mình")
    assert len(set(desk.people)) == 1


async def test_the_keyboard_goes_into_the_frame_and_back(around):
    await around.locator("#link").focus()
    await around.keyboard.press("Tab")
    await around.keyboard.press("Enter")
    frame = around.frame_locator("#motcua-frame")
    await expect(frame.locator("#input")).to_be_focused()
    await expect(around.locator("#motcua-frame")).to_have_attribute("title", "Trò chuyện với Một Cửa")
    await around.keyboard.press("Escape")
    await expect(around.locator("#motcua-frame")).to_be_hidden()
    await expect(around.get_by_role("button", name=NAME)).to_be_focused()


async def test_the_button_in_the_frame_closes_it(around):
    frame = await opened(around)
    await frame.locator("#close").click()
    await expect(around.locator("#motcua-frame")).to_be_hidden()
    await expect(around.get_by_role("button", name=NAME)).to_be_focused()


async def test_what_comes_while_it_is_closed_is_counted_on_the_button(around, desk, events, inbox):
    frame = await opened(around)
    await say(frame, "xin chào")
    await expect(frame.locator(".message.bot")).to_have_count(2)
    await frame.locator("#close").click()
    inbox.notices.append((desk.people[0], (Reply("Hồ sơ đã xong."),)))
    events.wake(desk.people[0])
    button = around.get_by_role("button", name=f"{NAME}, 1 tin mới")
    await expect(button).to_contain_text("(1)")
    await button.click()
    await expect(frame.get_by_text("Hồ sơ đã xong.")).to_be_visible()


@pytest.mark.parametrize(("size", "whole"), [((360, 740), True), ((480, 800), True), ((1280, 800), False)])
async def test_a_small_screen_is_the_frame_s_alone(around, size, whole):
    await around.set_viewport_size({"width": size[0], "height": size[1]})
    await opened(around)
    box = await around.locator("#motcua-frame").bounding_box()
    assert ((box["x"], box["y"], box["width"], box["height"]) == (0, 0, *size)) is whole
    assert box["x"] + box["width"] <= size[0]


async def test_on_a_phone_the_frame_does_not_raise_the_keyboard(browser_of_one, site):
    async with browser_of_one(ignore_https_errors=True, **PHONE) as context:
        page = await context.new_page()
        await page.goto(site)
        frame = await opened(page)
        await expect(frame.locator(".message").last).to_be_focused()


async def test_a_frame_that_does_not_come_can_be_closed_and_opened_again(around):
    await around.route("**/frame", lambda route: route.abort())
    button = around.get_by_role("button", name=NAME)
    await button.click()
    await expect(button).to_have_attribute("aria-expanded", "true")
    await expect(button).to_be_visible()
    await around.unroute_all()
    await button.click()
    await expect(around.locator("#motcua-frame")).to_be_hidden()
    frame = await opened(around)
    await expect(frame.locator("#input")).to_be_focused()


async def test_nobody_is_shut_in_by_a_frame_that_is_lost_on_its_way_back(around):
    frame = await opened(around)
    await around.route("**/frame", lambda route: route.abort())
    await frame.locator("body").evaluate("() => location.reload()")
    button = around.get_by_role("button", name=NAME)
    await expect(button).to_be_visible()
    await button.click()
    await expect(around.locator("#motcua-frame")).to_be_hidden()
    await around.unroute_all()
    await opened(around)


async def test_a_page_that_is_not_listed_is_told_so_and_shows_no_button(browser_of_one, desk):
    said = []
    async with commune(lambda _site: app(desk)) as site, browser_of_one(ignore_https_errors=True) as context:
        page = await context.new_page()
        page.on("console", lambda line: said.append((line.type, line.text)))
        await page.goto(site)
        await page.wait_for_load_state("networkidle")
        assert await page.locator("#motcua").count() == 0
    [(kind, text)] = [each for each in said if "MOTCUA_WIDGET_ORIGINS" in each[1]]
    assert kind == "warning"
    assert site in text


async def test_a_browser_without_cookies_in_frames_is_told_so(browser_of_one, site):
    async with browser_of_one(ignore_https_errors=True) as context:
        page = await context.new_page()

        async def without_cookie(route):
            response = await route.fetch()
            headers = {name: value for name, value in response.headers.items() if name != "set-cookie"}
            await route.fulfill(response=response, headers=headers)

        await page.route("**/frame", without_cookie)
        await page.goto(site)
        frame = await opened(page)
        await expect(frame.locator("#state")).to_contain_text("không cho khung trên trang khác nhớ bạn")
        await expect(frame.get_by_role("link", name="Mở trang trò chuyện")).to_have_attribute(
            "target", "_blank"
        )
        await expect(frame.locator("#input")).to_be_disabled()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing(around, scheme):
    await around.emulate_media(color_scheme=scheme)
    assert await violations(around) == []
    await opened(around)
    assert await violations(around) == []
