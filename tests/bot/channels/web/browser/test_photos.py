"""Photos: asked for where they are needed, made smaller on the phone, and not kept there."""

import io
from base64 import b64decode

import pytest
from PIL import Image
from playwright.async_api import expect

from tests.bot.channels.web.browser.desk import bubbles, chip, say
from tests.bot.media import photographs

WATCH = (
    "() => { const append = FormData.prototype.append; FormData.prototype.append = function (name, value) {"
    " if (name === 'file') window.sent = value; return append.apply(this, arguments); }; }"
)
SENT = (
    "new Promise(done => { const reader = new FileReader(); reader.readAsDataURL(window.sent);"
    " reader.onload = () => done(reader.result.split(',')[1]); })"
)


def noisy(width, height, kind="JPEG"):
    """A picture that does not pack well, as photos are."""
    picture = Image.effect_noise((width // 4, height // 4), 90).resize((width, height)).convert("RGB")
    out = io.BytesIO()
    picture.save(out, kind, quality=97)
    return out.getvalue()


async def choose(page, name, content, kind="image/jpeg", chooser="#file"):
    await page.locator(chooser).set_input_files({"name": name, "mimeType": kind, "buffer": content})


async def sent(page, name, content, kind="image/jpeg"):
    """What the page sends of a chosen file."""
    await page.evaluate(WATCH)
    await choose(page, name, content, kind)
    await expect(bubbles(page)).to_have_count(2)
    return b64decode(await page.evaluate(SENT))


async def test_a_photo_is_sent(page, desk):
    await choose(page, "giấy.jpg", photographs.photo("H36.99-260706-0001"))
    await expect(page.locator(".message.me")).to_contain_text("giấy.jpg")
    await expect(bubbles(page).last).to_contain_text("image H36.99-260706-0001")


async def test_a_large_photo_is_made_smaller_before_it_is_sent(page):
    photo = noisy(4000, 3000)
    small = await sent(page, "thẻ.jpg", photo)
    assert Image.open(io.BytesIO(small)).size == (2000, 1500)
    assert len(small) < len(photo) / 2


async def test_a_code_is_still_read_in_a_photo_that_was_made_smaller(page):
    code = Image.open(io.BytesIO(photographs.photo("H36.99-260706-0001"))).convert("RGB")
    photo = Image.open(io.BytesIO(noisy(4000, 3000)))
    photo.paste(code.resize((1400, 1400 * code.height // code.width)), (900, 700))
    out = io.BytesIO()
    photo.save(out, "JPEG", quality=97)
    await choose(page, "giấy hẹn.jpg", out.getvalue())
    await expect(bubbles(page).last).to_contain_text("image H36.99-260706-0001")


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("nhỏ.jpg", noisy(300, 200), "image/jpeg"),
        ("thẻ.heic", b"\0" * 1_200_000, "image/heic"),
        ("hỏng.jpg", b"\xff\xd8" + b"\0" * 1_200_000, "image/jpeg"),  # no browser can open it
    ],
)
async def test_what_is_small_or_cannot_be_drawn_goes_as_it_is(page, name, content, kind):
    assert await sent(page, name, content, kind) == content


async def test_a_question_for_a_card_has_its_own_button_for_the_camera(page):
    await say(page, "chụp thẻ")
    async with page.expect_file_chooser() as opening:
        await chip(page, "📷 Chụp mã QR").click()
    await (await opening.value).set_files(
        {"name": "thẻ.jpg", "mimeType": "image/jpeg", "buffer": photographs.photo("x", "ID card")}
    )
    await expect(bubbles(page)).to_have_count(3)
    await expect(page.locator("#camera")).to_have_attribute("capture", "environment")


async def test_how_much_of_a_photo_is_sent_is_shown(page, desk):
    await page.evaluate(
        "XMLHttpRequest.prototype.send = function () { window.sending = this; }"  # a line that never ends
    )
    await choose(page, "thẻ.jpg", noisy(300, 200))
    bar = page.get_by_role("progressbar")
    await expect(bar).to_be_visible()
    await page.wait_for_function("window.sending")
    await page.evaluate("sending.upload.onprogress({lengthComputable: true, loaded: 45, total: 100})")
    await expect(bar).to_have_js_property("value", 0.45)
    await expect(page.get_by_text("Đang gửi ảnh… 45 %")).to_be_visible()


async def test_a_file_that_is_too_large_is_told_before_it_is_sent(page, desk):
    await page.evaluate("Object.defineProperty(File.prototype, 'size', {value: 20 * 1024 * 1024 + 1})")
    await choose(page, "lớn.bin", b"\0", "application/octet-stream")
    await expect(page.locator(".failed")).to_contain_text("20 MB")
    assert desk.heard == []


async def test_the_picture_of_a_card_is_not_kept_in_the_browser(page):
    await choose(page, "cccd.jpg", photographs.photo("x", "ID card"))
    await expect(bubbles(page)).to_have_count(2)
    kept = await page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}, document.cookie])")
    assert "cccd.jpg" in kept
    assert len(kept) < 4000
    assert await page.evaluate("document.querySelectorAll('img, [src^=blob], [src^=data]').length") == 0
    assert await page.evaluate("caches.keys()") == []
