"""Replies of blocks: headings, check boxes in the list, facts, folds, steps, codes to copy."""

import asyncio

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.bot.channels.web.browser.desk import PHONE, bubbles, say


@pytest_asyncio.fixture(loop_scope="module")
async def listed(page, blocks):
    """A page on which the list is shown."""
    await say(page, "khai sinh")
    await expect(bubbles(page)).to_have_count(2)
    return page


def box(page, name):
    return page.get_by_role("checkbox", name=name)


async def test_a_block_is_what_it_says(listed):
    last = bubbles(listed).last
    await expect(last.get_by_role("heading", level=2)).to_have_text("Khai sinh")
    await expect(last.locator("h3")).to_have_text("PHẢI NỘP")
    await expect(last.get_by_role("listitem").filter(has_text="Giấy chứng sinh")).to_have_count(1)
    await expect(last.locator("dl dt")).to_have_text("Thời hạn")
    await expect(last.locator("dl dd")).to_have_text("trong ngày")
    await expect(last.locator("ol > li[aria-current=step]")).to_contain_text("Đang xử lý")
    await expect(last.get_by_text("Chữ của khối lạ")).to_be_visible()
    await expect(last.get_by_text("☐")).to_have_count(0)  # drawn from blocks, not from the text


async def test_a_text_in_another_language_is_read_aloud_in_it(listed):
    foreign = bubbles(listed).last.locator("[lang=en]")
    await expect(foreign).to_have_text("Words of another language")
    await expect(bubbles(listed).last.locator("[lang=undefined]")).to_have_count(0)


async def test_what_a_check_box_sends_is_no_button_as_well(listed):
    last = bubbles(listed).last
    await expect(last.get_by_role("button", name="Điền tờ khai")).to_have_count(1)
    await expect(last.locator("[data-choice='t:0']")).to_have_count(0)
    await expect(last.locator("[data-tick='t:0']")).to_have_count(1)


async def test_a_line_that_is_not_ticked_is_changed_from_its_button(listed, blocks):
    change = bubbles(listed).last.get_by_role("button", name="Sửa: Họ tên mẹ")
    await expect(change).to_be_visible()
    size = await change.bounding_box()
    assert min(size["width"], size["height"]) >= 44
    await change.click()
    await expect(bubbles(listed)).to_have_count(3)
    assert blocks.sent[-1]["choice"] == "fq:mother.name"


async def test_a_fold_opens_and_what_is_in_it_is_text(listed):
    law = listed.get_by_text("Luật Hộ tịch <b>2014</b>")
    await expect(law).to_be_hidden()
    await listed.get_by_text("Căn cứ").click()
    await expect(law).to_be_visible()


async def test_only_what_is_said_to_be_a_phone_can_be_called(listed):
    calls = bubbles(listed).last.locator("a[href^='tel:']")
    await expect(calls).to_have_count(1)
    await expect(calls).to_have_attribute("href", "tel:02523821234")


async def test_a_link_leads_to_a_site_and_nowhere_else(listed):
    last = bubbles(listed).last
    await expect(last.get_by_role("link", name="cổng")).to_have_attribute("href", "https://dichvucong.gov.vn")
    await expect(last.get_by_text("mã xấu")).to_be_visible()
    await expect(last.locator("a[href^='javascript']")).to_have_count(0)


async def test_a_tick_changes_the_list_and_nothing_else(listed, blocks):
    count = await listed.locator(".message").count()
    await listed.get_by_text("Căn cứ").click()
    await box(listed, "Giấy chứng sinh").focus()
    before = await listed.evaluate("scrollY")
    await listed.keyboard.press("Space")
    await expect(listed.get_by_text("Còn thiếu 2.")).to_be_visible()
    await expect(box(listed, "Giấy chứng sinh")).to_be_checked()
    await expect(box(listed, "Giấy chứng sinh")).to_be_focused()
    await expect(listed.get_by_text("Luật Hộ tịch")).to_be_visible()  # the fold is still open
    assert await listed.evaluate("scrollY") == before
    assert await listed.locator(".message").count() == count
    assert blocks.sent[-1]["choice"] == "t:1"


async def test_a_tick_is_taken_back(listed):
    await box(listed, "Tờ khai").check()
    await expect(listed.get_by_text("Còn thiếu 2.")).to_be_visible()
    await box(listed, "Tờ khai").uncheck()
    await expect(listed.get_by_text("Còn thiếu 3.")).to_be_visible()
    await expect(box(listed, "Tờ khai")).not_to_be_checked()


async def test_quick_ticks_are_all_kept(listed, blocks):
    blocks.turns = asyncio.Semaphore(0)
    await box(listed, "Tờ khai").check()
    await box(listed, "Giấy chứng sinh").check()
    await box(listed, "Thẻ căn cước").check()
    blocks.turns.release()
    await expect(listed.get_by_text("Còn thiếu 2.")).to_be_visible()
    await expect(listed.locator("input[type=checkbox]:checked")).to_have_count(3)  # two are on their way
    blocks.turns.release()
    blocks.turns.release()
    await expect(listed.get_by_text("Còn thiếu 0.")).to_be_visible()
    await expect(listed.locator("input[type=checkbox]:checked")).to_have_count(3)
    assert [body["choice"] for body in blocks.sent[1:]] == ["t:0", "t:1", "t:2"]


async def test_a_box_that_is_still_being_saved_is_not_sent_twice(listed, blocks):
    blocks.turns = asyncio.Semaphore(0)
    await box(listed, "Tờ khai").check()
    await box(listed, "Tờ khai").dispatch_event("click")
    await expect(box(listed, "Tờ khai")).to_be_checked()
    blocks.turns.release()
    await expect(listed.get_by_text("Còn thiếu 2.")).to_be_visible()
    assert len(blocks.sent) == 2


async def test_a_tick_made_offline_is_saved_when_the_line_is_back(listed, blocks):
    await listed.context.set_offline(True)
    await box(listed, "Tờ khai").check()
    await expect(listed.locator("#state")).not_to_be_empty()
    await expect(listed.locator(".failed")).to_have_count(0)
    await listed.unroute_all()  # a routed answer would come offline too
    await listed.route("**/chat/messages*", blocks)
    await listed.context.set_offline(False)
    await expect(listed.get_by_text("Còn thiếu 2.")).to_be_visible()


async def test_a_tick_that_is_refused_is_taken_back(listed, blocks):
    await listed.unroute_all()
    await listed.route("**/chat/messages*", lambda route: route.fulfill(status=400, json={"error": "x"}))
    await box(listed, "Tờ khai").click()
    await expect(listed.locator("#state")).to_contain_text("Chưa lưu được dấu này")
    await expect(box(listed, "Tờ khai")).not_to_be_checked()


async def test_ticks_are_there_after_a_reload(listed, blocks):
    await box(listed, "Tờ khai").check()
    await expect(listed.get_by_text("Còn thiếu 2.")).to_be_visible()
    await listed.reload()
    await expect(box(listed, "Tờ khai")).to_be_checked()


@pytest.mark.parametrize("secure", [True, False])
async def test_a_code_and_a_list_can_be_copied(visit, blocks_on, secure):
    async with visit(**PHONE, permissions=["clipboard-read", "clipboard-write"]) as page:
        await blocks_on(page)
        await page.evaluate(
            "is => is || Object.defineProperty(window, 'isSecureContext', {value: false})", secure
        )
        await say(page, "khai sinh")
        await page.get_by_role("button", name="Chép HS-7K3F-92QX").click()
        await expect(page.locator("#said")).to_have_text("Đã chép")
        assert await page.evaluate("navigator.clipboard.readText()") == "HS-7K3F-92QX"
        await page.get_by_role("button", name="Chép danh sách").click()
        await expect(page.get_by_role("button", name="Đã chép")).to_be_visible()
        copied = await page.evaluate("navigator.clipboard.readText()")
        assert copied == "Khai sinh\nPHẢI NỘP\n☐ Tờ khai\n☐ Giấy chứng sinh"
        await expect(page.get_by_role("button", name="Chép danh sách")).to_be_visible()


async def test_a_list_is_handed_to_another_app_where_the_phone_can(visit, blocks_on):
    async with visit(**PHONE) as page:
        await page.evaluate("navigator.share = what => { window.shared = what; return Promise.resolve() }")
        await blocks_on(page)
        await say(page, "khai sinh")
        await page.get_by_role("button", name="Gửi cho người khác").click()
        assert "☐ Giấy chứng sinh" in await page.evaluate("window.shared.text")
