"""A talk by touch and by keyboard, a reload in its middle, and notices that come into it."""

import re

from playwright.async_api import expect

from handlers.turn.messages import Reply
from tests.bot.channels.web.browser.desk import PHONE, bubbles, chip, focused, say


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


async def test_a_run_of_digits_in_a_text_is_no_phone_number(page):
    await say(page, "tài khoản 0123456789, gọi 0252 382 1234 hoặc 19001096")
    await expect(bubbles(page).last).to_contain_text("19001096")
    await expect(page.locator("main a[href^='tel:']")).to_have_count(0)


async def test_an_address_in_a_text_is_a_link(page):
    await say(page, "xem (https://dichvucong.gov.vn/p?a=1).")
    link = bubbles(page).last.get_by_role("link")
    await expect(link).to_have_attribute("href", "https://dichvucong.gov.vn/p?a=1")


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
        await expect(page.get_by_text("Tài khoản")).to_be_visible()
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")  # the link that skips to the input
        await page.keyboard.type("xin chào")
        await page.keyboard.press("Shift+Enter")
        await page.keyboard.type("tôi hỏi")
        await page.keyboard.press("Enter")
        await expect(bubbles(page)).to_have_count(2)
        assert desk.last.text == "xin chào\ntôi hỏi"
        assert await focused(page) == "input"
        for _ in range(4):  # the camera, and the three choices from the last to the first
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


async def test_messages_are_answered_in_their_order(page, desk):
    desk.open.clear()
    await say(page, "một")
    await say(page, "hai")
    desk.open.set()
    await expect(bubbles(page)).to_have_count(3)
    assert desk.texts == ["một", "hai"]


async def test_a_double_tap_is_one_tap(page, desk):
    desk.open.clear()
    await chip(page, "Khai sinh").dblclick()
    desk.open.set()
    await say(page, "xong")
    await expect(bubbles(page)).to_have_count(3)
    assert [incoming.choice for _, _, incoming in desk.heard].count("birth") == 1


async def test_a_reload_shows_what_was_said_and_sends_nothing(page, desk):
    await say(page, "xin chào")
    await expect(bubbles(page)).to_have_count(2)
    await page.reload()
    await expect(page.locator(".message")).to_have_count(3)
    await chip(page, "Khai sinh").last.click()
    await expect(bubbles(page)).to_have_count(3)
    assert len(desk.heard) == 2
    assert len(set(desk.people)) == 1


async def test_a_deep_link_starts_once(visit, desk):
    async with visit("/chat?start=p-1_001193") as page:
        await expect(bubbles(page)).to_have_text(re.compile("p-1_001193"))
        await page.reload()
        await expect(bubbles(page)).to_have_count(1)
    assert [incoming.start for _, _, incoming in desk.heard] == ["p-1_001193"]


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


async def test_a_picture_can_be_saved(page):
    await say(page, "tờ khai")
    async with page.expect_download() as fetched:
        await page.get_by_role("link", name="⤓ ma.png").click()
    assert (await fetched.value).suggested_filename == "ma.png"


async def test_a_code_stays_in_one_piece(page):
    await say(page, "tờ khai")
    code = page.locator(".code")
    await expect(code).to_have_text("HS-7K3F-92QX")
    assert (await code.bounding_box())["height"] < 40  # one line


async def test_how_far_a_form_is_stands_below_its_name(page):
    await say(page, "tờ khai")
    await expect(page.get_by_role("heading", name="Tờ khai câu 2/3")).to_be_visible()


async def test_a_notice_appears_without_a_question(page, desk, events, inbox):
    await say(page, "xin chào")
    await expect(bubbles(page)).to_have_count(2)
    inbox.notices.append((desk.people[0], (Reply("Hồ sơ đã xong.", "Tin mới"),)))
    events.wake(desk.people[0])
    await expect(bubbles(page).last).to_contain_text("Hồ sơ đã xong.")


async def test_a_notice_is_not_shown_again_after_a_reload(page, desk, events, inbox):
    await say(page, "xin chào")
    await expect(bubbles(page)).to_have_count(2)
    inbox.notices.append((desk.people[0], (Reply("Hồ sơ đã xong."),)))
    events.wake(desk.people[0])
    await expect(bubbles(page).last).to_contain_text("Hồ sơ đã xong.")
    async with page.expect_request(re.compile(r"/chat/events\?after=1")):
        await page.reload()
    await expect(page.get_by_text("Hồ sơ đã xong.")).to_have_count(1)


async def test_the_page_follows_the_language_of_the_talk(page):
    await page.locator("a.language").click()
    await expect(page.locator("html")).to_have_attribute("lang", "en")


async def test_my_own_message_is_announced_once(visit):
    async with visit(**PHONE) as page:
        await page.evaluate(
            "() => { window.added = 0; new MutationObserver(all => all.forEach(one =>"
            " one.addedNodes.forEach(node => { if (/tôi hỏi/.test(node.textContent)"
            " && node.matches && node.matches('.me, .me *')) window.added += 1; })))"
            ".observe(document.getElementById('log'), {childList: true, subtree: true}); }"
        )
        await say(page, "tôi hỏi")
        await expect(bubbles(page)).to_have_count(2)
        assert await page.evaluate("window.added") == 1


async def test_my_own_bubble_has_as_much_room_below_as_above(page):
    await say(page, "tôi hỏi")
    await expect(page.locator(".message.me")).to_have_count(1)
    above, below = await page.evaluate(
        "() => { const one = document.querySelector('.message.me'), all = one.getBoundingClientRect(),"
        " said = one.querySelector('.line').getBoundingClientRect();"
        " return [said.top - all.top, all.bottom - said.bottom]; }"
    )
    assert above == below


BETWEEN = """() => { const range = document.createRange();
  const edges = (node) => { range.selectNodeContents(node); return range.getBoundingClientRect(); };
  const code = document.querySelector('.line.item .code');
  return edges(code).left - edges(code.previousSibling).right; }"""


async def test_a_code_in_a_list_lies_over_no_other_word(page, desk):
    desk.reply = lambda incoming: Reply("Bạn đang nhận tin về:\n• hồ sơ H36.99-260706-0003")
    await say(page, "tin báo của tôi")
    await expect(page.locator(".line.item .code")).to_be_visible()
    assert await page.evaluate(BETWEEN) > -1
