"""The screen in the hall: large, back at its start after a rest, cleared, and no way out of the page."""

import pytest
import pytest_asyncio
from playwright.async_api import expect

from handlers.turn.messages import Reply
from tests.bot.channels.web.browser.conftest import opened
from tests.bot.channels.web.browser.desk import bubbles, chip, say
from tests.bot.channels.web.browser.test_access import violations

HALL = {"viewport": {"width": 1080, "height": 1920}, "has_touch": True}
STAY, TAKE = "Tôi còn ở đây", "Mang về điện thoại"
ENDS = "Bạn còn ở đây không?"


@pytest_asyncio.fixture(loop_scope="module")
async def screen(browser_of_one, served):
    """The screen, with a clock that the test moves."""
    async with browser_of_one(**HALL) as context:
        page = await context.new_page()
        await page.clock.install()
        await opened(page, str(served.make_url("/kiosk")))
        await expect(bubbles(page)).to_contain_text("Tài khoản")  # what is open was told
        yield page


async def test_after_a_rest_it_counts_down_and_begins_anew(screen, desk):
    await say(screen, "bí mật")
    await expect(bubbles(screen)).to_have_count(2)
    await screen.clock.fast_forward(44_000)
    await expect(screen.get_by_role("dialog")).to_have_count(0)
    await screen.clock.fast_forward(2_000)
    await expect(screen.get_by_role("dialog", name=ENDS)).to_contain_text("sau 15 giây")
    await screen.clock.run_for(4_000)
    await expect(screen.get_by_role("timer")).to_contain_text("sau 11 giây")
    async with screen.expect_response("**/kiosk"):
        await screen.clock.run_for(12_000)
    await expect(screen.locator(".message")).to_have_count(1)
    await expect(screen.get_by_text("bí mật")).to_have_count(0)
    kept = "JSON.stringify([{...sessionStorage}, {...localStorage}])"
    assert "bí mật" not in await screen.evaluate(kept)
    await say(screen, "người sau")
    await expect(bubbles(screen)).to_have_count(2)
    assert len(set(desk.people)) == 2


async def test_a_touch_stops_the_countdown(screen, desk):
    await say(screen, "xin chào")
    await expect(bubbles(screen)).to_have_count(2)
    await screen.clock.fast_forward(46_000)
    await chip(screen, STAY).tap()
    await expect(screen.get_by_role("dialog")).to_have_count(0)
    await screen.clock.run_for(30_000)
    await expect(bubbles(screen)).to_have_count(2)


async def test_nothing_ends_where_nothing_began(screen):
    await expect(screen.locator("#along")).to_be_hidden()
    await screen.clock.run_for(120_000)
    await expect(screen.get_by_role("dialog")).to_have_count(0)


async def test_ending_asks_and_can_be_done_at_once(screen):
    await say(screen, "bí mật")
    await expect(bubbles(screen)).to_have_count(2)
    await screen.locator("#leave").tap()
    async with screen.expect_response("**/kiosk"):
        await chip(screen, "Kết thúc ngay").tap()
    await expect(screen.get_by_text("bí mật")).to_have_count(0)


async def test_without_a_line_it_clears_and_lets_nobody_write_until_the_talk_is_over(screen):
    await say(screen, "bí mật")
    await expect(bubbles(screen)).to_have_count(2)
    await screen.context.set_offline(True)
    await screen.locator("#leave").tap()
    await chip(screen, "Kết thúc ngay").tap()
    await expect(screen.get_by_text("bí mật")).to_have_count(0)
    await expect(screen.locator("#input")).to_be_disabled()
    await screen.context.set_offline(False)
    async with screen.expect_response("**/kiosk"):
        await screen.clock.run_for(6_000)
    await expect(screen.locator("#input")).to_be_enabled()


async def test_the_talk_goes_along_by_a_code_and_the_screen_clears_itself(screen, desk):
    await say(screen, "bí mật")
    await expect(bubbles(screen)).to_have_count(2)
    taken = [False]

    async def along(route):
        dark = "M1 1h1v1h-1z"
        offer = {"url": "u", "size": 9, "dark": dark, "seconds": 180}
        await route.fulfill(json={"taken": taken[0]} if route.request.method == "GET" else offer)

    await screen.route("**/chat/along", along)
    await screen.locator("#along").tap()
    dialog = screen.get_by_role("dialog", name=TAKE)
    await expect(dialog.get_by_role("img", name="QR")).to_be_visible()
    await expect(dialog).to_contain_text("trong 3 phút")
    await screen.clock.run_for(90_000)
    await expect(dialog).to_be_visible()
    taken[0] = True
    async with screen.expect_response("**/kiosk"):
        await screen.clock.run_for(3_000)
    await expect(screen.get_by_text("bí mật")).to_have_count(0)


async def test_nothing_leads_out_of_the_page_or_leaves_a_file(screen, desk, blocks_on):
    await say(screen, "tờ khai")
    await expect(screen.get_by_text("mang cuộc trò chuyện về điện thoại để lấy tệp này")).to_be_visible()
    await blocks_on(screen)
    await say(screen, "khai sinh")
    await expect(screen.get_by_text("cổng (https://dichvucong.gov.vn)")).to_be_visible()
    await expect(screen.locator("main a")).to_have_count(0)
    for hidden in ("#attach", ".copy", ".tools"):
        assert not any([await one.is_visible() for one in await screen.locator(hidden).all()])


async def test_who_would_follow_is_told_to_take_it_along(screen, desk):
    desk.said = {}
    desk.reply = lambda incoming: Reply("Mình nhắn cho bạn.", unasked=True)
    await say(screen, "theo dõi")
    await expect(screen.get_by_text("Màn hình này không giữ tin cho bạn")).to_be_visible()
    await expect(chip(screen, TAKE)).to_have_count(2)  # below the answer, and in the head


async def test_every_target_is_large(screen):
    targets = screen.locator("main button:visible, header button:visible, header a:visible, #input")
    boxes = [await target.bounding_box() for target in await targets.all()]
    assert min(box["height"] for box in boxes) >= 64


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing(browser_of_one, served, scheme):
    async with browser_of_one(**HALL, color_scheme=scheme) as context:
        page = await opened(await context.new_page(), str(served.make_url("/kiosk")))
        await say(page, "xin chào")
        await expect(bubbles(page)).to_have_count(2)
        assert await violations(page) == []
        await page.locator("#leave").click()
        assert await violations(page) == []
        assert await page.evaluate("document.documentElement.scrollWidth") <= 1080
