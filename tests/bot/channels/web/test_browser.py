"""The chat page in a real browser: by touch, by keyboard, offline, reloaded, and read by axe."""

import asyncio
import re
import shutil
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from axe_core_python.async_playwright import Axe
from playwright.async_api import async_playwright, expect

from bot.channels.web.streams import Events
from handlers.turn.actions import Stale
from handlers.turn.messages import Choice, Enclosure, Reply
from tests.bot.channels.web.web_house import Kept, Talk, app
from tests.bot.media import photographs

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
]
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt-get install chromium"),
]
expect.set_options(timeout=20_000)

MENU = (Choice("Khai sinh", Stale("birth")), Choice("Kết hôn", Stale("marry")))
GREETING = Reply("Chào bạn, ví dụ:\n• làm khai sinh\n• sao y bằng\nGọi 0252 382 1234.", choices=MENU)
PAPER = Reply(
    "Đọc mã HS-7K3F-92QX cho cán bộ ở quầy.",
    "Tờ khai · câu 2/3",
    MENU,
    enclosures=(Enclosure("qr", "ma.png", "HS-7K3F-92QX"), Enclosure("text", "to-khai.txt", "Lê Văn Thử")),
)


class Desk(Talk):
    """A small conversation; says a thing once a message id, as `converse` does."""

    def __init__(self, inbox):
        super().__init__()
        self.inbox = inbox
        self.ticked = set()
        self.said = {}
        self.failures = 0  # answers that get lost on the way
        self.open = asyncio.Event()
        self.open.set()

    async def __call__(self, address, message_id, incoming):
        await super().__call__(address, message_id, incoming)
        await self.open.wait()
        if message_id not in self.said:
            self.said[message_id] = self.reply(incoming)
            self.inbox.sent[address, message_id] = (self.said[message_id],)
        if self.failures:
            self.failures -= 1
            raise ConnectionError
        return (self.said[message_id],)

    def reply(self, incoming):
        if incoming.text == "/start":
            return GREETING
        if incoming.text == "tờ khai":
            return PAPER
        if incoming.start or incoming.attachment:
            return Reply(" ".join((incoming.start, incoming.attachment, *incoming.scanned)))
        if incoming.choice.startswith("tick:"):
            self.ticked ^= {incoming.choice.removeprefix("tick:")}
            return self.ticks()
        chosen = {"birth": Reply("Trẻ sinh ở đâu?", "Khai sinh", (Choice("Trong nước", Stale("here")),))}
        chosen |= {"here": self.ticks(), "done": Reply("Đã đủ.", replaces=True)}
        return chosen.get(incoming.choice, Reply(f"Bạn viết: {incoming.text}", choices=MENU))

    def ticks(self):
        papers = {"form": "Tờ khai", "proof": "Giấy chứng sinh"}
        choices = [
            Choice(f"{'☑' if key in self.ticked else '☐'} {name}", Stale(f"tick:{key}"))
            for key, name in papers.items()
        ]
        text = f"Bấm vào giấy đã có.\nCòn thiếu {2 - len(self.ticked)}."
        return Reply(text, "Khai sinh", (*choices, Choice("Xong", Stale("done"))), replaces=True)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chromium():
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


@pytest.fixture
def desk(inbox):
    return Desk(inbox)


@pytest.fixture
def events():
    return Events()


@pytest.fixture
def inbox():
    return Kept()


@pytest_asyncio.fixture(loop_scope="module")
async def visit(chromium, desk, events, inbox):
    """Opens the page in a browser of its own; the errors of its console fail the test."""

    @asynccontextmanager
    async def make(path="/chat", **more):
        errors = []
        async with TestServer(app(desk, events=events, inbox=inbox)) as server:
            context = await chromium.new_context(locale="vi-VN", **more)
            page = await context.new_page()
            page.on("pageerror", lambda error: errors.append(str(error)))
            page.on(
                "console", lambda line: errors.append(line.text) if "Content Security" in line.text else None
            )
            async with page.expect_response(re.compile("/chat/events")):
                await page.goto(str(server.make_url(path)))
            yield page
            await context.close()
        assert errors == []

    return make


@pytest_asyncio.fixture(loop_scope="module")
async def page(visit):
    async with visit(**PHONE) as opened:
        await expect(bubbles(opened)).to_have_count(1)
        yield opened


def bubbles(page):
    return page.locator(".message.bot")


def chip(page, name):
    return page.get_by_role("button", name=name, exact=True)


async def say(page, text):
    await page.locator("#input").fill(text)
    await page.keyboard.press("Enter")


async def focused(page):
    return await page.evaluate("document.activeElement.id || document.activeElement.textContent")


async def to_the_ticks(page):
    await chip(page, "Khai sinh").click()
    await chip(page, "Trong nước").click()
    await expect(chip(page, "Tờ khai")).to_be_visible()


async def test_a_talk(page, desk):
    await expect(bubbles(page).first).to_contain_text("Chào bạn")
    await say(page, "xin chào")
    await expect(page.locator(".message.me")).to_contain_text("xin chào")
    await expect(bubbles(page).last).to_contain_text("Bạn viết: xin chào")
    await chip(page, "Khai sinh").last.click()
    await expect(bubbles(page).last.get_by_role("heading")).to_have_text("Khai sinh")
    assert len(set(desk.people)) == 1


async def test_a_text_is_never_markup(page):
    await say(page, "<img src=x onerror=alert(1)> & <b>đậm</b>")
    await expect(bubbles(page).last).to_contain_text("Bạn viết: <img src=x onerror=alert(1)> & <b>đậm</b>")
    await expect(page.locator(".message img, .message b")).to_have_count(0)


async def test_a_phone_number_can_be_called(page):
    await expect(page.get_by_role("link", name="0252 382 1234")).to_have_attribute("href", "tel:02523821234")


async def test_ticks_change_in_place_and_keep_the_focus(page):
    await to_the_ticks(page)
    count = await bubbles(page).count()
    await chip(page, "Giấy chứng sinh").focus()
    await page.keyboard.press("Enter")
    await expect(chip(page, "Giấy chứng sinh")).to_have_attribute("aria-pressed", "true")
    await expect(bubbles(page).last).to_contain_text("Còn thiếu 1.")
    assert await focused(page) == "Giấy chứng sinh"
    assert await bubbles(page).count() == count


async def test_a_reply_that_replaces_takes_the_place_of_its_question(page):
    await to_the_ticks(page)
    count = await page.locator(".message").count()
    await chip(page, "Xong").click()
    await expect(bubbles(page).last).to_contain_text("Đã đủ.")
    await expect(page.locator(".message")).to_have_count(count)


async def test_all_of_it_with_the_keyboard(visit, desk):
    async with visit() as page:
        await expect(bubbles(page)).to_have_count(1)
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")  # the link that skips to the input
        await page.keyboard.type("xin chào")
        await page.keyboard.press("Shift+Enter")
        await page.keyboard.type("tôi hỏi")
        await page.keyboard.press("Enter")
        await expect(bubbles(page)).to_have_count(2)
        assert desk.last.text == "xin chào\ntôi hỏi"
        assert await focused(page) == "input"
        for _ in range(3):  # the camera, the second choice, the first choice
            await page.keyboard.press("Shift+Tab")
        assert await focused(page) == "Khai sinh"
        await page.keyboard.press("Space")
        await expect(bubbles(page)).to_have_count(3)
        await expect(bubbles(page).last).to_be_focused()
        await page.keyboard.press("Tab")
        assert await focused(page) == "Trong nước"


async def test_enter_that_ends_a_word_of_an_input_method_sends_nothing(page, desk):
    await page.locator("#input").fill("tiê")
    await page.locator("#input").dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    await expect(page.locator("#input")).to_have_value("tiê")


async def test_a_slow_answer_shows_that_it_is_coming(page, desk):
    desk.open.clear()
    await say(page, "chậm")
    await expect(page.locator("#typing")).not_to_be_empty()
    desk.open.set()
    await expect(bubbles(page)).to_have_count(2)
    await expect(page.locator("#typing")).to_be_empty()


async def test_messages_are_answered_in_their_order(page, desk):
    desk.open.clear()
    await say(page, "một")
    await say(page, "hai")
    desk.open.set()
    await expect(bubbles(page)).to_have_count(3)
    assert [incoming.text for _, _, incoming in desk.heard] == ["/start", "một", "hai"]


async def test_a_double_tap_is_one_tap(page, desk):
    desk.open.clear()
    await chip(page, "Khai sinh").dblclick()
    desk.open.set()
    await say(page, "xong")
    await expect(bubbles(page)).to_have_count(3)
    assert [incoming.choice for _, _, incoming in desk.heard].count("birth") == 1


async def test_offline_a_message_waits_to_be_sent_again(page, desk):
    await page.context.set_offline(True)
    await expect(page.locator("#state")).not_to_be_empty()
    await say(page, "mất mạng")
    await expect(page.locator(".failed")).to_contain_text("mất mạng")
    await page.context.set_offline(False)
    await page.locator(".failed .resend").click()
    await expect(bubbles(page).last).to_contain_text("Bạn viết: mất mạng")
    await expect(page.locator(".failed")).to_have_count(0)
    assert [incoming.text for _, _, incoming in desk.heard] == ["/start", "mất mạng"]


async def test_a_message_whose_answer_was_lost_is_sent_again_under_its_id(page, desk):
    desk.failures = 1
    await chip(page, "Khai sinh").click()
    await page.locator(".failed .resend").click()
    await expect(bubbles(page).last).to_contain_text("Trẻ sinh ở đâu?")
    assert desk.heard[-1][1] == desk.heard[-2][1]
    assert len(desk.said) == 2


async def test_a_greeting_that_failed_can_be_asked_again(visit, desk):
    desk.failures = 1
    async with visit() as page:
        await page.locator(".failed .resend").click()
        await expect(bubbles(page)).to_have_count(1)
        await expect(page.locator(".message")).to_have_count(1)


async def test_a_reload_shows_what_was_said(page, desk):
    await say(page, "xin chào")
    await expect(bubbles(page)).to_have_count(2)
    await page.reload()
    await expect(page.locator(".message")).to_have_count(3)
    await chip(page, "Khai sinh").last.click()
    await expect(bubbles(page)).to_have_count(3)
    assert [incoming.text for _, _, incoming in desk.heard].count("/start") == 1
    assert len(set(desk.people)) == 1


async def test_a_reload_in_the_middle_of_sending_loses_nothing(page, desk):
    desk.open.clear()
    await say(page, "xin chào")
    await expect(page.locator("#typing")).not_to_be_empty()
    await page.reload()
    desk.open.set()
    await page.locator(".failed .resend").click()
    await expect(bubbles(page).last).to_contain_text("Bạn viết: xin chào")
    assert len(desk.said) == 2


async def test_a_deep_link_starts_once(visit, desk):
    async with visit("/chat?start=p-1_001193") as page:
        await expect(bubbles(page)).to_have_text(re.compile("p-1_001193"))
        await page.reload()
        await expect(bubbles(page)).to_have_count(1)
    assert [incoming.start for _, _, incoming in desk.heard] == ["p-1_001193"]


async def test_a_photo_is_sent(page, desk):
    receipt = photographs.photo("H36.99-260706-0001")
    photo = {"name": "giấy.jpg", "mimeType": "image/jpeg", "buffer": receipt}
    await page.locator("#file").set_input_files(photo)
    await expect(page.locator(".message.me")).to_contain_text("giấy.jpg")
    await expect(bubbles(page).last).to_contain_text("image H36.99-260706-0001")


async def test_the_picture_of_a_card_is_not_kept_in_the_browser(page):
    photo = {"name": "cccd.jpg", "mimeType": "image/jpeg", "buffer": photographs.photo("x", "ID card")}
    await page.locator("#file").set_input_files(photo)
    await expect(bubbles(page)).to_have_count(2)
    kept = await page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}, document.cookie])")
    assert "cccd.jpg" in kept
    assert len(kept) < 4000
    assert await page.evaluate("document.querySelectorAll('img, [src^=blob], [src^=data]').length") == 0
    assert await page.evaluate("caches.keys()") == []


async def test_a_picture_is_shown_and_a_paper_can_be_fetched(page):
    await say(page, "tờ khai")
    picture = page.get_by_role("img", name="Tờ khai")
    await expect(picture).to_be_visible()
    await picture.scroll_into_view_if_needed()
    await expect(picture).to_have_js_property("complete", True)
    assert await picture.evaluate("picture => picture.naturalWidth") > 200
    async with page.expect_download() as fetched:
        await page.get_by_role("link", name="to-khai.txt").click()
    paper = await (await fetched.value).path()
    assert paper.read_text(encoding="utf-8") == "Lê Văn Thử"


async def test_a_code_stays_in_one_piece(page):
    await say(page, "tờ khai")
    code = page.locator(".code")
    await expect(code).to_have_text("HS-7K3F-92QX")
    assert (await code.bounding_box())["height"] < 40  # one line


async def test_how_far_a_form_is_stands_below_its_name(page):
    await say(page, "tờ khai")
    await expect(page.get_by_role("heading", name="Tờ khai câu 2/3")).to_be_visible()


async def test_a_notice_appears_without_a_question(page, desk, events, inbox):
    inbox.notices.append((desk.people[0], (Reply("Hồ sơ đã xong.", "Tin mới"),)))
    events.wake(desk.people[0])
    await expect(bubbles(page).last).to_contain_text("Hồ sơ đã xong.")


async def test_a_notice_is_not_shown_again_after_a_reload(page, desk, events, inbox):
    inbox.notices.append((desk.people[0], (Reply("Hồ sơ đã xong."),)))
    events.wake(desk.people[0])
    await expect(bubbles(page).last).to_contain_text("Hồ sơ đã xong.")
    async with page.expect_request(re.compile(r"/chat/events\?after=1")):
        await page.reload()
    await expect(page.get_by_text("Hồ sơ đã xong.")).to_have_count(1)


async def test_leaving_begins_anew_as_somebody_else(page, desk):
    await say(page, "bí mật")
    await expect(bubbles(page)).to_have_count(2)
    page.on("dialog", lambda dialog: dialog.accept())
    await page.locator("#leave").click()
    await expect(page.locator(".message")).to_have_count(1)
    assert len(set(desk.people)) == 2


async def test_the_page_follows_the_language_of_the_talk(page):
    await page.locator("a.language").click()
    await expect(page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize("width", [320, 360, 1280])
async def test_nothing_scrolls_sideways(visit, width):
    async with visit(viewport={"width": width, "height": 640}) as page:
        await say(page, "dài" * 100 + " https://example.vn/" + "a" * 300)
        await expect(bubbles(page)).to_have_count(2)
        assert await page.evaluate("document.documentElement.scrollWidth") <= width


async def test_every_target_is_large_enough_for_a_finger(page):
    await to_the_ticks(page)
    targets = page.locator("button:visible, nav a, textarea")
    boxes = [await target.bounding_box() for target in await targets.all()]
    assert min(min(box["width"], box["height"]) for box in boxes) >= 44


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
async def test_axe_finds_nothing(visit, desk, scheme, width):
    async with visit(viewport={"width": width, "height": 740}, color_scheme=scheme) as page:
        await to_the_ticks(page)
        await chip(page, "Tờ khai").click()
        await expect(chip(page, "Tờ khai")).to_have_attribute("aria-pressed", "true")
        desk.failures = 1
        await say(page, "không gửi được")
        await expect(page.locator(".failed")).to_be_visible()
        await say(page, "tờ khai")
        await expect(page.locator(".picture img")).to_be_visible()
        found = await Axe().run(page)
        assert [(v["id"], [node["html"] for node in v["nodes"]]) for v in found["violations"]] == []
