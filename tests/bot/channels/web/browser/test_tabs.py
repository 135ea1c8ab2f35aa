"""Several tabs of one person, a page that is opened again, and forgetting in all of them."""

import pytest
from playwright.async_api import expect

from handlers.turn.messages import Reply
from tests.bot.channels.web.browser.desk import ERASE, NO_STORAGE, PHONE, bubbles, chip, choice, say

FORM = Reply("Bạn đang làm dở: Tờ khai.", "Chào bạn trở lại", (choice("Làm tiếp", "here"),))
NO_CHANNEL = "delete window.BroadcastChannel"


async def test_opening_a_page_sends_nothing_and_shows_what_is_open(visit, desk):
    desk.open_now = (FORM,)
    async with visit(**PHONE) as page:
        await expect(page.get_by_role("heading", name="Chào bạn trở lại")).to_be_visible()
        await expect(page.locator(".message")).to_have_count(1)
        assert desk.heard == []
        await chip(page, "Làm tiếp").click()
        await expect(chip(page, "Giấy chứng sinh")).to_be_visible()


async def test_a_second_tab_shows_the_talk_of_the_first(page, desk, another_tab):
    await say(page, "xin chào")
    await expect(bubbles(page)).to_have_count(2)
    second = await another_tab(page)
    await expect(bubbles(second).last).to_contain_text("Bạn viết: xin chào")
    await expect(second.locator(".message")).to_have_count(3)
    assert desk.texts == ["xin chào"]


async def test_a_second_tab_begins_where_the_talk_is(page, another_tab):
    await say(page, "dài")
    await say(page, "xin chào")
    await expect(bubbles(page)).to_have_count(3)
    second = await another_tab(page)
    await expect(bubbles(second)).to_have_count(3)
    await expect(bubbles(second).last).to_be_in_viewport()


async def test_tabs_show_what_is_said_in_one_another(page, desk, another_tab):
    second = await another_tab(page)
    await say(page, "từ thẻ một")
    await expect(bubbles(second).last).to_contain_text("Bạn viết: từ thẻ một")
    await say(second, "từ thẻ hai")
    await expect(bubbles(page).last).to_contain_text("Bạn viết: từ thẻ hai")
    await expect(page.locator(".message.me")).to_have_count(2)
    assert len(set(desk.people)) == 1


async def test_without_a_channel_a_tab_asks_again_what_is_open(visit, desk, another_tab):
    async with visit(**PHONE) as page:
        await page.context.add_init_script(NO_CHANNEL)
        await page.reload()
        second = await another_tab(page)
        desk.open_now = (FORM,)
        await say(second, "bí mật 0123")
        await expect(bubbles(page).last).to_contain_text("Bạn đang làm dở")
        assert "bí mật" not in await page.evaluate("JSON.stringify({...localStorage})")


async def test_leaving_forgets_in_every_tab(page, desk, another_tab):
    await say(page, "bí mật")
    second = await another_tab(page)
    await expect(bubbles(second)).to_have_count(2)
    page.on("dialog", lambda dialog: dialog.accept())
    await page.locator("#leave").click()
    for tab in (page, second):
        await expect(tab.locator(".message")).to_have_count(1)
        await expect(tab.get_by_text("bí mật")).to_have_count(0)
        assert "bí mật" not in await tab.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}])")
    await say(second, "người mới")
    await expect(bubbles(second).last).to_contain_text("người mới")
    assert len(set(desk.people)) == 2


async def test_erasing_clears_the_screen_of_every_tab(page, desk, another_tab):
    await say(page, "bí mật")
    second = await another_tab(page)
    await say(page, "/xoa")
    await chip(page, "Xóa hết").click()
    await expect(page.locator(".message")).to_have_count(1)
    await expect(page.locator(".message")).to_contain_text("Đã xóa hết.")
    await expect(second.get_by_text("bí mật")).to_have_count(0)
    await expect(second.locator(".message").first).to_contain_text("Chào bạn")
    await page.reload()
    await expect(page.get_by_text("bí mật")).to_have_count(0)


async def test_a_tab_that_slept_meanwhile_shows_nothing_of_before(page, desk):
    await say(page, "bí mật")
    await expect(bubbles(page)).to_have_count(2)
    await page.evaluate("localStorage.setItem('motcua-gone', Date.now() + 1)")  # as another tab would
    await page.reload()
    await expect(page.locator(".message")).to_have_count(1)
    await expect(page.get_by_text("bí mật")).to_have_count(0)


@pytest.mark.parametrize("lacking", [NO_CHANNEL, NO_STORAGE])
async def test_forgetting_reaches_the_other_tab_by_either_way(visit, another_tab, lacking):
    async with visit(**PHONE) as page:
        await page.context.add_init_script(lacking)
        await page.reload()
        second = await another_tab(page)
        for tab, said in ((second, "bí mật"), (page, "xin chào")):
            await say(tab, said)
            await expect(bubbles(tab).last).to_contain_text(said)
        page.on("dialog", lambda dialog: dialog.accept())
        await page.locator("#leave").click()
        await expect(second.get_by_text("bí mật")).to_have_count(0)


async def test_there_is_nothing_to_end_before_anything_was_said(page):
    await expect(page.locator("#leave")).to_be_hidden()
    await say(page, "xin chào")
    await expect(page.locator("#leave")).to_be_visible()


async def test_who_does_not_erase_keeps_the_talk(page):
    await say(page, "/xoa")
    await expect(bubbles(page).last).to_contain_text(ERASE.text)
    await chip(page, "Không xóa").click()
    await expect(bubbles(page)).to_have_count(3)
    await expect(chip(page, "Xóa hết")).to_be_disabled()
