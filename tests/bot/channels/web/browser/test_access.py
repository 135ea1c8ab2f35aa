"""For everybody: axe, large letters, a finger's width, the keyboard, paper."""

import io

import pytest
from axe_core_python.async_playwright import Axe
from playwright.async_api import expect
from pypdf import PdfReader

from tests.bot.channels.web.browser.desk import PHONE, bubbles, chip, say

LARGE = "document.documentElement.style.fontSize = '36px'"  # a browser set to letters of twice the size

IS_COVERED = (
    "(() => { const foot = document.querySelector('footer').getBoundingClientRect();"
    " const it = document.activeElement; if (it.closest('main') === null) return false;"
    " return it.getBoundingClientRect().bottom > foot.top; })()"
)


async def violations(page):
    found = await Axe().run(page)
    return [(v["id"], [node["html"] for node in v["nodes"]]) for v in found["violations"]]


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("large", [False, True])
async def test_nothing_scrolls_sideways(visit, blocks_on, width, large):
    async with visit(viewport={"width": width, "height": 640}) as page:
        if large:
            await page.evaluate(LARGE)
        await say(page, "dài" * 100 + " https://example.vn/" + "a" * 300)
        await expect(bubbles(page)).to_have_count(2)
        await blocks_on(page)
        await say(page, "khai sinh")
        await expect(bubbles(page)).to_have_count(3)
        assert await page.evaluate("document.documentElement.scrollWidth") <= width


async def test_large_letters_leave_the_composer_in_one_row(visit):
    async with visit(viewport={"width": 320, "height": 640}) as page:
        await page.evaluate(LARGE)
        tops = [(await page.locator(f"#{name}").bounding_box())["y"] for name in ("attach", "input")]
        assert abs(tops[0] - tops[1]) < 48
        assert (await page.locator("footer").bounding_box())["height"] < 120


async def test_every_target_is_large_enough_for_a_finger(page, blocks_on):
    await say(page, "/xoa")
    await expect(bubbles(page)).to_have_count(2)
    await blocks_on(page)
    await say(page, "khai sinh")
    await expect(bubbles(page)).to_have_count(3)
    targets = page.locator("button:visible:not(.copy), nav a, textarea, summary, label")
    boxes = [await target.bounding_box() for target in await targets.all()]
    assert min(min(box["width"], box["height"]) for box in boxes) >= 44


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
async def test_axe_finds_nothing(visit, desk, scheme, width):
    async with visit(viewport={"width": width, "height": 740}, color_scheme=scheme) as page:
        await chip(page, "Khai sinh").click()
        await chip(page, "Trong nước").click()
        await chip(page, "Tờ khai").click()
        await expect(chip(page, "Tờ khai")).to_have_attribute("aria-pressed", "true")
        await say(page, "/xoa")
        await say(page, "chụp thẻ")
        await say(page, "tờ khai")
        await expect(page.locator(".picture img")).to_be_visible()
        await page.get_by_text("Điện thoại, giờ, nơi nộp").click()
        desk.failures = 1
        await say(page, "không gửi được")
        await expect(page.locator(".failed")).to_be_visible()
        assert await violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_in_blocks(visit, blocks_on, scheme):
    async with visit(**PHONE, color_scheme=scheme) as page:
        await blocks_on(page)
        await say(page, "khai sinh")
        await page.get_by_text("Căn cứ").click()
        await page.get_by_role("checkbox", name="Tờ khai").check()
        await expect(page.get_by_text("Còn thiếu 2.")).to_be_visible()
        assert await violations(page) == []


async def test_axe_finds_nothing_before_and_without_scripts(browser_of_one, served, chromium):
    context = await chromium.new_context(locale="vi-VN", java_script_enabled=False)
    plain = await context.new_page()
    await plain.goto(str(served.make_url("/chat")))
    html = await plain.content()
    await context.close()
    async with browser_of_one() as other:
        page = await other.new_page()
        await page.route("**/chat.js*", lambda route: route.abort())
        await page.goto(str(served.make_url("/chat")))
        assert "greeting" in html
        assert await violations(page) == []


async def test_what_has_the_focus_is_not_hidden_by_the_foot(visit, blocks_on):
    async with visit(viewport={"width": 360, "height": 500}) as page:
        await blocks_on(page)
        await say(page, "khai sinh")
        await expect(bubbles(page)).to_have_count(2)
        await page.evaluate("scrollTo(0, 0); document.activeElement.blur()")
        covered = []
        for _ in range(24):
            await page.keyboard.press("Tab")
            covered.append(await page.evaluate(IS_COVERED))
        assert not any(covered)


async def test_the_last_list_and_the_way_to_the_office_are_printed_dark_on_white(visit, blocks_on):
    async with visit(color_scheme="dark", viewport={"width": 800, "height": 800}) as page:
        await say(page, "câu hỏi riêng")
        await expect(bubbles(page)).to_have_count(2)
        await blocks_on(page)
        await say(page, "khai sinh")
        await expect(bubbles(page)).to_have_count(3)
        await page.unroute_all()
        await say(page, "cảm ơn")
        await expect(bubbles(page)).to_have_count(4)
        sheet = PdfReader(io.BytesIO(await page.pdf(format="A4")))
        await page.emulate_media(media="print")
        ink = await page.evaluate("getComputedStyle(document.querySelector('.printed')).color")
        assert ink == "rgb(0, 0, 0)"
    [paper] = sheet.pages
    text = " ".join(paper.extract_text().split())
    assert "Giấy chứng sinh" in text
    assert "18001096" in text
    assert "In ngày" in text
    assert "riêng" not in text
    assert "cảm ơn" not in text
    assert "Chép danh sách" not in text
