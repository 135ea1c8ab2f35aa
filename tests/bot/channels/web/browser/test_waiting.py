"""A line that comes and goes: nothing is lost, nothing is sent twice, nothing overtakes."""

import pytest
from playwright.async_api import expect

from tests.bot.channels.web.browser.desk import bubbles, chip, in_view, say


async def test_what_was_typed_offline_goes_by_itself_when_the_line_is_back(page, desk):
    await page.context.set_offline(True)
    await expect(page.locator("#state")).not_to_be_empty()
    await say(page, "một")
    await say(page, "hai")
    await expect(page.locator(".failed")).to_have_count(2)
    assert await in_view(page, page.locator(".failed .resend").last)
    await page.context.set_offline(False)
    await expect(bubbles(page).last).to_contain_text("Bạn viết: hai")
    await expect(page.locator(".failed")).to_have_count(0)
    assert desk.texts == ["một", "hai"]


async def test_what_waits_can_be_sent_by_hand(page, desk):
    await page.route("**/chat/messages*", lambda route: route.abort())
    await say(page, "mất mạng")
    await expect(page.locator(".failed")).to_contain_text("mất mạng")
    await page.unroute("**/chat/messages*")
    await page.locator(".failed .resend").click()
    await expect(bubbles(page).last).to_contain_text("Bạn viết: mất mạng")
    assert desk.texts == ["mất mạng"]


async def test_a_later_message_does_not_overtake_one_that_waits(page, desk):
    desk.failures = 1
    await say(page, "một")
    await expect(page.locator(".failed")).to_have_count(1)
    await say(page, "hai")
    await expect(bubbles(page)).to_have_count(3)
    said = await bubbles(page).locator(".line").all_inner_texts()
    assert said[-2:] == ["Bạn viết: một", "Bạn viết: hai"]
    await expect(page.locator(".failed")).to_have_count(0)


async def test_a_message_whose_answer_was_lost_is_sent_again_under_its_id(page, desk):
    desk.failures = 1
    await chip(page, "Khai sinh").click()
    await page.locator(".failed .resend").click()
    await expect(bubbles(page).last).to_contain_text("Trẻ sinh ở đâu?")
    assert desk.heard[-1][1] == desk.heard[-2][1]
    assert len(desk.said) == 1


async def test_a_reload_in_the_middle_of_sending_loses_nothing(page, desk):
    desk.open.clear()
    await say(page, "xin chào")
    await expect(page.locator("#typing")).not_to_be_empty()
    await page.reload()
    desk.open.set()
    await expect(bubbles(page).last).to_contain_text("Bạn viết: xin chào")
    await expect(page.locator(".failed")).to_have_count(0)
    assert len(desk.said) == 1


async def test_what_the_server_refuses_is_not_tried_again(page, desk):
    refusal = {"error": "Tin dài quá."}
    await page.route("**/chat/messages*", lambda route: route.fulfill(status=413, json=refusal))
    await say(page, "dài quá")
    await expect(page.locator(".failed .note")).to_have_text("Tin dài quá.")
    await expect(page.locator(".failed .resend")).to_have_count(0)
    await page.unroute("**/chat/messages*")
    await say(page, "ngắn")
    await expect(bubbles(page).last).to_contain_text("Bạn viết: ngắn")
    assert desk.texts == ["ngắn"]


async def test_what_came_too_fast_is_sent_a_little_later(browser_of_one, served, desk):
    async with browser_of_one() as context:
        page = await context.new_page()
        await page.clock.install()
        await page.goto(str(served.make_url("/chat")))
        too_fast = {"error": "Bạn gửi nhanh quá."}
        await page.route("**/chat/messages*", lambda route: route.fulfill(status=429, json=too_fast))
        await say(page, "xin chào")
        await expect(page.locator(".failed .note")).to_have_text("Bạn gửi nhanh quá.")
        await page.unroute("**/chat/messages*")
        await page.clock.fast_forward("00:30")
        await expect(bubbles(page).last).to_contain_text("Bạn viết: xin chào")
        await expect(page.locator(".failed")).to_have_count(0)


async def test_an_answer_that_cannot_be_read_keeps_the_message(page, desk):
    await page.route("**/chat/messages*", lambda route: route.fulfill(status=502, body="<html>"))
    await say(page, "xin chào")
    await expect(page.locator(".failed")).to_contain_text("xin chào")
    await page.unroute("**/chat/messages*")
    await page.locator(".failed .resend").click()
    await expect(bubbles(page).last).to_contain_text("Bạn viết: xin chào")


async def test_a_page_that_opens_on_a_bad_line_greets_and_shows_no_empty_message(browser_of_one, served):
    async with browser_of_one() as context:
        page = await context.new_page()
        await page.route("**/chat/open*", lambda route: route.abort())
        await page.route("**/chat/messages*", lambda route: route.abort())
        await page.goto(str(served.make_url("/chat")))
        await expect(chip(page, "Tra cứu hồ sơ")).to_be_enabled()
        await expect(page.locator(".message")).to_have_count(1)


@pytest.mark.parametrize("lost", ["**/chat/messages*"])
async def test_a_deep_link_that_failed_says_what_it_was(browser_of_one, served, lost):
    async with browser_of_one() as context:
        page = await context.new_page()
        await page.route(lost, lambda route: route.abort())
        await page.goto(str(served.make_url("/chat?start=p-1_001193")))
        await expect(page.locator(".failed")).to_contain_text("Mở trang này")
        await page.unroute(lost)
        await page.locator(".failed .resend").click()
        await expect(bubbles(page)).to_contain_text("p-1_001193")
        await expect(page.locator(".message.me")).to_have_count(0)


async def test_what_failed_with_us_is_offered_again_and_holds_nothing_up(page, desk):
    sorry = {"error": "Xin lỗi, máy của mình vừa gặp lỗi.", "failed": "crash"}
    await page.route("**/chat/messages*", lambda route: route.fulfill(status=500, json=sorry))
    await say(page, "xin chào")
    await expect(page.locator(".failed .note")).to_have_text(sorry["error"])
    await page.unroute("**/chat/messages*")
    await say(page, "giờ làm việc")
    await expect(bubbles(page).last).to_contain_text("Bạn viết: giờ làm việc")
    await page.locator(".failed .resend").click()
    await expect(page.locator(".failed")).to_have_count(0)
