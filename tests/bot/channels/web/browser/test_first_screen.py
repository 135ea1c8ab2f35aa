"""What a small phone shows: the first screen, the input above a keyboard, new messages, used buttons."""

import re

import pytest
from playwright.async_api import expect

from handlers.turn.messages import Reply
from tests.bot.channels.web.browser.desk import PHONE, SMALL, bubbles, chip, in_view, say


async def test_the_first_screen_of_a_small_phone_shows_what_to_do(visit, desk):
    async with visit(**SMALL) as page:
        await expect(page.get_by_text("Tài khoản")).to_be_visible()
        assert (await page.locator("header").bounding_box())["height"] < 110
        assert await in_view(page, page.locator("#input"))
        for name in ("làm khai sinh", "sao y bằng", "Khai sinh"):
            assert await in_view(page, chip(page, name))


async def test_an_example_is_said_by_a_tap(page, desk):
    await chip(page, "sao y bằng").click()
    await expect(page.locator(".message.me")).to_contain_text("sao y bằng")
    await expect(bubbles(page).last).to_contain_text("Bạn viết: sao y bằng")
    assert desk.texts == ["sao y bằng"]


async def test_the_way_to_the_office_opens_in_the_head(page):
    await page.get_by_text("Điện thoại, giờ, nơi nộp").click()
    await expect(page.locator("#office")).to_contain_text("Trung tâm Phục vụ hành chính công")
    await expect(page.locator("#office a")).to_have_attribute("href", "tel:18001096")


@pytest.mark.parametrize("height", [330, 260, 150])  # half a screen of keyboard; in landscape little is left
async def test_the_input_stays_above_a_keyboard_while_one_types(visit, height):
    async with visit(**PHONE) as page:
        await say(page, "dài")
        await expect(bubbles(page)).to_have_count(2)
        await page.evaluate("scrollTo(0, 600)")
        await page.locator("#input").tap()
        await page.set_viewport_size({"width": 360, "height": height})  # as Chrome on Android does
        assert await in_view(page, page.locator("#input"))
        before = await page.evaluate("scrollY")
        await page.keyboard.type("a")
        assert await in_view(page, page.locator("#input"))
        assert abs(await page.evaluate("scrollY") - before) < 50


KEYBOARD = """(height) => {
  Object.defineProperty(visualViewport, 'height', { value: height, configurable: true });
  visualViewport.dispatchEvent(new Event('resize'));
}"""


@pytest.mark.parametrize("text", ["ngắn", "dài"])  # a page that fits the screen, and one that is longer
async def test_the_input_stands_above_a_keyboard_that_lies_over_the_page(visit, text):
    async with visit(**PHONE) as page:
        await say(page, text)
        await expect(bubbles(page)).to_have_count(2)
        await page.evaluate("scrollTo(0, 600)")
        await page.evaluate(KEYBOARD, 400)  # as an iPhone: the page itself is as large as before
        above = await page.locator("#input").bounding_box()
        await page.evaluate(KEYBOARD, 740)
        below = await page.locator("#input").bounding_box()
        assert above["y"] + above["height"] <= 400
        assert below["y"] + below["height"] > 660


async def test_in_landscape_the_input_is_on_the_first_screen(visit):
    async with visit(viewport={"width": 640, "height": 330}) as page:
        assert await in_view(page, page.locator("#input"))


async def test_enlarged_many_times_the_foot_gives_way_to_the_talk(visit):
    async with visit(viewport={"width": 320, "height": 200}) as page:
        await expect(page.locator("footer")).to_have_css("position", "static")


async def test_the_typing_sign_stands_after_the_message_it_answers(page, desk):
    await say(page, "dài")
    await expect(bubbles(page)).to_have_count(2)
    desk.open.clear()
    await page.evaluate("scrollTo(0, 0)")
    await chip(page, "Khai sinh").first.click()
    await expect(page.locator("#typing")).not_to_be_empty()
    assert await in_view(page, page.locator("#typing"))
    desk.open.set()
    await expect(page.locator("#typing")).to_be_hidden()
    desk.open.clear()
    await say(page, "chậm")
    await expect(page.locator(".me + #typing")).to_be_visible()
    desk.open.set()
    await expect(page.locator("#typing")).to_be_empty()


async def test_the_typing_sign_is_seen_after_a_button_at_the_foot(page, desk):
    await say(page, "dài")
    await expect(bubbles(page)).to_have_count(2)
    desk.open.clear()
    last = chip(page, "Về đầu").last
    await last.evaluate("it => scrollBy(0, it.getBoundingClientRect().bottom - innerHeight + 80)")
    await last.click()
    await expect(page.locator("#typing")).not_to_be_empty()
    assert await in_view(page, page.locator("#typing"))
    desk.open.set()
    await expect(page.locator("#typing")).to_be_empty()


async def test_who_reads_further_up_is_told_of_a_new_message(page, desk, events, inbox):
    await say(page, "dài")
    await expect(bubbles(page)).to_have_count(2)
    await page.evaluate("scrollTo(0, 300)")
    inbox.notices.append((desk.people[0], (Reply("Hồ sơ đã xong."),)))
    events.wake(desk.people[0])
    newest = page.get_by_role("button", name="Tin mới")
    await expect(newest).to_be_visible()
    await expect(page).to_have_title(re.compile(r"^\(1\) "))
    assert await page.evaluate("scrollY") == 300
    await newest.click()
    await expect(page.get_by_text("Hồ sơ đã xong.")).to_be_in_viewport()
    await expect(newest).to_be_hidden()


async def test_a_long_way_up_there_is_a_way_down(page):
    await say(page, "dài")
    await expect(bubbles(page)).to_have_count(2)
    await page.evaluate("scrollTo(0, 0)")
    await page.get_by_role("button", name="Xuống cuối").click()
    await expect(chip(page, "Kết hôn").last).to_be_in_viewport()


async def test_buttons_that_the_talk_has_left_rest_and_still_work(page, desk):
    await chip(page, "Khai sinh").click()
    await expect(bubbles(page)).to_have_count(2)
    await expect(bubbles(page).first).to_have_class(re.compile("past"))
    await expect(bubbles(page).last).not_to_have_class(re.compile("past"))
    used = page.get_by_role("button", name="Khai sinh (đã chọn)")
    assert await weight(used) > await weight(chip(page, "Kết hôn"))
    await chip(page, "Kết hôn").click()
    await expect(bubbles(page)).to_have_count(3)
    assert [incoming.choice for _, _, incoming in desk.heard] == ["birth", "marry"]


async def test_what_deletes_stands_apart_and_once_passed_is_out_of_use(page, desk):
    await say(page, "/xoa")
    danger, way = chip(page, "Xóa hết"), page.get_by_role("button", name="Không xóa")
    await expect(danger).to_be_enabled()
    assert await row_of(danger) != await row_of(way)
    assert await colour(danger) != await colour(way)
    await say(page, "thôi")
    await expect(danger).to_be_disabled()
    await expect(way).to_be_enabled()


async def weight(chip):
    return int(await chip.evaluate("chip => getComputedStyle(chip).fontWeight"))


async def row_of(chip):
    return await chip.evaluate("chip => chip.parentElement.className")


async def colour(chip):
    return await chip.evaluate("chip => getComputedStyle(chip).backgroundColor")
